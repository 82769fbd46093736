# A hot standby answers while it replays what writers do, each of its answers being what its tables say in that snapshot; at
# rest it says what the primary says; and when it is promoted in the middle of it nothing that was acknowledged is lost.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use PostgreSQL::Test::Cluster;
use Time::HiRes qw(sleep);
use WmoNode qw(start_node);
use WmoTraffic qw(make_registry start_traffic stop_traffic until_acknowledged acknowledged broken seconds);

my $primary = start_node('standby_primary', streaming => 1, conf => "hot_standby_feedback = on\n");
make_registry($primary, 'registry');
my $directory = tempdir(CLEANUP => 1);
my $writers = start_traffic($primary, 'registry', 2, 0, $directory);

# The copy is made while they write.
$primary->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby_copy');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->start;
# from now on a writer is told that something is done when the standby has it
$primary->safe_psql('postgres', q{ALTER SYSTEM SET synchronous_standby_names = '*'});
$primary->reload;

my $readers = start_traffic($standby, 'registry', 0, 2, $directory, 's');
until_acknowledged($writers, 20);
sleep seconds(2);
stop_traffic($writers);
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('flush'));
stop_traffic($readers);
my $said = acknowledged([ @$writers, @$readers ]);
note 'acknowledged: ' . join ', ', map { scalar(@{ $said->{$_} }) . " $_" } sort keys %$said;
cmp_ok(scalar @{ $said->{ledger} // [] }, '>', 5, 'writers wrote');
is(join("\n", @{ $said->{differs} // [] }), '', 'what a session on the standby answers is what its tables say');
is(broken($standby, 'registry', $said), '', 'on the standby all holds, and all that was acknowledged is there');
my $picture = q{SELECT md5(string_agg(p, E'\n' ORDER BY p COLLATE "C")) FROM (
	SELECT c::text AS p FROM wmo.coverage c UNION ALL SELECT e::text FROM wmo.exclusive_claim e UNION ALL SELECT d::text FROM wmo.decision_calendar_on('2024-06-01') d
	UNION ALL SELECT traffic.asked(place, service) FROM traffic.question UNION ALL SELECT g::text FROM wmo.coverage_gaps('begeleiding', '[2021-01-01,2027-01-01)', NULL, '2024-06-01') g) t};
is($standby->safe_psql('registry', $picture), $primary->safe_psql('registry', $picture), 'and it says what the primary says');
for my $statement ('SELECT wmo.publish_coverage()', q{UPDATE wmo.party SET name = 'x' WHERE id = 2}, q{SELECT traffic.act('w', 1) FROM generate_series(1, 20)})
{
	like(($standby->psql('registry', $statement))[2], qr/cannot execute \w+ in a read-only transaction/, "$statement: a standby is read only, and says so");
}

# The primary falls in the middle of it, and the standby takes over.
$writers = start_traffic($primary, 'registry', 2, 0, $directory, 'p');
$readers = start_traffic($standby, 'registry', 0, 1, $directory, 't');
until_acknowledged($writers, 8);
$primary->stop('immediate');
$standby->safe_psql('postgres', q{ALTER SYSTEM SET synchronous_standby_names = ''});
$standby->promote;
stop_traffic($writers);
my $after = start_traffic($standby, 'registry', 2, 1, $directory, 'q');
until_acknowledged($after, 10);
sleep seconds(1);
stop_traffic([ @$readers, @$after ]);
my $all = acknowledged([ @$writers, @$readers, @$after ]);
push @{ $all->{$_} }, @{ $said->{$_} // [] } for 'ledger', 'contract', 'gone';
note 'acknowledged: ' . join ', ', map { scalar(@{ $all->{$_} }) . " $_" } sort keys %$all;
my $there = acknowledged($after);
cmp_ok(scalar(map { @{ $there->{$_} // [] } } 'ledger', 'contract', 'gone'), '>', 0, 'the promoted server is written to');
is(broken($standby, 'registry', $all), '', 'all holds there, with all that either server acknowledged');
is($standby->safe_psql('registry', q{SET wmo_contracts.session_map = on; SELECT wmo.publish_coverage('here') > 0;
	SELECT FROM wmo.providers_at('SRID=28992;POINT(500 500)', 'begeleiding', '2024-06-01', 40);
	SELECT count(*) FROM wmo.describe_session_map() WHERE item = 'made of'}), "t\n1", 'and it publishes editions');
$standby->stop;
done_testing();
