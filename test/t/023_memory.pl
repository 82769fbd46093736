# Out of memory: a session that gets no more than so many bytes says so by its code (53200), or does with what it has; the
# server lives, the session too, and the next question is right.
use strict;
use warnings;
use Test::More;
use IPC::Run ();
use WmoNode qw(start_node session answer close_session);
use WmoTraffic qw(make_registry broken seconds);

# util-linux sets the bound of a process that runs; it can be taken away again.
plan skip_all => 'there is no prlimit' unless IPC::Run::run([ 'sh', '-c', 'command -v prlimit' ], '>', \my $found);

my $node = start_node('memory');
$node->append_conf('postgresql.conf', "work_mem = 64MB\nmaintenance_work_mem = 64MB\n");
$node->restart;
make_registry($node, 'registry');
# 400 neighbourhoods of 400 vertices, of which a map takes some megabytes
$node->safe_psql('registry', <<'SQL');
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
SELECT 1000 + n, ('BU0200' || lpad(n::text, 4, '0'))::wmo.area_code, 'Buurt ' || n, 'neighbourhood',
  ST_Multi(ST_Segmentize(ST_MakeEnvelope(n % 20 * 400, 10000 + n / 20 * 400, n % 20 * 400 + 400, 10400 + n / 20 * 400, 28992), 4)), 'official' FROM generate_series(0, 399) n;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT 1000 + n, 'H' || n, 1, 2 + n % 12, '[2020-01-01,2026-01-01)+P1Y+P1Y notice P6M' FROM generate_series(0, 399) n;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT 1000 + n, 20, 1000 + n, 'shared' FROM generate_series(0, 399) n;
CREATE TABLE literal AS SELECT wmo.compile_coverage()::text AS words;
CREATE TABLE layer AS SELECT code::text AS bu_code, name AS bu_naam, ST_Multi(ST_Translate(geom, 3, 3)) AS geom FROM wmo.area WHERE id >= 1000;
VACUUM ANALYZE;
SQL
my @greedy = (
	[ 'compile_coverage', 'SELECT pg_column_size(wmo.compile_coverage()) > 0' ],
	[ 'publish_coverage', 'SELECT wmo.publish_coverage() > 0' ],
	[ 'a session that makes its map', q{SET wmo_contracts.session_map = on; SELECT wmo.answer_at('SRID=28992;POINT(500 500)', 'begeleiding', '2024-06-01', 40)} ],
	[ 'a literal of a map', q{SELECT count(d.*) FROM literal l CROSS JOIN LATERAL wmo.describe(l.words::wmo.coverage_map) d} ],
	[ 'a map as text', q{SELECT length(wmo.compile_coverage()::text) > 0} ],
	[ 'coverage_gaps', q{SELECT count(*) FROM wmo.coverage_gaps('begeleiding', '[2019-01-01,2030-01-01)', NULL, '2024-06-01')} ],
	[ 'the decision calendar', q{SELECT length(wmo.decision_icalendar('2024-06-01')) > 0} ],
	[ 'load_areas', q{SELECT count(*) FROM wmo.load_areas('layer', '2024-01-01')} ],
	[ 'options by the million', q{SELECT length(wmo.contract_period('2020-01-01', '1 year', array_fill('1 day'::interval, ARRAY[3000000]))::text)} ]);
my $ask = q{SET wmo_contracts.session_map = on; SELECT md5(string_agg(traffic.asked(place, service), ' ')) FROM traffic.question};
my $right = $node->safe_psql('registry', $ask);
my $started = $node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()');

# What a process may have at most is what it has and so much more; unlimited without a number.
sub bound
{
	my ($pid, $more) = @_;
	my $has = (split ' ', PostgreSQL::Test::Utils::slurp_file("/proc/$pid/statm"))[0] * 4096;
	my $most = defined $more ? $has + $more : 'unlimited';
	system('prlimit', "--pid=$pid", "--as=$most:") == 0 or die "cannot bound the memory of $pid";
	return;
}

my ($out_of_memory, $done) = (0, 0);
for (@greedy)
{
	my ($what, $statement) = @$_;
	my (@odd, @wrong);
	for my $more (map { $_ * 1048576 } 0, 1, 4, 16, 256)
	{
		# a fresh session, so that nothing that it needs is there already
		my $session = session($node, 'registry');
		my $pid = answer($session, 'SELECT pg_backend_pid()');
		answer($session, "\\set VERBOSITY sqlstate\n");
		answer($session, 'SELECT wmo.version(), ST_AsText(ST_Point(1, 2))');
		bound($pid, $more);
		answer($session, 'BEGIN');
		my $said = answer($session, $statement);
		if ($session->{err} =~ /ERROR:  53200/) { $out_of_memory++; }
		# with memory enough, three million options are more than a contract can have
		elsif ($what =~ /options/ && $session->{err} =~ /ERROR:  54000/) { $done++; }
		elsif ($session->{err} eq '') { $done++; push @wrong, $said if $said eq ''; }
		else { push @odd, "$more: $session->{err}"; }
		answer($session, 'ROLLBACK');
		bound($pid);
		push @wrong, "after $more" if answer($session, $ask) ne $right;
		push @odd, "another session after $more" if answer($session, 'SELECT pg_backend_pid()') ne $pid;
		close_session($session);
	}
	is(join("\n", @odd), '', "$what: does with what it gets, or says 53200");
	is("@wrong", '', "$what: and the next question is right");
}
note "$out_of_memory times out of memory, $done times done";
cmp_ok($out_of_memory, '>=', @greedy / 2, 'memory ran out');
cmp_ok($done, '>=', @greedy, 'and sufficed with more of it');
is($node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()'), $started, 'the server stayed up');
is(broken($node, 'registry'), '', 'all holds');

# A bound that the server sets itself: what one sort or hash may take is little, the answers are the same.
my $picture = q{SELECT md5(string_agg(p, E'\n' ORDER BY p COLLATE "C")) FROM (SELECT c::text AS p FROM wmo.coverage c
	UNION ALL SELECT g::text FROM wmo.coverage_gaps('begeleiding', '[2019-01-01,2030-01-01)', NULL, '2024-06-01') g) t};
is($node->safe_psql('registry', "SET work_mem = '64kB'; SET hash_mem_multiplier = 1; SET temp_buffers = '800kB'; $picture"), $node->safe_psql('registry', $picture),
	'with little work_mem the answers are the same');
# and temporary files that are too large for the session's bound
like(($node->psql('registry', qq{SET work_mem = '64kB'; SET temp_file_limit = '64kB'; SELECT count(DISTINCT h.words || n) FROM literal h, generate_series(1, 9) n}))[2],
	qr/temporary file size exceeds/, 'a bound on temporary files is an error of the statement');
is($node->safe_psql('registry', $ask), $right, 'and nothing more');
$node->stop;
done_testing();
