# What the catalog says of the extension's functions, held to what they do. A function that is declared surer than what it
# calls, and one that anybody may call without a reason, are found here when they are added; there is no list in which to
# forget one.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node registry_database);

my $node = start_node('catalog');
registry_database($node, 'registry');

sub rows { return [ map { [ split /\t/, $_, -1 ] } split /\n/, $node->safe_psql('registry', shift, extra_params => [ '-F', "\t" ]) ]; }
sub said { return join "\n", map { "@$_" } @{ rows(shift) }; }
# those that the extension makes
my $schemas = q{(SELECT d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'wmo_contracts'
  WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_namespace'::regclass AND d.deptype = 'e')};

# ---- clients --------------------------------------------------------------------------------------------------------------
# What is told of a client is an argument of a question. A question is no function that could write it down, and there is no column for it.
is(said(<<"SQL"), '', 'no function that is told of a client could keep it');
SELECT p.oid::regprocedure FROM pg_proc p
WHERE p.pronamespace IN $schemas AND p.proargnames && '{age,birth,place,current_provider,client_since}' AND p.provolatile = 'v' ORDER BY 1
SQL
is(said(<<"SQL"), '', 'no table has a column for one');
SELECT a.attrelid::regclass, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace IN $schemas AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attname ~ '^(client|birth|born|age|bsn|gender|resident|address)(_|\$)' ORDER BY 1, 2
SQL

# ---- volatility -----------------------------------------------------------------------------------------------------------
# Of a body that the server holds parsed: the functions, operators and conversions in its tree. pg_depend does not say it,
# for it leaves out what comes with the server.
my $surer = <<"SQL";
WITH body AS (
  SELECT p.oid AS caller, p.provolatile, p.proparallel, p.prosqlbody::text AS tree FROM pg_proc p
  WHERE p.pronamespace IN $schemas AND p.prosqlbody IS NOT NULL
), called AS (
  SELECT b.caller, m[1]::oid AS fn FROM body b, regexp_matches(b.tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\\d+)', 'g') m
  UNION SELECT b.caller, o.oprcode FROM body b, regexp_matches(b.tree, ':opno (\\d+)', 'g') m JOIN pg_operator o ON o.oid = m[1]::oid
  -- a conversion by way of text writes the one type and reads the other
  UNION SELECT b.caller, t.typoutput FROM body b, regexp_matches(b.tree, 'COERCEVIAIO :arg {\\w+ [^{}()]*?:\\w*type (\\d+)', 'g') m
    JOIN pg_type t ON t.oid = m[1]::oid
)
SELECT DISTINCT c.caller::regprocedure, c.fn::regprocedure
FROM called c JOIN body b ON b.caller = c.caller JOIN pg_proc f ON f.oid = c.fn
WHERE strpos('isv', b.provolatile::text) < strpos('isv', f.provolatile::text)
   OR b.proparallel = 's' AND f.proparallel <> 's'
UNION
SELECT b.caller::regprocedure, NULL FROM body b WHERE b.provolatile = 'i' AND b.tree ~ '{SQLVALUEFUNCTION|{NEXTVALUEEXPR|:relid [1-9]'
ORDER BY 1, 2
SQL
is(said($surer), '', 'no function is declared surer, or safer in parallel, than what its body calls');

# Of a body that is text, by the names in it: every function of that name must be as sure. A text that leaves out the case in
# question is read by a person, and stands here with what that person saw.
my %looked_at = ('extract' => 'of dates and of timestamps without time zone, of which it is immutable');
my $named = <<"SQL";
SELECT DISTINCT p.oid::regprocedure, m[1]
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang,
  LATERAL regexp_matches(regexp_replace(p.prosrc, '''[^'']*''|--[^\\n]*', '', 'g'), '([a-z_0-9]+)\\(', 'g') m
JOIN LATERAL (SELECT p.provolatile AS declared) d ON true
JOIN pg_proc f ON f.proname = m[1] AND (f.pronamespace = 'pg_catalog'::regnamespace OR f.pronamespace IN $schemas)
WHERE p.pronamespace IN $schemas AND l.lanname IN ('plpgsql', 'sql') AND p.prosqlbody IS NULL
  AND strpos('isv', d.declared::text) < strpos('isv', f.provolatile::text)
UNION
SELECT p.oid::regprocedure, 'reads a clock or a text as a day'
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace IN $schemas AND l.lanname IN ('plpgsql', 'sql') AND p.prosqlbody IS NULL AND p.provolatile = 'i'
  AND p.prosrc ~* '\\m(current_date|current_timestamp|localtimestamp|now|execute)\\M|::(date|timestamp|interval|time|reg)'
ORDER BY 1, 2
SQL
is(join("\n", map { "@$_" } grep { !$looked_at{ $_->[1] } } @{ rows($named) }), '', 'nor than what its text names');

# ---- the checks find what they are there for --------------------------------------------------------------------------------
$node->safe_psql('registry', <<'SQL');
CREATE FUNCTION wmo_works.planted(day date) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT day::text; END;
CREATE FUNCTION wmo_works.planted(words text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT format('%s', words); END;
CREATE FUNCTION wmo_works.planted() RETURNS date LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT CURRENT_DATE; END;
CREATE FUNCTION wmo_works.planted(id integer) RETURNS bigint LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT count(*) FROM wmo.party; END;
CREATE FUNCTION wmo_works.planted_text(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN format(''%s'', words); END';
CREATE FUNCTION wmo_works.planted_text(words text, day text) RETURNS date LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN day::date; END';
SQL
is(scalar(grep { $_->[0] =~ /planted/ } @{ rows($surer) }), 4, 'a clock, a table, a day as text and format() are found in a body');
is(scalar(grep { $_->[0] =~ /planted/ } @{ rows($named) }), 2, 'and in a text');
$node->safe_psql('registry', 'DROP FUNCTION ' . join ', ',
	map { "wmo_works.$_" } 'planted(date)', 'planted(text)', 'planted()', 'planted(integer)', 'planted_text(text)', 'planted_text(text, text)');

# ---- what anybody may call ---------------------------------------------------------------------------------------------------
# By rule: an immutable function knows its arguments and nothing else; a body in SQL or PL/pgSQL reads tables as its caller,
# whose rights the server looks at; none runs as its owner. What is left is C that may read tables by itself: each with its reason.
my %in_c = (
	(map { $_ => 'reckons with the days of the law, which are published' }
		qw(is_working_day next_working_day public_holidays calendar_is_complete term_last_day explain_term decision_last_day
		explain_decision objection_period objection_period_until is_timely explain_timely recomputed explain_objection_period
		term_warning calendar_warning)),
	(map { $_ => 'asks as its caller: by the tables, or by a map that is used only where the caller may read all behind it' }
		qw(providers_at providers_in_area providers_at_postcode answer_at_postcode provider_at answer_at contract_for is_contracted
		is_contracted_at is_contracted_in_area is_contracted_at_postcode)),
	compile_coverage => 'reads the sections of a map through their views, as its caller',
	describe_session_map => 'says of this session what its own last question cost, and no row',
	describe_shared_maps => 'says of the maps in shared memory how large they are and how many use them, and no row',
);
is($node->safe_psql('registry', <<"SQL"), '', 'nothing runs as its owner, and nobody but the face may be called by all');
SELECT p.oid::regprocedure FROM pg_proc p
WHERE p.pronamespace IN $schemas AND p.prosecdef
   OR p.pronamespace = 'wmo_works'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')
SQL
my $in_c = rows(<<"SQL");
SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace IN $schemas AND has_function_privilege('public', p.oid, 'EXECUTE')
  AND p.provolatile <> 'i' AND l.lanname NOT IN ('sql', 'plpgsql')
ORDER BY 1
SQL
is_deeply([ map { $_->[0] } @$in_c ], [ sort keys %in_c ], 'every function in C that anybody may call and that may read has its reason');
is_deeply(rows(<<"SQL"), [], 'no table, view, sequence or type is open to all but the law itself');
SELECT c.oid::regclass, x.privilege_type FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
WHERE c.relnamespace IN $schemas AND c.relkind IN ('r', 'v', 'S') AND x.grantee = 0
ORDER BY 1
SQL

$node->stop;
done_testing();
