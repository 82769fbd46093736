# Cancelled at any moment, everything that takes long ends at once, and leaves the session, its memory and the registry as if
# it had not been asked.
use strict;
use warnings;
use Test::More;
use Time::HiRes qw(sleep time);
use WmoNode qw(start_node session ask is_answered answer close_session);
use WmoTraffic qw(make_registry broken seconds);

my $node = start_node('cancel');
make_registry($node, 'registry');

# Beside traffic's own: 600 neighbourhoods of 400 vertices with a contract each, and files to load that say the same. Fewer where the
# tests are to be quick (WMO_TEST_THROWS).
my $last = ($ENV{WMO_TEST_THROWS} // 1) < 1 ? 299 : 599;
$node->safe_psql('registry', <<'SQL' =~ s/599/$last/r);
CREATE TABLE hood AS SELECT n, 'BU0200' || lpad(n::text, 4, '0') AS bu_code, 'Buurt ' || n AS bu_naam,
  ST_Multi(ST_Segmentize(ST_MakeEnvelope(n % 30 * 400, 10000 + n / 30 * 400, n % 30 * 400 + 400, 10400 + n / 30 * 400, 28992), 4)) AS geom FROM generate_series(0, 599) n;
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis) SELECT 1000 + n, bu_code::wmo.area_code, bu_naam, 'neighbourhood', geom, 'official' FROM hood;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT 1000 + n, 'H' || n, 1, 2 + n % 12, '[2020-01-01,2026-01-01)+P1Y+P1Y notice P6M' FROM hood;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT 1000 + n, 20, 1000 + n, CASE WHEN n < 100 THEN 'exclusive' ELSE 'shared' END FROM hood;
CREATE TABLE layer AS SELECT bu_code, bu_naam, ST_Multi(ST_Translate(geom, 3, 3)) AS geom FROM hood;
CREATE TABLE sheet AS SELECT 'L' || n AS "Contractnummer", 'Gemeente Vol' AS "Opdrachtgever", 'Zorg ' || n % 50 AS "Aanbieder", 'begeleiding; dagbesteding' AS "Dienst",
  bu_code AS "Gemeente", '01-02-2024' AS "Begindatum", '31-01-2026' AS "Einddatum t/m", '2 x 12 maanden' AS "Opties", 'gedeeld' AS "Keuze" FROM hood WHERE n < 250;
CREATE TABLE literal AS SELECT wmo.compile_coverage()::text AS words;
VACUUM ANALYZE;
SQL
my %long = (
	'compile_coverage' => 'SELECT pg_column_size(wmo.compile_coverage())',
	'publish_coverage' => 'SELECT wmo.publish_coverage()',
	'a session that makes its map' => q{SET wmo_contracts.session_map = on; SELECT wmo.provider_at('SRID=28992;POINT(500 500)', 'begeleiding', '2024-06-01', 40)},
	'load_areas' => q{SELECT count(*) FROM wmo.load_areas('layer', '2024-01-01')},
	'load_contract_list' => q{SELECT count(*) FROM wmo.load_contract_list('sheet')},
	'coverage_gaps' => q{SELECT count(*) FROM wmo.coverage_gaps('begeleiding', '[2019-01-01,2030-01-01)', NULL, '2024-06-01')},
	'coverage_overlaps' => q{SELECT count(*) FROM wmo.coverage_overlaps('begeleiding', '[2019-01-01,2030-01-01)', NULL, '2024-06-01')},
	'handovers' => q{SELECT count(*) FROM wmo.handovers('2019-01-01', '2030-01-01', NULL, '2024-06-01')},
	'exit_impact' => q{SELECT count(*) FROM wmo.exit_impact(3, '2024-06-01', '2024-06-01')},
	'the decision calendar' => q{SELECT count(*) FROM wmo.decision_calendar_on('2024-06-01'), wmo.decision_icalendar('2024-06-01')},
	'coverage' => q{SELECT count(*), max(c::text) FROM wmo.coverage c, generate_series(1, 40)},
	'a literal of a map' => q{SELECT count(d.*) FROM literal l, generate_series(1, 30) n CROSS JOIN LATERAL wmo.describe((l.words || repeat('', n))::wmo.coverage_map) d},
	'many questions to a map' => q{SELECT count(p.*) FROM hood h, generate_series(1, 20) n, (SELECT wmo.compile_coverage() AS map OFFSET 0) m
		CROSS JOIN LATERAL wmo.providers_on(m.map, ST_Centroid(h.geom), 'begeleiding', '2024-06-01', 40) p},
	'many questions to the tables' => q{SET wmo_contracts.session_map = off; SELECT count(p.*) FROM hood h CROSS JOIN LATERAL
		wmo.providers_at(ST_Centroid(h.geom), 'begeleiding', '2024-06-01', 40) p},
	'every claim again' => q{UPDATE wmo.contract_scope SET choice = choice},
);

# A map is kept, and the areas in it for longer than that: another state of theirs, and it is made from the beginning.
my $anew = 'UPDATE wmo.area SET name = name WHERE id = 1000';

# What a cancelled call may not have changed: the session's own settings, and what it holds.
my $traces = q{SELECT string_agg(s.name || '=' || s.setting, ' ' ORDER BY s.name) FROM pg_settings s WHERE s.source = 'session' AND s.name !~ 'session_map|application';
	SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND c.relnamespace = 'wmo'::regnamespace;
	SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema(); SELECT count(*) FROM pg_cursors;
	SELECT pg_current_xact_id_if_assigned() IS NULL};
my $memory = q{SELECT sum(total_bytes) FROM pg_backend_memory_contexts};
my $content = q{SELECT (SELECT count(*) FROM wmo.contract) || ' ' || (SELECT count(*) FROM wmo.area) || ' ' || (SELECT count(*) FROM wmo.party) || ' '
	|| (SELECT count(*) FROM wmo.coverage_edition) || ' ' || (SELECT count(*) FROM wmo.source)};
my $ask = q{SET wmo_contracts.session_map = on; SELECT md5(string_agg(traffic.asked(place, service), ' ')) FROM traffic.question};

# PostGIS 3.3 stops a test of validity at once, and words it so.
my $cancelled_words = qr/canceling statement due to user request|GEOS isvalid\(\) threw an error/;

my $right = $node->safe_psql('registry', $ask);
my $stands = $node->safe_psql('registry', $content);
my $end = time + seconds(10);
my ($cancelled, $finished) = (0, 0);
my $control = session($node, 'postgres');
for my $what (sort keys %long)
{
	my $session = session($node, 'registry');
	my $pid = answer($session, 'SELECT pg_backend_pid()');
	answer($session, "BEGIN; $anew");
	my $began = time;
	answer($session, $long{$what});
	is($session->{err}, '', "$what: goes through when it is let");
	my $took = time - $began;
	answer($session, 'ROLLBACK');
	answer($session, $ask);
	my $before = answer($session, $traces);
	my ($memory_before, $most, $ended, @odd) = (0, 0, 0);
	for my $try (1 .. 8)
	{
		last if $ended && ($ended > 2 || time > $end);
		answer($session, "BEGIN; $anew");
		ask($session, $long{$what});
		my $asked = time;
		my $until = $asked + rand($took * 0.7);
		IPC::Run::pump_nb($session->{run}), sleep 0.01 while time < $until && $session->{out} !~ /^done\n/m;
		answer($control, "SELECT pg_cancel_backend($pid)");
		my $at = time;
		IPC::Run::pump($session->{run}) until is_answered($session);
		my $late = time - $at;
		$most = $late if $late > $most;
		if ($session->{err} =~ /$cancelled_words/) { $ended++; $cancelled++; }
		elsif ($session->{err} eq '') { $finished++; $took = time - $asked; }
		else { push @odd, $session->{err}; }
		answer($session, 'ROLLBACK');
		$memory_before ||= answer($session, "$ask; $memory") =~ s/.*\n//r;
	}
	my $memory_after = answer($session, "$ask; $memory") =~ s/.*\n//r;
	note sprintf '%s: %.1f s, %d times cancelled, the slowest %.2f s, %d bytes more', $what, $took, $ended, $most, $memory_after - $memory_before;
	cmp_ok($ended, '>', 0, "$what: was cancelled");
	is(join("\n", @odd), '', "$what: cancelled, it says so and nothing else");
	cmp_ok($most, '<', 20, "$what: and ends at once");
	is(answer($session, $traces), $before, "$what: it leaves the session as it was");
	cmp_ok($memory_after - $memory_before, '<', 1_000_000, "$what: with the memory it had");
	is(answer($session, $ask), $right, "$what: which answers the next question");
	close_session($session);
}
close_session($control);
note "$cancelled cancelled, $finished finished before";
is($node->safe_psql('registry', $content), $stands, 'nothing was written by what was cancelled');
is(broken($node, 'registry'), '', 'all holds');
$node->stop;
done_testing();
