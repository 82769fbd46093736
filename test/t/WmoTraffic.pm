# Mixed writers and readers on one registry, and what must hold of it whatever happened to them meanwhile.
package WmoTraffic;

use strict;
use warnings;
use Exporter qw(import);
use POSIX ();
use Time::HiRes qw(sleep time);
use WmoNode qw(registry_database);

our @EXPORT_OK = qw(make_registry start_traffic stop_traffic until_acknowledged acknowledged broken seconds);

# How long a test keeps at it: script/soak says another number.
sub seconds { my ($usual) = @_; return $ENV{WMO_SOAK_SECONDS} // $usual; }

# Two dozen municipalities of a square kilometre with a region over six of them, twelve providers, thirty contracts; and what
# a writer does and a reader asks, each one call.
my $registry = <<'SQL';
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
SELECT n, ('GM' || lpad((100 + n)::text, 4, '0'))::wmo.area_code, 'Gemeente ' || n, 'municipality',
       ST_Multi(ST_MakeEnvelope(n % 6 * 1000, n / 6 * 1000, n % 6 * 1000 + 1000, n / 6 * 1000 + 1000, 28992)), 'official'
FROM generate_series(0, 23) n;
INSERT INTO wmo.area (id, name, kind) VALUES (100, 'Regio', 'region');
INSERT INTO wmo.area_part (whole_id, part_id) SELECT 100, n FROM generate_series(0, 5) n;
INSERT INTO wmo.party (id, name, kind) SELECT n, 'Partij ' || n, CASE n WHEN 1 THEN 'municipality' ELSE 'provider' END FROM generate_series(1, 13) n;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period)
SELECT n, 'N' || n, 1, 2 + n % 12, CASE n % 3 WHEN 0 THEN '[2020-01-01,2026-01-01)+P1Y+P1Y+P1Y' WHEN 1 THEN '[2020-01-01,)' ELSE '[2021-01-01,2028-01-01)' END::wmo.contract_period
FROM generate_series(1, 30) n;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
SELECT n, (SELECT id FROM wmo.service WHERE code = (ARRAY['begeleiding', 'dagbesteding', 'kortdurend_verblijf'])[1 + n % 3]),
       CASE WHEN n % 7 = 0 THEN 100 ELSE n % 24 END, 'shared' FROM generate_series(1, 30) n;
DO $$ BEGIN PERFORM setval(s.oid, 10000) FROM pg_class s WHERE s.relnamespace = 'wmo'::regnamespace AND s.relkind = 'S'; END $$;

CREATE SCHEMA traffic;
GRANT USAGE ON SCHEMA traffic TO PUBLIC;
-- contracts that a writer took away, whether or not it was still told so
CREATE TABLE traffic.gone (number text);
GRANT INSERT, SELECT ON traffic.gone TO PUBLIC;
CREATE FUNCTION traffic.service(n integer) RETURNS integer LANGUAGE sql STABLE
RETURN (SELECT id FROM wmo.service WHERE code = (ARRAY['begeleiding', 'dagbesteding', 'hulp_bij_het_huishouden', 'individuele_begeleiding'])[1 + n % 4]);

-- One act of a writer, as one transaction: what it says, when it is said, is in the registry for good.
CREATE FUNCTION traffic.act(writer text, n integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  dice float8 := random();
  pick integer := floor(random() * 1000);
  act text := writer || '-' || n;
BEGIN
  IF dice < 0.3 THEN
    INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, reason)
    VALUES (1 + pick % 30, 'suspension', '2022-01-01', date '2022-02-01' + pick, date '2022-02-10' + pick, act);
    RETURN 'ledger ' || act;
  ELSIF dice < 0.4 THEN
    INSERT INTO wmo.contract_change (contract_id, kind, received_on, reason) VALUES (3 * (1 + pick % 10), 'extension', '2025-06-01', act);
    RETURN 'ledger ' || act;
  ELSIF dice < 0.65 THEN
    WITH made AS (
      INSERT INTO wmo.contract (number, buyer_id, supplier_id, period)
      VALUES (act, 1, 2 + pick % 12, format('[%s-01-01,%s-01-01)', 2020 + pick % 8, 2021 + pick % 8)::wmo.contract_period) RETURNING id)
    INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
    SELECT made.id, traffic.service(pick), CASE WHEN pick % 5 = 0 THEN 100 ELSE pick % 24 END,
           (ARRAY['[18,)', '[0,18)', '[18,75)']::int4range[])[1 + pick % 3], 'exclusive' FROM made;
    RETURN 'contract ' || act;
  ELSIF dice < 0.75 THEN
    WITH gone AS (
      DELETE FROM wmo.contract c WHERE c.id = (SELECT d.id FROM wmo.contract d WHERE d.number LIKE writer || '-%' ORDER BY random() LIMIT 1)
      RETURNING c.number)
    INSERT INTO traffic.gone SELECT number FROM gone RETURNING 'gone ' || number INTO act;
    RETURN act;
  ELSIF dice < 0.82 THEN
    UPDATE wmo.area SET geom = ST_Multi(ST_MakeEnvelope(id % 6 * 1000, id / 6 * 1000, id % 6 * 1000 + 900 + pick % 100, id / 6 * 1000 + 1000, 28992))
    WHERE id = pick % 24;
  ELSIF dice < 0.9 THEN
    UPDATE wmo.party SET name = act WHERE id = 2 + pick % 12;
  ELSIF dice < 0.94 THEN
    DELETE FROM wmo.area_part WHERE part_id = pick % 6;
    INSERT INTO wmo.area_part (whole_id, part_id) VALUES (100, pick % 6);
  ELSIF dice < 0.97 THEN
    PERFORM wmo.publish_coverage(act);
  ELSE
    UPDATE wmo.contract_scope SET choice = choice WHERE contract_id = 1 + pick % 30;
  END IF;
  RETURN NULL;
END
$$;

-- What the tables say of a place, and what is answered: the same, in every snapshot.
CREATE FUNCTION traffic.by_tables(place geometry, service text) RETURNS text LANGUAGE sql STABLE SET wmo_contracts.session_map = off
RETURN (SELECT string_agg(p::text, E'\n' ORDER BY p.ord)
        FROM wmo.providers_at(place, service, '2024-06-01', 40, as_of => '2024-06-01') p);
CREATE FUNCTION traffic.asked(place geometry, service text) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT string_agg(p::text, E'\n' ORDER BY p.ord)
        FROM wmo.providers_at(place, service, '2024-06-01', 40, as_of => '2024-06-01') p);
CREATE FUNCTION traffic.by_map(map wmo.coverage_map, place geometry, service text) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT string_agg(p::text, E'\n' ORDER BY p.ord)
        FROM wmo.providers_on(map, place, service, '2024-06-01', 40, as_of => '2024-06-01') p);
CREATE VIEW traffic.question AS
  SELECT ST_SetSRID(ST_MakePoint(n % 6 * 1000 + 950, n / 6 * 1000 + 500), 28992) AS place, s.code AS service
  FROM generate_series(0, 23, 3) n, unnest(ARRAY['begeleiding', 'hulp_bij_het_huishouden']) s (code);
GRANT SELECT ON traffic.question TO PUBLIC;
CREATE FUNCTION traffic.ask() RETURNS text LANGUAGE sql VOLATILE
RETURN (SELECT CASE WHEN traffic.asked(place, service) IS DISTINCT FROM traffic.by_tables(place, service) THEN 'differs ' || service || ' ' || ST_AsText(place) END
        FROM traffic.question ORDER BY random() LIMIT 1);

-- Everything that must hold, in one query: a line for each thing that does not.
CREATE FUNCTION traffic.broken() RETURNS SETOF text LANGUAGE sql STABLE SET wmo_contracts.session_map = on SET jit = off
BEGIN ATOMIC
  WITH map AS MATERIALIZED (SELECT wmo.compile_coverage() AS map)
  -- one main provider, without the constraints that see to it
  SELECT format('claims %s and %s overlap', a.id, b.id)
  FROM wmo.exclusive_claim a JOIN wmo.exclusive_claim b ON a.id < b.id AND a.contract_id <> b.contract_id
    AND a.service_id = b.service_id AND a.ages && b.ages AND a.during && b.during
    AND (a.area_id = b.area_id OR ST_Area(ST_Intersection(a.territory, b.territory)) > 10000)
  -- claims are what the contracts make
  UNION ALL
  SELECT format('claim of scope %s: %s', coalesce(e.scope_id, d.scope_id), CASE WHEN e.scope_id IS NULL THEN 'missing' ELSE 'not due' END)
  FROM wmo.exclusive_claim e
  FULL JOIN wmo_works.exclusive_claim_due d ON e.scope_id = d.scope_id AND e.service_id = d.service_id AND e.area_id = d.area_id
    AND e.ages = d.ages AND e.during = d.during AND e.drawn = d.drawn AND e.code_days = d.code_days AND ST_AsBinary(e.territory) IS NOT DISTINCT FROM ST_AsBinary(d.territory)
  WHERE e.scope_id IS NULL OR d.scope_id IS NULL
  -- a period is what the ledger makes of it
  UNION ALL
  SELECT format('contract %s: %s and not %s', c.number, c.period, l.period)
  FROM wmo.contract c CROSS JOIN LATERAL (SELECT wmo_works.contract_period_by_ledger(c.id, c.agreed_period) AS period) l
  WHERE c.period::text <> l.period::text
  -- the map is what the tables say, and so is what a question is answered
  UNION ALL
  SELECT format('%s at %s: %s', q.service, ST_AsText(q.place), CASE WHEN asked IS DISTINCT FROM tables THEN 'the answer' ELSE 'the map' END)
  FROM map, traffic.question q CROSS JOIN LATERAL (SELECT traffic.by_tables(q.place, q.service) AS tables, traffic.asked(q.place, q.service) AS asked,
    traffic.by_map(map.map, q.place, q.service) AS map_says OFFSET 0) s
  WHERE tables IS DISTINCT FROM asked OR tables IS DISTINCT FROM map_says
  -- a state has a name
  UNION ALL
  SELECT 'no token of ' || k FROM unnest(ARRAY['areas', 'places', 'rows']) k
  WHERE NOT EXISTS (SELECT FROM wmo_works.registry_change r WHERE r.kind = k);
END;
SQL

# A registry with traffic's rules in it. Its editor is a role without any other right. Options: of CREATE DATABASE.
sub make_registry
{
	my ($node, $database, $options) = @_;
	if ($options)
	{
		$node->safe_psql('postgres', "CREATE DATABASE $database $options");
		$node->safe_psql($database, 'CREATE EXTENSION wmo_contracts CASCADE');
	}
	else { registry_database($node, $database); }
	$node->safe_psql('postgres', 'CREATE ROLE traffic LOGIN');
	$node->safe_psql($database, 'CREATE EXTENSION amcheck');
	$node->safe_psql($database, q{SELECT wmo.wmo_grant(NULL, 'traffic')});
	$node->safe_psql($database, $registry);
	return;
}

# Starts so many writers and readers, each a process of its own that comes back when its session is lost. The suffix of their
# names tells them from those of before.
sub start_traffic
{
	my ($node, $database, $writers, $readers, $directory, $suffix) = @_;
	my @traffic;
	$suffix //= '';
	foreach my $name ((map { "w$_$suffix" } 1 .. $writers), (map { "r$_$suffix" } 1 .. $readers))
	{
		my $process = fork // die "cannot fork: $!";
		if (!$process)
		{
			drive($node, $database, $name, $directory);
			POSIX::_exit(0);
		}
		push @traffic, { name => $name, process => $process, said => "$directory/$name.out" };
	}
	return \@traffic;
}

# A writer or a reader, until it is told to stop or its test is no more. What the server acknowledged stands in its file of output.
sub drive
{
	my ($node, $database, $name, $directory) = @_;
	my $stopped = 0;
	my $test = getppid;
	local $SIG{TERM} = sub { $stopped = 1 };
	my $act = $name =~ /^w/ ? "SELECT traffic.act('$name', %d);\n" : "SELECT traffic.ask();\n";
	my $first = $name =~ /^w/ ? '' : "SET wmo_contracts.session_map = on;\n";
	my $n = 0;
	while (!$stopped && getppid == $test)
	{
		# so many at a time that a session lives for some seconds, and its map with it
		my $script = $first . join '', map { sprintf $act, $n++ } 1 .. 150;
		open my $file, '>', "$directory/$name.sql" or die $!;
		print $file $script;
		close $file;
		my $psql = fork // die "cannot fork: $!";
		if (!$psql)
		{
			open STDOUT, '>>', "$directory/$name.out" or POSIX::_exit(1);
			open STDERR, '>>', "$directory/$name.err" or POSIX::_exit(1);
			exec('psql', '-XAtq', '-U', 'traffic', '-h', $node->host, '-p', $node->port, '-d', $database, '-f', "$directory/$name.sql")
			  or POSIX::_exit(1);
		}
		while (waitpid($psql, POSIX::WNOHANG()) == 0)
		{
			if ($stopped)
			{
				kill 'TERM', $psql;
				waitpid $psql, 0;
				last;
			}
			sleep 0.02;
		}
		sleep 0.1 if $? != 0;
	}
	return;
}

sub stop_traffic
{
	my ($traffic) = @_;
	kill 'TERM', map { $_->{process} } @$traffic;
	waitpid $_->{process}, 0 for @$traffic;
	return;
}

# Waits until so many more acts were acknowledged, or for half a minute. Who only asks says nothing, line by line.
sub until_acknowledged
{
	my ($traffic, $more) = @_;
	my $lines = sub { my $n = 0; for my $one (@$traffic) { open my $file, '<', $one->{said} or next; while (<$file>) { $n++ if /\S/ } } return $n; };
	my $wanted = $lines->() + $more;
	my $end = time + 30;
	sleep 0.05 while $lines->() < $wanted && time < $end;
	return;
}

# What the writers were told is done: kind => [ names ]; and what readers found to differ.
sub acknowledged
{
	my ($traffic) = @_;
	my %said;
	foreach my $one (@$traffic)
	{
		open my $file, '<', $one->{said} or next;
		while (my $line = <$file>)
		{
			push @{ $said{$1} }, $2 if $line =~ /^(\w+) (.+)\n/;
		}
	}
	return \%said;
}

# A line for everything that does not hold; empty when all does. With the acknowledged acts, also for each that is lost.
sub broken
{
	my ($node, $database, $said) = @_;
	my @lines = split /\n/, $node->safe_psql($database, 'SELECT * FROM traffic.broken()');
	# the trees of the indexes against the tables
	push @lines, split /\n/, $node->safe_psql($database, <<'SQL');
SET client_min_messages = error;
DO $$ BEGIN
  PERFORM bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
  WHERE c.relkind = 'i' AND a.amname = 'btree' AND c.relnamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace);
END $$;
SQL
	return join "\n", @lines unless $said;
	push @lines, map { "a reader: $_" } @{ $said->{differs} // [] };
	my %gone = map { $_ => 1 } split /\n/, $node->safe_psql($database, 'SELECT number FROM traffic.gone');
	my %there = map { $_ => 1 } split /\n/, $node->safe_psql($database, q{SELECT 'ledger ' || reason FROM wmo.contract_change WHERE reason IS NOT NULL
		UNION ALL SELECT 'contract ' || number FROM wmo.contract});
	push @lines, map { "ledger row $_ was acknowledged and is lost" } grep { !$there{"ledger $_"} } @{ $said->{ledger} // [] };
	push @lines, map { "contract $_ was acknowledged and is lost" } grep { !$there{"contract $_"} && !$gone{$_} } @{ $said->{contract} // [] };
	push @lines, map { "contract $_ was acknowledged as gone and is there" } grep { $there{"contract $_"} || !$gone{$_} } @{ $said->{gone} // [] };
	return join "\n", @lines;
}

1;
