# Logical subscribers: the user's rows come over beside those that shipped, and every question has the same answer on both
# sides, while the publisher is written to, after a restart and in binary; what check_subscriber says, also of a slot that
# is lost; and what becomes of a publication of all tables.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database load_demo content_picture differences session answer close_session);

my $publisher = start_node('publisher', apart => 1, streaming => 'logical');
my $subscriber = start_node('subscriber');
registry_database($_, 'registry') for $publisher, $subscriber;
load_demo($publisher, 'registry') or BAIL_OUT('there is no demo/load.sql to publish');
$publisher->safe_psql('registry', <<'SQL');
INSERT INTO wmo.service (code, name) VALUES ('eigen_voorziening', 'Eigen voorziening');
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2031-05-02', 'eigen besluit');
SELECT wmo.publish_coverage('of the publisher');
SQL

$publisher->safe_psql('registry', q{SELECT wmo.publish_registry('registry')});
my $connection = $publisher->connstr . ' dbname=registry';
$subscriber->safe_psql('registry', 'SELECT wmo.prepare_subscriber()');
$subscriber->safe_psql('registry', "CREATE SUBSCRIPTION registry CONNECTION '$connection' PUBLICATION registry");
# Of a subscription everything but how far it is behind, which a clock says.
sub stands { return $subscriber->safe_psql($_[0], q{SELECT subscription, item, is_ok, value FROM wmo.check_subscriber() WHERE item <> 'behind'}) }
sub digest { my ($node, $database) = @_; return $node->safe_psql($database, 'SELECT wmo.registry_digest()') }
sub caught_up
{
	$subscriber->poll_query_until('registry', q{SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel}) or die 'the tables are not copied';
	$publisher->wait_for_catchup('registry');
	$subscriber->safe_psql('registry', 'ANALYZE');
	return;
}
caught_up();

# Rows of both sides; what belongs to a database, and the states of sequences, aside.
my @aside = qw(coverage_edition current_coverage turn whole_registry registry_change change_mark no_gap_switch kept_standing standing_mark law_change changed_contract);
sub rows { my ($node) = @_; return join "\n", grep { !/_seq\|/ } split /\n/, content_picture($node, 'registry', @aside); }
# The questions of the demo, and what the two servers say of coverage, calendar, gaps and maps.
sub answers
{
	my ($node) = @_;
	my @said;
	for my $file (glob 'demo/questions/*.sql')
	{
		my ($out, $err) = run_command([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('registry'), '-f', $file ]);
		push @said, $out, $err;
	}
	push @said, $node->safe_psql('registry', $_) for
	  q{SELECT x FROM (SELECT c::text AS x FROM wmo.coverage c) t ORDER BY x COLLATE "C"}, q{SELECT x FROM (SELECT e::text AS x FROM wmo.exclusive_claim e) t ORDER BY x COLLATE "C"},
	  q{SELECT d::text FROM wmo.decision_calendar_on('2023-06-01') d ORDER BY d.uid},
	  q{SELECT x FROM (SELECT g::text AS x FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2019-01-01,2024-01-01)', NULL, '2023-06-01') g) t ORDER BY x COLLATE "C"},
	  q{SELECT x FROM (SELECT h::text AS x FROM wmo.handovers('2018-06-01', '2019-06-01', 'begeleiding', '2024-01-01') h) t ORDER BY x COLLATE "C"},
	  q{SELECT wmo.is_working_day('2031-05-02')},
	  q{SET wmo_contracts.session_map = on; SELECT a.id, p.* FROM wmo.area a CROSS JOIN LATERAL
		wmo.providers_at(ST_PointOnSurface(a.geom), 'begeleiding', '2019-06-01', 40, as_of => '2019-06-01') p WHERE a.geom IS NOT NULL ORDER BY 1, 2},
	  q{SELECT d.* FROM wmo.describe(wmo.compile_coverage()) d WHERE d.item !~ 'key|made' ORDER BY 1};
	return join "\n", @said;
}
is(differences(rows($publisher), rows($subscriber)), '', 'after the first copy every table holds the same, shipped rows beside own ones');
is(digest($subscriber, 'registry'), digest($publisher, 'registry'), 'by their digest too');
my $tables = $publisher->safe_psql('registry', q{SELECT count(*) FROM pg_publication_tables WHERE pubname = 'registry'});
my $derives = '|standing|f|derived at every question that no map answers; wmo.rebuild_standing keeps it until the next change comes';
is(stands('registry'), "registry|enabled|t|true\nregistry|tables|t|$tables of $tables ready\nregistry|worker|t|running\n"
	. "registry|errors|t|0 while following, 0 while copying\n$derives", 'and check_subscriber finds nothing amiss');
like($subscriber->safe_psql('registry', q{SELECT is_ok IS NULL, value FROM wmo.check_subscriber() WHERE item = 'behind'}),
	qr/^t\|\d+ seconds since the publisher was heard to its end; \d+ bytes received since$/, 'how far it is behind is for people to judge');
like(($subscriber->psql('registry', 'SELECT wmo.prepare_subscriber()'))[2], qr/subscription "registry" brings the registry to this database already/,
	'what is subscribed is not prepared again');
my $before = answers($subscriber);
is(differences(answers($publisher), $before), '', 'and every question has the same answer');

# Changes: of the ledger, with all that follows from it, of areas, and deletions that take others along.
$publisher->safe_psql('registry', <<'SQL');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on)
SELECT c.id, 'early_end', wmo.first_day(c.period), wmo.first_day(c.period) + 100 FROM wmo.contract c
WHERE wmo.first_day(c.period) IS NOT NULL AND c.period::text = c.agreed_period::text AND wmo.end_kind(c.period) = 'day' ORDER BY c.id LIMIT 2;
UPDATE wmo.area SET geom = ST_Multi(ST_Translate(geom, 10, 10)) WHERE id = (SELECT min(id) FROM wmo.area WHERE geom IS NOT NULL);
UPDATE wmo.service SET name = 'Anders' WHERE code = 'eigen_voorziening';
DELETE FROM wmo.equated_day_own;
UPDATE wmo.party SET name = name || ' BV' WHERE kind = 'provider';
DELETE FROM wmo.contract WHERE id = (SELECT max(id) FROM wmo.contract);
SQL
caught_up();
is(differences(rows($publisher), rows($subscriber)), '', 'changes come over, and what follows from them');
# What is derived at every question costs most of the time: where the tests are to be quick (WMO_TEST_THROWS) it is kept now.
$subscriber->safe_psql('registry', 'SELECT wmo.rebuild_standing()') if ($ENV{WMO_TEST_THROWS} // 1) < 1;
my $changed = answers($publisher);
is(differences($changed, answers($subscriber)), '', 'every question has the same answer again');
isnt($changed, $before, 'which is another than before');

# Written to without a pause, over a restart of the subscriber and of the publisher, and what arrives is whole again.
my $writer = session($publisher, 'registry');
answer($writer, $_) for map { ("UPDATE wmo.party SET name = name || ' $_' WHERE kind = 'provider'",
	"INSERT INTO wmo.contract_change (contract_id, kind, effective_on, until, decided_on) SELECT min(c.id), 'suspension', date '2019-03-01' + $_, date '2019-03-02' + $_, '2019-02-01' FROM wmo.contract c") } 1 .. 10;
$subscriber->restart;
answer($writer, "UPDATE wmo.party SET name = name || ' $_' WHERE kind = 'provider'") for 11 .. 20;
close_session($writer);
$publisher->restart;
caught_up();
is(digest($subscriber, 'registry'), digest($publisher, 'registry'), 'what was written meanwhile has arrived');

# In binary, to another database.
registry_database($subscriber, 'in_binary', 'SELECT wmo.prepare_subscriber()',
	"CREATE SUBSCRIPTION in_binary CONNECTION '$connection' PUBLICATION registry WITH (binary = true)");
$subscriber->poll_query_until('in_binary', q{SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel}) or die 'the tables are not copied';
$publisher->safe_psql('registry', q{UPDATE wmo.area SET geom = ST_Multi(ST_Translate(geom, -10, -10)) WHERE id = (SELECT min(id) FROM wmo.area WHERE geom IS NOT NULL)});
$publisher->wait_for_catchup($_) for 'in_binary', 'registry';
is(digest($subscriber, 'in_binary'), digest($publisher, 'registry'), 'in binary the same arrives');

# A table that the publication lost, and a slot that is gone: both are said.
$publisher->safe_psql('registry', 'ALTER PUBLICATION registry DROP TABLE wmo.client_stop');
$subscriber->safe_psql('in_binary', 'ALTER SUBSCRIPTION in_binary REFRESH PUBLICATION');
like(stands('in_binary'), qr/in_binary\|tables\|f\|\d+ of $tables ready; missing: client_stop/, 'a missing table is named');
$publisher->safe_psql('registry', q{SELECT wmo.publish_registry('registry')});
$subscriber->safe_psql('in_binary', 'ALTER SUBSCRIPTION in_binary REFRESH PUBLICATION WITH (copy_data = false)');
$subscriber->safe_psql('in_binary', 'ALTER SUBSCRIPTION in_binary DISABLE');
$subscriber->poll_query_until('in_binary', q{SELECT count(*) = 0 FROM pg_stat_subscription WHERE subname = 'in_binary' AND pid IS NOT NULL});
$publisher->poll_query_until('registry', q{SELECT NOT active FROM pg_replication_slots WHERE slot_name = 'in_binary'});
$publisher->safe_psql('registry', q{SELECT pg_drop_replication_slot('in_binary')});
$subscriber->safe_psql('in_binary', 'ALTER SUBSCRIPTION in_binary ENABLE');
$subscriber->poll_query_until('in_binary', q{SELECT NOT is_ok FROM wmo.check_subscriber() WHERE item = 'worker'}) or die 'nobody misses the slot';
$subscriber->wait_for_log(qr/replication slot "in_binary" does not exist/);
pass('a slot that is lost leaves no worker running');
$subscriber->safe_psql('in_binary', 'ALTER SUBSCRIPTION in_binary DISABLE; ALTER SUBSCRIPTION in_binary SET (slot_name = NONE); DROP SUBSCRIPTION in_binary');

# A service that ships is no row of the publication.
is($subscriber->safe_psql('registry', 'SELECT count(*) FROM wmo.service WHERE shipped'), $publisher->safe_psql('registry', 'SELECT count(*) FROM wmo.service WHERE shipped'),
	'what shipped is there once');
is($subscriber->safe_psql('registry', 'SELECT count(*) FROM wmo.coverage_edition'), '0', 'editions stay where their keys mean something');
$subscriber->safe_psql('registry', q{SELECT wmo.publish_coverage('of the subscriber')});
is($subscriber->safe_psql('registry', q{SET wmo_contracts.session_map = on; SELECT FROM wmo.providers_at('SRID=28992;POINT(200000 500000)', 'begeleiding', '2019-06-01', 40);
	SELECT value FROM wmo.describe_session_map() WHERE item = 'made of'}), 'an edition', 'and the subscriber publishes its own');
$subscriber->safe_psql('registry', 'DROP SUBSCRIPTION registry');

# All tables: the first copy of those with shipped rows collides, and nothing of them is changed by it.
registry_database($subscriber, 'all_tables');
my $shipped = $subscriber->safe_psql('all_tables', 'SELECT count(*) FROM wmo.service');
$publisher->safe_psql('registry', 'CREATE PUBLICATION everything FOR ALL TABLES');
$subscriber->safe_psql('all_tables', "CREATE SUBSCRIPTION everything CONNECTION '$connection' PUBLICATION everything");
$subscriber->wait_for_log(qr/duplicate key value violates unique constraint "\w*(?:service|shipped)\w*"/);
is($subscriber->safe_psql('all_tables', 'SELECT count(*) FROM wmo.service'), $shipped, 'a publication of all tables collides with what shipped, as the manual says');
$subscriber->safe_psql('all_tables', 'ALTER SUBSCRIPTION everything DISABLE; ALTER SUBSCRIPTION everything SET (slot_name = NONE); DROP SUBSCRIPTION everything');

$subscriber->stop;
$publisher->stop;
done_testing();
