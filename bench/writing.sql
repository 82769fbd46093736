-- :rows single-row inserts into wmo.contract in one transaction, with and without the triggers that tell maps of a
-- change. Every run is rolled back.
\set ON_ERROR_STOP 1
CREATE VIEW bench.note_trigger AS
  SELECT tgname FROM pg_trigger
  WHERE tgrelid = 'wmo.contract'::regclass AND tgname LIKE 'note\_change%' AND NOT tgisinternal;

CREATE PROCEDURE bench.clock_writing(rows integer) LANGUAGE plpgsql AS $$
DECLARE
  buyer integer := (SELECT min(id) FROM wmo.party WHERE kind = 'municipality');
  supplier integer := (SELECT min(id) FROM wmo.party WHERE kind = 'provider');
  noting boolean;
  note_trigger name;
  started timestamptz;
  took float8;
BEGIN
  FOR run IN 0 .. 5 LOOP
    FOREACH noting IN ARRAY ARRAY[true, false] LOOP
      IF NOT noting THEN
        FOR note_trigger IN SELECT tgname FROM bench.note_trigger LOOP
          EXECUTE format('ALTER TABLE wmo.contract DISABLE TRIGGER %I', note_trigger);
        END LOOP;
      END IF;
      started := clock_timestamp();
      FOR i IN 1 .. rows LOOP
        INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period)
          VALUES (100000000 + i, 'W' || i, buyer, supplier, '[2031-01-01,2035-01-01)+P2Y notice P6M');
      END LOOP;
      took := extract(epoch FROM clock_timestamp() - started);
      ROLLBACK;
      IF run > 0 THEN -- the first warms up
        INSERT INTO bench.took VALUES (CASE WHEN noting THEN 'insert_noted' ELSE 'insert_bare' END, run, rows, took);
        COMMIT;
      END IF;
    END LOOP;
  END LOOP;
END
$$;
SELECT EXISTS (TABLE bench.note_trigger) AS noting \gset
\if :noting
CALL bench.clock_writing(:rows);
\endif
