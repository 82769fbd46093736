-- state: which state of the registry; one token for each transaction that changes it.
-- Relies on the library (state.c); the triggers that call it stand in face/seal.
--
-- Facts that are kept between questions (the session's coverage map, its editions) are right while the tokens that a
-- snapshot sees are the same.

CREATE TABLE wmo_works.registry_change (
  kind  text NOT NULL,
  token bigint NOT NULL,
  CONSTRAINT registry_change_kind_is_known CHECK (kind IN ('areas', 'places', 'rows', 'contracts'))
) WITH (autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);
-- where every table is published, so is this one, and it has no key
ALTER TABLE wmo_works.registry_change REPLICA IDENTITY FULL;
COMMENT ON TABLE wmo_works.registry_change IS
  'Random tokens, one for each transaction that changed the registry; later ones clear earlier ones away. Those that '
  'a snapshot sees name the state that it sees. Written by triggers only, and not dumped: a restored registry is a '
  'new state.';
COMMENT ON COLUMN wmo_works.registry_change.kind IS
  'areas; places: parts of areas or places of postcodes; contracts: only those that wmo_works.changed_contract names '
  'under it; rows: anything else.';
COMMENT ON COLUMN wmo_works.registry_change.token IS 'A random number.';

-- Another registry is another state, even an empty one. A release script does the same, for what an answer means may
-- have changed with it.
INSERT INTO wmo_works.registry_change (kind, token)
SELECT kind, ('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 4))::bit(64)::bigint
FROM unnest(ARRAY['areas', 'places', 'rows']) kind;

CREATE FUNCTION wmo_works.note_change() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_note_change';
COMMENT ON FUNCTION wmo_works.note_change() IS
  'Trigger of every table that an answer may rest on: writes a token for the transaction. Its argument: areas, places, '
  'rows or contracts.';

CREATE TABLE wmo_works.changed_contract (
  token       bigint NOT NULL,
  contract_id integer NOT NULL
) WITH (autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE wmo_works.changed_contract REPLICA IDENTITY FULL;
COMMENT ON TABLE wmo_works.changed_contract IS
  'Which contracts the transaction behind a token of contracts may have changed: whoever has a map of an earlier state '
  'looks at these again and at no others. Written by triggers only, cleared away with the token, not dumped.';
COMMENT ON COLUMN wmo_works.changed_contract.token IS 'The token: wmo_works.registry_change.';
COMMENT ON COLUMN wmo_works.changed_contract.contract_id IS 'A contract; it may be there no more.';

CREATE FUNCTION wmo_works.name_changed() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_name_changed';
COMMENT ON FUNCTION wmo_works.name_changed() IS
  'Statement trigger of contracts and of what belongs to them: names the contracts whose rows changed. Its argument: '
  'the column that holds their key.';

CREATE FUNCTION wmo_works.name_contracts(contract_ids integer[]) RETURNS void
LANGUAGE c STRICT AS 'MODULE_PATHNAME', 'wmo_sql_name_contracts';
COMMENT ON FUNCTION wmo_works.name_contracts(integer[]) IS
  'Names contracts that change because of what they rest on.';

CREATE FUNCTION wmo_works.name_none() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_name_none';
COMMENT ON FUNCTION wmo_works.name_none() IS
  'Says that this transaction may have changed whatever there is, whatever it names.';

CREATE FUNCTION wmo_works.publishing_key(OUT areas bigint, OUT rows bigint) RETURNS record
LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'wmo_sql_publishing_key';
COMMENT ON FUNCTION wmo_works.publishing_key() IS
  'The state of the registry that this statement sees, for an edition of its map; nulls while a change is under way.';

CREATE FUNCTION wmo_works.registry_is_as_seen() RETURNS boolean
LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'wmo_sql_registry_is_as_seen';
COMMENT ON FUNCTION wmo_works.registry_is_as_seen() IS
  'Has nobody else changed the registry since the snapshot of this transaction was taken?';
