# Whoever may connect may call. A role with nothing but that, and a reader with every right of one, call each function with
# nulls, extremes and values that do not fit each other: each call ends with an answer or an error that has a code of its
# own, the session goes on, the server stays up, and nobody hears of a registry that he may not read.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node registry_database);

my $node = start_node('nobody');
$node->safe_psql('postgres', 'CREATE ROLE nobody LOGIN; CREATE ROLE reader LOGIN');
registry_database($node, 'registry', q{SELECT wmo.wmo_grant('reader')}, <<'SQL');
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
VALUES (1, 'GM0014', 'OPENBAAR', 'municipality', ST_Multi(ST_MakeEnvelope(0, 0, 1000, 1000, 28992)), 'official');
INSERT INTO wmo.postcode_place (postcode, geom) VALUES ('9711', ST_Multi('SRID=28992;POINT(5 5)'::geometry));
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'OPENBAAR gemeente', 'municipality'), (2, 'OPENBAAR zorg', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '00000011');
INSERT INTO wmo.service_product (buyer_id, code, service_id) VALUES (1, 'P1', wmo.service_id('begeleiding'));
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'OPENBAAR', 'open');
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, standstill)
VALUES (1, 1, 2, '[2019-11-01,2019-11-02)', wmo.objection_period('standstill', '2019-11-01'));
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id)
VALUES (1, 'OPENBAAR', 1, 2, '[2020-01-01,2030-01-01)+P2Y notice P6M', 1);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (1, 1, wmo.service_id('begeleiding'), 1, 'exclusive');
SQL

# Values by type, in the form of literals (the map among them is of before the registry's names were secret); the first of each type is an ordinary one. Of rows, one without a value in it.
$node->safe_psql('registry', <<'SQL');
CREATE SCHEMA probe;
CREATE TABLE probe.value (type regtype, ord serial, literal text);
INSERT INTO probe.value (type, literal) SELECT v.type, l FROM (VALUES
  ('text'::regtype, ARRAY['begeleiding', NULL, '', 'standstill', 'atw', '%s%n', repeat('x', 100000), E'\u0001', E'a\nb', '00000011', 'P1']),
  ('integer', '{1,NULL,0,-1,2147483647,-2147483648}'), ('bigint', '{1,NULL,0,9223372036854775807,-9223372036854775808}'),
  ('smallint', '{1,NULL,32767,-32768}'), ('boolean', '{t,NULL,f}'), ('numeric', '{1,NULL,NaN,Infinity,1e1000}'),
  ('double precision', '{1,NULL,0,NaN,Infinity,-Infinity,1e308,-1e-308}'),
  ('date', ARRAY['2024-02-29', NULL, 'infinity', '-infinity', '4713-01-01 BC', '5874897-12-31', '0001-01-01', '2023-06-01']),
  ('interval', ARRAY['20 days', NULL, '0', '178000000 years', '-178000000 years', '2147483647 days', '1 mon -1 day', '1 microsecond', '3 mons']),
  ('daterange', ARRAY['[2024-01-01,2025-01-01)', NULL, 'empty', '(,)', '[2024-01-01,infinity)', '(-infinity,)', '[5874897-12-31,]', '[4713-01-01 BC,5874897-12-31)']),
  ('datemultirange', ARRAY['{[2024-01-01,2025-01-01)}', NULL, '{}', '{(,)}', '{(,2020-01-01),[2024-01-01,)}']),
  ('int4range', ARRAY['[18,75)', NULL, 'empty', '(,)', '[-2147483648,2147483647)']), ('int8range', ARRAY['[1,2)', NULL, 'empty', '(,)']),
  ('int4multirange', ARRAY['{[18,75)}', NULL, '{}', '{(,)}']),
  ('integer[]', ARRAY['{1}', NULL, '{}', '{NULL}', '{{1,2},{3,4}}', '[0:0]={2147483647}']),
  ('interval[]', ARRAY['{1 year}', NULL, '{}', '{NULL}', '{{1 year},{2 years}}', '{178000000 years,178000000 years}', array_fill('1 day'::text, ARRAY[5000])::text]),
  ('text[]', ARRAY['{a}', NULL, '{}', '{NULL}', '{{a,b},{c,d}}']), ('date[]', ARRAY['{2024-01-01}', NULL, '{}', '{NULL,infinity}']),
  ('geometry', ARRAY['SRID=28992;POINT(5 5)', NULL, 'SRID=28992;POINT EMPTY', 'POINT(5 5)', 'SRID=28992;POINT(1e308 5)', 'SRID=28992;POINT(-1e308 1e308)',
    'SRID=28992;POINT(nan nan)', 'SRID=4326;POINT(999 999)', 'SRID=4326;POINT(6 53)', 'SRID=999999;POINT(1 1)', 'SRID=28992;POINT ZM(5 5 1e308 nan)',
    'SRID=28992;MULTIPOLYGON(((0 0,10 0,10 10,0 0)))', 'SRID=28992;POLYGON((0 0,1e308 0,1e308 1e308,0 0))', 'SRID=28992;MULTIPOLYGON EMPTY',
    'SRID=28992;GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))', 'SRID=28992;CIRCULARSTRING(0 0,1 1,2 0)', 'SRID=4326;POLYGON((0 0,400 0,400 400,0 0))']),
  ('wmo.area_code', ARRAY['GM0014', NULL, 'GM0000', 'BU99999999', 'WKZZZZZZ', 'BU00149ZZ9']), ('wmo.postcode', ARRAY['9711', NULL, '9711 AA', '1000', '9999 ZZ']),
  ('wmo.area_code[]', ARRAY['{GM0014}', NULL, '{}', '{NULL}']), ('wmo.postcode[]', ARRAY['{9711}', NULL, '{}', '{NULL}']),
  ('wmo.contract_period', ARRAY['[2019-01-01,2023-01-01)+P2Y', NULL, '(?,2023-03-01)', '[2022-07-01,)', '(?,?)', '[2023-03-01,?)+P1Y notice P6M', '[4713-01-01 BC,5874897-12-31)']),
  ('wmo.objection_period', ARRAY[wmo.objection_period('awb_objection', '2024-07-08')::text, NULL, wmo.objection_period('standstill', '2012-01-01')::text,
    wmo.objection_period_until('forfeiture', '2024-07-08')::text]),
  ('wmo.coverage_map', ARRAY[wmo.compile_coverage()::text, NULL]),
  ('regclass', ARRAY['pg_class', NULL, '0', 'wmo.contract', 'pg_class_oid_index', 'wmo.party_id_seq', 'wmo.coverage', 'probe.value', '1']),
  ('regrole', ARRAY['pg_monitor', NULL, '0']), ('oid', '{0,NULL,1259,4294967295}'), ('cstring', ARRAY['begeleiding', NULL, '', '\x00', '9711 AA', '[2019-01-01,)']),
  ('name', '{a,NULL}'), ('bytea', ARRAY['\x00', NULL, '\x'])) v (type, literals), unnest(v.literals) l;
INSERT INTO probe.value (type, literal)
SELECT DISTINCT a, l FROM pg_proc p, unnest(p.proargtypes) a JOIN pg_type t ON t.oid = a LEFT JOIN pg_type e ON e.oid = t.typelem
LEFT JOIN pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid),
unnest(CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = a) || NULL
            WHEN t.typtype = 'c' THEN ARRAY[format('(%s)', repeat(',', c.relnatts - 1)), NULL]
            WHEN t.typlen = -1 AND e.oid IS NOT NULL AND c.oid IS NOT NULL
              THEN ARRAY['{}', NULL, '{NULL}', format('{"(%s)"}', repeat(',', c.relnatts - 1))]
            WHEN t.typlen = -1 AND e.oid IS NOT NULL THEN ARRAY['{}', NULL, '{NULL}']
            ELSE '{NULL}' END) l
WHERE p.pronamespace::regnamespace::text ~ '^wmo' AND a NOT IN (SELECT type FROM probe.value)
  AND t.typtype <> 'p';
UPDATE wmo.area SET name = 'GEHEIM';
UPDATE wmo.party SET name = replace(name, 'OPENBAAR', 'GEHEIM');
UPDATE wmo.contract SET number = 'GEHEIM';
UPDATE wmo.tender SET title = 'GEHEIM';
SELECT wmo.publish_coverage('GEHEIM');
GRANT USAGE ON SCHEMA probe TO PUBLIC;
GRANT SELECT ON probe.value TO PUBLIC;

-- Calls a function with each value of each argument beside ordinary ones, and with mixtures; says what is not as it should be.
CREATE FUNCTION probe.call(fn oid, OUT calls integer, OUT answers integer, OUT wrong text) LANGUAGE plpgsql AS $$
DECLARE
  types oid[] := ARRAY(SELECT a FROM pg_proc p, unnest(p.proargtypes) WITH ORDINALITY u (a, n) WHERE p.oid = fn ORDER BY n);
  count integer := cardinality(types);
  literals text[]; -- of all arguments, one after the other
  before integer[] := '{}'; -- how many stand before those of an argument
  of_type integer[] := '{}';
  of_one text[];
  total integer := 0;
  frame text;
  choice integer;
  chosen text[];
  said text;
  command text;
BEGIN
  calls := 0;
  answers := 0;
  FOR place IN 1 .. count LOOP
    of_one := ARRAY(SELECT coalesce(quote_literal(v.literal), 'NULL') || '::' || format_type(v.type, NULL)
                    FROM probe.value v WHERE v.type = types[place] ORDER BY v.ord);
    before[place] := total;
    of_type[place] := cardinality(of_one);
    literals := literals || of_one;
    total := total + cardinality(of_one);
  END LOOP;
  SELECT format(CASE WHEN p.proretset OR p.prorettype = 'record'::regtype
                     THEN 'SELECT left(string_agg(r::text, '' ''), 100000) FROM (SELECT * FROM %s(%%s) LIMIT 1000) r'
                     ELSE 'SELECT left((%s(%%s))::text, 100000)' END, p.oid::regproc) INTO frame
  FROM pg_proc p WHERE p.oid = fn;
  -- 0: all ordinary; then one argument after the other; then mixtures, by a fixed rule
  FOR round IN 0 .. total + least(total, 25) LOOP
    FOR place IN 1 .. count LOOP
      choice := CASE
        WHEN round > total THEN 1 + abs(hashint4(round * 31 + place)) % greatest(of_type[place], 1)
        WHEN round - before[place] BETWEEN 1 AND of_type[place] THEN round - before[place]
        ELSE 1 END;
      chosen[place] := literals[before[place] + choice];
    END LOOP;
    command := format(frame, array_to_string(chosen, ', '));
    calls := calls + 1;
    BEGIN
      EXECUTE command INTO said;
      answers := answers + 1;
    EXCEPTION WHEN OTHERS THEN
      said := SQLERRM;
      -- the works take bounded polygons in RD New and tiles that there are, which the face and the tables see to: others PostGIS
      -- itself refuses
      IF SQLSTATE ~ '^(XX|58|F0)'
         AND NOT (command ~ 'wmo_works[.]'
                  AND SQLERRM ~ 'Operation on mixed SRID geometries|^(GEOS|ST_)\w+: (Illegal|unsupported|Invalid tile|Input geometry)|'
                    '^(transform|lwgeom_\w+): |^Invalid reserved SRID|^Error calculating GEOS') THEN
        wrong := concat_ws(E'\n', wrong, SQLSTATE || ' ' || left(SQLERRM, 100) || ': ' || left(command, 300));
      END IF;
    END;
    IF current_user = 'nobody' AND said ~ 'GEHEIM' THEN
      wrong := concat_ws(E'\n', wrong, 'told ' || left(said, 100) || ': ' || left(command, 300));
    END IF;
  END LOOP;
END
$$;
SQL

my $started = $node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()');
foreach my $role ('nobody', 'reader')
{
	my ($status, $out, $err) = $node->psql('registry', <<"SQL", extra_params => [ '-U', $role ]);
SET statement_timeout = '600s'; -- of one function's calls together, on a machine that does much else
SELECT 'session ' || pg_backend_pid();
SELECT format('SELECT %L, calls, answers, wrong FROM probe.call(%s)', p.oid::regprocedure, p.oid)
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'wmo_contracts'
WHERE p.prokind = 'f' AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
  AND NOT 'internal'::regtype = ANY (p.proargtypes) AND has_function_privilege(p.oid, 'EXECUTE')
ORDER BY p.oid::regprocedure::text COLLATE "C" \\gexec
SELECT 'session ' || pg_backend_pid();
SQL
	is($status, 0, "$role: every call ends") or diag $err;
	my @sessions = $out =~ /^session (\d+)$/mg;
	ok(@sessions == 2 && $sessions[0] eq $sessions[1], "$role: in one session");
	my ($functions, $calls, $answers, @wrong) = (0, 0, 0);
	foreach my $line (split /\n(?=wmo)/, $out)
	{
		next unless $line =~ /^(wmo[^|]*)\|(\d+)\|(\d+)\|(.*)/s;
		$functions++;
		$calls += $2;
		$answers += $3;
		(my $wrong = $4) =~ s/\nsession.*//s;
		push @wrong, $wrong if $wrong =~ /\S/;
	}
	note "$role: $functions functions, $calls calls, $answers answers";
	is(join("\n", @wrong), '', "$role: each with an answer or with an error of its own");
	cmp_ok($functions, '>', 130, "$role: over 130 functions");
	cmp_ok($calls, '>', 3000, "$role: more than 3,000 calls");
	cmp_ok($answers, '>', 1000, "$role: more than 1,000 answers");
}
is($node->safe_psql('postgres', 'SELECT pg_postmaster_start_time()'), $started, 'the server stayed up');
unlike(PostgreSQL::Test::Utils::slurp_file($node->logfile), qr/PANIC|terminated by signal/, 'and no session broke off');

# Arguments that do not fit are the server's to refuse, before anything of ours runs.
for my $call ('wmo.provider_at(1, 2)', 'wmo.providers_on(1::integer, 2)', q{wmo.term_last_day(now(), '1 day', 'atw', 'atw')}, 'wmo.contains(1, 2)')
{
	like(($node->psql('registry', "SELECT $call", extra_params => [ '-U', 'nobody' ]))[2], qr/does not exist/, "$call is no call");
}

$node->stop;
done_testing();
