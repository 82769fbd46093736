# Dumps keep every row of the user and duplicate none of the shipped ones: plain, custom with four jobs, and data only into a
# database that already has the extension: in one transaction, without triggers, as INSERTs, and by an owner who is no superuser.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node fresh_database registry_database load_demo content_picture differences);

# Tables whose rows are not the user's and not shipped, but made by the server as it goes: they may differ after a restore.
my @made_on_the_way = qw(no_gap_switch turn registry_change change_mark whole_registry kept_standing standing_mark law_change changed_contract);

my $node = start_node('dump');
my $dir = PostgreSQL::Test::Utils::tempdir;

registry_database($node, 'source');
my $shipped = content_picture($node, 'source', @made_on_the_way);
my $with_demo = load_demo($node, 'source');
# Objects of the user's own that lean on the extension: a column of every base type, and a view.
$node->safe_psql('source', <<'SQL');
CREATE SCHEMA own;
DO $$
BEGIN
  EXECUTE (SELECT 'CREATE TABLE own.thing (id int PRIMARY KEY' || string_agg(format(', c%s %s', t.n, t.oid::regtype), '') || ')'
           FROM (SELECT oid, row_number() OVER (ORDER BY typname) AS n
                 FROM pg_type WHERE typnamespace = 'wmo'::regnamespace AND typtype = 'b' AND typcategory <> 'A') t
           HAVING count(*) > 0);
EXCEPTION WHEN null_value_not_allowed THEN
  CREATE TABLE own.thing (id int PRIMARY KEY);
END
$$;
INSERT INTO own.thing (id) VALUES (1);
CREATE VIEW own.version AS SELECT wmo.version();
SQL
my $content = content_picture($node, 'source', @made_on_the_way);
if ($with_demo)
{
	# a rule that the demo keeps: a restore brings it without asking
	$node->safe_psql('source', q{INSERT INTO wmo.no_gap_rule (service_id, area_id, during)
		SELECT wmo.service_id('kortdurend_verblijf'), a.id, '[2019-01-01,2023-01-01)' FROM wmo.area a WHERE a.name = 'Oost'});
	# an edition of the map goes through the text of a dump
	$node->safe_psql('source', q{SELECT wmo.publish_coverage('before the dump')});
	$content = content_picture($node, 'source', @made_on_the_way);
	isnt($content, $shipped, 'the demo adds rows of the user');
}

sub is_restored
{
	my ($database, $how) = @_;
	is(differences($content, content_picture($node, $database, @made_on_the_way)), '', "$how: every table and sequence is as it was");
	is($node->safe_psql($database, "SELECT count(*) FROM pg_extension WHERE extname = 'wmo_contracts'"), '1', "$how: one extension");
	return;
}

# The text of a dump without what differs each time.
sub dump_text
{
	my ($database) = @_;
	my ($out, $err) = run_command([ 'pg_dump', '--no-sync', '-d', $node->connstr($database) ]);
	return join "\n", grep { !/^\\(un)?restrict|^--/ } split /\n/, $out;
}

# Plain.
$node->command_ok([ 'pg_dump', '--no-sync', '-f', "$dir/plain.sql", '-d', $node->connstr('source') ], 'pg_dump, plain');
unlike(slurp_file("$dir/plain.sql"), qr/^CREATE (TABLE|FUNCTION|TYPE|VIEW|SCHEMA) wmo\b/m, 'a dump holds rows, not the extension\'s own objects');
fresh_database($node, 'plain');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('plain'), '-f', "$dir/plain.sql" ],
	'it restores without an error');
is_restored('plain', 'plain');
# What was restored was derived elsewhere: it is derived by who asks until it is rebuilt.
my $standing = q{SELECT wmo_works.standing_is_kept(), (SELECT count(*) FROM wmo.coverage), (SELECT count(*) FROM wmo.check_standing())};
my $covered = $node->safe_psql('source', 'SELECT count(*) FROM wmo.coverage');
is($node->safe_psql('source', $standing), "t|$covered|0", 'standing is kept before the dump');
like($node->safe_psql('plain', $standing), qr/^f\|$covered\|/, 'plain: derived by who asks');
is($node->safe_psql('plain', 'SELECT wmo.rebuild_standing(); ' . $standing), "\nt|$covered|0", 'plain: and kept once it is rebuilt');
is($node->safe_psql('plain', 'SELECT (SELECT count(*) FROM own.thing), version IS NOT NULL FROM own.version'), '1|t',
	'plain: what leans on the extension is there');
is(dump_text('plain'), dump_text('source'), 'a dump of the restored database is the same dump');
is($node->safe_psql('plain', 'SELECT wmo.recognise_edition() = (SELECT max(edition) FROM wmo.coverage_edition)'), 't',
	'the edition of what it holds is recognised') if $with_demo;

# Custom, four jobs.
$node->command_ok([ 'pg_dump', '--no-sync', '-Fc', '-f', "$dir/custom.dump", '-d', $node->connstr('source') ], 'pg_dump, custom');
fresh_database($node, 'custom');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-j', '4', '-d', $node->connstr('custom'), "$dir/custom.dump" ],
	'pg_restore -j 4 runs without an error');
is_restored('custom', 'custom with four jobs');

# The registry alone, in the ways of docs/operations.md; and the way that takes nothing along.
my ($of_schema) = run_command([ 'pg_dump', '--no-sync', '-n', 'wmo', '-d', $node->connstr('source') ]);
unlike($of_schema, qr/^(?:COPY|INSERT|CREATE|ALTER TABLE)\b/m, 'pg_dump -n wmo dumps nothing, as the manual says');
$node->command_ok([ 'pg_dump', '--no-sync', '-Fc', '-e', 'wmo_contracts', '-e', 'postgis', '-e', 'btree_gist', '-f', "$dir/registry.dump", '-d', $node->connstr('source') ],
	'pg_dump -e');
fresh_database($node, 'by_extension');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('by_extension'), "$dir/registry.dump" ], 'it restores into an empty database');
is_restored('by_extension', 'by extension');
$node->command_ok([ 'pg_dump', '--no-sync', '--data-only', '-t', 'wmo.*', '-f', "$dir/rows.sql", '-d', $node->connstr('source') ], 'pg_dump --data-only -t');
registry_database($node, 'by_table');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('by_table'), '-f', "$dir/rows.sql" ], 'it restores where the extension was just created');
is_restored('by_table', 'rows by table');

# Data only, into a database with the extension and the user's own tables.
my ($schema) = run_command([ 'pg_dump', '--no-sync', '--schema-only', '--no-owner', '-n', 'own', '-d', $node->connstr('source') ]);
append_to_file("$dir/schema.sql", $schema);

sub restore_data_only
{
	my ($database, $user, $how, @options) = @_;
	$node->command_ok([ 'pg_dump', '--no-sync', '--data-only', @options, '-f', "$dir/$database.sql", '-d', $node->connstr('source') ],
		"pg_dump, $how");
	$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', $user, '-d', $node->connstr($database), '-f', "$dir/schema.sql" ],
		"$how: the user's own tables");
	$node->command_ok([ 'psql', '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-U', $user, '-d', $node->connstr($database), '-f', "$dir/$database.sql" ],
		"$how: the data restores without an error");
	is_restored($database, $how);
	return;
}

my $superuser = $node->safe_psql('postgres', 'SELECT current_user');
registry_database($node, $_) for qw(data inserts untriggered);
restore_data_only('data', $superuser, 'data only');
restore_data_only('inserts', $superuser, 'data only, as INSERTs', '--rows-per-insert=100', '--column-inserts', '--quote-all-identifiers');
restore_data_only('untriggered', $superuser, 'data only, without triggers', '--disable-triggers');

# An owner of the database and of the extension who is no superuser (any more).
$node->safe_psql('postgres', 'CREATE ROLE keeper LOGIN SUPERUSER; CREATE DATABASE kept OWNER keeper');
$node->safe_psql('kept', 'CREATE EXTENSION wmo_contracts CASCADE', extra_params => [ '-U', 'keeper' ]);
$node->safe_psql('postgres', 'ALTER ROLE keeper NOSUPERUSER');
restore_data_only('kept', 'keeper', 'data only, by an owner');

$node->stop;
done_testing();
