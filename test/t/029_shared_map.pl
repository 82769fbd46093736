# One map for all sessions: where the library is preloaded, the map of a database stands once in shared memory.
use strict;
use warnings;
use Test::More;
use Time::HiRes qw(sleep);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node start_after_kill registry_database session answer close_session ten_districts);

my $functions = <<'SQL';
CREATE FUNCTION ask(place geometry DEFAULT 'SRID=28992;POINT(50 50)') RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_agg(coalesce(p.provider, p.reason), ', ' ORDER BY p.ord) FROM wmo.providers_at(place, 'begeleiding', '2024-06-01', 40) p $$;
CREATE FUNCTION stands_in() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT coalesce((SELECT d.value FROM wmo.describe_session_map() d WHERE d.item = 'it stands in'), 'nothing') $$;
CREATE FUNCTION ask_twice() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT ask() || ', by ' || (SELECT d.value FROM wmo.describe_session_map() d LIMIT 1) || ' in ' || stands_in() $$;
SQL

my $node = start_node('shared',
	conf => "shared_preload_libraries = 'wmo_contracts'\nmax_prepared_transactions = 2\nrestart_after_crash = on\nwal_level = replica\nmax_wal_senders = 4\n");
registry_database($node, 'registry', $functions, ten_districts());

# What stands there, from a session that takes nothing itself: piece, standing, users.
sub standing
{
	my ($database) = @_;
	return $node->safe_psql($database // 'registry', q{SELECT string_agg(concat_ws(' ', d.piece, d.standing, d.users), ', ' ORDER BY d.piece, d.standing, d.users)
		FROM wmo.describe_shared_maps() d WHERE d.database = current_database()});
}

sub becomes
{
	my ($look, $wanted, $name) = @_;
	my $seen = '';
	for (1 .. 300)
	{
		$seen = $look->();
		last if $seen eq $wanted;
		sleep 0.05;
	}
	return is($seen, $wanted, $name);
}

sub asker
{
	my ($database, $role, $mode) = @_;
	my $session = session($node, $database, $role);
	answer($session, 'SET wmo_contracts.session_map = ' . ($mode // 'on'));
	return $session;
}

my $by_all = 'by the map in the memory of all sessions';
is(standing(), '', 'nothing stands there before anybody asks');
my $first = asker('registry');
is(answer($first, 'SELECT ask_twice()'), "P2, $by_all", 'a session asks, and the map is made for all');
is(standing(), 'areas current 1, rows current 1', 'it stands there once');
my $second = asker('registry', undef, 'auto');
is(answer($second, 'SELECT ask_twice()'), "P2, $by_all", 'another session takes it with its first question, whatever its own price');
is(standing(), 'areas current 2, rows current 2', 'and both use it');

my $mine = 'by the map in the memory of this session';
my $state = sub { standing() };
sub change { return $node->safe_psql('registry', $_[0]) }

# ---- changes --------------------------------------------------------------------------------------------------------

change("UPDATE wmo.party SET name = 'Q2' WHERE id = 2");
is(answer($first, 'SELECT ask_twice()'), "Q2, $by_all", 'a change is in the next map');
becomes($state, 'areas current 2, rows current 1', 'the session that is idle lets go of the rows before, which are freed, and keeps the areas');
answer($second, 'SET wmo_contracts.session_map = on');
is(answer($second, 'SELECT ask()'), 'Q2', 'and is told the change');
answer($second, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
change("UPDATE wmo.party SET name = 'R2' WHERE id = 2");
is(answer($second, 'SELECT ask_twice()'), "Q2, $by_all", 'a snapshot keeps its map');
is(answer($first, 'SELECT ask_twice()'), "R2, $by_all", 'others take the next one');
is(standing(), 'areas current 2, rows current 1, rows old 1', 'as long as it is used the map before stands, on the same areas');
my $old = asker('registry');
answer($old, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
is(answer($second, 'SELECT ask_twice()'), "Q2, $by_all", 'it goes on');
answer($second, 'COMMIT');
is(standing(), 'areas current 2, rows current 1', 'with its transaction it lets go');
change("UPDATE wmo.party SET name = 'S2' WHERE id = 2");
is(answer($first, 'SELECT ask_twice()'), "S2, $by_all", 'one change more');
is(answer($old, 'SELECT ask_twice()'), "R2, $mine, its areas in that of all sessions", 'a snapshot that came too late for its map makes its own rows');
is(standing(), 'areas current 3, rows current 1', 'and puts them before nobody');
answer($old, 'COMMIT');
is(answer($old, 'SELECT ask_twice()'), "S2, $by_all", 'until it ends');
close_session($old);
change("UPDATE wmo.area SET geom = ST_Multi(ST_MakeEnvelope(0, 0, 60, 100, 28992)) WHERE id = 1");
is(answer($first, 'SELECT ask_twice()'), "S2, $by_all", 'a change of the areas');
becomes($state, 'areas current 1, rows current 1', 'frees the areas before too');

# ---- changes of contracts -------------------------------------------------------------------------------------------

change('UPDATE wmo.contract SET supplier_id = 3 WHERE id = 1');
is(answer($first, 'SELECT ask_twice()'), "P3, $by_all", 'after a change of a contract its rows stand over those of all sessions');
my $fresh = asker('registry', undef, 'auto');
is(answer($fresh, 'SELECT ask_twice()'), "P3, $by_all", 'for a fresh session too, whatever its price');
close_session($fresh);
# one token in 64 names nothing
my $looked_at = '';
for my $n (1 .. 5)
{
	change("UPDATE wmo.contract SET supplier_id = 2, owner = 'o$n' WHERE id = 1");
	is(answer($first, 'SELECT ask_twice()'), "S2, $by_all", 'and after the next change');
	$looked_at = answer($first, q{SELECT d.value FROM wmo.describe_session_map() d WHERE d.item LIKE 'contracts looked at again%'});
	last if $looked_at eq '1';
}
is($looked_at, '1', 'of which one contract is looked at again');
becomes($state, 'areas current 1, rows current 1', 'one map stands there, of before');

# ---- transactions that write ----------------------------------------------------------------------------------------

answer($second, 'SELECT ask()');
answer($second, q{BEGIN; UPDATE wmo.party SET name = 'own' WHERE id = 2});
is(answer($second, 'SELECT ask_twice()'), "own, $mine, its areas in that of all sessions", 'what a transaction has written is for itself');
is(answer($first, 'SELECT ask_twice()'), "S2, $by_all", 'others do not see it');
answer($second, 'ROLLBACK');
is(answer($second, 'SELECT ask_twice()'), "S2, $by_all", 'rolled back it is forgotten');
answer($second, q{BEGIN; UPDATE wmo.party SET name = 'own' WHERE id = 2; SELECT ask(); COMMIT});
is(answer($second, 'SELECT ask_twice()'), "own, $by_all", 'committed it is in the map of all');
is(answer($first, 'SELECT ask_twice()'), "own, $by_all", 'and others take that');

# ---- parallel workers -----------------------------------------------------------------------------------------------

change(<<'SQL');
CREATE TABLE point WITH (fillfactor = 10) AS SELECT n, ST_SetSRID(ST_MakePoint(random() * 1100, random() * 110), 28992) AS place FROM generate_series(1, 500) n;
ALTER TABLE point SET (parallel_workers = 2);
ANALYZE point;
CREATE FUNCTION where_from(place geometry) RETURNS text LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
  PERFORM ask(place);
  RETURN stands_in();
END $$;
ALTER FUNCTION stands_in() PARALLEL SAFE;
SQL
my $parallel = 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;'
	. ' SET parallel_leader_participation = off;';
my $all = "SELECT string_agg(n || ' ' || asked, ',' ORDER BY asked) FROM (SELECT ask(place) AS asked, count(*) AS n FROM point GROUP BY 1) t";
my $by_tables = change("SET wmo_contracts.session_map = off; $all");
is(change("$parallel $all"), $by_tables, 'parallel workers answer as the tables do');
is(change("$parallel SELECT string_agg(DISTINCT where_from(place), ', ') FROM point"), 'the memory of all sessions', 'and each takes the map of all');
my $own_change = 'UPDATE wmo.party SET name = name || %s WHERE id > 1; ';
my $twice = change('SET wmo_contracts.session_map = off; BEGIN; ' . sprintf($own_change, "'x'") x 2 . $all);
is((split /\n/, change("SET wmo_contracts.session_map = on; $parallel BEGIN; " . sprintf($own_change, "'x'") . "$all; " . sprintf($own_change, "'x'") . $all))[-1], $twice,
	'workers of a transaction that writes see its last change, whatever the workers before made of the one before it');
is(change("$parallel $all"), $by_tables, 'and nobody else ever does');

# ---- what is asked by the statement, the role, the session ----------------------------------------------------------

change(q{CREATE ROLE reader LOGIN; CREATE ROLE stranger LOGIN; SELECT wmo.wmo_grant('reader'); GRANT USAGE ON SCHEMA wmo, wmo_works TO stranger;
	GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wmo_works TO stranger; GRANT SELECT ON ALL TABLES IN SCHEMA wmo, wmo_works TO stranger; REVOKE SELECT ON wmo.party_succession FROM stranger;
	GRANT CREATE ON SCHEMA public TO reader; GRANT TEMPORARY ON DATABASE registry TO reader});
my $reader = asker('registry', 'reader');
is(answer($reader, 'SELECT ask_twice()'), "own, $by_all", 'a reader takes it');
my $why = "SELECT value FROM wmo.describe_session_map() WHERE item = 'because'";
my $refused = 'a table of the registry has row security or child tables, or may not be read by this role';
my $stranger = asker('registry', 'stranger');
is(answer($stranger, $why), $refused, 'who may not read every table does not');
change('ALTER TABLE wmo.tender ENABLE ROW LEVEL SECURITY');
is(answer($reader, $why), $refused, 'nor anybody under row security');
is(answer($first, $why), $refused, 'whom it binds or not');
change('ALTER TABLE wmo.tender DISABLE ROW LEVEL SECURITY');
is(answer($reader, 'SELECT ask_twice()'), "own, $by_all", 'without it they do again');
is(answer($reader, 'SELECT DISTINCT d.database FROM wmo.describe_shared_maps() d'), 'registry', 'a reader is told of this database');
close_session($stranger);

# ---- who asks first makes no difference ------------------------------------------------------------------------------

answer($reader, <<'SQL');
CREATE TEMPORARY TABLE party (id integer, name text);
INSERT INTO party SELECT n, 'false' FROM generate_series(1, 20) n;
CREATE FUNCTION pg_temp.lower(anyrange) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT NULL::date';
CREATE FUNCTION public.coalesce_days(date) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT NULL::date';
CREATE FUNCTION public.never(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false';
CREATE OPERATOR public.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = public.never);
SET search_path = pg_temp, public, pg_catalog, wmo;
SET datestyle = 'Postgres, DMY'; SET intervalstyle = sql_standard; SET timezone = 'Pacific/Kiritimati'; SET extra_float_digits = -15;
SET transform_null_equals = on; SET array_nulls = off; SET standard_conforming_strings = off; SET xmloption = document;
SET default_transaction_isolation = 'serializable'; SET row_security = off; SET statement_timeout = '1h'; SET work_mem = '64kB';
SET wmo_contracts.session_map_memory = 0
SQL
$node->safe_psql('postgres', q{ALTER DATABASE registry SET datestyle = 'SQL, MDY'; ALTER DATABASE registry SET search_path = public; ALTER DATABASE registry SET wmo_contracts.session_map_memory = 0});
change(q{UPDATE wmo.party SET name = name || ' new' WHERE id > 1});
answer($reader, 'SELECT public.ask()');
is(answer($reader, 'SELECT public.stands_in()'), 'the memory of all sessions', 'a hostile session asks first');
is(change("SET wmo_contracts.session_map = on; $all"), change("SET wmo_contracts.session_map = off; $all"), 'and what it had made is right for everybody');
is(change('SELECT ask_twice()'), "own new, $by_all", 'from that very map');
$node->safe_psql('postgres', "ALTER DATABASE registry RESET ALL");
change('DROP OPERATOR public.= (integer, integer); DROP FUNCTION public.never, public.coalesce_days');
close_session($reader);

# ---- an edition -----------------------------------------------------------------------------------------------------

change(q{UPDATE wmo.party SET name = 'printed' WHERE id = 2});
change('SELECT wmo.publish_coverage()');
is(answer($first, 'SELECT ask_twice()'), "printed, $by_all", 'an edition of the present state is loaded for all');
is(change("SELECT made_of FROM wmo.describe_shared_maps() WHERE piece = 'rows' AND standing = 'current'"), 'an edition', 'and that is said');

# ---- the limit ------------------------------------------------------------------------------------------------------

my $kilobytes = change("SELECT ceil(sum(bytes) / 1024 + 1) FROM wmo.describe_shared_maps() WHERE standing = 'current'");
sub limit
{
	my ($limit) = @_;
	$node->append_conf('postgresql.conf', "wmo_contracts.shared_map_memory = $limit\n");
	$node->reload;
	becomes(sub { $node->safe_psql('postgres', "SELECT current_setting('wmo_contracts.shared_map_memory')") }, $limit, "a limit of $limit");
	return;
}
limit("${kilobytes}kB");
answer($second, 'SELECT ask()');
change(q{UPDATE wmo.party SET name = 'T2' WHERE id = 2});
is(answer($first, 'SELECT ask_twice()'), "T2, $by_all", 'within a limit of one map the one before makes way, in sessions that are idle too');
becomes($state, 'areas current 2, rows current 1', 'and is freed');
limit('1kB');
change(q{UPDATE wmo.party SET name = 'U2' WHERE id = 2});
like(answer($first, 'SELECT ask_twice()'), qr/^U2, $mine/, 'a map that does not fit is made by each session for itself');
like(PostgreSQL::Test::Utils::slurp_file($node->logfile), qr/map of database "registry" is not made for all sessions\n.*does not fit in wmo_contracts.shared_map_memory/, 'and the log says so');
limit('0');
like(answer($second, 'SELECT ask_twice()'), qr/^U2, $mine/, 'a limit of nothing shares nothing');
limit('512MB');
change(q{UPDATE wmo.party SET name = 'V2' WHERE id = 2});
is(answer($second, 'SELECT ask_twice()'), "V2, $by_all", 'with room it is shared again');
is(answer($first, 'SELECT ask_twice()'), "V2, $by_all", 'by all');

# ---- a maker that does not come to an end ---------------------------------------------------------------------------

# It waits for a lock, for a second at most.
my $maker = q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'wmo_contracts coverage map'};
my $lock = session($node, 'registry');
sub ask_while_locked
{
	my ($name) = @_;
	answer($lock, 'BEGIN; LOCK TABLE wmo.service_product IN ACCESS EXCLUSIVE MODE');
	change("UPDATE wmo.party SET name = '$name' WHERE id = 2");
	$first->{out} = '';
	$first->{in} .= "SELECT ask_twice();\n\\echo done\n";
	IPC::Run::pump_nb($first->{run});
	my $pid = '';
	for (1 .. 200) { last if ($pid = $node->safe_psql('postgres', $maker)) ne ''; sleep 0.02 }
	return $pid;
}
sub answered
{
	answer($lock, 'COMMIT');
	IPC::Run::pump($first->{run}) until $first->{out} =~ /^done\n/m;
	(my $out = $first->{out}) =~ s/\n?^done\n.*//ms;
	return $out;
}
for (qw(pg_cancel_backend pg_terminate_backend))
{
	my $pid = ask_while_locked("$_");
	like($pid, qr/^\d+$/, "a worker makes the map, $_");
	$node->safe_psql('postgres', "SELECT $_($pid)");
	like(answered(), qr/^$_, $mine/, 'ended before its time, it leaves the question to the session');
	is($node->safe_psql('postgres', $maker), '', 'it is gone');
	unlike(standing(), qr/being made/, 'with its order');
	change("UPDATE wmo.party SET name = 'after' WHERE id = 2");
	is(answer($first, 'SELECT ask_twice()'), "after, $by_all", 'the next state is made for all again');
}
like(ask_while_locked('waits'), qr/^\d+$/, 'a worker that is in nobody\'s hands');
becomes(sub { $node->safe_psql('postgres', $maker) }, '', 'waits for a lock no longer than a second');
like(answered(), qr/^waits, $mine/, 'then the session makes its own');
change("UPDATE wmo.party SET name = 'locked' WHERE id = 2");
answer($second, 'BEGIN; LOCK TABLE wmo.party IN ACCESS EXCLUSIVE MODE');
like(answer($second, 'SELECT ask_twice()'), qr/^locked, $mine/, 'nor does who locked a table wait for a worker that waits for him');
answer($second, 'COMMIT');
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Extension'}), '0', 'nobody waits any more');

# ---- sessions that end ----------------------------------------------------------------------------------------------

change("UPDATE wmo.party SET name = 'W2' WHERE id = 2");
is(answer($first, 'SELECT ask_twice()'), "W2, $by_all", 'one user');
my $third = asker('registry');
answer($third, 'SELECT ask()');
answer($second, 'SELECT ask()');
is(standing(), 'areas current 3, rows current 3', 'three users');
close_session($second);
becomes($state, 'areas current 2, rows current 2', 'one that says goodbye');
$node->safe_psql('postgres', q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND query LIKE '%ask()%'});
becomes($state, 'areas current 1, rows current 1', 'one that is ended');
eval { IPC::Run::finish($third->{run}) };

# ---- memory that is not to be had -----------------------------------------------------------------------------------

SKIP:
{
	skip 'there is no prlimit', 4 unless IPC::Run::run([ 'sh', '-c', 'command -v prlimit' ], '>', \my $found);
	my $poor = asker('registry');
	my $pid = answer($poor, 'SELECT pg_backend_pid() FROM (SELECT ask_twice()) warm');
	change("UPDATE wmo.party SET name = 'X2' WHERE id = 2");
	answer($first, 'SELECT ask()');
	answer($poor, 'SELECT 1');
	my $has = (split ' ', PostgreSQL::Test::Utils::slurp_file("/proc/$pid/statm"))[0] * 4096;
	system('prlimit', "--pid=$pid", "--as=$has:") == 0 or die "cannot bound the memory of $pid";
	my $told = answer($poor, 'SELECT ask()');
	(my $failed = $poor->{err}) =~ s/\s+$//;
	note("it said $told $failed");
	ok($told eq 'X2' || $poor->{err} =~ /out of memory/, 'a session that cannot map it does without') or diag("$told $poor->{err}");
	system('prlimit', "--pid=$pid", '--as=unlimited:') == 0 or die "cannot free the memory of $pid";
	is(answer($poor, 'SELECT ask_twice()'), "X2, $by_all", 'and takes it when it can');
	is(standing(), 'areas current 2, rows current 2', 'every use is counted once');
	answer($poor, q{SET statement_timeout = '50ms'; SELECT pg_sleep(60)});
	like($poor->{err}, qr/canceling statement due to statement timeout/, 'and it can be cancelled as before');
	close_session($poor);
}

# ---- many at once ---------------------------------------------------------------------------------------------------

# Sessions that ask, and one that changes: each answer is that of the tables under the same snapshot.
change(<<'SQL');
CREATE TABLE odd (told text, meant text);
CREATE FUNCTION meant(place geometry) RETURNS text LANGUAGE sql STABLE SET wmo_contracts.session_map = off AS $$
  SELECT string_agg(coalesce(p.provider, p.reason), ', ' ORDER BY p.ord)
  FROM wmo.providers_at(place, 'begeleiding', '2024-06-01', 40) p $$;
CREATE PROCEDURE ask_on(times integer) LANGUAGE plpgsql AS $$
BEGIN
  FOR turn IN 1 .. times LOOP
    INSERT INTO odd SELECT told, meant FROM (
      SELECT ask(p.place) AS told, meant(p.place) AS meant FROM point p WHERE p.n IN (1 + turn % 500, 1 + turn * 7 % 500)) asked WHERE told IS DISTINCT FROM meant;
    COMMIT;
  END LOOP;
END $$;
CREATE PROCEDURE change_on(times integer) LANGUAGE plpgsql AS $$
BEGIN
  FOR n IN 1 .. times LOOP
    UPDATE wmo.party SET name = 'N' || n || '-' || id WHERE id > 1;
    IF n % 10 = 0 THEN
      UPDATE wmo.area SET geom = ST_Multi(ST_MakeEnvelope(0, 0, 50 + n, 100, 28992)) WHERE id = 1;
    END IF;
    IF n % 7 = 0 THEN
      ROLLBACK;
    ELSE
      COMMIT;
    END IF;
    PERFORM pg_sleep(0.05);
  END LOOP;
END $$;
SQL
my @askers = map { session($node, 'registry') } 1 .. 6;
my $changer = session($node, 'registry');
for my $n (0 .. 5)
{
	$askers[$n]->{in} .= sprintf("SET wmo_contracts.session_map = %s;\nCALL ask_on(150);\n\\echo done\n", $n % 2 ? 'on' : 'auto');
	IPC::Run::pump_nb($askers[$n]->{run});
}
is(answer($changer, 'CALL change_on(60)'), '', 'while somebody changes the registry');
for my $asker (@askers)
{
	IPC::Run::pump($asker->{run}) until $asker->{out} =~ /^done\n/m;
	is($asker->{err}, '', 'somebody asks');
	answer($asker, 'SELECT ask()');
}
is(change('SELECT count(*) FROM odd'), '0', 'and each is told what the tables say');
close_session($_) for @askers, $changer;
answer($first, 'SELECT ask()');
becomes($state, 'areas current 1, rows current 1', 'of all their maps one is left');
change("UPDATE wmo.party SET name = 'X2' WHERE id = 2");
answer($first, 'SELECT ask()');

# ---- a standby ------------------------------------------------------------------------------------------------------

$node->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'copy', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
is($standby->safe_psql('registry', 'SET wmo_contracts.session_map = on; SELECT ask_twice()'), "X2, $by_all", 'a standby shares a map of its own');
change("UPDATE wmo.party SET name = 'Z2' WHERE id = 2");
$node->wait_for_catchup($standby);
is($standby->safe_psql('registry', 'SET wmo_contracts.session_map = on; SELECT ask_twice()'), "Z2, $by_all", 'and follows its primary');
$standby->stop;
change("UPDATE wmo.party SET name = 'X2' WHERE id = 2");

# ---- the extension and the database go ------------------------------------------------------------------------------

is(answer($first, 'SELECT ask_twice()'), "X2, $by_all", 'a session holds the map');
change('BEGIN; DROP EXTENSION wmo_contracts CASCADE; ROLLBACK');
becomes($state, 'areas current 1, rows current 1', 'an extension that is not dropped after all keeps it');
close_session($_) for $first, $lock;
$node->safe_psql('postgres', 'CREATE DATABASE copied TEMPLATE registry');
$first = asker('copied');
is(answer($first, 'SELECT ask_twice()'), "X2, $by_all", 'a copy of the database');
is(standing('copied'), 'areas current 1, rows current 1', 'has a map of its own');
my $everywhere = sub { return $node->safe_psql('copied', q{SELECT string_agg(concat_ws(' ', d.database, d.piece, d.users), ', ' ORDER BY d.database, d.piece, d.standing) FROM wmo.describe_shared_maps() d}) };
is($everywhere->(), 'copied areas 1, copied rows 1, registry areas 0, registry rows 0', 'maps stand for the next session');
$second = asker('registry');
answer($second, 'SELECT ask()');
change('DROP EXTENSION wmo_contracts CASCADE');
becomes($everywhere, 'copied areas 1, copied rows 1', 'a dropped extension takes its map along, in sessions that are idle too');
like(answer($second, 'SELECT ask()') . $second->{err}, qr/does not exist/, 'and nobody is answered by it');
change('CREATE EXTENSION wmo_contracts CASCADE;' . $functions =~ s/CREATE FUNCTION/CREATE OR REPLACE FUNCTION/gr);
$second->{err} = '';
is(answer($second, 'SELECT ask_twice()'), "registry_is_empty, $by_all", 'made anew it is another registry');
close_session($second);
change('BEGIN; DROP EXTENSION wmo_contracts CASCADE; PREPARE TRANSACTION $$gone$$' =~ s/\$\$/'/gr);
change("COMMIT PREPARED 'gone'");
is($everywhere->(), 'copied areas 1, copied rows 1', 'a drop in two phases leaves nothing either');
registry_database($node, 'another', $functions);
$node->safe_psql('another', 'SET wmo_contracts.session_map = on; SELECT ask()');
is($everywhere->(), 'another areas 0, another rows 0, copied areas 1, copied rows 1', 'one more database');
becomes(sub { $node->psql('postgres', 'DROP DATABASE another') }, '0', 'a database is dropped');
is($everywhere->(), 'copied areas 1, copied rows 1', 'with its map');

# ---- a process that is killed ----------------------------------------------------------------------------------------

$lock = session($node, 'copied');
answer($lock, 'BEGIN; LOCK TABLE wmo.service_product IN ACCESS EXCLUSIVE MODE');
$node->safe_psql('copied', "UPDATE wmo.party SET name = 'Y2' WHERE id = 2");
$first->{in} .= "SELECT ask_twice();\n\\echo done\n";
IPC::Run::pump_nb($first->{run});
my $pid = '';
for (1 .. 200) { last if ($pid = $node->safe_psql('postgres', $maker)) ne ''; sleep 0.02 }
kill 'KILL', $pid or die 'the worker is not there';
eval { IPC::Run::finish($_->{run}) } for $first, $lock;
becomes(sub { $node->psql('copied', 'SELECT 1') }, '0', 'the server comes back after its worker was killed');
is(standing('copied'), '', 'with nothing left of what was shared');
is($node->safe_psql('copied', 'SET wmo_contracts.session_map = on; SELECT ask_twice()'), "Y2, $by_all", 'and makes it again');

# ---- no worker, and no preloading -----------------------------------------------------------------------------------

$node->append_conf('postgresql.conf', "max_worker_processes = 0\n");
$node->restart;
is($node->safe_psql('copied', 'SET wmo_contracts.session_map = on; SELECT ask_twice()'), "Y2, $mine", 'without a worker each session makes its own');
$node->append_conf('postgresql.conf', "max_worker_processes = 8\nshared_preload_libraries = ''\n");
$node->restart;
is($node->safe_psql('copied', 'SET wmo_contracts.session_map = on; SELECT ask_twice()'), "Y2, $mine", 'without preloading too');
is($node->safe_psql('copied', 'SELECT count(*) FROM wmo.describe_shared_maps()'), '0', 'and nothing stands');
$node->stop;
done_testing();
