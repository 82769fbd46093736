-- report_coverage: who serves whom, a provider's dossier and the coming decisions as plain rows, and on a map.
-- Relies on report, on coverage (standing), area_shape (registry) and decision_calendar (agenda).
--
-- A stretch of coverage is named by its scope, who delivers, and the day on which it begins; in coverage_history, where
-- it may stand several times, also by the day from which that was known. Of one deliverer in one scope no two stretches
-- share both, for they never overlap. So it keeps its id when it comes to end on another day, when it becomes surer,
-- and when all of it is derived anew.

CREATE FUNCTION wmo_works.stretch_id(scope_id integer, subcontract_id integer, provider_id integer, area_id integer,
                                     service_id integer, valid daterange, known daterange DEFAULT NULL)
RETURNS bigint
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_stretch_id';
COMMENT ON FUNCTION wmo_works.stretch_id(integer, integer, integer, integer, integer, daterange, daterange) IS
  'Names a stretch of coverage by its scope, who delivers, and the days on which it begins and (unless null) began to '
  'be known: 52 bits, which spreadsheets and JavaScript hold exactly. Of 100,000 rows two share one with a chance of '
  'one in a million.';

-- The days stay ranges here: the planner knows how many rows hold on a day, and of two comparisons it does not. Whoever
-- does not ask when something changed does not have it looked for.
CREATE VIEW wmo_works.coverage_stretch WITH (security_invoker = true) AS
  SELECT p.scope_id, p.contract_id, p.number, p.buyer_id, b.name AS buyer, p.area_id, p.area,
         p.area_code::text AS area_code, p.service_id, p.service, p.provider_id, pt.name AS provider,
         wmo_works.word_of(p.role) AS role, wmo_works.first_age_of(p.ages) AS min_age,
         wmo_works.last_age_of(p.ages) AS max_age, p.clients, p.existing_on, p.certainty, p.reason, p.inferred, p.valid,
         p.known,
         CASE WHEN wmo_works.ends_by_reading(p.scope_id, p.contract_id, lower(p.known), p.period, p.end_inferred,
                                             upper(p.valid)) THEN 'inferred'
              WHEN wmo_works.last_day_of(p.valid) IS NOT NULL THEN 'day'
              WHEN wmo.end_kind(p.period) = 'open' THEN 'open' ELSE 'unknown' END AS end_kind,
         p.subcontract_id,
         -- how it stands, and every name but those of parties, changed when that was derived
         greatest(coalesce(p.derived_at, wmo_works.contract_stamp_now(p.contract_id)), b.changed_at,
                  pt.changed_at) AS changed_at
  FROM wmo_works.provider_standing p
  JOIN wmo.party b ON b.id = p.buyer_id
  LEFT JOIN wmo.party pt ON pt.id = p.provider_id
  WHERE p.certainty IS NOT NULL;
COMMENT ON VIEW wmo_works.coverage_stretch IS
  'Who serves whom, as reports tell it, before its days are split and named.';
COMMENT ON COLUMN wmo_works.coverage_stretch.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.coverage_stretch.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.coverage_stretch.number IS 'Its number.';
COMMENT ON COLUMN wmo_works.coverage_stretch.buyer_id IS 'Who bought.';
COMMENT ON COLUMN wmo_works.coverage_stretch.buyer IS 'Its name.';
COMMENT ON COLUMN wmo_works.coverage_stretch.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo_works.coverage_stretch.area IS 'Its name.';
COMMENT ON COLUMN wmo_works.coverage_stretch.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo_works.coverage_stretch.service_id IS 'The service.';
COMMENT ON COLUMN wmo_works.coverage_stretch.service IS 'Its code.';
COMMENT ON COLUMN wmo_works.coverage_stretch.provider_id IS 'The provider; null = not named.';
COMMENT ON COLUMN wmo_works.coverage_stretch.provider IS 'Its name.';
COMMENT ON COLUMN wmo_works.coverage_stretch.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo_works.coverage_stretch.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo_works.coverage_stretch.max_age IS 'Oldest age; null = no bound.';
COMMENT ON COLUMN wmo_works.coverage_stretch.clients IS 'all, or existing only.';
COMMENT ON COLUMN wmo_works.coverage_stretch.existing_on IS
  'The day on which an existing client had to be one; null = not stated.';
COMMENT ON COLUMN wmo_works.coverage_stretch.certainty IS 'How sure.';
COMMENT ON COLUMN wmo_works.coverage_stretch.reason IS 'Why it is no surer, or what else is to be known of it.';
COMMENT ON COLUMN wmo_works.coverage_stretch.inferred IS 'Whether it rests on an inferred source.';
COMMENT ON COLUMN wmo_works.coverage_stretch.valid IS 'Days of care, half open.';
COMMENT ON COLUMN wmo_works.coverage_stretch.known IS 'as_of days on which this certainty held, half open.';
COMMENT ON COLUMN wmo_works.coverage_stretch.end_kind IS
  'How the days of care end: day, inferred (a day, by our reading of a source), open or unknown.';
COMMENT ON COLUMN wmo_works.coverage_stretch.subcontract_id IS 'The subcontract, for a subcontractor.';
COMMENT ON COLUMN wmo_works.coverage_stretch.changed_at IS 'When anything behind it last changed.';

CREATE VIEW wmo_bi.coverage_history WITH (security_invoker = true) AS
  SELECT wmo_works.stretch_id(v.scope_id, v.subcontract_id, v.provider_id, v.area_id, v.service_id, v.valid,
                              v.known) AS id,
         v.scope_id, v.contract_id, v.number, v.buyer_id, v.buyer, v.area_id, v.area, v.area_code, v.service_id,
         v.service, v.provider_id, v.provider, v.role, v.min_age, v.max_age, v.clients, v.existing_on,
         wmo_works.word_of(v.certainty) AS certainty, wmo_works.word_of(v.reason) AS reason, v.inferred,
         wmo_works.first_day_of(v.valid) AS first_day,
         wmo_works.last_day_of(v.valid) AS last_day, v.end_kind, wmo_works.first_day_of(v.known) AS known_first_day,
         wmo_works.last_day_of(v.known) AS known_last_day, v.subcontract_id, v.changed_at
  FROM wmo_works.coverage_stretch v;
COMMENT ON VIEW wmo_bi.coverage_history IS
  'Who serves whom, with the days on which that was known (known_first_day, known_last_day): to report what held on a '
  'day by what was known on another. It never reads the clock. Without a filter on the days of knowledge a day of care '
  'stands in it several times: for the present use coverage.';

CREATE VIEW wmo_bi.coverage WITH (security_invoker = true) AS
  SELECT wmo_works.stretch_id(v.scope_id, v.subcontract_id, v.provider_id, v.area_id, v.service_id, v.valid) AS id,
         v.scope_id, v.contract_id, v.number, v.buyer_id, v.buyer, v.area_id, v.area, v.area_code, v.service_id,
         v.service, v.provider_id, v.provider, v.role, v.min_age, v.max_age, v.clients, v.existing_on,
         wmo_works.word_of(v.certainty) AS certainty, wmo_works.word_of(v.reason) AS reason, v.inferred,
         wmo_works.first_day_of(v.valid) AS first_day, wmo_works.last_day_of(v.valid) AS last_day, v.end_kind,
         v.subcontract_id,
         -- what comes to be known as the days pass has changed on that day
         greatest(v.changed_at, wmo_works.begin_of(v.known)) AS changed_at
  FROM wmo_works.coverage_stretch v
  WHERE wmo_works.holds_on(v.known, CURRENT_DATE);
COMMENT ON VIEW wmo_bi.coverage IS
  'Who serves whom, as known today: one row per area, service, provider, role, ages and stretch of days. Join on a day '
  'from first_day to last_day; a null is no bound. A provider of null is not named, which is not nobody; and where no '
  'row stands, ask providers_in_area why. Load it by contract: delete the rows of those that changed, add these.';

CREATE FUNCTION wmo_bi.coverage_on(on_date date DEFAULT CURRENT_DATE, service text DEFAULT NULL,
                                   as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (id bigint, area_id integer, area text, area_code text, service_code text, provider_id integer,
               provider text, role text, min_age integer, max_age integer, clients text, certainty text,
               reason text, inferred boolean, contract_id integer, number text, first_day date, last_day date,
               end_kind text, geom geometry)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  SELECT wmo_works.stretch_id(v.scope_id, v.subcontract_id, v.provider_id, v.area_id, v.service_id, v.valid, v.known),
         v.area_id, v.area, v.area_code, v.service, named.id, named.name, v.role, v.min_age, v.max_age, v.clients,
         -- what is shown on a drawing is no surer than the drawing
         CASE WHEN wmo.area_shape_basis(v.area_id) = 'schematic'
              THEN greatest(v.certainty, 'schematic'::wmo.certainty)::text ELSE v.certainty::text END,
         v.reason::text, v.inferred, v.contract_id, v.number, wmo_works.first_day_of(v.valid),
         wmo_works.last_day_of(v.valid), v.end_kind,
         wmo.area_shape(v.area_id)
  FROM wmo_works.coverage_stretch v
  -- what is on a map is published: sole traders stand in it without their names
  LEFT JOIN wmo.party named ON named.id = v.provider_id AND NOT named.natural_person
  WHERE wmo_works.holds_on(v.known, coverage_on.as_of) AND wmo_works.holds_on(v.valid, coverage_on.on_date)
    AND (coverage_on.service IS NULL
         OR v.service_id IN (SELECT f.member_id FROM wmo_works.service_family(wmo.service_id(coverage_on.service)) f));
END;
COMMENT ON FUNCTION wmo_bi.coverage_on(date, text, date) IS
  'The map of who serves on a day (of care), by the legal state of another: one row per area, service, provider, role '
  'and ages, with the shape of the area in RD New. service: its code, with the wider and narrower ones; null = all. '
  'Several rows may lie over one another; ground without a row is not ground without a provider. No geom: not known. A '
  'map is published: sole traders have no name and no number in it.';

CREATE VIEW wmo_bi.coverage_map WITH (security_invoker = true) AS
  SELECT m.id, m.area_id, m.area, m.area_code, m.service_code AS service, m.provider_id, m.provider, m.role, m.min_age,
         m.max_age, m.clients, m.certainty, m.reason, m.inferred, m.contract_id, m.number, m.first_day, m.last_day,
         m.end_kind, m.geom::geometry(MultiPolygon, 28992) AS geom
  FROM wmo_bi.coverage_on() m;
COMMENT ON VIEW wmo_bi.coverage_map IS
  'The map of who serves today: wmo_bi.coverage_on() with its defaults. For another day ask that function.';

CREATE VIEW wmo_bi.dossier WITH (security_invoker = true) AS
  WITH RECURSIVE hand AS (
    SELECT 'supplier' AS relation, c.id AS contract_id, c.supplier_id AS party_id, 0 AS row_id,
           daterange(NULL, (SELECT min(w.effective_on) FROM wmo.contract_change w
                            WHERE w.contract_id = c.id AND w.kind = 'transfer' AND w.service_id IS NULL
                              AND w.area_id IS NULL)) AS valid, c.changed_at
    FROM wmo.contract c WHERE c.supplier_id IS NOT NULL
    UNION ALL
    SELECT 'transfer', ch.contract_id, ch.to_party_id, ch.id,
           -- who takes over all of it has it until the next does
           daterange(ch.effective_on, (SELECT min(w.effective_on) FROM wmo.contract_change w
                                       WHERE w.contract_id = ch.contract_id AND w.kind = 'transfer'
                                         AND w.service_id IS NULL AND w.area_id IS NULL
                                         AND w.effective_on > ch.effective_on)), ch.changed_at
    FROM wmo.contract_change ch WHERE ch.kind = 'transfer'
    UNION ALL
    SELECT 'subcontractor', s.contract_id, s.party_id, s.id, s.valid, s.changed_at
    FROM wmo.subcontract s WHERE s.party_id IS NOT NULL
  ), part AS (
    SELECT h.relation, h.contract_id, h.party_id, h.row_id, h.valid, h.changed_at FROM hand h
    UNION ALL
    SELECT 'member', h.contract_id, m.member_id, m.id, h.valid * m.valid, greatest(h.changed_at, m.changed_at)
    FROM hand h JOIN wmo.consortium_member m ON m.consortium_id = h.party_id AND h.valid && m.valid
    WHERE h.relation <> 'subcontractor'
  ), lineage AS (
    SELECT p.id AS party_id, p.id AS predecessor_id, p.changed_at FROM wmo.party p
    UNION
    SELECT g.party_id, s.predecessor_id, greatest(g.changed_at, s.changed_at)
    FROM lineage g JOIN wmo.party_succession s ON s.successor_id = g.predecessor_id
  ), line AS (
    SELECT g.party_id, g.predecessor_id, max(g.changed_at) AS changed_at
    FROM lineage g GROUP BY g.party_id, g.predecessor_id
  )
  SELECT wmo_works.report_id(concat_ws('|', 'dossier', line.party_id, part.party_id, part.relation, part.contract_id,
                                       part.row_id)) AS id,
         line.party_id, p.name AS party, part.relation,
         CASE WHEN part.party_id <> line.party_id THEN part.party_id END AS predecessor_id,
         CASE WHEN part.party_id <> line.party_id THEN o.name END AS predecessor,
         part.contract_id, c.number, c.buyer_id, b.name AS buyer,
         CASE WHEN wmo.first_day(c.period) IS NOT NULL
              THEN greatest(wmo_works.first_day_of(part.valid), wmo.first_day(c.period)) END AS first_day,
         CASE WHEN NOT run.untold THEN run.last_day END AS last_day,
         CASE WHEN run.untold THEN 'unknown' WHEN isfinite(upper(part.valid)) THEN 'day'
              ELSE wmo.end_kind(c.period) END AS end_kind,
         greatest(line.changed_at, part.changed_at, c.changed_at, p.changed_at, o.changed_at, b.changed_at)
           AS changed_at
  FROM line
  JOIN part ON part.party_id = line.predecessor_id
  JOIN wmo.party p ON p.id = line.party_id
  JOIN wmo.party o ON o.id = part.party_id
  JOIN wmo.contract c ON c.id = part.contract_id
  JOIN wmo.party b ON b.id = c.buyer_id
  CROSS JOIN LATERAL (
    SELECT day.last_day,
           coalesce(wmo_works.untold_from(c, 'infinity') <= coalesce(day.last_day, 'infinity'), false) AS untold
    FROM (SELECT least(wmo_works.last_day_of(part.valid), wmo.last_day(c.period)) AS last_day) day
    OFFSET 0
  ) run;
COMMENT ON VIEW wmo_bi.dossier IS
  'A provider''s dossier: one row per party, contract and the way in which it has a hand in it; also what its '
  'predecessors have. Filter on party_id; by another name or number find that in party.';

CREATE VIEW wmo_bi.decision WITH (security_invoker = true) AS
  SELECT wmo_works.report_id(d.uid) AS id, d.uid, d.kind, d.state, d.day, d.working_day, d.latest_day, d.prepare_from,
         d.days_left, d.decision, d.detail, d.warning, d.number, d.buyer, d.supplier, d.owner, d.source, d.contract_id,
         d.award_id, d.tender_id, d.revised_at AS changed_at
  FROM wmo.decision_calendar d;
COMMENT ON VIEW wmo_bi.decision IS
  'The decision calendar of today. It moves with the days: load it whole.';
