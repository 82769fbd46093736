# No setting of a session changes what is stored or said: the extension is the same whatever it was installed under, and
# texts have their days as ISO 8601 writes them, in whatever style the session reads and writes its own.
use strict;
use warnings;
use Test::More;
use WmoDefinition qw(definition);
use WmoNode qw(start_node fresh_database registry_database load_demo differences);

my %settings = (
	'DateStyle German' => "SET datestyle = 'German, DMY';",
	'DateStyle SQL' => "SET datestyle = 'SQL, MDY';",
	'DateStyle Postgres' => "SET datestyle = 'Postgres, DMY';",
	'IntervalStyle sql_standard' => 'SET intervalstyle = sql_standard;',
	'IntervalStyle postgres_verbose' => 'SET intervalstyle = postgres_verbose;',
	'no standard_conforming_strings' => 'SET standard_conforming_strings = off; SET escape_string_warning = off;',
	'another time zone' => "SET timezone = 'Pacific/Kiritimati';",
	'few digits' => 'SET extra_float_digits = -15;',
);
# Several at once where the tests are to be quick (WMO_TEST_THROWS).
my $quick = ($ENV{WMO_TEST_THROWS} // 1) < 1;
sub at_once { return join(' and ', @_) => join(' ', map { $settings{$_} } @_) }
my %asked = $quick
  ? (at_once('DateStyle German', 'IntervalStyle postgres_verbose', 'no standard_conforming_strings'), at_once('DateStyle SQL', 'IntervalStyle sql_standard'),
	at_once('DateStyle Postgres', 'another time zone', 'few digits'))
  : %settings;
my $node = start_node('settings');

# ---- installed under odd settings -----------------------------------------------------------------------------------

registry_database($node, 'usual');
fresh_database($node, 'odd', 'CREATE EXTENSION postgis', 'CREATE EXTENSION btree_gist',
	join(' ', @settings{ 'DateStyle SQL', 'IntervalStyle sql_standard', 'no standard_conforming_strings', 'few digits' })
	  . ' CREATE EXTENSION wmo_contracts');
is(differences(definition($node, 'usual'), definition($node, 'odd')), '', 'installed under odd settings it is the same');

# ---- what is said ---------------------------------------------------------------------------------------------------

load_demo($node, 'usual') or BAIL_OUT('there is no demo/load.sql to ask about');
my $texts = <<'SQL';
CREATE FUNCTION pg_temp.error(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
  EXECUTE statement;
  RETURN 'no error: ' || statement;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN concat_ws('; ', SQLERRM, detail, hint);
END
$$;
SELECT t.basis FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t ORDER BY a.id, t.known;
SELECT s.basis FROM wmo.award a CROSS JOIN unnest('{2018-07-30,2019-01-01,2023-06-01}'::date[]) d
  CROSS JOIN LATERAL wmo.award_status(a.id, d) s ORDER BY a.id, d;
SELECT c.because FROM wmo.challenge_effect c ORDER BY c.challenge_id;
SELECT t.sign_basis FROM unnest('{2018-07-30,2019-01-01,infinity}'::date[]) d CROSS JOIN LATERAL wmo.award_terms(d) t
  ORDER BY d, t.award_id;
SELECT t.decision, t.detail FROM wmo.decision_calendar_on('2018-07-30') t ORDER BY t.uid;
SELECT e.explanation FROM wmo.area a
  CROSS JOIN LATERAL wmo.explain_providers_in_area(a.code, 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') e
  WHERE a.kind = 'municipality' ORDER BY a.id, e.step;
SELECT e.explanation FROM wmo.area a
  CROSS JOIN LATERAL wmo.explain_providers_at(ST_PointOnSurface(a.geom), 'begeleiding', '2018-07-30', 40, as_of => '2018-07-30') e
  WHERE a.geom IS NOT NULL AND a.id % 5 = 0 ORDER BY a.id, e.step;
SELECT h.words FROM wmo.handovers('2018-01-01', '2024-01-01', 'begeleiding', '2024-01-01') h ORDER BY h.on_day, h.area_id, h.words;
SELECT x.explanation FROM wmo.explain_term('2024-12-23', interval '20 days') x ORDER BY x.step;
SELECT x.item, x.value FROM wmo.describe(wmo.compile_coverage()) x WHERE x.value ~ '-' AND x.item NOT LIKE 'made %' ORDER BY x.item;
SELECT pg_temp.error($$SELECT wmo.handovers('2024-02-01', '2024-01-01')$$);
SELECT pg_temp.error($$SELECT wmo.succession('2024-02-01', '2024-01-01')$$);
SELECT pg_temp.error($$SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y notice P6M', '2022-12-01')$$);
SELECT pg_temp.error($$SELECT wmo.decision_lead(interval '-3 months')$$);
SELECT pg_temp.error($$WITH one AS (
    SELECT e.contract_id, c.buyer_id, c.period, e.service_id, e.area_id FROM wmo.exclusive_claim e
    JOIN wmo.contract c ON c.id = e.contract_id ORDER BY e.id LIMIT 1
  ), added AS (
    INSERT INTO wmo.contract (number, buyer_id, period, agreed_period)
    SELECT 'again', one.buyer_id, one.period, one.period FROM one RETURNING id
  )
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
  SELECT added.id, one.service_id, one.area_id, 'exclusive' FROM one, added;
  SET CONSTRAINTS ALL IMMEDIATE$$);
SQL
my $said = $node->safe_psql('usual', $texts);
like($said, qr/the term ended on 2018-\d\d-\d\d/, 'the basis of an award has ISO days');
like($said, qr/existed on days \[\d{4}-\d\d-\d\d,/, 'an explanation too');
like($said, qr/from_date "2024-02-01" is after to_date "2024-01-01"/, 'and an error');
like($said, qr/Both claim ages .* on days \[\d{4}-\d\d-\d\d,/, 'and its detail');
unlike($said, qr/no error:|syntax error/, 'every error is the one that was meant');
for my $name (sort keys %asked)
{
	is(differences($said, $node->safe_psql('usual', $asked{$name} . $texts)), '', "$name: the same is said");
}

# ---- what is loaded -------------------------------------------------------------------------------------------------

# A list of contracts and a layer with names of areas, without the column "line", with blanks and no-break spaces.
my $sheet = <<'SQL';
CREATE TEMPORARY TABLE sheet ("Contractnummer" text, "Opdrachtgever" text, "Aanbieder" text, "Dienst" text, "Gemeente" text,
  "Gebied" text, "Begindatum" text, "Einddatum t/m" text, "Opties" text, "Meldtermijn" text, "Leeftijd" text, "Keuze" text,
  "Ondertekend" date);
INSERT INTO sheet SELECT 'S1', 'Gemeente Assen', 'Zorg  Noord', 'begeleiding', NULL, 'Assen' || E'\t ' || 'Oost', '01-02-2024',
  '31-01-2026', '2 x 12 maanden', '6 maanden', '18 t/m 64 jaar', 'cliëntkeuze', '2024-01-15';
INSERT INTO sheet SELECT 'S2', 'Gemeente Assen', replace('Zorg~Noord', '~', convert_from(decode('c2a0', 'hex'), 'UTF8')), '16',
  'Súdwest-Fryslân (GM1900)', NULL, '1 maart 2024', 'onbepaald', 'geen', NULL, '75+', 'gedeeld', NULL;
CREATE TEMPORARY TABLE layer (naam text, geom geometry);
INSERT INTO layer VALUES (E'Assen \t Oost', 'SRID=28992;POLYGON((230000 550000,231000 550000,231000 551000,230000 550000))');
SELECT line, number, cell, outcome, message FROM wmo.load_contract_list('pg_temp.sheet') ORDER BY line, outcome, message;
SELECT c.number, p.name, c.period, to_char(c.signed_on, 'YYYYMMDD'), s.ages, s.choice, coalesce(a.code::text, a.name)
FROM wmo.contract c JOIN wmo.party p ON p.id = c.supplier_id JOIN wmo.contract_scope s ON s.contract_id = c.id
JOIN wmo.area a ON a.id = s.area_id WHERE c.number ~ '^S[0-9]' ORDER BY c.number;
SELECT line, number, cell, outcome, message FROM wmo.load_contract_list('pg_temp.sheet') ORDER BY line, outcome, message;
UPDATE sheet SET "Begindatum" = '02-02-2024', "Ondertekend" = '2024-01-16' WHERE "Contractnummer" = 'S1';
SELECT line, number, cell, outcome, message FROM wmo.load_contract_list('pg_temp.sheet') ORDER BY line, outcome, message;
SELECT l.done, l.name, to_char(lower(l.valid), 'YYYYMMDD') FROM wmo.load_areas('pg_temp.layer', '2024-01-01', 'working_area') l;
SQL
my $expected = <<'TEXT';
2|S1||added|added begeleiding in Assen Oost
2|S1|Opdrachtgever|noted|"Gemeente Assen" is new and is added as a municipality
2|S1|Aanbieder|noted|"Zorg Noord" is new and is added as a provider; make it a consortium in wmo.party if it is one
2|S1|Gebied|noted|area "Assen Oost" is new and is added without a shape: questions by code find it, questions by place say area_without_shape
3|S2||added|added opvang in Súdwest-Fryslân
3|S2|Gemeente|noted|area "Súdwest-Fryslân (GM1900)" is new and is added as Súdwest-Fryslân GM1900 without a shape: questions by code find it, questions by place say area_without_shape
S1|Zorg Noord|[2024-02-01,2026-02-01)+P1Y+P1Y notice P6M|20240115|[18,65)|client_choice|Assen Oost
S2|Zorg Noord|[2024-03-01,)||[75,)|shared|GM1900
2|S1||unchanged|
3|S2||unchanged|
2|S2||unchanged|
3|S1||changed|period "[2024-02-01,2026-02-01)+P1Y+P1Y notice P6M" becomes "[2024-02-02,2026-02-01)+P1Y+P1Y notice P6M", ondertekend 2024-01-15 becomes 2024-01-16
completed|Assen Oost|
TEXT
chomp $expected;

sub loaded
{
	my ($database, $setting) = @_;
	return $node->safe_psql($database, "BEGIN; SET LOCAL client_min_messages = error; $setting $sheet ROLLBACK;");
}

registry_database($node, 'empty');
is(loaded('empty', ''), $expected, 'a list and a layer');
is(loaded('empty', $asked{$_}), $expected, "$_: a list and a layer") for sort keys %asked;
for my $encoding ($quick ? () : 'LATIN1', 'SQL_ASCII')
{
	my $database = lc "in_$encoding";
	$node->safe_psql('postgres',
		"CREATE DATABASE $database TEMPLATE template0 ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql($database, 'CREATE EXTENSION wmo_contracts CASCADE');
	is(loaded($database, $encoding eq 'SQL_ASCII' ? '' : 'SET client_encoding = UTF8;'), $expected, "$encoding: a list and a layer");
}

$node->stop;
done_testing();
