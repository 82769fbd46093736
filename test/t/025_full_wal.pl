# A full disk under the server's log of what it wrote (pg_wal): it cannot go on, and stops. With room again it starts; what was
# acknowledged is there, what was not is there as a whole or not at all, and everything holds.
use strict;
use warnings;
use Test::More;
use WmoSmallDisk qw(enter_small_disk small_disk leave);
BEGIN { enter_small_disk($0) }
use WmoNode qw(start_node start_after_kill);
use WmoTraffic qw(make_registry broken);

my $disk = small_disk(64);
# in small pieces, of which few are kept ready, so that whoever writes soon needs another one
my $node = start_node('full_wal', initdb => [ "--waldir=$disk/wal", '--wal-segsize=1' ]);
$node->append_conf('postgresql.conf', "autovacuum = off\nfsync = on\nrestart_after_crash = off\nwal_recycle = off\nmin_wal_size = 2MB\nmax_wal_size = 32MB\n");
$node->restart;
make_registry($node, 'registry');
$node->safe_psql('registry', <<'SQL');
CREATE TABLE layer AS SELECT 'BU0200' || lpad(n::text, 4, '0') AS bu_code, 'Buurt ' || n AS bu_naam,
  ST_Multi(ST_Segmentize(ST_MakeEnvelope(n % 20 * 400, 10000 + n / 20 * 400, n % 20 * 400 + 400, 10400 + n / 20 * 400, 28992), 1)) AS geom FROM generate_series(0, 59) n;
CREATE TABLE sheet AS SELECT 'L' || n AS "Contractnummer", 'Gemeente Vol' AS "Opdrachtgever", 'Zorg ' || n % 50 AS "Aanbieder", 'begeleiding; dagbesteding' AS "Dienst",
  'GM' || lpad((100 + n % 24)::text, 4, '0') AS "Gemeente", '01-02-2024' AS "Begindatum", '31-01-2026' AS "Einddatum t/m", '2 x 12 maanden' AS "Opties", 'gedeeld' AS "Keuze" FROM generate_series(1, 80) n;
SQL

# What each writes, how much of it there is, and by how much that grows the first time.
my @writers = (
	[ 'load_areas', q{SELECT count(*) FROM wmo.load_areas('layer', '2024-01-01')}, 'SELECT count(*) FROM wmo.area', 60 ],
	[ 'load_contract_list', q{SELECT count(*) FROM wmo.load_contract_list('sheet')}, 'SELECT count(*) FROM wmo.contract', 80 ],
	[ 'publish_coverage', 'SELECT count(wmo.publish_coverage()) FROM generate_series(1, 80)', 'SELECT count(*) FROM wmo.coverage_edition', 80 ],
	[ 'sixty acts', q{SELECT count(traffic.act('d', floor(random() * 1000000)::integer)) FROM generate_series(1, 60) n}, 'SELECT 0', 0 ]);
my ($fell, $done, @broken) = (0, 0);
for (@writers)
{
	my ($what, $statement, $count, $grows) = @$_;
	my @odd;
	for my $bytes (0, 300_000, 1_500_000, undef)
	{
		$node->safe_psql('registry', 'CHECKPOINT');
		my $before = $node->safe_psql('registry', $count);
		leave($disk, $bytes);
		my ($status, $out, $err) = $node->psql('registry', "\\set VERBOSITY sqlstate\n$statement");
		leave($disk);
		# whose session was cut off saw it before others do
		if ($status == 2 || $node->psql('postgres', 'SELECT 1') != 0)
		{
			$fell++;
			$node->{_pid} = undef;
			start_after_kill($node) or BAIL_OUT('the server does not start with room again');
			my $broken = broken($node, 'registry');
			push @broken, "$what: $broken" if $broken ne '';
		}
		elsif ($err eq '') { $done++; }
		# an act may be refused for what it is
		else { push @odd, $err unless $err =~ /ERROR:  53100/ || ($what =~ /acts/ && $err =~ /ERROR:  (?:23|22|55)/); }
		my $after = $node->safe_psql('registry', $count);
		push @odd, "$before became $after" unless $after == $before + $grows || ($err ne '' || $before > $grows) && $after == $before;
	}
	is(join("\n", @odd), '', "$what: as a whole or not at all");
}
note "$fell times it fell, $done times done";
cmp_ok($fell, '>=', 4, 'the disk was full');
cmp_ok($done, '>=', 4, 'and had room');
is(join("\n", @broken), '', 'all held, each time');
is(broken($node, 'registry'), '', 'all holds');
my $log = PostgreSQL::Test::Utils::slurp_file($node->logfile);
unlike($log, qr/PANIC(?!.*(?:pg_wal|xlogtemp))|was terminated by signal (?!6\b)/, 'no session fell by anything else');
$node->stop;
done_testing();
