# A full disk: with so little left that whoever writes runs out of it sooner or later, each statement is done or refused as a
# whole (53100), the server goes on, and with room again everything holds.
use strict;
use warnings;
use Test::More;
use WmoSmallDisk qw(enter_small_disk small_disk leave);
BEGIN { enter_small_disk($0) }
use WmoNode qw(start_node start_after_kill);
use WmoTraffic qw(make_registry broken);

my $directory = small_disk(160);
mkdir "$directory/space" or die $!;

# The tables stand there, what the server needs for itself elsewhere.
my $node = start_node('full_disk');
$node->append_conf('postgresql.conf', "autovacuum = off\n");
$node->restart;
$node->safe_psql('postgres', "CREATE TABLESPACE small LOCATION '$directory/space'");
$node->safe_psql('postgres', 'ALTER SYSTEM SET default_tablespace = small');
$node->safe_psql('postgres', 'ALTER SYSTEM SET temp_tablespaces = small');
$node->reload;
make_registry($node, 'registry', 'TABLESPACE small');
$node->safe_psql('registry', <<'SQL');
CREATE TABLE layer AS SELECT 'BU0200' || lpad(n::text, 4, '0') AS bu_code, 'Buurt ' || n AS bu_naam,
  ST_Multi(ST_Segmentize(ST_MakeEnvelope(n % 20 * 400, 10000 + n / 20 * 400, n % 20 * 400 + 400, 10400 + n / 20 * 400, 28992), 4)) AS geom FROM generate_series(0, 59) n;
CREATE TABLE sheet AS SELECT 'L' || n AS "Contractnummer", 'Gemeente Vol' AS "Opdrachtgever", 'Zorg ' || n % 50 AS "Aanbieder", 'begeleiding; dagbesteding' AS "Dienst",
  'GM' || lpad((100 + n % 24)::text, 4, '0') AS "Gemeente", '01-02-2024' AS "Begindatum", '31-01-2026' AS "Einddatum t/m", '2 x 12 maanden' AS "Opties", 'gedeeld' AS "Keuze" FROM generate_series(1, 80) n;
ANALYZE;
CHECKPOINT;
SQL
my @writers = (
	[ 'load_areas', q{SELECT count(*) FROM wmo.load_areas('layer', '2024-01-01')} ],
	[ 'load_contract_list', q{SELECT count(*) FROM wmo.load_contract_list('sheet')} ],
	[ 'publish_coverage', 'SELECT count(wmo.publish_coverage()) FROM generate_series(1, 60)' ],
	[ 'thirty acts', q{SELECT count(traffic.act('d', floor(random() * 1000000)::integer)) FROM generate_series(1, 30) n} ],
	[ 'a new index', 'CREATE INDEX ON wmo.exclusive_claim USING gist (territory wmo_works.ground_ops); REINDEX TABLE wmo.area' ],
	[ 'a large sort', q{SET work_mem = '64kB'; SELECT count(DISTINCT c::text || n) FROM wmo.coverage c, generate_series(1, 200) n} ]);
my $content = q{SELECT (SELECT count(*) FROM wmo.contract) || ' ' || (SELECT count(*) FROM wmo.area) || ' ' || (SELECT count(*) FROM wmo.party) || ' '
	|| (SELECT count(*) FROM wmo.contract_change) || ' ' || (SELECT count(*) FROM wmo.coverage_edition) || ' ' || (SELECT count(*) FROM wmo.exclusive_claim)};
my $started = $node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()');

my ($full, $done) = (0, 0);
for (@writers)
{
	my ($what, $statement) = @$_;
	my (@odd, @partly);
	for my $bytes (0, 131072, 16777216)
	{
		my $before = $node->safe_psql('registry', $content);
		leave($directory, $bytes);
		my ($status, $out, $err) = $node->psql('registry', "\\set VERBOSITY sqlstate\n$statement");
		if ($err =~ /ERROR:  53100/) { $full++; }
		elsif ($err eq '') { $done++; }
		# an act may be refused for what it is
		else { push @odd, "$bytes: $err" unless $what =~ /acts/ && $err =~ /ERROR:  (?:23|22|55)/; }
		leave($directory);
		push @partly, $bytes if $err ne '' && $node->safe_psql('registry', $content) ne $before;
	}
	is(join("\n", @odd), '', "$what: done, or refused because the disk is full");
	is("@partly", '', "$what: as a whole");
}
note "$full times full, $done times done";
cmp_ok($full, '>=', 5, 'the disk was full');
cmp_ok($done, '>=', 5, 'and had room');
is($node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()'), $started, 'the server stayed up');
is(broken($node, 'registry'), '', 'all holds');
# and in the files: after a crash the server finds what it wrote
$node->kill9;
start_after_kill($node) or BAIL_OUT('the server does not start after a crash');
is(broken($node, 'registry'), '', 'also after a crash');
$node->stop;
done_testing();
