# The session's map where other processes come in: parallel workers, a hot standby, a logical subscriber, many writers.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database session answer close_session ten_districts);

my $registry = <<'SQL';
CREATE FUNCTION ask(place geometry) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_agg(coalesce(p.provider, p.reason), ', ' ORDER BY p.ord) FROM wmo.providers_at(place, 'begeleiding', '2024-06-01', 40) p $$;
CREATE FUNCTION ask_twice() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT ask('SRID=28992;POINT(50 50)') || ', by ' || (SELECT d.value FROM wmo.describe_session_map() d LIMIT 1) $$;
SQL

my $primary = start_node('primary', apart => 1, streaming => 'logical');
registry_database($primary, 'registry', $registry, ten_districts());

# ---- parallel workers ----
my $parallel = <<'SQL';
SET wmo_contracts.session_map = %s;
SET jit = off;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
SQL
$primary->safe_psql('registry', <<'SQL');
CREATE TABLE point WITH (fillfactor = 10) AS SELECT ST_SetSRID(ST_MakePoint(random() * 1100, random() * 110), 28992) AS place FROM generate_series(1, 500);
ALTER TABLE point SET (parallel_workers = 2);
ANALYZE point;
SQL
my $count = "SELECT string_agg(n || ' ' || asked, ',' ORDER BY asked) FROM (SELECT ask(place) AS asked, count(*) AS n FROM point GROUP BY 1) t";
my $by_tables = $primary->safe_psql('registry', "SET wmo_contracts.session_map = off; $count");
like($primary->safe_psql('registry', sprintf($parallel, 'on') . "EXPLAIN (COSTS OFF) $count"), qr/Workers Planned: 2/, 'the questions run in parallel');
is($primary->safe_psql('registry', sprintf($parallel, $_) . $count), $by_tables, "parallel workers answer alike, session_map = $_")
	for qw(on auto off);
# a transaction that has written: the workers see its changes too
my $changed = $primary->safe_psql('registry', "SET wmo_contracts.session_map = off; BEGIN; UPDATE wmo.party SET name = 'Q' || id; $count; ROLLBACK");
isnt($changed, $by_tables, 'a change shows');
is($primary->safe_psql('registry', sprintf($parallel, 'on') . "BEGIN; UPDATE wmo.party SET name = 'Q' || id; $count; ROLLBACK"), $changed,
	'workers of a transaction that has written see its changes');
$primary->safe_psql('registry', "SELECT wmo.publish_coverage('all')");
is($primary->safe_psql('registry', sprintf($parallel, 'on') . $count), $by_tables, 'workers that load an edition answer alike');
is($primary->safe_psql('registry', sprintf($parallel, 'on') . "BEGIN; UPDATE wmo.party SET name = 'Q' || id; $count; ROLLBACK"), $changed,
	'an edition is not of the changes after it');

# ---- a hot standby ----
$primary->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby);
my $reader = session($standby, 'registry');
answer($reader, 'SET wmo_contracts.session_map = on');
is(answer($reader, 'SELECT ask_twice()'), 'P2, by the map', 'a standby answers by a map');
is(answer($reader, "SELECT value FROM wmo.describe_session_map() WHERE item = 'made of'"), 'an edition', 'and loads the edition of the primary');
$primary->safe_psql('registry', "UPDATE wmo.party SET name = 'Second' WHERE id = 2");
$primary->wait_for_catchup($standby);
is(answer($reader, 'SELECT ask_twice()'), 'Second, by the map', 'a change on the primary reaches the map of a session on the standby');
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
is(answer($reader, 'SELECT ask_twice()'), 'Second, by the map', 'a snapshot on the standby');
$primary->safe_psql('registry', "UPDATE wmo.contract SET supplier_id = 3 WHERE id = 1");
$primary->wait_for_catchup($standby);
is(answer($reader, 'SELECT ask_twice()'), 'Second, by the map', 'a snapshot on the standby stays what it was');
answer($reader, 'COMMIT');
is(answer($reader, 'SELECT ask_twice()'), 'P3, by the map', 'until it ends');
close_session($reader);
$standby->stop;

# ---- a logical subscriber ----
my $subscriber = start_node('subscriber');
registry_database($subscriber, 'registry', $registry);
$primary->safe_psql('registry', 'CREATE PUBLICATION registry FOR TABLE wmo.party, wmo.area, wmo.contract, wmo.contract_scope,'
	. ' wmo_works.turn, wmo_works.no_gap_switch, wmo_works.whole_registry, wmo_works.kept_standing, wmo_works.standing_mark');
$reader = session($subscriber, 'registry');
answer($reader, 'SET wmo_contracts.session_map = on');
is(answer($reader, 'SELECT ask_twice()'), 'registry_is_empty, by the map', 'an empty subscriber');
my $connection = $primary->connstr . ' dbname=registry';
$subscriber->safe_psql('registry', "CREATE SUBSCRIPTION registry CONNECTION '$connection' PUBLICATION registry");
$subscriber->poll_query_until('registry', "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel") or die 'the tables are not copied';
is(answer($reader, 'SELECT ask_twice()'), 'P3, by the map', 'the first copy reaches the map of a session on the subscriber');
$primary->safe_psql('registry', "UPDATE wmo.party SET name = 'Third' WHERE id = 3");
$primary->wait_for_catchup('registry');
is(answer($reader, 'SELECT ask_twice()'), 'Third, by the map', 'and so does every change after it');
$primary->safe_psql('registry', 'UPDATE wmo.contract_scope SET valid = valid');
$primary->wait_for_catchup('registry');
is(join(' ', map { $_->safe_psql('registry', 'SELECT count(*) > 0 FROM wmo_works.turn') } $primary, $subscriber), 't f',
	'the turns of the publisher are none of the subscriber');
is(join(' ', map { $_->safe_psql('registry', 'SELECT wmo_works.standing_is_kept(), count(*) > 0 FROM wmo_works.kept_standing') } $primary, $subscriber), 't|t f|f',
	'nor is the standing that it keeps: a subscriber derives when asked');
$subscriber->safe_psql('registry', 'SELECT wmo.rebuild_standing()');
is($subscriber->safe_psql('registry', 'SELECT wmo_works.standing_is_kept(), count(*) > 0, (SELECT count(*) FROM wmo.check_standing()) FROM wmo_works.kept_standing'),
	't|t|0', 'until it is rebuilt');
$primary->safe_psql('registry', 'UPDATE wmo.contract_scope SET valid = valid');
$primary->wait_for_catchup('registry');
is($subscriber->safe_psql('registry', 'SELECT wmo_works.standing_is_kept()'), 'f', 'and again after a change that comes');
$primary->safe_psql('registry', 'DELETE FROM wmo.contract_scope WHERE id = 1');
$primary->wait_for_catchup('registry');
is(answer($reader, 'SELECT ask_twice()'), 'outside_all_areas, by the map', 'a deletion too');
close_session($reader);
# a trigger of the subscriber's own that asks before and after each row that comes: no statement is around them
$subscriber->safe_psql('registry', <<'SQL');
CREATE TABLE heard (ord serial, told text, meant text);
CREATE FUNCTION meant() RETURNS text LANGUAGE sql STABLE SET wmo_contracts.session_map = off AS $$
  SELECT string_agg(coalesce(p.provider, p.reason), ', ' ORDER BY p.ord)
  FROM wmo.providers_at('SRID=28992;POINT(150 50)', 'begeleiding', '2024-06-01', 40) p $$;
CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql SET search_path = public SET wmo_contracts.session_map = on AS $$
BEGIN
  INSERT INTO public.heard (told, meant) VALUES (ask('SRID=28992;POINT(150 50)'), meant());
  RETURN NEW;
END $$;
CREATE TRIGGER zz_before BEFORE UPDATE ON wmo.party FOR EACH ROW EXECUTE FUNCTION hear();
CREATE TRIGGER zz_after AFTER UPDATE ON wmo.party FOR EACH ROW EXECUTE FUNCTION hear();
ALTER TABLE wmo.party ENABLE ALWAYS TRIGGER zz_before, ENABLE ALWAYS TRIGGER zz_after;
SQL
$primary->safe_psql('registry', "UPDATE wmo.party SET name = 'R' || id WHERE id = 3");
$primary->wait_for_catchup('registry');
is($subscriber->safe_psql('registry', "SELECT string_agg(told || ' ' || meant, ', ' ORDER BY ord) FROM heard"), 'Third Third, R3 R3',
	'triggers that ask while a change is applied are told what the tables say');
$subscriber->safe_psql('registry', 'DROP SUBSCRIPTION registry');
$subscriber->stop;

# ---- many writers: tokens are cleared away, and no state is taken for another ----
$reader = session($primary, 'registry');
answer($reader, 'SET wmo_contracts.session_map = on');
my $wrong = 0;
for my $n (1 .. 300)
{
	# COMMIT inside, so that each is a transaction of its own
	$primary->safe_psql('registry', "UPDATE wmo.party SET name = 'T$n' WHERE id = 4") if $n % 50 == 0;
	$primary->safe_psql('registry', "DO \$\$ BEGIN FOR n IN 1..20 LOOP UPDATE wmo.party SET name = 'U' || n WHERE id = 5; COMMIT; END LOOP; END \$\$") if $n % 50 == 1;
	$wrong++ if $n % 50 == 0 && answer($reader, "SELECT ask('SRID=28992;POINT(250 50)')") ne "T$n";
}
is($wrong, 0, 'a session follows many writers');
$primary->safe_psql('registry', "DO \$\$ BEGIN FOR n IN 1..1000 LOOP UPDATE wmo.party SET name = 'V' || n WHERE id = 5; COMMIT; END LOOP; END \$\$");
cmp_ok($primary->safe_psql('registry', 'SELECT count(*) FROM wmo_works.registry_change'), '<', 500, 'tokens of earlier transactions are cleared away');
close_session($reader);
$primary->stop;
done_testing();
