# CREATE EXTENSION works on an empty database and wherever PostGIS lives; DROP EXTENSION leaves nothing.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node fresh_database catalog_picture differences);

my $node = start_node('install');
my $version = do
{
	open my $control, '<', 'wmo_contracts.control' or die "no control file: $!";
	my ($line) = grep { /^default_version/ } <$control>;
	$line =~ /'([^']+)'/ ? $1 : die 'no default_version';
};

# An empty database.
fresh_database($node, 'empty');
my ($status, $out, $err) = $node->psql('empty', 'CREATE EXTENSION wmo_contracts');
like($err, qr/required extension "postgis" is not installed/, 'without CASCADE the missing requirement is named');
is($node->psql('empty', 'CREATE EXTENSION wmo_contracts CASCADE'), 0, 'CREATE EXTENSION CASCADE works on an empty database');
is($node->safe_psql('empty', "SELECT extversion FROM pg_extension WHERE extname = 'wmo_contracts'"),
	$version, 'it has the version of the control file');
is($node->safe_psql('empty', 'SELECT wmo.version()'), $version, 'and so has the library');
is( $node->safe_psql('empty', <<'SQL'), "public: aggregate, operator\nwmo_bi: function, view\nwmo_ggm: view", 'members stand in wmo, wmo_works and, for reports, wmo_bi; operators and aggregates where a default session finds them');
SELECT o.schema || ': ' || string_agg(DISTINCT o.type, ', ')
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) o
WHERE e.extname = 'wmo_contracts' AND coalesce(o.schema, '') NOT IN ('wmo', 'wmo_works')
  AND o.type NOT IN ('schema', 'cast', 'access method', 'language', 'event trigger')
  -- some servers (17.12) count the row type of a view and arrays as members too
  AND NOT (d.classid = 'pg_type'::regclass AND d.objid IN (SELECT c.reltype FROM pg_class c WHERE c.relkind = 'v' UNION ALL SELECT t.typarray FROM pg_type t))
GROUP BY o.schema
SQL

# Dropping and making it again.
fresh_database($node, 'dropped', 'CREATE EXTENSION postgis', 'CREATE EXTENSION btree_gist');
my $before = catalog_picture($node, 'dropped');
$node->safe_psql('dropped', 'CREATE EXTENSION wmo_contracts');
isnt(catalog_picture($node, 'dropped'), $before, 'the extension shows in the catalog');
$node->safe_psql('dropped', 'DROP EXTENSION wmo_contracts');
is(differences($before, catalog_picture($node, 'dropped')), '', 'DROP EXTENSION leaves nothing behind, the schema included');
is($node->psql('dropped', 'CREATE EXTENSION wmo_contracts'), 0, 'it can be made again');
$node->safe_psql('dropped', 'DROP EXTENSION wmo_contracts');

# A schema of that name that is somebody else's is not taken over.
$node->safe_psql('dropped', 'CREATE SCHEMA wmo');
($status, $out, $err) = $node->psql('dropped', 'CREATE EXTENSION wmo_contracts');
isnt($status, 0, 'a schema "wmo" of somebody else is not taken over');
like($err, qr/schema "wmo" already exists/, 'and the message says so');

# Straight after CREATE EXTENSION, in a session as the server gives it: operators and aggregates of our types, and their indexes.
fresh_database($node, 'fresh');
$node->safe_psql('fresh', 'CREATE EXTENSION wmo_contracts CASCADE');
is($node->safe_psql('fresh', <<'SQL'), "1|1|GM0034|1|1\nt", 'operators are at hand in a fresh session, with their indexes');
CREATE TABLE address (code wmo.area_code PRIMARY KEY, postcode wmo.postcode, period wmo.contract_period);
INSERT INTO address VALUES ('GM0014', '9711', '[2020-01-01,2022-01-01)'), ('GM0034', '1311 AA', '[2020-01-01,)');
SELECT (SELECT count(*) FROM address WHERE code = 'GM0014'), (SELECT count(*) FROM address WHERE code IN ('GM0014', 'GM9999')),
  (SELECT max(code) FROM address), (SELECT count(*) FROM address a JOIN address b USING (code) WHERE a.postcode = '9711'),
  (SELECT count(*) FROM address WHERE period @> date '2023-06-01' AND period && daterange '[2023-01-01,2023-02-01)' AND '1311AB' <@ '1311'::wmo.postcode);
SET enable_seqscan = off;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT bool_or(l LIKE '%Index%') FROM plan($$SELECT code FROM address WHERE code = 'GM0014'$$) l;
SQL

# Any search_path, and PostGIS in a schema of its own.
my %where = (
	pg_catalog_only => [ 'CREATE SCHEMA gis', 'CREATE EXTENSION postgis SCHEMA gis', 'CREATE EXTENSION btree_gist SCHEMA gis' ],
	postgis_apart => [ 'CREATE SCHEMA "My GIS"', 'CREATE EXTENSION postgis SCHEMA "My GIS"', 'CREATE EXTENSION btree_gist' ],
);
for my $name (sort keys %where)
{
	fresh_database($node, $name, @{ $where{$name} });
	my $path = $name eq 'pg_catalog_only' ? "SET search_path = pg_catalog; " : '';
	is($node->psql($name, $path . 'CREATE EXTENSION wmo_contracts'), 0, "it installs: $name");
	is($node->safe_psql($name, "SET search_path = ''; SELECT wmo.version()"), $version, "and answers with an empty search_path: $name");
	$node->safe_psql($name, 'DROP EXTENSION wmo_contracts');
}

# Who may install.
$node->safe_psql('postgres', 'CREATE ROLE plain LOGIN; CREATE DATABASE of_plain OWNER plain');
$node->safe_psql('of_plain', 'CREATE EXTENSION postgis; CREATE EXTENSION btree_gist');
($status, $out, $err) = $node->psql('of_plain', 'CREATE EXTENSION wmo_contracts', extra_params => [ '-U', 'plain' ]);
like($err, qr/permission denied to create extension "wmo_contracts"/, 'only a superuser installs it');

$node->stop;
done_testing();
