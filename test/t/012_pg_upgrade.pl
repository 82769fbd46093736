# pg_upgrade keeps every row, every object and every answer. It restores the members of an extension one by one, the
# bodies of functions before the operator classes of types, so a body that groups by a type of ours does not come over.
#
# Upgrades from the server in WMO_OLD_SERVER (a directory with bin/, of a release that has the extension too), and
# without it from this server to itself. Where a script leads from a release to this version, a registry of that release
# comes along twice: updated before pg_upgrade, and after it.
use strict;
use warnings;
use Test::More;
use Cwd qw(cwd);
use File::Find ();
use PostgreSQL::Test::Utils;
use WmoDefinition qw(definition);
use WmoNode qw(start_node fresh_database registry_database load_demo content_picture differences);
use WmoRelease qw(this_version);

my @old_server = $ENV{WMO_OLD_SERVER} ? (install_path => $ENV{WMO_OLD_SERVER}) : ();
my $old = start_node('before', @old_server);
my $new = start_node('after', empty => 1);
my $home = cwd();

# ---- the registry that is upgraded ----------------------------------------------------------------------------------

# Where it is this very server, a copy is what is upgraded, and what a fresh database is can be seen here.
my $copied = $old->{wmo_pristine};
my $fresh;
if ($copied) { $fresh = objects($old, 'wmo_pristine'); $old->safe_psql('postgres', 'ALTER DATABASE wmo_pristine RENAME TO wmo'); }
else { registry_database($old, 'wmo'); }
load_demo($old, 'wmo') or BAIL_OUT('there is no demo/load.sql to upgrade');
# What leans on the extension: a column and an index of every type of ours, a view, an edition of the map.
$old->safe_psql('wmo', <<'SQL');
SELECT wmo.publish_coverage('before the upgrade');
CREATE SCHEMA own;
CREATE TABLE own.thing (period wmo.contract_period PRIMARY KEY, area wmo.area_code, postcode wmo.postcode,
                        fight wmo.objection_period);
CREATE INDEX ON own.thing (area);
CREATE INDEX ON own.thing USING hash (postcode);
INSERT INTO own.thing
VALUES ('[2019-01-01,2023-01-01)+P2Y', 'GM0014', '9711 AA', wmo.objection_period('awb_objection', '2024-07-08')),
       ('[2022-07-01,)', 'GM0080', '8911', NULL);
CREATE VIEW own.term AS
  SELECT period, wmo.last_day(period) AS last_day, area, postcode, wmo.last_day(fight) AS fight FROM own.thing;
SQL
fresh_database($old, 'without');

my $version = this_version();
my ($release) = map { /wmo_contracts--(.+)--\Q$version\E\.sql$/ ? $1 : () } glob 'released/wmo_contracts--*--*.sql';
my @earlier = $release ? qw(updated_before updated_after) : ();
note('no script leads from a release to this version yet') unless @earlier;
for my $database (@earlier)
{
	fresh_database($old, $database, "CREATE EXTENSION wmo_contracts VERSION '$release' CASCADE");
	load_demo($old, $database);
}
$old->safe_psql('updated_before', 'ALTER EXTENSION wmo_contracts UPDATE') if @earlier;

# The demo's questions with their answers, asked of a database.
sub questions
{
	my ($node, $database) = @_;
	my @said;
	for my $file (glob 'demo/questions/*.sql')
	{
		my @ask = ('psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-f', $file);
		my ($out, $err) = run_command(\@ask);
		is($err, '', $node->name . " $database: $file is answered");
		push @said, $out;
	}
	return @said;
}

# These of one server; and what an edition and the user's own view say.
sub answers
{
	my ($node) = @_;
	my @said = questions($node, 'wmo');
	push @said, $node->safe_psql('wmo', q{SELECT a.id, p.ord, p.provider_id, p.certainty, p.reason
		FROM wmo.coverage_edition e CROSS JOIN wmo.area a
		CROSS JOIN LATERAL wmo.providers_on(e.map, ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40) p
		ORDER BY 1, 2});
	push @said, $node->safe_psql('wmo', q{SELECT a.code, g.* FROM wmo.area a
		CROSS JOIN LATERAL wmo.coverage_gaps('hulp_bij_het_huishouden', '[2019-01-01,2024-01-01)', a.code, '2023-06-01') g
		WHERE a.kind = 'municipality' ORDER BY a.code, g.area_id, g.days, g.ages, g.service});
	push @said, $node->safe_psql('wmo', 'SELECT * FROM own.term ORDER BY period');
	push @said, $node->safe_psql('wmo', q{SELECT period FROM own.thing
		WHERE area = 'GM0014' OR postcode = '8911' ORDER BY area});
	return join "\n", @said;
}

# The objects, without the bodies and what these lean on: a server may write an alias in a body in another way than the one before.
sub objects { my ($node, $database) = @_; return join "\n", grep { !/^(?:row|rule|function|depends) / } split /\n/, definition($node, $database); }

# What a session is made of that keeps its answers.
sub made_of
{
	my ($node) = @_;
	return $node->safe_psql('wmo', q{SET wmo_contracts.session_map = on;
		SELECT FROM wmo.providers_at('SRID=28992;POINT(200000 500000)'::geometry, 'begeleiding', '2019-06-01', 40);
		SELECT value FROM wmo.describe_session_map() WHERE item = 'made of'});
}

is(made_of($old), 'an edition', 'a session loads the edition that was published');
my %content = map { $_ => content_picture($old, $_) } 'wmo', @earlier;
my $answers = answers($old);
like($answers, qr/De Nieuwe Zorg Thuis/, 'the answers name providers');
$_->stop for $old, $new;

# ---- the upgrade ----------------------------------------------------------------------------------------------------

my $place = PostgreSQL::Test::Utils::tempdir;
chdir $place or die "cannot go to $place: $!";
my $upgraded = run_log([ 'pg_upgrade', '--no-sync', '--old-datadir', $old->data_dir, '--new-datadir', $new->data_dir,
	'--old-bindir', $old->install_path ? $old->install_path . '/bin' : $old->config_data('--bindir'),
	'--new-bindir', $new->config_data('--bindir'),
	'--socketdir', $new->host, '--old-port', $old->port, '--new-port', $new->port ]);
chdir $home or die "cannot go back to $home: $!";
ok($upgraded, 'pg_upgrade goes through');
if (!$upgraded)
{
	# what could not be restored
	File::Find::find(sub {
		return unless /^pg_upgrade_dump_.*\.log$/;
		diag($_) for grep { /error:|ERROR:|^LINE/ } split /\n/, slurp_file($_);
	}, $new->data_dir . '/pg_upgrade_output.d');
	done_testing();
	exit;
}
$new->start;

# ---- what came over -------------------------------------------------------------------------------------------------

is(differences($content{$_}, content_picture($new, $_)), '', "$_: every table and sequence is as it was")
  for 'wmo', @earlier;
is(answers($new), $answers, 'every question has the same answer');
if (!$copied) { registry_database($new, 'fresh'); $fresh = objects($new, 'fresh'); }
is(differences($fresh, objects($new, 'wmo')), '', 'every object of the extension is as in a fresh database');
is($new->safe_psql('without', 'SELECT count(*) FROM pg_extension'), '1', 'a database without the extension stays so');
$new->safe_psql('updated_after', 'ALTER EXTENSION wmo_contracts UPDATE') if @earlier;
for my $database (@earlier)
{
	is(differences($fresh, objects($new, $database)), '', "$database: a registry of $release is what a fresh one is");
	$new->safe_psql($database, 'SELECT wmo.rebuild_standing()');
	is($new->safe_psql($database, 'SELECT count(*) FROM wmo.check_standing()'), '0',
		"$database: its standing is what would be derived");
	is(join("\n", questions($new, $database)), join("\n", questions($new, 'wmo')),
		"$database: it answers as the others do");
}

# The triggers that note changes are a part of the state, and the server made them anew: an edition from before is not
# taken for the present state until it is recognised by its digest, or published again.
is(made_of($new), 'the tables', 'no edition from before the upgrade is taken for the present state');
is($new->safe_psql('wmo', 'SELECT wmo.recognise_edition() = (SELECT max(edition) FROM wmo.coverage_edition)'), 't', 'it is recognised');
is(made_of($new), 'an edition', 'and then it is');
$new->safe_psql('wmo', q{SELECT wmo.publish_coverage('after the upgrade')});
is(made_of($new), 'an edition', 'the edition that is published after it is');
is($new->safe_psql('wmo', q{SELECT count(*), count(DISTINCT said) FROM (SELECT array_agg(d.value ORDER BY d.item) AS said
	FROM wmo.coverage_edition e, wmo.describe(e.map) d WHERE d.item !~ 'key|made|edition' GROUP BY e.edition) t}), '2|1',
	'both hold the same');

# With the PostGIS that came with the new server, which an upgrade ends with.
$new->safe_psql('wmo', q{DELETE FROM wmo.coverage_edition WHERE note = 'after the upgrade'});
$new->safe_psql('wmo', 'ALTER EXTENSION postgis UPDATE');
is(answers($new), $answers, 'every question has the same answer by the PostGIS of the new server');
$new->safe_psql('wmo', 'DROP SCHEMA own CASCADE; DROP EXTENSION wmo_contracts');
is($new->safe_psql('wmo', q{SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'wmo%'}), '0',
	'and it can be dropped');

$new->stop;
done_testing();
