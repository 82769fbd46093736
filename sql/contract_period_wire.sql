-- contract_period as bytes: the wire form literally, COPY BINARY there and back, hostile bytes refused.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET datestyle = 'ISO, DMY';

-- Version, flags, number of options; 2019-01-01 is day 6940 (1b1c) from 2000-01-01, 2023-01-01 is day 8401 (20d1).
SELECT period, wmo_works.contract_period_send(period), encode(wmo_works.contract_period_send(period), 'hex') = replace(wire, ' ', '') AS as_written
FROM (VALUES
  ('[2019-01-01,2023-01-01)'::wmo.contract_period, '01 00 00 00001b1c 000020d1'),
  ('[2019-01-01,)', '01 02 00 00001b1c'),
  ('[2019-01-01,?)', '01 04 00 00001b1c'),
  ('(?,2023-01-01)', '01 01 00 000020d1'),
  ('(?,?)', '01 05 00'),
  ('[1999-12-31,2000-01-02)', '01 00 00 ffffffff 00000001'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y2D notice P6M terminated after 2022-12-31',
   '01 18 02 00001b1c 000020d1 0006 0000 000020d1 01 0018 0000 00 000c 0002'),
  ('[2019-01-01,2023-01-01)+P1M(exercised late)+P31D(agreed)+P1M(declined)',
   '01 00 03 00001b1c 000020d1 02 0001 0000 04 0000 001f 03 0001 0000'))
  AS v (period, wire);

-- COPY BINARY there and back. The programs run on the server, in its data directory.
CREATE TEMP TABLE sent (n integer, period wmo.contract_period);
INSERT INTO sent VALUES
  (1, '[2019-01-01,2023-01-01)'), (2, '[2019-01-01,)'), (3, '[2019-01-01,?)+P1Y(exercised)'), (4, '(?,2023-01-01)+P1Y'), (5, '(?,)'), (6, '(?,?)'),
  (7, '[2019-01-01,2023-01-01)+P2Y(exercised late)+P1D(agreed)+P1Y2D(declined)+P3M notice P6M14D terminated after 2023-02-28'),
  (8, '[0001-01-01,9999-12-31)'), (9, NULL),
  (10, ('[2019-01-01,2023-01-01)' || repeat('+P1M(exercised)', 50) || repeat('+P65D', 50))::wmo.contract_period);
CREATE TEMP TABLE received (LIKE sent);
COPY sent TO PROGRAM 'cat > contract_period.copy' (FORMAT binary);
COPY received FROM PROGRAM 'cat contract_period.copy && rm contract_period.copy' (FORMAT binary);
SELECT count(*), count(*) FILTER (WHERE sent.period OPERATOR(public.=) received.period AND sent.period::text = received.period::text) AS same,
       count(*) FILTER (WHERE sent.period IS NULL AND received.period IS NULL) AS null_too
FROM sent JOIN received USING (n);

-- A COPY BINARY stream with one value, octal byte by octal byte; what became of it.
CREATE FUNCTION pg_temp.receive(wire text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  value bytea := decode(wire, 'hex');
  stream bytea := '\x5047434f50590aff0d0a00'::bytea || int4send(0) || int4send(0) || int2send(1::int2) || int4send(length(value)) || value
                  || int2send((-1)::int2);
  octal text := '';
  byte integer;
  detail text;
BEGIN
  FOR i IN 0 .. length(stream) - 1 LOOP
    byte := get_byte(stream, i);
    octal := octal || '\0' || byte / 64 || byte / 8 % 8 || byte % 8;
  END LOOP;
  TRUNCATE received;
  EXECUTE format('COPY received (period) FROM PROGRAM %L (FORMAT binary)', format('printf %%b ''%s''', octal));
  RETURN 'accepted as ' || (SELECT period FROM received);
EXCEPTION WHEN data_exception OR program_limit_exceeded OR data_corrupted OR protocol_violation THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
  RETURN SQLSTATE || ' ' || SQLERRM || ': ' || detail;
END
$$;
\pset format unaligned
SELECT what, pg_temp.receive(wire) FROM (VALUES
  ('a good one', '01000000001b1c000020d1'),
  ('nothing', ''),
  ('too short', '0100'),
  ('version 2', '02000000001b1c000020d1'),
  ('reserved bit', '01200000001b1c000020d1'),
  ('another reserved bit', '01800000001b1c000020d1'),
  ('end of kind 3', '01060000001b1c'),
  ('one byte short', '01000000001b1c000020'),
  ('one byte long', '01000000001b1c000020d100'),
  ('an option announced, none there', '01000100001b1c000020d1'),
  ('101 options', '010065' || '00001b1c000020d1' || repeat('0000010000', 101)),
  ('empty', '01000000001b1c00001b1c'),
  ('reversed', '010000000020d100001b1c'),
  ('first day before year 1', '010000ff000000000020d1'),
  ('the least int4', '01000080000000000020d1'),
  ('the greatest int4', '01000000001b1c7fffffff'),
  ('infinite end', '010000' || '00001b1c' || '7fffffff'),
  ('an option of nothing', '01000100001b1c000020d1' || '0000000000'),
  ('an option of kind 5', '01000100001b1c000020d1' || '05000c0000'), ('an option of kind 6', '01000100001b1c000020d1' || '06000c0000'),
  ('exercised after open', '01000200001b1c000020d1' || '00000c0000' || '01000c0000'),
  ('exercised after declined', '01000200001b1c000020d1' || '03000c0000' || '01000c0000'),
  ('an option of an open end', '01020100001b1c' || '00000c0000'),
  ('options beyond the year 9999', '01000200001b1c000020d1' || '00ffff0000' || '00ffff0000'),
  ('notice before year 1', '01080000001b1c000020d1' || 'ffff0000'),
  ('terminated on the last day', '01100000001b1c000020d1' || '000020d1'),
  ('terminated before the first day', '01100000001b1c000020d1' || '00001b1c'),
  ('terminated on infinity', '01120000001b1c' || '7fffffff'),
  ('terminated when the option ends', '01100100001b1c000020d1' || '0000223e' || '01000c0000')) AS v (what, wire);
