# No answer waits for the compiler: with the server's default settings nothing of ours on a registry of five municipalities is so
# dear by its estimate that the server compiles it (JIT), which takes longer than to answer; and before there are statistics none
# of the functions that answer is. Views are then as dear as a plan without statistics takes them for: after a load, ANALYZE.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database load_demo);

my $node = start_node('jit');
$node->append_conf('postgresql.conf', "jit = on\nautovacuum = off\nshared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track = all\npg_stat_statements.max = 20000\n");
$node->restart;
registry_database($node, 'registry', 'CREATE EXTENSION pg_stat_statements');
plan skip_all => 'this server has no JIT' unless $node->safe_psql('registry', q{SELECT pg_jit_available()}) eq 't';
is($node->safe_psql('registry', q{SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name) FROM pg_settings WHERE name IN ('jit', 'jit_above_cost')}),
	'jit on, jit_above_cost 100000', 'the settings are those of the server');
load_demo($node, 'registry') or BAIL_OUT('there is no demo/load.sql');
$node->safe_psql('registry', 'SELECT pg_stat_statements_reset()');

# What took the compiler; the server's own look-ups by which it plans are no statements.
sub compiled
{
	return $node->safe_psql('registry', q{SELECT jit_functions || ': ' || regexp_replace(left(query, 200), '\s+', ' ', 'g') FROM pg_stat_statements
		WHERE jit_functions > 0 ORDER BY 1});
}
# Every view that people read, every question of the demo, and those of the face that answer for a place, a code, a period, a day.
my @views = map { "SELECT * FROM $_" } split /\n/, $node->safe_psql('registry', q{SELECT c.oid::regclass FROM pg_class c
	WHERE c.relkind = 'v' AND c.relnamespace::regnamespace::text IN ('wmo', 'wmo_bi', 'wmo_ggm') ORDER BY 1});
my @asked = split /\n/, <<'SQL';
SELECT a.id, p.* FROM wmo.area a CROSS JOIN LATERAL wmo.providers_at(ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40) p WHERE a.geom IS NOT NULL
SELECT a.id, wmo.provider_at(ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40), wmo.answer_at(ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40) FROM wmo.area a WHERE a.geom IS NOT NULL
SELECT e.* FROM wmo.area a CROSS JOIN LATERAL wmo.explain_providers_at(ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40) e WHERE a.geom IS NOT NULL
SELECT p.* FROM wmo.area a CROSS JOIN LATERAL wmo.providers_in_area(a.code, 'begeleiding', '2019-06-01', 40) p WHERE a.code IS NOT NULL
SELECT p.* FROM wmo.providers_at_postcode('9355', 'begeleiding', '2019-06-01', 40) p
SELECT wmo.answer_at_postcode(c, 'begeleiding', '2019-06-01', 40) FROM (SELECT (9000 + n)::text AS c FROM generate_series(1, 900) n) x
SELECT g.* FROM wmo.coverage_gaps('begeleiding', '[2018-01-01,2024-01-01)') g
SELECT o.* FROM wmo.coverage_overlaps('begeleiding', '[2018-01-01,2024-01-01)') o
SELECT h.* FROM wmo.handovers('2018-06-01', '2019-06-01') h
SELECT e.* FROM (SELECT DISTINCT provider_id FROM wmo.coverage) p CROSS JOIN LATERAL wmo.exit_impact(p.provider_id, '2019-06-01') e
SELECT d.* FROM wmo.decision_calendar_on('2019-06-01') d
SELECT wmo.decision_icalendar('2019-06-01')
SELECT t.* FROM wmo.award_terms('2019-06-01') t
SELECT r.* FROM wmo.running_objection_periods('2019-06-01') r
SELECT c.* FROM wmo.contract_periods_on('2019-06-01') c
SELECT c.* FROM wmo.coverage_changes('2019-06-01', '2020-06-01') c
SELECT f.* FROM wmo.facts_changed('2019-06-01') f
SELECT s.* FROM wmo.succession('2018-12-31', '2019-01-01') s
SELECT c.* FROM wmo_bi.coverage_on('2019-06-01') c
SELECT length(wmo_bi.coverage_tile(7, 66, 41, NULL, '2019-06-01'))
SELECT wmo.is_contracted('00000011', 'P1', 'GM0014', '2019-06-01', 40)
SELECT count(wmo.compile_coverage())
SELECT c.* FROM wmo.check_standing() c
SQL
my @questions = sort glob 'demo/questions/*.sql';
cmp_ok(scalar @questions, '>=', 5, 'there are questions');
sub ask
{
	my ($status, $out, $err) = $node->psql('registry', join(";\n", @_) . ';', on_error_stop => 1);
	is($err, '', 'all is answered');
	return;
}
ask(@asked);
is(compiled(), '', 'without statistics no answer is compiled');
$node->safe_psql('registry', 'ANALYZE; SELECT pg_stat_statements_reset()');
ask(@asked, @views, 'SELECT t.* FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t');
run_command([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('registry'), '-f', $_ ]) for @questions;
is(compiled(), '', 'nor is one with statistics');
$node->safe_psql('registry', q{SELECT pg_stat_statements_reset(); SET jit_above_cost = 0; SELECT count(*) FROM wmo.coverage});
isnt(compiled(), '', 'what is compiled is seen');
$node->stop;
done_testing();
