# Upgrading gives what installing gives: for every script released/wmo_contracts--A--B.sql, a database at A that is updated to B has
# the very definition of a fresh B, comments, rights, constraints and shipped rows included, and keeps its user's rows. That the
# comparison would see a difference is tried on releases that are made up here, each with one mistake.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use WmoDefinition qw(definition);
use WmoNode qw(start_node fresh_database registry_database differences);
use WmoRelease qw(this_version its_script make_script);

my $node = start_node('upgrade');
my $version = this_version();
my $script = its_script();

my $of_user = "INSERT INTO wmo.party (name, kind) VALUES ('Zorg Eén', 'provider')";

# In a database of its own, or in a copy of one that is at $from and has the user's row: a copy is quicker made.
sub upgraded
{
	my ($database, $from, $to, $copied) = @_;
	if ($copied) { $node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE $copied"); }
	else { fresh_database($node, $database, "CREATE EXTENSION wmo_contracts VERSION '$from' CASCADE", $of_user); }
	$node->safe_psql($database, "ALTER EXTENSION wmo_contracts UPDATE TO '$to'");
	is($node->safe_psql($database, 'SELECT name FROM wmo.party'), 'Zorg Eén', "$from to $to keeps the user's rows");
	$node->safe_psql($database, 'DELETE FROM wmo.party');
	return definition($node, $database);
}

registry_database($node, 'fresh');
my $fresh = definition($node, 'fresh');
registry_database($node, 'again');
is(differences($fresh, definition($node, 'again')), '', 'two fresh installations are defined alike');
cmp_ok(scalar(split /\n/, $fresh), '>', 1000, 'a definition has more than a thousand facts');

# ---- the releases that there are -------------------------------------------------------------------------------------
my @releases = map { /wmo_contracts--(.+?)--(.+)\.sql$/ ? [ $1, $2 ] : () } glob 'released/wmo_contracts--*--*.sql';
for my $release (@releases)
{
	my ($from, $to) = @$release;
	(my $database = "real_${from}_$to") =~ s/\W/_/g;
	fresh_database($node, "fresh_$database", "CREATE EXTENSION wmo_contracts VERSION '$to' CASCADE");
	is(differences(definition($node, "fresh_$database"), upgraded($database, $from, $to)), '', "$from to $to is a fresh $to");
}
note('no release script yet: only made-up releases are tried') unless @releases;

# ---- a release that is made up: one function is new ------------------------------------------------------------------
my ($new) = $script =~ /^(CREATE FUNCTION wmo\.wmo_grant\(.*?^COMMENT ON FUNCTION wmo\.wmo_grant\(.*?';\n)/ms;
ok($new, 'the install script has the function that the made-up release adds');
(my $base = $script) =~ s/\Q$new\E//;

make_script('0.0.0', $base);
make_script("0.0.0--$version", $new);
fresh_database($node, 'base', "CREATE EXTENSION wmo_contracts VERSION '0.0.0' CASCADE", $of_user);
is(differences($fresh, upgraded('upgrade', '0.0.0', $version, 'base')), '', 'an upgrade that adds the function gives a fresh installation');
isnt(differences($fresh, definition($node, 'base')), '', 'before it, the definitions differ');

# ---- the same with a mistake: each must be seen ------------------------------------------------------------------------
sub without { my ($text, $pattern) = @_; $text =~ s/$pattern// or die "nothing to leave out: $pattern"; return $text; }
sub with { my ($text, $pattern, $other) = @_; $text =~ s/$pattern/$other/ or die "nothing to change: $pattern"; return $text; }

# In the script of the upgrade, one at a time.
my @mistakes = (
	[ 'a comment forgotten', without($new, qr/^COMMENT ON FUNCTION.*?';\n/ms) ],
	[ 'a right not revoked', without($new, qr/^REVOKE.*?;\n/ms) ],
	[ 'another volatility', with($new, qr/LANGUAGE plpgsql/, 'LANGUAGE plpgsql STABLE') ],
	[ 'another body', with($new, qr/GRANT SELECT ON ALL/, 'GRANT  SELECT ON ALL') ],
	[ 'another default', with($new, qr/ DEFAULT NULL/, '') ],
	[ 'a function too many', "$new\nCREATE FUNCTION wmo.left_over() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n" ],
	[ 'an object that is no member', "$new\nALTER EXTENSION wmo_contracts DROP FUNCTION wmo.wmo_grant(regrole, regrole, regrole);\n" ],
	[ 'a table that is no longer dumped', "$new\nSELECT pg_catalog.pg_extension_config_dump('wmo.party', 'WHERE false');\n" ],
	[ 'a function that goes with another extension', "$new\nALTER FUNCTION wmo.wmo_grant(regrole, regrole, regrole) DEPENDS ON EXTENSION btree_gist;\n" ],
	[ 'a function that costs more', "$new\nALTER FUNCTION wmo.award_status(integer, date) COST 7;\n" ],
);
my $number = 0;
for my $mistake (@mistakes)
{
	my ($what, $by) = @$mistake;
	make_script("0.0.0--$version", $by);
	isnt(differences($fresh, upgraded('mistake' . ++$number, '0.0.0', $version, 'base')), '', "seen: $what");
}
# In the base, all in one, for each has a line of its own.
my %unlike = (
	'an index that the base has not' => qr/^- index CREATE INDEX contract_award_id_idx /m,
	'a constraint that the base has not' => qr/^- constraint wmo\.contract contract_supplier_count_is_positive /m,
	'a trigger comment that changed' => qr/^\+ trigger CREATE TRIGGER keep_period .* ON wmo\.contract .*: Old: /m,
	'a column comment that changed' => qr/^\+ column wmo\.contract\.number .* Old: /m,
	'a shipped row that changed' => qr/^\+ row wmo\.service .*Dagopvang/m,
);
my $other = without($base, qr/^CREATE INDEX contract_award_id_idx.*?;\n/ms);
$other = without($other, qr/^  CONSTRAINT contract_supplier_count_is_positive.*?,\n/ms);
$other = with($other, qr/(?<=COMMENT ON TRIGGER keep_period ON wmo\.contract IS ')/, 'Old: ');
$other = with($other, qr/(?<=COMMENT ON COLUMN wmo\.contract\.number IS ')/, 'Old: ');
$other = with($other, qr/'Dagbesteding', '07'/, "'Dagopvang', '07'");
make_script('0.0.1', $other);
make_script("0.0.1--$version", $new);
my $seen = differences($fresh, upgraded('unlike', '0.0.1', $version));
like($seen, $unlike{$_}, "seen: $_") for sort keys %unlike;

$node->stop;
done_testing();
