-- Clients in eight partitions: all of them here (one_server), and half of them on the server whose socket is in :there
-- (two_servers).
\set ON_ERROR_STOP 1
CREATE EXTENSION postgres_fdw;
CREATE SERVER there FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host :'there', dbname 'wmo_bench', extensions 'wmo_contracts, postgis', async_capable 'true', fdw_tuple_cost '1', fetch_size '10000');
CREATE USER MAPPING FOR CURRENT_USER SERVER there;
CREATE TABLE bench.one_server (municipality integer, service text, place geometry(Point, 28992), age integer) PARTITION BY HASH (municipality);
CREATE TABLE bench.two_servers (LIKE bench.one_server) PARTITION BY HASH (municipality);
SELECT format('CREATE UNLOGGED TABLE bench.one_%s PARTITION OF bench.one_server FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n) FROM generate_series(0, 7) n \gexec
SELECT CASE WHEN n < 4 THEN format('CREATE UNLOGGED TABLE bench.two_%s PARTITION OF bench.two_servers FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n)
            ELSE format('CREATE FOREIGN TABLE bench.two_%s PARTITION OF bench.two_servers FOR VALUES WITH (MODULUS 8, REMAINDER %s) SERVER there OPTIONS (schema_name ''public'', table_name %L, batch_size ''5000'')',
                        n, n, 'client_' || n) END
FROM generate_series(0, 7) n \gexec
INSERT INTO bench.one_server
SELECT (p.n * 7919 + r) % 345, 'hulp_bij_het_huishouden', p.geom, 18 + (p.n + r) % 80
FROM bench.place p, generate_series(1, :clients / (SELECT count(*) FROM bench.place)) r;
INSERT INTO bench.two_servers SELECT * FROM bench.one_server;
ANALYZE bench.one_server;
ANALYZE bench.two_servers;
-- the frozen map goes there as any row does
CREATE FOREIGN TABLE bench.coverage_there (id smallint, edition integer, published_at timestamptz, digest text, map wmo.coverage_map)
  SERVER there OPTIONS (schema_name 'wmo', table_name 'current_coverage');
INSERT INTO bench.coverage_there SELECT c.id, c.edition, c.published_at, c.digest, c.map FROM wmo.current_coverage c;
