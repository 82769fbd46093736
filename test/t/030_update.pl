# A registry in use is updated: the demo in it, an edition of the map, a role that reads, a session that stays open and a subscriber
# that follows. The next release is made up: a new column with its rule, a function that asks it, another body, another comment and
# another shipped row. Subscriber first, then publisher, as docs/operations.md says: both become what a fresh database of the next
# release is, every row and answer stays, changes arrive at every stage, and an update that fails leaves nothing behind.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoDefinition qw(definition);
use WmoNode qw(start_node fresh_database load_demo content_picture differences session answer close_session);

my ($share) = run_command([ 'pg_config', '--sharedir' ]);
chomp $share;
my $home = "$share/extension";
my ($version) = slurp_file('wmo_contracts.control') =~ /^default_version\s*=\s*'([^']+)'/m;
my $next = '999.0.0';
my @made;
END { unlink @made if @made }

sub make_script
{
	my ($name, $text) = @_;
	my $file = "$home/wmo_contracts--$name.sql";
	unlink $file; # of a run that broke off
	push @made, $file;
	append_to_file($file, $text);
	return;
}

# ---- the next release, and the way to it ----------------------------------------------------------------------------------
my $script = slurp_file("$home/wmo_contracts--$version.sql");

my $function = <<'SQL';
CREATE FUNCTION wmo_works.access_points_of(wayside text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT count(*) FROM wmo.access_point a WHERE a.way = wayside;
END;
REVOKE ALL ON FUNCTION wmo_works.access_points_of(text) FROM PUBLIC;
COMMENT ON FUNCTION wmo_works.access_points_of(text) IS 'How many access points have this way in.';
SQL
my $column = "COMMENT ON COLUMN wmo.access_point.way IS 'By telephone, or at a desk; null = not stated.';\n";
my ($grant) = $script =~ /^(CREATE FUNCTION wmo\.wmo_grant\(.*?^\$\$;\n)/ms;
ok($grant, 'the install script has the function whose body changes');
(my $other_grant = $grant) =~ s/GRANT SELECT ON ALL/GRANT  SELECT ON ALL/ or die 'nothing to change';
$script =~ s/^(CREATE TABLE wmo\.access_point \(.*?  source_id  integer REFERENCES wmo\.source,\n)/$1  way        text,\n  CONSTRAINT access_point_way_is_not_empty CHECK (way <> ''),\n/ms or die 'no table';
$script =~ s/^(COMMENT ON COLUMN wmo\.access_point\.area_id IS)/$column$1/m or die 'no comment';
$script =~ s/\Q$grant\E/$other_grant/ or die 'no body';
$script =~ s/(COMMENT ON TABLE wmo\.access_point IS 'Where )residents/$1people/ or die 'no comment of the table';
$script =~ s/'Dagbesteding', '07'/'Dagopvang', '07'/ or die 'no shipped row';
make_script($next, $script . $function);

(my $replaced = $other_grant) =~ s/^CREATE FUNCTION/CREATE OR REPLACE FUNCTION/ or die;
my $tokens = <<'SQL';
INSERT INTO wmo_works.registry_change (kind, token)
SELECT kind, ('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 4))::bit(64)::bigint
FROM unnest(ARRAY['areas', 'places', 'rows']) kind;
SQL
my $way = <<"SQL" . $function . $replaced . $tokens;
ALTER TABLE wmo.access_point ADD COLUMN way text, ADD CONSTRAINT access_point_way_is_not_empty CHECK (way <> '');
$column
COMMENT ON TABLE wmo.access_point IS 'Where people of an area ask for support (toegang, zorgloket).';
UPDATE wmo.service SET name = 'Dagopvang' WHERE shipped AND name = 'Dagbesteding';
SQL
make_script("$version--$next", "SELECT wmo.no_such_function();\n");

# ---- two servers that hold a registry ------------------------------------------------------------------------------------
my $publisher = PostgreSQL::Test::Cluster->new('publisher');
$publisher->init(allows_streaming => 'logical', extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$publisher->append_conf('postgresql.conf', "client_min_messages = warning\nfsync = off\njit = off\n");
$publisher->start;
my $subscriber = start_node('subscriber');
fresh_database($_, 'registry', "CREATE EXTENSION wmo_contracts VERSION '$version' CASCADE") for $publisher, $subscriber;
load_demo($publisher, 'registry') or BAIL_OUT('there is no demo/load.sql');
$publisher->safe_psql('registry', <<'SQL');
INSERT INTO wmo.service (code, name) VALUES ('eigen_voorziening', 'Eigen voorziening');
INSERT INTO wmo.party (name, kind) VALUES ('Zorgloket Eén', 'access_point');
INSERT INTO wmo.access_point (party_id) SELECT id FROM wmo.party WHERE name = 'Zorgloket Eén';
SELECT wmo.publish_coverage('before the update');
SELECT wmo.publish_registry('registry');
CREATE ROLE readers NOLOGIN;
CREATE ROLE eve LOGIN IN ROLE readers;
SELECT wmo.wmo_grant('readers');
SQL
my $connection = $publisher->connstr . ' dbname=registry';
$subscriber->safe_psql('registry', $_) for 'SELECT wmo.prepare_subscriber()', "CREATE SUBSCRIPTION registry CONNECTION '$connection' PUBLICATION registry";

sub caught_up
{
	$subscriber->poll_query_until('registry', q{SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel}) or die 'the tables are not copied';
	$publisher->wait_for_catchup('registry');
	return;
}

# Everything but rows: those of users are told by content_picture.
sub objects { my ($node, $database) = @_; return join "\n", grep { !/^row / } split /\n/, definition($node, $database) }
sub shipped { my ($node, $database) = @_; return $node->safe_psql($database, 'SELECT id, code, name FROM wmo.service WHERE shipped ORDER BY id') }
# The rows of a registry without what the next release adds, and without tokens and marks, which say that it came.
sub rows
{
	my ($node) = @_;
	$node->safe_psql('registry', q{CREATE SCHEMA IF NOT EXISTS aside; CREATE OR REPLACE VIEW aside.access_point AS SELECT id, party_id, area_id, service_id, valid, source_id, changed_at FROM wmo.access_point});
	return join "\n", content_picture($node, 'registry', qw(registry_change change_mark service access_point)),
	  $node->safe_psql('registry', 'SELECT a::text FROM aside.access_point a ORDER BY id'),
	  $node->safe_psql('registry', q{SELECT (to_jsonb(s) - 'changed_at')::text FROM wmo.service s WHERE name NOT IN ('Dagbesteding', 'Dagopvang') ORDER BY id});
}
sub answers
{
	my ($node) = @_;
	my @said;
	for my $file (glob 'demo/questions/*.sql')
	{
		my ($out, $err) = run_command([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('registry'), '-f', $file ]);
		push @said, $out, $err;
	}
	return join "\n", @said;
}
my $question = q{SELECT string_agg(p.provider || ' ' || p.certainty, ', ' ORDER BY p.ord) FROM wmo.providers_in_area('GM0009', 'individuele_begeleiding', '2019-06-01', 40, as_of => '2018-07-30') p};
sub made_of { my ($node) = @_; return $node->safe_psql('registry', qq{SET wmo_contracts.session_map = on; $question; SELECT value FROM wmo.describe_session_map() WHERE item = 'made of'}) =~ /([^\n]*)\z/ ? $1 : '' }

caught_up();
my $before = definition($publisher, 'registry');
my %rows = map { $_->name => rows($_) } $publisher, $subscriber;
my $answers = answers($publisher);
like($answers, qr/De Nieuwe Zorg Thuis/, 'the registry answers');
like(made_of($publisher), qr/^an edition/, 'from the edition that was published');
my $open = session($publisher, 'registry');
is(answer($open, $question), 'At Home First provisional', 'a session asks, and stays');

# ---- an update that fails ----------------------------------------------------------------------------------------------------
like(($publisher->psql('registry', "ALTER EXTENSION wmo_contracts UPDATE TO '$next'"))[2], qr/no_such_function/, 'an update can fail');
is(differences($before, definition($publisher, 'registry')), '', 'and leaves all as it was');
like(made_of($publisher), qr/^an edition/, 'the edition too');

# ---- the subscriber first, then the publisher ------------------------------------------------------------------------------
make_script("$version--$next", $way);
fresh_database($_, 'fresh', "CREATE EXTENSION wmo_contracts VERSION '$next' CASCADE") for $publisher, $subscriber;
my $update = "ALTER EXTENSION wmo_contracts UPDATE TO '$next'";
$subscriber->safe_psql('registry', $update);
is(differences(objects($subscriber, 'fresh'), objects($subscriber, 'registry')), '', 'the subscriber is what a fresh one is');
is(differences($rows{subscriber}, rows($subscriber)), '', 'and keeps every row');

$publisher->safe_psql('registry', q{UPDATE wmo.party SET name = 'Zorgloket Twee' WHERE name = 'Zorgloket Eén'});
caught_up();
is($subscriber->safe_psql('registry', q{SELECT p.name, a.way FROM wmo.access_point a JOIN wmo.party p ON p.id = a.party_id WHERE p.name ~ '^Zorgloket'}), 'Zorgloket Twee|',
	'what the publisher of before writes arrives meanwhile');

$rows{publisher} = rows($publisher);
$publisher->safe_psql('registry', $update);
is(differences($rows{publisher}, rows($publisher)), '', 'and keeps every row, its edition and the states of its sequences');
is(shipped($publisher, 'registry'), shipped($publisher, 'fresh'), 'what ships is that of the next release');
isnt(made_of($publisher), 'an edition', 'no edition from before is taken for the present state');
is(answers($publisher), $answers, 'every question has the same answer');
is(answer($open, $question), 'At Home First provisional', 'in the session that stayed open too');
close_session($open);
is(($publisher->psql('registry', $question, extra_params => [ '-U', 'eve' ]))[1], 'At Home First provisional', 'who was allowed to read still is');
like(($publisher->psql('registry', q{SELECT wmo_works.access_points_of('desk')}, extra_params => [ '-U', 'eve' ]))[2], qr/permission denied for function/, 'and has the new function');
$publisher->safe_psql($_, q{SELECT wmo.wmo_grant('readers')}) for 'registry', 'fresh';
is(differences(objects($publisher, 'fresh'), objects($publisher, 'registry')), '', 'the publisher is what a fresh one is, with these rights');
is(join('', ($publisher->psql('registry', q{SELECT wmo_works.access_points_of('desk')}, extra_params => [ '-U', 'eve' ]))[ 1, 2 ]), '0', 'after wmo_grant');
$publisher->safe_psql('registry', q{SELECT wmo.rebuild_standing(); SELECT wmo.publish_coverage('after the update')});
like(made_of($publisher), qr/^an edition/, 'and the edition that is published after it is answered from');
is($publisher->safe_psql('registry', 'SELECT count(*) FROM wmo.check_standing()'), '0', 'standing is what would be derived');

# ---- and on -----------------------------------------------------------------------------------------------------------------
$publisher->safe_psql('registry', q{SELECT wmo.publish_registry('registry'); UPDATE wmo.access_point SET way = 'desk'});
caught_up();
is($subscriber->safe_psql('registry', q{SELECT wmo_works.access_points_of('desk')}), $publisher->safe_psql('registry', 'SELECT count(*) FROM wmo.access_point'), 'the new column arrives');
is($subscriber->safe_psql('registry', q{SELECT value FROM wmo.check_subscriber() WHERE item = 'errors'}), '0 while following, 0 while copying', 'without an error on the way');
is($subscriber->safe_psql('registry', 'SELECT wmo.registry_digest()'), $publisher->safe_psql('registry', 'SELECT wmo.registry_digest()'), 'both hold the same');
is(answers($subscriber), answers($publisher), 'and answer the same');

$subscriber->safe_psql('registry', 'DROP SUBSCRIPTION registry');
$subscriber->stop;
$publisher->stop;
done_testing();
