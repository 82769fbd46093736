-- What awards make of a contract: theirs who won, or who came after the winner; and no surer than they stand.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Opvolger', 'provider'), (8, 'Lid', 'provider'), (9, 'Ander lid', 'provider');
INSERT INTO wmo.award (id, supplier_id, final_on, final_basis) VALUES (1, 2, '2019-08-01', 'recorded'), (2, 5, '2019-08-01', 'recorded'), (3, NULL, '2019-08-01', 'recorded');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (6, 2, 'takeover', '2015-01-01', NULL), (2, 7, 'merger', '2021-01-01', 2);
INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id) VALUES (5, 8, NULL), (5, 9, 2);
-- the winner; who was before it; who came after it by our reading; nobody's business; nobody named
SELECT p, wmo_works.is_awarded_to(1, p, '2021-06-01') FROM unnest('{2,6,7,4,NULL}'::integer[]) p;
-- a consortium and its members, one of them by our reading; what one member was awarded is not another's
SELECT p, wmo_works.is_awarded_to(2, p, '2021-06-01') FROM unnest('{5,8,9,2}'::integer[]) p;
UPDATE wmo.award SET supplier_id = 8 WHERE id = 2;
SELECT p, wmo_works.is_awarded_to(2, p, '2021-06-01') FROM unnest('{8,5,9}'::integer[]) p;
-- who came after it later was a stranger when it was agreed; nobody knows where no day is known
SELECT d, wmo_works.is_awarded_to(1, 6, d), wmo_works.is_awarded_to(1, 7, d) FROM unnest('{2014-12-31,2015-01-01,2020-12-31,2021-01-01,NULL}'::date[]) d;
-- to nobody named: contradicts nobody
SELECT wmo_works.is_awarded_to(3, 4, '2021-06-01');

-- final on 1 August 2019: nothing is told of before, certain after; another party's contract is never surer than unknown
CREATE FUNCTION pg_temp.stands(award integer, supplier integer) RETURNS TABLE (known daterange, certainty text, reason text, inferred boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT s.known, s.certainty::text, s.reason::text, s.inferred FROM wmo_works.award_stands(%L, %L, ''2021-06-01'', NULL) s WHERE NOT s.signed AND s.valid @> date ''2022-01-01'' ORDER BY s.known', award, supplier);
END
$$;
SELECT * FROM pg_temp.stands(1, 2);
SELECT * FROM pg_temp.stands(1, 4);
SELECT * FROM pg_temp.stands(1, 7);
-- no award is recorded: nothing; one that went to another is no ground
SELECT * FROM wmo_works.stands_of_scopes(NULL, NULL, NULL, 2, NULL, NULL);
SELECT DISTINCT s.certainty, s.reason FROM wmo_works.stands_of_scopes(1, NULL, NULL, 4, NULL, NULL) s;
ROLLBACK;
