# A schema in which others could create things cannot make the extension lean on them. Functions, operators and types
# that stand beside those of PostGIS, and fit our calls better or come before those of the server, are planted first.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node fresh_database registry_database);

my $node = start_node('hostile');

# What an object of the extension is bound to though it is neither the server's nor a member of an extension.
my $leans = <<'SQL';
WITH RECURSIVE own (classid, objid) AS (
  SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
  WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'wmo_contracts'
  UNION
  SELECT d.classid, d.objid FROM own o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
  WHERE d.deptype IN ('a', 'i')
)
SELECT DISTINCT
  pg_describe_object(d.classid, d.objid, 0) || ' leans on ' || pg_describe_object(d.refclassid, d.refobjid, 0)
FROM own o JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid
WHERE d.refobjid >= 16384 AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_cast'::regclass,
    'pg_type'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass)
  AND NOT EXISTS (SELECT FROM own x WHERE x.classid = d.refclassid AND x.objid = d.refobjid)
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = d.refclassid AND m.objid = d.refobjid AND m.deptype = 'e')
  -- nor the type of the rows or of the arrays of a member
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = d.refclassid AND i.objid = d.refobjid AND i.deptype = 'i')
ORDER BY 1
SQL

registry_database($node, 'clean');
is($node->safe_psql('clean', $leans), '', 'in a clean database it leans on nothing else');

# Every function of PostGIS that a body of ours calls, as the server records it.
my @called = split /\n/, $node->safe_psql('clean', <<'SQL');
SELECT DISTINCT format('%s|%s|%s', p.proname, pg_get_function_result(p.oid),
                       array_to_string(ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t), ','))
FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
JOIN pg_depend m ON m.classid = d.refclassid AND m.objid = d.refobjid AND m.deptype = 'e'
JOIN pg_extension e ON e.oid = m.refobjid AND e.extname = 'postgis'
WHERE p.pronargs > 0 AND p.prorettype <> 'internal'::regtype AND NOT 'internal'::regtype = ANY (p.proargtypes)
  AND EXISTS (SELECT FROM pg_depend o JOIN pg_extension x ON x.oid = o.refobjid AND x.extname = 'wmo_contracts'
              WHERE o.classid = d.classid AND o.objid = d.objid AND o.deptype = 'e')
ORDER BY 1
SQL
cmp_ok(scalar(@called), '>', 30, 'bodies call functions of PostGIS');

# A function of that name for every other mixture of argument types, two exchanged at most (of five arguments all mixtures
# would be ten thousands); whoever runs one hears it.
my $decoy = q{LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a decoy ran''; END'};
my @decoys;
for (@called)
{
	my ($name, $result, $arguments) = split /\|/;
	my @mixtures = ([0]);
	for my $type (split /,/, $arguments)
	{
		my @types = $type =~ /^(geometry|box3d|box2d)/ ? ($type) : ($type, grep { $_ ne $type }
			  qw(integer bigint numeric real text anyelement));
		@mixtures = map { my ($exchanged, @done) = @$_;
			map { my $now = $exchanged + ($_ ne $type); $now > 2 ? () : [ $now, @done, $_ ] } @types } @mixtures;
	}
	for my $mixture (@mixtures)
	{
		my $list = join ',', @$mixture[ 1 .. $#$mixture ];
		push @decoys, "CREATE FUNCTION public.\"$name\"($list) RETURNS $result $decoy" if $list ne $arguments;
	}
	# and one that would take a shape for anything
	push @decoys, "CREATE FUNCTION public.\"$name\"(anyelement) RETURNS $result $decoy" if $arguments !~ /,/;
}
# Operators: those of the server over the same types once more, and over mixtures that the server casts.
my @types = ('text', 'varchar', 'name', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'date', 'timestamp',
	'boolean', 'geometry');
for my $operator ('=', '<>', '<', '<=', '>', '>=', '+', '-', '*', '/', '^', '||', '~', '&&', '@>', '<@')
{
	for my $left (@types)
	{
		for my $right (@types)
		{
			my $result = $operator =~ m{^(?:[-+*/^]|\|\|)$} ? $left : 'boolean';
			my $function = 'own.decoy_' . scalar(@decoys);
			push @decoys, "CREATE FUNCTION $function($left, $right) RETURNS $result $decoy",
			  "CREATE OPERATOR public.$operator (LEFTARG = $left, RIGHTARG = $right, FUNCTION = $function)";
		}
	}
}
sub plant
{
	my ($database) = @_;
	# some exist already, beside which there is no place
	my $script = join "\n", 'SET client_min_messages = error;', map { "$_;" } @decoys;
	$node->psql($database, $script, on_error_stop => 0, on_error_die => 0);
	return;
}

fresh_database($node, 'planted', 'CREATE EXTENSION postgis', 'CREATE EXTENSION btree_gist', 'CREATE SCHEMA own');
plant('planted');
cmp_ok($node->safe_psql('planted', q{SELECT count(*) FROM pg_proc WHERE prosrc ~ 'a decoy ran'}), '>', 1000, 'decoys stand');
cmp_ok($node->safe_psql('planted', q{SELECT count(*) FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
	WHERE p.prosrc ~ 'a decoy ran'}), '>', 1000, 'operators too');
my ($status, $out, $err) = $node->psql('planted', 'CREATE EXTENSION wmo_contracts');
is($err, '', 'the extension goes in between functions that fit a call less than they seem to');
is($node->safe_psql('planted', $leans), '', 'and leans on none of them');

# ---- what fits better is refused ------------------------------------------------------------------------------------

# A role that may create in schema public, as everybody could before PostgreSQL 15.
$node->safe_psql('postgres', 'CREATE ROLE planter');
for my $planted (
	[ 'function', 'isempty(pg_catalog.daterange)', "CREATE FUNCTION public.isempty(daterange) RETURNS boolean $decoy" ],
	[ 'operator', '@>(pg_catalog.daterange,pg_catalog.date)',
		"CREATE FUNCTION public.mine(daterange, date) RETURNS boolean $decoy;
		CREATE OPERATOR public.@> (LEFTARG = daterange, RIGHTARG = date, FUNCTION = public.mine)" ],
	[ 'aggregate', 'array_agg(integer)',
		'CREATE AGGREGATE public.array_agg(integer) (SFUNC = array_append, STYPE = integer[])' ])
{
	my ($kind, $name, $statement) = @$planted;
	my $database = "by_$kind";
	fresh_database($node, $database, 'CREATE EXTENSION postgis', 'CREATE EXTENSION btree_gist',
		'GRANT CREATE ON SCHEMA public TO planter', "SET ROLE planter; $statement");
	($status, $out, $err) = $node->psql($database, 'CREATE EXTENSION wmo_contracts');
	like($err, qr/$kind public\.\Q$name\E belongs to "planter"/, "a better $kind of somebody else is refused by name");
	unlike($err, qr/a decoy ran/, 'and was not run');
	# a superuser is trusted, but nothing is bound to what a dump would not bring back before the extension
	$node->safe_psql($database, 'REASSIGN OWNED BY planter TO CURRENT_USER');
	($status, $out, $err) = $node->psql($database, 'CREATE EXTENSION wmo_contracts');
	my ($word) = split /\(/, $name;
	like($err, qr/would be bound to \S+ public\.\Q$word\E\(|a decoy ran/,
		"a better $kind of a superuser ends the script");
	$node->safe_psql($database, 'DROP OWNED BY planter');
}

# PostGIS in a schema of its own, and a type of its name in the schema that comes before.
fresh_database($node, 'apart', 'CREATE SCHEMA gis', 'CREATE EXTENSION postgis SCHEMA gis',
	'GRANT CREATE ON SCHEMA public TO planter', 'SET ROLE planter; CREATE DOMAIN public.geometry AS text');
($status, $out, $err) = $node->psql('apart', 'CREATE EXTENSION wmo_contracts CASCADE');
like($err, qr/type public\.geometry belongs to "planter"/, 'a type by the name of one of PostGIS is refused');
$node->safe_psql('apart', 'DROP DOMAIN public.geometry; CREATE EXTENSION wmo_contracts CASCADE');
is($node->safe_psql('apart', $leans), '', 'without it the extension goes in beside PostGIS in a schema of its own');

$node->stop;
done_testing();
