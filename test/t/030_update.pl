# A registry in use is updated: the demo in it, an edition of the map, a role that reads, a session that stays open and a subscriber
# that follows. From the last release to this version, where a script in released/ leads to it, and from this version to a next that
# is made up: a new column with its rule, a function that asks it, another body, another comment and another shipped row. Subscriber first, then publisher, as docs/operations.md says: both become what a fresh database of the next
# release is, every row and answer stays, changes arrive at every stage, and an update that fails leaves nothing behind.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoDefinition qw(definition);
use WmoNode qw(start_node fresh_database registry_database load_demo content_picture differences session answer close_session);
use WmoRelease qw(this_version its_script make_script);

my $version = this_version();
my $made_up = '999.0.0';

# ---- the last release --------------------------------------------------------------------------------------------------------
my @released = map { /wmo_contracts--(.+)--\Q$version\E\.sql$/ ? $1 : () } glob 'released/wmo_contracts--*--*.sql';

# ---- the next release, and the way to it ----------------------------------------------------------------------------------
my $script = its_script();

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
$script =~ s/'Rolstoelen', '11'/'Rolstoel', '11'/ or die 'no shipped row';
make_script($made_up, $script . $function);
my ($comment) = $script =~ /^(COMMENT ON TABLE wmo\.access_point IS '.*?';\n)/m or die 'no comment of the table';

(my $replaced = $other_grant) =~ s/^CREATE FUNCTION/CREATE OR REPLACE FUNCTION/ or die;
my $tokens = <<'SQL';
INSERT INTO wmo_works.registry_change (kind, token)
SELECT kind, ('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 4))::bit(64)::bigint
FROM unnest(ARRAY['areas', 'places', 'rows']) kind;
SQL
my $way = <<"SQL" . $function . $replaced . $tokens;
ALTER TABLE wmo.access_point ADD COLUMN way text, ADD CONSTRAINT access_point_way_is_not_empty CHECK (way <> '');
$column
${comment}UPDATE wmo.service SET name = 'Rolstoel' WHERE shipped AND name = 'Rolstoelen';
SQL

# ---- two servers that hold a registry ------------------------------------------------------------------------------------
my $publisher = start_node('publisher', apart => 1, streaming => 'logical');
my $subscriber = start_node('subscriber');
$publisher->safe_psql('postgres', 'CREATE ROLE readers NOLOGIN; CREATE ROLE eve LOGIN IN ROLE readers');
my $connection = $publisher->connstr . ' dbname=registry';
my $in_use = <<'SQL';
INSERT INTO wmo.service (code, name) VALUES ('eigen_voorziening', 'Eigen voorziening');
INSERT INTO wmo.party (name, kind) VALUES ('Zorgloket Eén', 'access_point');
INSERT INTO wmo.access_point (party_id) SELECT id FROM wmo.party WHERE name = 'Zorgloket Eén';
SELECT wmo.publish_coverage('before the update');
SELECT wmo.publish_registry('registry');
SELECT wmo.wmo_grant('readers');
SQL

sub caught_up
{
	$subscriber->poll_query_until('registry', q{SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel}) or die 'the tables are not copied';
	$publisher->wait_for_catchup('registry');
	return;
}

# Everything but rows: those of users are told by content_picture.
sub objects { my ($node, $database) = @_; return join "\n", grep { !/^row / } split /\n/, definition($node, $database) }
sub shipped { my ($node, $database) = @_; return $node->safe_psql($database, 'SELECT id, code, name FROM wmo.service WHERE shipped ORDER BY id') }
# The columns of the registry's tables, and the rows by these columns: what the next release adds does not count, nor tokens, the names
# under them and marks, which say that it came and are cleared away as soon as no transaction can need them, nor what ships.
sub columns
{
	my ($node) = @_;
	return $node->safe_psql('registry', <<'SQL');
SELECT c.oid::regclass, (SELECT string_agg(quote_ident(a.attname), ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
       CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shipped') THEN 'WHERE NOT shipped' ELSE '' END
FROM pg_class c WHERE c.relnamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace) AND c.relkind IN ('r', 'S') AND c.relname !~ '_shipped$'
  AND c.relname NOT IN ('registry_change', 'changed_contract', 'change_mark') ORDER BY 1
SQL
}
sub rows
{
	my ($node, $columns) = @_;
	my @rows = map { my ($table, $fields, $where) = split /\|/; sprintf "SELECT '%s', count(*), md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE \"C\")) FROM (SELECT %s FROM %s %s) r;", $table, $fields, $table, $where // '' } split /\n/, $columns;
	return $node->safe_psql('registry', join "\n", @rows);
}
sub answers
{
	my ($node, $database) = @_;
	my @said;
	for my $file (glob 'demo/questions/*.sql')
	{
		my ($out, $err) = run_command([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-f', $file ]);
		push @said, $out, $err;
	}
	return join "\n", @said;
}
my $question = q{SELECT string_agg(p.provider || ' ' || p.certainty, ', ' ORDER BY p.ord) FROM wmo.providers_in_area('GM0009', 'individuele_begeleiding', '2019-06-01', 40, as_of => '2018-07-30') p};
sub made_of { my ($node) = @_; return $node->safe_psql('registry', qq{SET wmo_contracts.session_map = on; $question; SELECT value FROM wmo.describe_session_map() WHERE item = 'made of'}) =~ /([^\n]*)\z/ ? $1 : '' }
sub as_eve { return join '', ($publisher->psql('registry', $_[0], extra_params => [ '-U', 'eve' ]))[ 1, 2 ] }

# ---- a registry in use goes from a version to the next ----------------------------------------------------------------------------
sub updated_in_use
{
	my ($from, $to, $is_made_up) = @_;
	for my $node ($publisher, $subscriber)
	{
		if ($from eq $version) { registry_database($node, 'registry'); }
		else { fresh_database($node, 'registry', "CREATE EXTENSION wmo_contracts VERSION '$from' CASCADE"); }
	}
	load_demo($publisher, 'registry') or BAIL_OUT('there is no demo/load.sql');
	$publisher->safe_psql('registry', $in_use);
	$subscriber->safe_psql('registry', $_) for 'SELECT wmo.prepare_subscriber()', "CREATE SUBSCRIPTION registry CONNECTION '$connection' PUBLICATION registry";
	caught_up();

	my %columns = map { $_->name => columns($_) } $publisher, $subscriber;
	my %rows = map { $_->name => rows($_, $columns{ $_->name }) } $publisher, $subscriber;
	like($rows{publisher}, qr/^wmo\.contract\|[1-9]/m, "$from to $to: the registry has rows");
	is(made_of($publisher), 'an edition', 'and answers from the edition that was published');
	my $open = session($publisher, 'registry');
	is(answer($open, $question), 'At Home First provisional', 'a session asks, and stays');
	fails($from, $to) if $is_made_up;

	# the subscriber first, then the publisher
	my $update = "ALTER EXTENSION wmo_contracts UPDATE TO '$to'";
	fresh_database($publisher, 'fresh', "CREATE EXTENSION wmo_contracts VERSION '$to' CASCADE");
	$subscriber->safe_psql('registry', $update);
	is(differences(objects($publisher, 'fresh'), objects($subscriber, 'registry')), '', 'the subscriber is what a fresh one is');
	is(differences($rows{subscriber}, rows($subscriber, $columns{subscriber})), '', 'and keeps every row');
	$publisher->safe_psql('registry', q{UPDATE wmo.party SET name = 'Zorgloket Twee' WHERE name = 'Zorgloket Eén'});
	caught_up();
	is($subscriber->safe_psql('registry', q{SELECT p.name FROM wmo.access_point a JOIN wmo.party p ON p.id = a.party_id WHERE p.name ~ '^Zorgloket'}), 'Zorgloket Twee',
		'what the publisher of before writes arrives meanwhile');

	$rows{publisher} = rows($publisher, $columns{publisher});
	$publisher->safe_psql('registry', $update);
	is(differences($rows{publisher}, rows($publisher, $columns{publisher})), '', 'the publisher keeps every row, its edition and the states of its sequences');
	is(shipped($publisher, 'registry'), shipped($publisher, 'fresh'), 'what ships is that of the next release');
	isnt(made_of($publisher), 'an edition', 'no edition from before is taken for the present state');
	is(answer($open, $question), 'At Home First provisional', 'the session that stayed open has its answer');
	close_session($open);
	is(as_eve($question), 'At Home First provisional', 'who was allowed to read still is');
	like(as_eve(q{SELECT wmo_works.access_points_of('desk')}), qr/permission denied for function/, 'and is not yet, for a new function of the works') if $is_made_up;
	$publisher->safe_psql($_, q{SELECT wmo.wmo_grant('readers')}) for 'registry', 'fresh';
	is(differences(objects($publisher, 'fresh'), objects($publisher, 'registry')), '', 'with these rights the publisher is what a fresh one is');
	is(as_eve(q{SELECT wmo_works.access_points_of('desk')}), '0', 'the new function may be called') if $is_made_up;
	load_demo($publisher, 'fresh');
	is(answers($publisher, 'registry'), answers($publisher, 'fresh'), 'every question of the demo has the answer of a fresh one');
	$publisher->safe_psql('registry', q{SELECT wmo.rebuild_standing(); SELECT wmo.publish_coverage('after the update')});
	is(made_of($publisher), 'an edition', 'the edition that is published after it is answered from');
	is($publisher->safe_psql('registry', 'SELECT count(*) FROM wmo.check_standing()'), '0', 'standing is what would be derived');

	# and on
	$publisher->safe_psql('registry', q{SELECT wmo.publish_registry('registry')});
	$publisher->safe_psql('registry', $is_made_up ? q{UPDATE wmo.access_point SET way = 'desk'} : q{UPDATE wmo.access_point SET valid = '[2019-01-01,)'});
	caught_up();
	is($subscriber->safe_psql('registry', q{SELECT wmo_works.access_points_of('desk')}), $publisher->safe_psql('registry', 'SELECT count(*) FROM wmo.access_point'), 'the new column arrives') if $is_made_up;
	is($subscriber->safe_psql('registry', q{SELECT value FROM wmo.check_subscriber() WHERE item = 'errors'}), '0 while following, 0 while copying', 'no error on the way');
	is($subscriber->safe_psql('registry', 'SELECT wmo.registry_digest()'), $publisher->safe_psql('registry', 'SELECT wmo.registry_digest()'), 'both hold the same');
	is(answers($subscriber, 'registry'), answers($publisher, 'registry'), 'and answer the same');

	$subscriber->safe_psql('registry', 'DROP SUBSCRIPTION registry');
	$publisher->safe_psql('postgres', 'DROP DATABASE fresh');
	$_->safe_psql('postgres', 'DROP DATABASE registry') for $subscriber, $publisher;
	return;
}

# An update that fails is one that was not.
sub fails
{
	my ($from, $to) = @_;
	my $before = definition($publisher, 'registry');
	make_script("$from--$to", "$way\nSELECT wmo.no_such_function();\n");
	like(($publisher->psql('registry', "ALTER EXTENSION wmo_contracts UPDATE TO '$to'"))[2], qr/no_such_function/, 'an update can fail');
	is(differences($before, definition($publisher, 'registry')), '', 'and leaves all as it was');
	is(made_of($publisher), 'an edition', 'the edition too');
	make_script("$from--$to", $way);
	return;
}

updated_in_use($_, $version, 0) for @released;
note('no script leads from a release to this version yet: only the made-up one is tried') unless @released;
updated_in_use($version, $made_up, 1);

$subscriber->stop;
$publisher->stop;
done_testing();
