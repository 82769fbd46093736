-- coverage_map: the same answers from one value.
-- Relies on provider_row (answer), and on the library (coverage_map.c, compile.c, ask_argument.c).

CREATE TYPE wmo.coverage_map;

CREATE FUNCTION wmo_works.coverage_map_in(cstring) RETURNS wmo.coverage_map
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'wmo_sql_coverage_map_in';
COMMENT ON FUNCTION wmo_works.coverage_map_in(cstring) IS 'Text input of coverage_map.';

CREATE FUNCTION wmo_works.coverage_map_out(wmo.coverage_map) RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'wmo_sql_coverage_map_out';
COMMENT ON FUNCTION wmo_works.coverage_map_out(wmo.coverage_map) IS 'Text output of coverage_map.';

CREATE FUNCTION wmo_works.coverage_map_recv(internal) RETURNS wmo.coverage_map
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'wmo_sql_coverage_map_recv';
COMMENT ON FUNCTION wmo_works.coverage_map_recv(internal) IS 'Binary input of coverage_map.';

CREATE FUNCTION wmo_works.coverage_map_send(wmo.coverage_map) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'wmo_sql_coverage_map_send';
COMMENT ON FUNCTION wmo_works.coverage_map_send(wmo.coverage_map) IS 'Binary output of coverage_map.';

-- external: a map is fetched by copying, never by unpacking
CREATE TYPE wmo.coverage_map (
  INPUT = wmo_works.coverage_map_in, OUTPUT = wmo_works.coverage_map_out,
  RECEIVE = wmo_works.coverage_map_recv, SEND = wmo_works.coverage_map_send,
  INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = external
);
COMMENT ON TYPE wmo.coverage_map IS
  E'The coverage of a registry as one value that answers questions without a table: a grid of areas and the packed '
  'rows of wmo_works.provider_standing. Made by wmo.compile_coverage(). Literal: \\x and the bytes in hexadecimal, of '
  'this version and of the machine''s byte order; whatever is not a whole map is refused.';

CREATE FUNCTION wmo.compile_coverage() RETURNS wmo.coverage_map
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000000
AS 'MODULE_PATHNAME', 'wmo_sql_compile_coverage';
COMMENT ON FUNCTION wmo.compile_coverage() IS
  'The whole registry of this database, as this query sees it, as one map. Ask it with wmo.provider_on and its kin. '
  'In a query of several servers each compiles its own: fetch a map there, as (SELECT map FROM wmo.current_coverage).';

CREATE FUNCTION wmo_works.compile_edition(edition integer) RETURNS wmo.coverage_map
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000000
AS 'MODULE_PATHNAME', 'wmo_sql_compile_edition';
COMMENT ON FUNCTION wmo_works.compile_edition(integer) IS
  'wmo.compile_coverage, as the edition of this number.';

CREATE FUNCTION wmo.describe_session_map(OUT item text, OUT value text) RETURNS SETOF record
LANGUAGE c VOLATILE PARALLEL RESTRICTED COST 1000 ROWS 5
AS 'MODULE_PATHNAME', 'wmo_sql_describe_session_map';
COMMENT ON FUNCTION wmo.describe_session_map() IS
  'How this session answers its next question, by its map or by the tables, and why. The answers are the same.';

CREATE FUNCTION wmo.describe(map wmo.coverage_map, OUT item text, OUT value text) RETURNS SETOF record
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 22
AS 'MODULE_PATHNAME', 'wmo_sql_describe';
COMMENT ON FUNCTION wmo.describe(wmo.coverage_map) IS
  'What a map holds, for people: version, bytes and keys of both segments, of which registry it was made (server, '
  'database, day, edition), numbers of rows, the grid.';

CREATE FUNCTION wmo.provider_on(map wmo.coverage_map, place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                                age integer DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS integer
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'wmo_sql_provider_on';
COMMENT ON FUNCTION wmo.provider_on(wmo.coverage_map, geometry, text, date, integer, date) IS
  'wmo.provider_at by a map, without a table: the one main or only provider that serves a new client there on that '
  'day, else null. The place must be in the reference system of the map.';

CREATE FUNCTION wmo.providers_on(map wmo.coverage_map, place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                                 age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                 client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.provider_row
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 20 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_providers_on';
COMMENT ON FUNCTION wmo.providers_on(wmo.coverage_map, geometry, text, date, integer, integer, date, date) IS
  'wmo.providers_at by a map, without a table: the same rows in the same order. The place must be in the reference '
  'system of the map.';

CREATE FUNCTION wmo.answer_on(map wmo.coverage_map, place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                              age integer DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'wmo_sql_answer_on';
COMMENT ON FUNCTION wmo.answer_on(wmo.coverage_map, geometry, text, date, integer, date) IS
  'wmo.answer_at by a map, without a table: the answer in one word. The place must be in the reference system of the '
  'map.';

-- No argument of theirs comes from a clock, so that postgres_fdw sends them to the server of the rows.
CREATE FUNCTION wmo.provider_by_map(map wmo.coverage_map, place geometry, service text, on_date date,
                                    age integer DEFAULT NULL)
RETURNS integer
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'wmo_sql_provider_by_map';
COMMENT ON FUNCTION wmo.provider_by_map(wmo.coverage_map, geometry, text, date, integer) IS
  'wmo.provider_on as of the day on which the map was made, whatever day it is now.';

CREATE FUNCTION wmo.providers_by_map(map wmo.coverage_map, place geometry, service text, on_date date,
                                     age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                     client_since date DEFAULT NULL)
RETURNS SETOF wmo.provider_row
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 20 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_providers_by_map';
COMMENT ON FUNCTION wmo.providers_by_map(wmo.coverage_map, geometry, text, date, integer, integer, date) IS
  'wmo.providers_on as of the day on which the map was made, whatever day it is now.';

CREATE FUNCTION wmo.answer_by_map(map wmo.coverage_map, place geometry, service text, on_date date,
                                  age integer DEFAULT NULL)
RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'wmo_sql_answer_by_map';
COMMENT ON FUNCTION wmo.answer_by_map(wmo.coverage_map, geometry, text, date, integer) IS
  'wmo.answer_on as of the day on which the map was made, whatever day it is now.';
