-- The time of a change: one for a transaction, later than anything that others could see when it got its number.
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on
BEGIN;
SELECT wmo_works.change_time() AS first \gset
SELECT pg_sleep(0.01) \g /dev/null
SELECT wmo_works.change_time() = :'first', wmo_works.change_time() >= now();
SAVEPOINT inner_one;
SELECT wmo_works.change_time() = :'first';
ROLLBACK TO inner_one;
SELECT wmo_works.change_time() = :'first';
COMMIT;
SELECT wmo_works.change_time() > :'first';
-- a transaction that began before another wrote, and writes after it, is the later one
BEGIN;
SELECT now() AS began \gset
SELECT wmo_works.change_time() > :'began';
ROLLBACK;
