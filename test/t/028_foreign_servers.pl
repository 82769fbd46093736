# The map of one registry on other servers, without a line that knows which row stands where: it is replicated or fetched as
# one row, clients stand in partitions of which half are another server's, postgres_fdw sends the question there, and the
# answers are those of one server; and a server whose registry is empty says so.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database load_demo);

my $here = start_node('here', apart => 1, streaming => 'logical', conf => "listen_addresses = ''\nenable_partitionwise_aggregate = on\n");
my $there = start_node('there');
for my $node ($here, $there)
{
	registry_database($node, 'clients');
}
load_demo($here, 'clients') or plan skip_all => 'there is no demo data';

# ---- a node that never held a registry ----
my $place = q{'SRID=28992;POINT(233900 582000)'};
is($there->safe_psql('clients', "SELECT wmo.answer_at($place, 'begeleiding', '2019-06-01', 40)"), 'cannot_tell:registry_is_empty', 'by the tables an empty registry says that it is empty');
is($there->safe_psql('clients', "SET wmo_contracts.session_map = on; SELECT wmo.answer_at($place, 'begeleiding', '2019-06-01', 40)"), 'cannot_tell:registry_is_empty', 'by the session map too');
is($there->safe_psql('clients', "SELECT wmo.answer_on(wmo.compile_coverage(), $place, 'begeleiding', '2019-06-01', 40)"), 'cannot_tell:registry_is_empty', 'and by a map of it');
is($there->safe_psql('clients', "SELECT p.found, p.reason FROM wmo.providers_by_map(wmo.compile_coverage(), $place, 'begeleiding', '2019-06-01', 40) p"), 'f|registry_is_empty', 'in every form');

# ---- the map travels as one row ----
my $edition = $here->safe_psql('clients', q{SELECT wmo.publish_coverage('for the other server')});
is($here->safe_psql('clients', 'SELECT edition FROM wmo.current_coverage'), $edition, 'what was published last stands by itself');
$here->safe_psql('clients', 'CREATE PUBLICATION current_coverage FOR TABLE wmo.current_coverage');
my $connection = $here->connstr . ' dbname=clients';
$there->safe_psql('clients', "CREATE SUBSCRIPTION current_coverage CONNECTION '$connection' PUBLICATION current_coverage WITH (binary = true)");
$there->poll_query_until('clients', q{SELECT count(*) = 1 FROM wmo.current_coverage}) or die 'the map did not arrive';
my $whole = q{SELECT md5(map::text) || ' ' || digest || ' ' || edition FROM wmo.current_coverage};
is($there->safe_psql('clients', $whole), $here->safe_psql('clients', $whole), 'it arrives as it was sent');
is($there->safe_psql('clients', q{SELECT d.value = (SELECT system_identifier::text FROM pg_control_system()) FROM wmo.current_coverage c, wmo.describe(c.map) d WHERE d.item = 'made on server'}), 'f',
	'and says that it was made elsewhere');
$here->safe_psql('clients', q{UPDATE wmo.party SET name = name || ' BV' WHERE kind = 'provider'; SELECT wmo.publish_coverage('again')});
$there->poll_query_until('clients', q{SELECT edition = 2 FROM wmo.current_coverage}) or die 'the next map did not arrive';
is($there->safe_psql('clients', $whole), $here->safe_psql('clients', $whole), 'the next one takes its place');

# ---- clients in eight partitions, four of them there ----
$there->safe_psql('clients', <<"SQL") for 0;
CREATE TABLE client (id integer, municipality integer, service text, place public.geometry(Point, 28992), age integer);
SQL
$there->safe_psql('clients', "CREATE TABLE client_$_ (LIKE client)") for 4 .. 7;
my ($host, $port) = ($there->host, $there->port);
$here->safe_psql('clients', <<"SQL");
CREATE EXTENSION postgres_fdw;
CREATE SERVER there FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$host', port '$port', dbname 'clients', extensions 'wmo_contracts, postgis', async_capable 'true', fdw_tuple_cost '1');
CREATE USER MAPPING FOR CURRENT_USER SERVER there;
CREATE TABLE client (id integer, municipality integer, service text, place public.geometry(Point, 28992), age integer) PARTITION BY HASH (municipality);
SQL
$here->safe_psql('clients', $_ < 4 ? "CREATE TABLE client_$_ PARTITION OF client FOR VALUES WITH (MODULUS 8, REMAINDER $_)"
	: "CREATE FOREIGN TABLE client_$_ PARTITION OF client FOR VALUES WITH (MODULUS 8, REMAINDER $_) SERVER there") for 0 .. 7;
$here->safe_psql('clients', <<'SQL');
CREATE TABLE one_table AS
SELECT n AS id, n % 30 AS municipality, CASE n % 2 WHEN 0 THEN 'begeleiding' ELSE 'hulp_bij_het_huishouden' END AS service, CASE WHEN n % 50 = 0 THEN NULL ELSE ST_Translate(ST_PointOnSurface(a.geom), n % 7 * 400, n % 11 * 300) END::public.geometry(Point, 28992) AS place, n % 90 AS age
FROM generate_series(1, 40000) n
JOIN LATERAL (SELECT geom FROM wmo.area WHERE geom IS NOT NULL ORDER BY id OFFSET n % 30 LIMIT 1) a ON true;
INSERT INTO client SELECT * FROM one_table;
ANALYZE client, one_table;
SQL
cmp_ok($there->safe_psql('clients', 'SELECT count(*) FROM client_4'), '>', 0, 'a part of them stands there');

my $question = q{wmo.answer_by_map((SELECT map FROM wmo.current_coverage), c.place, c.service, '2023-03-01', c.age)};
sub counted { my ($table, $expression) = @_; return "SELECT c.municipality, count(*) FILTER (WHERE $expression = 'one'), count(*) FILTER (WHERE $expression LIKE 'cannot_tell:%') FROM $table c GROUP BY 1 ORDER BY 1" }
my $expected = $here->safe_psql('clients', counted('one_table', $question));
ok($expected =~ /^\d+\|[1-9]/m && $expected =~ /\|[1-9]\d*$/m, 'there are several answers');
is($here->safe_psql('clients', counted('client', $question)), $expected, 'the parts together give the answers of one table');
is($here->safe_psql('clients', counted('one_table', q{wmo.answer_at(c.place, c.service, '2023-03-01', c.age)})), $expected, 'which are those of the registry');

# What is sent: the question, where rows are chosen by it or counted by what parts them; and both servers work at once.
like($here->safe_psql('clients', 'EXPLAIN (VERBOSE, COSTS OFF) ' . counted('client', $question)),
	qr/Async Foreign Scan.*Remote SQL: SELECT municipality, count\(\*\) FILTER \(WHERE \(wmo\.answer_by_map\([^\n]*GROUP BY 1/s, 'answers are counted where the rows are');
for my $function ("wmo.provider_by_map((SELECT map FROM wmo.current_coverage), c.place, c.service, '2023-03-01', c.age)",
	"wmo.provider_on((SELECT map FROM wmo.current_coverage), c.place, c.service, '2023-03-01', c.age, '2030-01-01')",
	"wmo.answer_on((SELECT map FROM wmo.current_coverage), c.place, c.service, '2023-03-01', c.age, '2030-01-01')", $question)
{
	my ($name) = $function =~ /^(wmo\.\w+)/;
	my $rows = $function =~ /answer/ ? "WHERE $function = 'one'" : "WHERE $function IS NOT NULL";
	my $plan = $here->safe_psql('clients', "EXPLAIN (VERBOSE, COSTS OFF) SELECT c.id FROM client c $rows");
	like($plan, qr/Async Foreign Scan.*Remote SQL: SELECT id[^\n]*WHERE [^\n]*\Q$name\E\(/s, "$name is sent, and nobody waits for it");
	my $found = $here->safe_psql('clients', "SELECT c.id FROM client c $rows ORDER BY 1");
	is($found, $here->safe_psql('clients', "SELECT c.id FROM one_table c $rows ORDER BY 1"), 'with the same rows');
	cmp_ok(scalar(split /\n/, $found), '>', 50, 'of which there are many');
}
my $clock = $here->safe_psql('clients', q{EXPLAIN (VERBOSE, COSTS OFF) SELECT c.id FROM client c WHERE wmo.provider_on((SELECT map FROM wmo.current_coverage), c.place, c.service, '2023-03-01', c.age) = 1});
unlike($clock, qr/Remote SQL: [^\n]*wmo\./, 'a question as of today is not: the two servers may have another day');

# ---- a view there, with the map there: sums come over, and no map goes ----
$there->safe_psql('clients', "CREATE VIEW client_answer AS SELECT c.id, c.age, $question AS answer FROM client_4 c");
$here->safe_psql('clients', q{CREATE FOREIGN TABLE client_answer (id integer, age integer, answer text) SERVER there});
like($here->safe_psql('clients', 'EXPLAIN (VERBOSE, COSTS OFF) SELECT answer, count(*) FROM client_answer GROUP BY 1'), qr/Remote SQL: SELECT answer, count\(\*\)/, 'a view there is counted there');
is($here->safe_psql('clients', 'SELECT answer, count(*) FROM client_answer GROUP BY 1 ORDER BY 1'),
	$here->safe_psql('clients', "SELECT $question AS answer, count(*) FROM client_4 c GROUP BY 1 ORDER BY 1"), 'with the same answers');

# ---- the map asks as of its day, whatever day it is; a replica of the row is asked like its origin ----
is($there->safe_psql('clients', "SELECT wmo.answer_by_map(c.map, $place, 'begeleiding', '2023-03-01', 40) = wmo.answer_on(c.map, $place, 'begeleiding', '2023-03-01', 40, d.value::date)
	FROM wmo.current_coverage c, wmo.describe(c.map) d WHERE d.item = 'made on day'"), 't', 'by_map asks as of the day of the map');

$there->safe_psql('clients', 'DROP SUBSCRIPTION current_coverage');
$there->stop;
$here->stop;
done_testing();
