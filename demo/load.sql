-- Loads five Dutch municipalities, as five news articles describe them, into a database that has wmo_contracts.
--
--   psql -1 -v ON_ERROR_STOP=1 -f demo/load.sql
--
-- One file an article. Every fact refers to a wmo.source row with the article's own wording (names of persons left
-- out). What is our reading and not the article's word has a source with basis inferred, and says how it was read.
-- What an article does not say is not here: a period without a stated end is [start,?), a provider without a name null.
-- The articles give no contract numbers: the numbers are ours, made of municipality, first year and supplier or place.
--
-- The registry must be empty: loading twice is refused, not merged. Wrap it in a transaction (psql -1) to keep all of
-- it or nothing; there is no BEGIN or COMMIT here, so that a test can roll it back.

\ir ../script/lib/session.sql

DO $$
BEGIN
  IF EXISTS (SELECT FROM wmo.contract) OR EXISTS (SELECT FROM wmo.area) OR EXISTS (SELECT FROM wmo.party) THEN
    RAISE EXCEPTION 'the registry is not empty'
      USING DETAIL = 'The demonstration is loaded into a registry without parties, areas and contracts.',
        HINT = 'Use a database of its own: createdb, CREATE EXTENSION wmo_contracts CASCADE, and load again.';
  END IF;
END
$$;

\ir lookup.sql
\ir areas_schematic.sql
\ir westerkwartier.sql
\ir leeuwarden.sql
\ir walcheren.sql
\ir groningen.sql
\ir utrecht.sql
