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
is( $node->safe_psql('empty', <<'SQL'), '0', 'every member stands in schema wmo');
SELECT count(*)
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) o
WHERE e.extname = 'wmo_contracts' AND o.schema IS DISTINCT FROM 'wmo'
  AND o.type NOT IN ('schema', 'cast', 'access method', 'language', 'event trigger')
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
