-- report: the registry as plain rows, each with one integer key.
-- Relies on changes, on the library (report.c) and on every table of the registry; what follows from them stands in
-- report_coverage.
--
-- changed_at is never earlier than the last change of anything that the row shows. Its names are those of the tables:
-- a row of the registry keeps the table's own id.

CREATE FUNCTION wmo_works.report_id(natural_key text) RETURNS bigint
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 2
AS 'MODULE_PATHNAME', 'wmo_sql_report_id';
COMMENT ON FUNCTION wmo_works.report_id(text) IS
  'A key for a row that no table holds, the same whenever it is derived anew: 52 bits of SHA-256, which spreadsheets '
  'and JavaScript hold exactly. Of 100,000 rows two share one with a chance of one in a million; a primary key where '
  'they are loaded refuses that, and the columns of the natural key stand in the row.';

CREATE FUNCTION wmo_works.first_day_of(days daterange) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_first_day_of';
COMMENT ON FUNCTION wmo_works.first_day_of(daterange) IS 'The first of some days; null = from ever, or not known.';

CREATE FUNCTION wmo_works.last_day_of(days daterange) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_last_day_of';
COMMENT ON FUNCTION wmo_works.last_day_of(daterange) IS 'The last of some days, inclusive; null = they have no end.';

CREATE FUNCTION wmo_works.begin_of(days daterange) RETURNS timestamptz
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_begin_of';
COMMENT ON FUNCTION wmo_works.begin_of(daterange) IS
  'When the first of some days begins, in the time zone of who asks; null = from ever, or not known.';

CREATE FUNCTION wmo_works.holds_on_support(internal) RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_holds_on_support';
COMMENT ON FUNCTION wmo_works.holds_on_support(internal) IS
  'Planner support of wmo_works.holds_on: estimates its rows as those of @>.';

CREATE FUNCTION wmo_works.holds_on(days daterange, day date) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
SUPPORT wmo_works.holds_on_support
AS 'MODULE_PATHNAME', 'wmo_sql_holds_on';
COMMENT ON FUNCTION wmo_works.holds_on(daterange, date) IS
  'days @> day, for every row of a report: in a fraction of the time, where no index is to be had.';

CREATE FUNCTION wmo_works.first_age_of(ages int4range) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_first_age_of';
COMMENT ON FUNCTION wmo_works.first_age_of(int4range) IS 'The youngest of some ages; null = no bound.';

CREATE FUNCTION wmo_works.last_age_of(ages int4range) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_last_age_of';
COMMENT ON FUNCTION wmo_works.last_age_of(int4range) IS 'The oldest of some ages, inclusive; null = no bound.';

CREATE FUNCTION wmo_works.end_kind_of(days daterange, without_end text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN wmo_works.last_day_of(days) IS NOT NULL THEN 'day' ELSE without_end END;
END;
COMMENT ON FUNCTION wmo_works.end_kind_of(daterange, text) IS
  'How days end: on a day, or as it is called where they have no end.';

CREATE FUNCTION wmo_works.word_of(value anyenum) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_word_of';
COMMENT ON FUNCTION wmo_works.word_of(anyenum) IS 'The word of an enum as text, for every row of a report.';

-- ---- when what hangs together last changed --------------------------------------------------------------------------
-- What loses a part is stamped itself (face/seal), but for areas.

CREATE VIEW wmo_works.award_stamp WITH (security_invoker = true) AS
  SELECT a.id AS award_id,
         greatest(a.changed_at, t.changed_at, l.changed_at, p.changed_at, so.changed_at, st.changed_at, ch.changed_at,
                  c.changed_at,
                  -- by the calendar and the regimes their terms are counted
                  (SELECT max(x.changed_at) FROM wmo_works.law_change x)) AS changed_at
  FROM wmo.award a
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  LEFT JOIN wmo.lot l ON l.id = a.lot_id
  LEFT JOIN wmo.party p ON p.id = a.supplier_id
  LEFT JOIN wmo.source so ON so.id = a.source_id
  LEFT JOIN wmo.source st ON st.id = t.source_id
  -- grouped, not looked for award by award: that looks dearer to the planner than it is, and sets it on compiling (JIT)
  LEFT JOIN (SELECT x.award_id, max(greatest(x.changed_at, sx.changed_at)) AS changed_at
             FROM wmo.award_challenge x LEFT JOIN wmo.source sx ON sx.id = x.source_id GROUP BY x.award_id) ch
    ON ch.award_id = a.id
  LEFT JOIN (SELECT x.award_id, max(x.changed_at) AS changed_at FROM wmo.contract x GROUP BY x.award_id) c
    ON c.award_id = a.id;
COMMENT ON VIEW wmo_works.award_stamp IS 'When anything last changed that tells how an award stands.';
COMMENT ON COLUMN wmo_works.award_stamp.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.award_stamp.changed_at IS 'When.';

CREATE VIEW wmo_works.contract_stamp WITH (security_invoker = true) AS
  SELECT part.contract_id,
         -- the trees of areas and services, which few change, count for all
         greatest(max(part.changed_at),
                  (SELECT max(x.changed_at) FROM wmo.area_part x), (SELECT max(x.changed_at) FROM wmo.service x),
                  (SELECT max(x.changed_at) FROM wmo_works.lost_row x WHERE x.relation IN ('area_part', 'service')))
           AS changed_at
  FROM (
    SELECT c.id AS contract_id, greatest(c.changed_at, b.changed_at, s.changed_at, so.changed_at) AS changed_at
    FROM wmo.contract c
    JOIN wmo.party b ON b.id = c.buyer_id
    LEFT JOIN wmo.party s ON s.id = c.supplier_id
    LEFT JOIN wmo.source so ON so.id = c.source_id
    UNION ALL
    SELECT c.id, a.changed_at FROM wmo.contract c JOIN wmo_works.award_stamp a ON a.award_id = c.award_id
    UNION ALL
    -- that who won it is its supplier, by what came after whom and who is a member, which few change
    SELECT c.id, tied.changed_at
    FROM wmo.contract c JOIN wmo_works.contract_award w ON w.contract_id = c.id JOIN wmo.award a ON a.id = w.award_id
    CROSS JOIN (SELECT greatest(
                  (SELECT max(x.changed_at) FROM wmo.party_succession x),
                  (SELECT max(x.changed_at) FROM wmo.consortium_member x),
                  (SELECT max(so.changed_at) FROM wmo.source so
                   WHERE so.id IN (SELECT x.source_id FROM wmo.party_succession x
                                   UNION SELECT x.source_id FROM wmo.consortium_member x)),
                  (SELECT max(x.changed_at) FROM wmo_works.lost_row x
                   WHERE x.relation IN ('party_succession', 'consortium_member'))) AS changed_at) tied
    WHERE a.supplier_id <> c.supplier_id
    UNION ALL
    SELECT s.contract_id, greatest(s.changed_at, a.changed_at, l.changed_at, so.changed_at, sa.changed_at)
    FROM wmo.contract_scope s
    LEFT JOIN wmo.area a ON a.id = s.area_id
    LEFT JOIN wmo.lot l ON l.id = s.lot_id
    LEFT JOIN wmo.source so ON so.id = s.source_id
    LEFT JOIN wmo.source sa ON sa.id = a.source_id
    UNION ALL
    SELECT ch.contract_id, greatest(ch.changed_at, p.changed_at, a.changed_at)
    FROM wmo.contract_change ch
    LEFT JOIN wmo.party p ON p.id = ch.to_party_id
    LEFT JOIN wmo.area a ON a.id = ch.area_id
    UNION ALL
    SELECT s.contract_id, greatest(s.changed_at, p.changed_at, a.changed_at, so.changed_at, sa.changed_at)
    FROM wmo.subcontract s
    LEFT JOIN wmo.party p ON p.id = s.party_id
    LEFT JOIN wmo.area a ON a.id = s.area_id
    LEFT JOIN wmo.source so ON so.id = s.source_id
    LEFT JOIN wmo.source sa ON sa.id = a.source_id
    UNION ALL
    SELECT s.contract_id, s.changed_at FROM wmo.client_stop s
    UNION ALL
    SELECT l.contract_id, l.changed_at FROM wmo.client_stop_lift l
    UNION ALL
    SELECT hand.contract_id, greatest(m.changed_at, p.changed_at, so.changed_at)
    FROM (SELECT c.id AS contract_id, c.supplier_id AS party_id FROM wmo.contract c
          UNION SELECT ch.contract_id, ch.to_party_id FROM wmo.contract_change ch) hand
    JOIN wmo.consortium_member m ON m.consortium_id = hand.party_id
    JOIN wmo.party p ON p.id = m.member_id
    LEFT JOIN wmo.source so ON so.id = m.source_id
  ) part
  GROUP BY part.contract_id;
COMMENT ON VIEW wmo_works.contract_stamp IS
  'When anything last changed that a contract, and whom it serves, rests on: never too early, sometimes too late.';
COMMENT ON COLUMN wmo_works.contract_stamp.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.contract_stamp.changed_at IS 'When.';

-- A function, for the same reason as wmo_works.provider_standing_now: hardly ever called.
CREATE FUNCTION wmo_works.contract_stamp_now(contract_id integer) RETURNS timestamptz
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (SELECT s.changed_at FROM wmo_works.contract_stamp s WHERE s.contract_id = contract_stamp_now.contract_id);
END
$$;
COMMENT ON FUNCTION wmo_works.contract_stamp_now(integer) IS
  'wmo_works.contract_stamp of one contract, for whoever derives standing by his own eyes.';

-- ---- parties, services, places --------------------------------------------------------------------------------------

CREATE VIEW wmo_bi.party WITH (security_invoker = true) AS
  SELECT p.id, p.name, p.kind, p.natural_person, known.agb, known.kvk, known.oin, alias.names AS other_names,
         wmo_works.source_text(p.source_id) AS source,
         greatest(p.changed_at, known.changed_at, alias.changed_at) AS changed_at
  FROM wmo.party p
  LEFT JOIN (
    SELECT i.party_id, string_agg(i.value, ', ' ORDER BY i.value) FILTER (WHERE i.scheme = 'agb') AS agb,
           string_agg(i.value, ', ' ORDER BY i.value) FILTER (WHERE i.scheme = 'kvk') AS kvk,
           string_agg(i.value, ', ' ORDER BY i.value) FILTER (WHERE i.scheme = 'oin') AS oin,
           max(i.changed_at) AS changed_at
    FROM wmo.party_identifier i GROUP BY i.party_id
  ) known ON known.party_id = p.id
  LEFT JOIN (
    SELECT a.party_id, string_agg(a.name, ', ' ORDER BY a.name) AS names, max(a.changed_at) AS changed_at
    FROM wmo.party_alias a GROUP BY a.party_id
  ) alias ON alias.party_id = p.id;
COMMENT ON VIEW wmo_bi.party IS
  'Municipalities, providers, consortia and access points, with the numbers and names by which they were ever known.';

CREATE VIEW wmo_bi.party_identifier WITH (security_invoker = true) AS
  SELECT i.id, i.party_id, p.name AS party, i.scheme, i.value, wmo_works.first_day_of(i.valid) AS first_day,
         wmo_works.last_day_of(i.valid) AS last_day, wmo_works.end_kind_of(i.valid, 'no_end_recorded') AS end_kind,
         greatest(i.changed_at, p.changed_at) AS changed_at
  FROM wmo.party_identifier i JOIN wmo.party p ON p.id = i.party_id;
COMMENT ON VIEW wmo_bi.party_identifier IS 'The numbers of parties, each for the days on which it was valid.';

CREATE VIEW wmo_bi.party_alias WITH (security_invoker = true) AS
  SELECT a.id, a.party_id, p.name AS party, a.name AS other_name, wmo_works.first_day_of(a.valid) AS first_day,
         wmo_works.last_day_of(a.valid) AS last_day, wmo_works.end_kind_of(a.valid, 'no_end_recorded') AS end_kind,
         greatest(a.changed_at, p.changed_at) AS changed_at
  FROM wmo.party_alias a JOIN wmo.party p ON p.id = a.party_id;
COMMENT ON VIEW wmo_bi.party_alias IS 'Trade names, abbreviations and other spellings of parties.';

CREATE VIEW wmo_bi.consortium_member WITH (security_invoker = true) AS
  SELECT m.id, m.consortium_id, co.name AS consortium, m.member_id, p.name AS member, m.lead,
         wmo_works.first_day_of(m.valid) AS first_day, wmo_works.last_day_of(m.valid) AS last_day,
         wmo_works.end_kind_of(m.valid, 'no_end_recorded') AS end_kind,
         greatest(m.changed_at, co.changed_at, p.changed_at) AS changed_at
  FROM wmo.consortium_member m
  JOIN wmo.party co ON co.id = m.consortium_id
  JOIN wmo.party p ON p.id = m.member_id;
COMMENT ON VIEW wmo_bi.consortium_member IS 'Who forms a consortium (combinant), and on which days.';

CREATE VIEW wmo_bi.party_succession WITH (security_invoker = true) AS
  SELECT s.id, s.predecessor_id, o.name AS predecessor, s.successor_id, n.name AS successor, s.kind, s.effective_on,
         greatest(s.changed_at, o.changed_at, n.changed_at) AS changed_at
  FROM wmo.party_succession s
  JOIN wmo.party o ON o.id = s.predecessor_id
  JOIN wmo.party n ON n.id = s.successor_id;
COMMENT ON VIEW wmo_bi.party_succession IS 'Who came after whom: mergers, takeovers and new names.';

CREATE VIEW wmo_bi.service WITH (security_invoker = true) AS
  SELECT s.id, s.code, s.name, s.iwmo_category, s.provision, s.access, s.parent_id, up.code AS parent,
         greatest(s.changed_at, up.changed_at) AS changed_at
  FROM wmo.service s LEFT JOIN wmo.service up ON up.id = s.parent_id;
COMMENT ON VIEW wmo_bi.service IS 'Services (voorzieningen) in a tree: a contract on the parent covers the child.';

CREATE VIEW wmo_bi.service_product WITH (security_invoker = true) AS
  SELECT pr.id, pr.buyer_id, b.name AS buyer, pr.code, pr.name, pr.service_id, sv.code AS service,
         wmo_works.first_day_of(pr.valid) AS first_day, wmo_works.last_day_of(pr.valid) AS last_day,
         wmo_works.end_kind_of(pr.valid, 'no_end_recorded') AS end_kind,
         greatest(pr.changed_at, b.changed_at, sv.changed_at) AS changed_at
  FROM wmo.service_product pr
  JOIN wmo.party b ON b.id = pr.buyer_id
  JOIN wmo.service sv ON sv.id = pr.service_id;
COMMENT ON VIEW wmo_bi.service_product IS
  'The product codes of buyers, each for the days on which it meant that service.';

CREATE VIEW wmo_bi.area WITH (security_invoker = true) AS
  SELECT a.id, a.code::text AS code, a.name, a.kind, wmo_works.first_day_of(a.valid) AS first_day,
         wmo_works.last_day_of(a.valid) AS last_day,
         wmo_works.end_kind_of(a.valid, 'no_end_recorded') AS end_kind,
         CASE WHEN a.geom IS NULL THEN wmo.area_shape_basis(a.id) ELSE a.geom_basis END AS geom_basis,
         wmo_works.source_text(a.source_id) AS source,
         greatest(a.changed_at, parts.changed_at,
                  CASE WHEN a.geom IS NULL THEN (SELECT max(x.changed_at) FROM wmo_works.lost_row x
                                                 WHERE x.relation = 'area_part') END) AS changed_at,
         (CASE WHEN a.geom IS NULL THEN wmo.area_shape(a.id) ELSE a.geom END)::geometry(MultiPolygon, 28992) AS geom
  FROM wmo.area a
  LEFT JOIN LATERAL (
    SELECT max(greatest(part.changed_at, p.changed_at)) AS changed_at
    FROM wmo.area_with_parts(a.id) down
    JOIN wmo.area_part p ON p.whole_id = down.part_id
    JOIN wmo.area part ON part.id = p.part_id
    WHERE a.geom IS NULL
  ) parts ON true;
COMMENT ON VIEW wmo_bi.area IS
  'Areas by edition: a code means a territory only together with days, so filter on a day or the editions lie over one '
  'another. An area without a shape of its own has that of its parts.';

CREATE VIEW wmo_bi.area_part WITH (security_invoker = true) AS
  SELECT p.id, p.whole_id, w.name AS whole, p.part_id, a.name AS part, a.code::text AS part_code,
         greatest(p.changed_at, w.changed_at, a.changed_at) AS changed_at
  FROM wmo.area_part p JOIN wmo.area w ON w.id = p.whole_id JOIN wmo.area a ON a.id = p.part_id;
COMMENT ON VIEW wmo_bi.area_part IS 'What a working area or region is made of.';
