-- sections: what a coverage map is made of, a view a section.
-- Relies on the tables of the registry, on standing and delivery, and on area_code for codes that hold one another.
--
-- A row names others by their keys; the library, which packs the rows, gives them numbers. Every view can be asked for
-- some areas, scopes or contracts only, and then reads no others: no window and no order runs over the registry. Which
-- column becomes what number of a map stands in core/map/rows.h, by the names below.

CREATE VIEW wmo_works.map_service WITH (security_invoker = true) AS
  SELECT s.id AS service_id, s.code, s.parent_id, s.access = 'national' AS national
  FROM wmo.service s;
COMMENT ON VIEW wmo_works.map_service IS 'Section of a map: the services.';
COMMENT ON COLUMN wmo_works.map_service.service_id IS 'The service.';
COMMENT ON COLUMN wmo_works.map_service.code IS 'Its code.';
COMMENT ON COLUMN wmo_works.map_service.parent_id IS 'The service that covers it; null = none.';
COMMENT ON COLUMN wmo_works.map_service.national IS 'Can residents of the whole country have it?';

CREATE VIEW wmo_works.map_family WITH (security_invoker = true) AS
  SELECT s.id AS service_id, f.member_id, f.nearness, f.inferred
  FROM wmo.service s
  CROSS JOIN LATERAL wmo_works.service_family(s.id) f;
COMMENT ON VIEW wmo_works.map_family IS 'Section of a map, of a service: the services whose contracts answer for it.';
COMMENT ON COLUMN wmo_works.map_family.service_id IS 'The service that is asked for.';
COMMENT ON COLUMN wmo_works.map_family.member_id IS 'A service that answers for it.';
COMMENT ON COLUMN wmo_works.map_family.nearness IS '0: itself, 1: a wider one, 2: a narrower one.';
COMMENT ON COLUMN wmo_works.map_family.inferred IS 'True: that it is rests on an inferred source.';

CREATE VIEW wmo_works.map_party WITH (security_invoker = true) AS
  SELECT p.id AS party_id, p.name
  FROM wmo.party p;
COMMENT ON VIEW wmo_works.map_party IS
  'Section of a map: the parties. Their order by name is given when the map is compiled.';
COMMENT ON COLUMN wmo_works.map_party.party_id IS 'The party.';
COMMENT ON COLUMN wmo_works.map_party.name IS 'Its name.';

CREATE VIEW wmo_works.map_area WITH (security_invoker = true) AS
  SELECT a.id AS area_id, a.name, coalesce(lower(a.valid), '-infinity') AS valid_from,
         coalesce(upper(a.valid), 'infinity') AS valid_to
  FROM wmo.area a;
COMMENT ON VIEW wmo_works.map_area IS 'Section of a map: the areas.';
COMMENT ON COLUMN wmo_works.map_area.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.map_area.name IS 'Its name.';
COMMENT ON COLUMN wmo_works.map_area.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_area.valid_to IS 'First day after it; infinity = for ever.';

CREATE VIEW wmo_works.map_shape WITH (security_invoker = true) AS
  SELECT a.id AS area_id, ST_AsBinary(a.geom) AS wkb
  FROM wmo.area a
  WHERE a.geom IS NOT NULL;
COMMENT ON VIEW wmo_works.map_shape IS 'Section of a map: the areas with a shape, of which its grid is made.';
COMMENT ON COLUMN wmo_works.map_shape.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.map_shape.wkb IS
  'Its shape as well-known binary: the only form in which shapes reach a map.';

-- Most areas are a part of nothing: they are spared the way up.
CREATE VIEW wmo_works.map_whole WITH (security_invoker = true) AS
  SELECT a.id AS area_id, up.whole_id,
         CASE WHEN a.geom_basis = 'schematic' THEN 'schematic'::wmo.certainty
              WHEN up.inferred OR wmo_works.is_inferred(a.source_id) THEN 'inferred' ELSE 'certain' END AS certainty
  FROM wmo.area a
  CROSS JOIN LATERAL (
    SELECT a.id AS whole_id, false AS inferred WHERE NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.part_id = a.id)
    UNION ALL
    SELECT w.whole_id, w.inferred FROM wmo.area_with_wholes(a.id) w
    WHERE EXISTS (SELECT FROM wmo.area_part p WHERE p.part_id = a.id)
  ) up
  WHERE a.geom IS NOT NULL;
COMMENT ON VIEW wmo_works.map_whole IS
  'Section of a map, of a shape: the area itself and every area that it is a part of.';
COMMENT ON COLUMN wmo_works.map_whole.area_id IS 'The area with the shape.';
COMMENT ON COLUMN wmo_works.map_whole.whole_id IS 'Itself, or an area that it is a part of.';
COMMENT ON COLUMN wmo_works.map_whole.certainty IS 'How sure it is that a place in the shape is a place of that area.';

CREATE VIEW wmo_works.area_in WITH (security_invoker = true) AS
  SELECT a.id AS area_id, a.id AS whole_id FROM wmo.area a
  UNION ALL
  SELECT a.id, up.whole_id
  FROM wmo.area a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) up
  WHERE up.whole_id <> a.id AND NOT up.inferred AND EXISTS (SELECT FROM wmo.area_part p WHERE p.part_id = a.id);
COMMENT ON VIEW wmo_works.area_in IS
  'Each area with itself and every area that it is a part of, but for what rests on our reading of a source.';
COMMENT ON COLUMN wmo_works.area_in.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.area_in.whole_id IS 'Itself, or an area that it is a part of.';

CREATE VIEW wmo_works.map_edition WITH (security_invoker = true) AS
  SELECT a.id AS area_id, o.id AS other_id
  FROM wmo.area a
  JOIN wmo.area o ON o.code OPERATOR(@extschema@.=) a.code AND o.id <> a.id;
COMMENT ON VIEW wmo_works.map_edition IS 'Section of a map, of an area: the other editions of its code.';
COMMENT ON COLUMN wmo_works.map_edition.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.map_edition.other_id IS 'Another edition of the same code.';

CREATE VIEW wmo_works.map_label WITH (security_invoker = true) AS
  SELECT l.area_id, l.whole_id, l.kind_no, (l.first >> 31)::integer AS first_high,
         (l.first & 2147483647)::integer AS first_low, (l.last >> 31)::integer AS last_high,
         (l.last & 2147483647)::integer AS last_low, coalesce(lower(l.valid), '-infinity') AS valid_from,
         coalesce(upper(l.valid), 'infinity') AS valid_to
  FROM (
    SELECT w.area_id, NULL::integer AS whole_id, 0 AS kind_no, wmo_works.area_code_number(k.code) AS first,
           wmo_works.area_code_number(wmo.last_descendant(k.code)) AS last, k.days AS valid
    FROM wmo_works.area_in w
    JOIN wmo.area a ON a.id = w.whole_id
    CROSS JOIN LATERAL (
      SELECT a.code, a.valid AS days
      UNION ALL
      SELECT h.holder_code, h.days FROM wmo_works.code_holders(a.code, a.valid) h WHERE NOT upper_inf(a.valid)
    ) k
    WHERE a.code IS NOT NULL
    UNION ALL
    SELECT w.area_id, p.whole_id, array_position(ARRAY['municipality', 'district', 'neighbourhood', 'working_area',
                                                       'region', 'other'], a.kind), a.id, a.id, a.valid
    FROM wmo_works.area_in w
    JOIN wmo.area_part p ON p.part_id = w.whole_id
    JOIN wmo.area a ON a.id = w.whole_id
    WHERE NOT EXISTS (SELECT FROM wmo.source so WHERE so.id = p.source_id AND so.basis = 'inferred')
  ) l;
COMMENT ON VIEW wmo_works.map_label IS
  'Section of a map, of an area: where it lies, by codes and as a part of wholes, as wmo_works.records_apart looks at '
  'it.';
COMMENT ON COLUMN wmo_works.map_label.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.map_label.whole_id IS 'The whole that is divided; null = the country, by codes.';
COMMENT ON COLUMN wmo_works.map_label.kind_no IS 'The kind of the parts that divide it, as a number; 0 = codes.';
COMMENT ON COLUMN wmo_works.map_label.first_high IS
  'The first number of the place of the area: that of a code, or the key of the part. But for its last 31 bits.';
COMMENT ON COLUMN wmo_works.map_label.first_low IS 'Its last 31 bits.';
COMMENT ON COLUMN wmo_works.map_label.last_high IS 'The last number, but for its last 31 bits.';
COMMENT ON COLUMN wmo_works.map_label.last_low IS 'Its last 31 bits.';
COMMENT ON COLUMN wmo_works.map_label.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_label.valid_to IS 'First day after it; infinity = for ever.';

CREATE VIEW wmo_works.map_shapeless WITH (security_invoker = true) AS
  SELECT u.area_id FROM wmo_works.area_without_boundary u;
COMMENT ON VIEW wmo_works.map_shapeless IS
  'Section of a map: the areas that have no boundary: no shape, a drawing, or one that is our reading of a source.';
COMMENT ON COLUMN wmo_works.map_shapeless.area_id IS 'The area.';

CREATE VIEW wmo_works.map_leaf WITH (security_invoker = true) AS
  SELECT a.area_id, leaf.id AS leaf_id, leaf.code, leaf.valid, leaf.geom IS NOT NULL AS drawn
  FROM wmo_works.map_shapeless a
  CROSS JOIN LATERAL wmo_works.area_leaves(a.area_id) l
  JOIN wmo.area leaf ON leaf.id = l.leaf_id
  WHERE NOT wmo_works.is_boundary(leaf.geom_basis, leaf.source_id);
COMMENT ON VIEW wmo_works.map_leaf IS
  'Section of a map, of a shapeless area: its smallest parts that have no boundary either.';
COMMENT ON COLUMN wmo_works.map_leaf.area_id IS 'The area without a boundary.';
COMMENT ON COLUMN wmo_works.map_leaf.leaf_id IS 'One of its smallest parts, or itself.';
COMMENT ON COLUMN wmo_works.map_leaf.code IS 'CBS code of that part; null = none.';
COMMENT ON COLUMN wmo_works.map_leaf.valid IS 'Days on which that part exists.';
COMMENT ON COLUMN wmo_works.map_leaf.drawn IS 'Has that part a drawing?';

CREATE VIEW wmo_works.map_must WITH (security_invoker = true) AS
  SELECT leaf.area_id, leaf.leaf_id, shape.id AS shape_id
  FROM wmo_works.map_leaf leaf
  CROSS JOIN LATERAL (
    SELECT w.whole_id AS id FROM wmo.area_with_wholes(leaf.leaf_id) w WHERE NOT w.inferred
    UNION
    SELECT o.id FROM wmo.area o WHERE o.code OPERATOR(@extschema@.@>) leaf.code AND o.valid && leaf.valid
    UNION
    SELECT l FROM wmo_works.later_areas(leaf.code, leaf.valid) l
  ) wide
  JOIN wmo.area shape ON shape.id = wide.id
  WHERE wmo_works.is_boundary(shape.geom_basis, shape.source_id);
COMMENT ON VIEW wmo_works.map_must IS
  'Section of a map, of a leaf without a boundary: the shapes that must cover a place in it.';
COMMENT ON COLUMN wmo_works.map_must.area_id IS 'The area without a boundary.';
COMMENT ON COLUMN wmo_works.map_must.leaf_id IS 'One of its smallest parts, or itself.';
COMMENT ON COLUMN wmo_works.map_must.shape_id IS
  'An area with a boundary around that part: by area_part, by its code, or by what its municipality became.';

CREATE VIEW wmo_works.map_complete WITH (security_invoker = true) AS
  SELECT d.area_id, d.service_id, lower(d.valid) AS valid_from, upper(d.valid) AS valid_to
  FROM wmo_works.complete_days d;
COMMENT ON VIEW wmo_works.map_complete IS
  'Section of a map, of an area: the days on which the registry is declared complete for it.';
COMMENT ON COLUMN wmo_works.map_complete.area_id IS 'The area.';
COMMENT ON COLUMN wmo_works.map_complete.service_id IS 'Of which service, narrower ones included; null = of all.';
COMMENT ON COLUMN wmo_works.map_complete.valid_from IS 'First day.';
COMMENT ON COLUMN wmo_works.map_complete.valid_to IS 'First day after it.';

CREATE VIEW wmo_works.map_contract WITH (security_invoker = true) AS
  SELECT c.id AS contract_id, c.number, c.buyer_id, c.supplier_id
  FROM wmo.contract c;
COMMENT ON VIEW wmo_works.map_contract IS 'Section of a map: the contracts.';
COMMENT ON COLUMN wmo_works.map_contract.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.map_contract.number IS 'Its number.';
COMMENT ON COLUMN wmo_works.map_contract.buyer_id IS 'Who bought.';
COMMENT ON COLUMN wmo_works.map_contract.supplier_id IS
  'With whom it was concluded; null = not named. Standing says who has it on a day.';

CREATE VIEW wmo_works.map_scope WITH (security_invoker = true) AS
  SELECT s.id AS scope_id, s.area_id, s.contract_id, s.service_id, s.follows_code
  FROM wmo.contract_scope s;
COMMENT ON VIEW wmo_works.map_scope IS 'Section of a map, of an area: the scopes of contracts there.';
COMMENT ON COLUMN wmo_works.map_scope.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.map_scope.area_id IS 'Its area; null = not named.';
COMMENT ON COLUMN wmo_works.map_scope.contract_id IS 'Its contract.';
COMMENT ON COLUMN wmo_works.map_scope.service_id IS 'Its service.';
COMMENT ON COLUMN wmo_works.map_scope.follows_code IS
  'Does it hold in the edition of the day, with the code of its area?';

CREATE VIEW wmo_works.map_standing WITH (security_invoker = true) AS
  SELECT p.contract_id, p.scope_id, p.scope_area_id, p.service_id, p.subcontract_id, p.area_id,
         p.area_id IS NOT DISTINCT FROM p.scope_area_id
           -- a subcontract names an edition, which does not grow with a scope that follows the code
           AND (p.subcontract_id IS NULL
                OR NOT EXISTS (SELECT FROM wmo.subcontract sub JOIN wmo.contract_scope s ON s.id = p.scope_id
                               WHERE sub.id = p.subcontract_id AND sub.area_id IS NOT NULL AND s.follows_code))
           AS own_area, p.provider_id, p.role,
         lower(p.ages) AS age_from, upper(p.ages) AS age_to, p.clients = 'existing' AS existing_only, p.existing_on,
         coalesce(p.existing_on, wmo.first_day(p.period) - 1) AS had_to_exist_on, p.certainty, p.reason,
         coalesce(lower(p.valid), '-infinity') AS valid_from, coalesce(upper(p.valid), 'infinity') AS valid_to,
         coalesce(lower(p.known), '-infinity') AS known_from, coalesce(upper(p.known), 'infinity') AS known_to,
         wmo.first_day(p.period) AS first_day, wmo.last_day(p.period) AS last_day,
         CASE WHEN wmo.end_kind(p.period) = 'day'
                   AND EXISTS (SELECT FROM wmo_works.contract_with_reading r WHERE r.contract_id = p.contract_id)
                   AND wmo_works.ends_by_reading(p.scope_id, lower(p.known), p.period, wmo.exclusive_end(p.period))
              THEN 'inferred' ELSE wmo.end_kind(p.period) END AS end_kind,
         p.open, p.inferred
  FROM wmo_works.provider_standing p
  WHERE NOT isempty(p.valid) AND NOT isempty(p.known);
COMMENT ON VIEW wmo_works.map_standing IS
  'Section of a map, of a scope: wmo_works.provider_standing, with every bound in a column of its own.';
COMMENT ON COLUMN wmo_works.map_standing.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.map_standing.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.map_standing.scope_area_id IS 'The area of the scope; null = not named.';
COMMENT ON COLUMN wmo_works.map_standing.service_id IS 'The service that is delivered.';
COMMENT ON COLUMN wmo_works.map_standing.subcontract_id IS 'The subcontract, for a subcontractor.';
COMMENT ON COLUMN wmo_works.map_standing.area_id IS 'Where it is delivered; null = not named.';
COMMENT ON COLUMN wmo_works.map_standing.own_area IS 
  'Is that the area of the scope, as the scope has it, and not a smaller one, or one edition of it?';
COMMENT ON COLUMN wmo_works.map_standing.provider_id IS 'The provider; null = not named.';
COMMENT ON COLUMN wmo_works.map_standing.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo_works.map_standing.age_from IS 'The lowest age in whole years.';
COMMENT ON COLUMN wmo_works.map_standing.age_to IS 'The first age above it; null = any.';
COMMENT ON COLUMN wmo_works.map_standing.existing_only IS 'Only for who was a client already?';
COMMENT ON COLUMN wmo_works.map_standing.existing_on IS
  'The day on which an existing client had to be one; null = not stated.';
COMMENT ON COLUMN wmo_works.map_standing.had_to_exist_on IS
  'That day or, where none is stated, the day before the contract begins.';
COMMENT ON COLUMN wmo_works.map_standing.certainty IS 'How sure; null = does not serve.';
COMMENT ON COLUMN wmo_works.map_standing.reason IS 'Why it does not serve, or why it is no surer.';
COMMENT ON COLUMN wmo_works.map_standing.valid_from IS 'First day of care; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_standing.valid_to IS 'First day of care after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_standing.known_from IS 'First as_of day on which this held; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_standing.known_to IS 'First as_of day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_standing.first_day IS 'First day of the period as known then; null = not known.';
COMMENT ON COLUMN wmo_works.map_standing.last_day IS 'Last day of the period as known then; null = open or not known.';
COMMENT ON COLUMN wmo_works.map_standing.end_kind IS 'day, open or unknown.';
COMMENT ON COLUMN wmo_works.map_standing.open IS 'Does it not serve, and yet perhaps?';
COMMENT ON COLUMN wmo_works.map_standing.inferred IS 'Does it rest on an inferred source?';

CREATE VIEW wmo_works.map_stop WITH (security_invoker = true) AS
  SELECT cs.contract_id, cs.stop_id, cs.service_id, cs.area_id,
         coalesce(lower(cs.during), '-infinity') AS valid_from, coalesce(upper(cs.during), 'infinity') AS valid_to,
         coalesce(cs.not_before, '-infinity') AS not_before, cs.known_from,
         coalesce(cs.known_until, 'infinity') AS known_until, coalesce(cs.not_after, 'infinity') AS not_after,
         cs.inferred, cs.lift_inferred
  FROM wmo_works.stop_days cs;
COMMENT ON VIEW wmo_works.map_stop IS
  'Section of a map, of a contract: its client stops, in two parts where they were lifted.';
COMMENT ON COLUMN wmo_works.map_stop.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.map_stop.stop_id IS 'The stop; null = the ceiling of a framework.';
COMMENT ON COLUMN wmo_works.map_stop.service_id IS 'For which service; null = all.';
COMMENT ON COLUMN wmo_works.map_stop.area_id IS 'In which area; null = all.';
COMMENT ON COLUMN wmo_works.map_stop.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_stop.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_stop.not_before IS
  'as_of day before which it surely was not; -infinity = none is known.';
COMMENT ON COLUMN wmo_works.map_stop.known_from IS 'First as_of day on which it surely was.';
COMMENT ON COLUMN wmo_works.map_stop.known_until IS
  'First as_of day on which these days may be lifted; infinity = they are not.';
COMMENT ON COLUMN wmo_works.map_stop.not_after IS
  'First as_of day on which they surely are lifted; infinity = they are not.';
COMMENT ON COLUMN wmo_works.map_stop.inferred IS 'Does that it was recorded rest on an inferred source?';
COMMENT ON COLUMN wmo_works.map_stop.lift_inferred IS 'Does that it was lifted?';

CREATE VIEW wmo_works.map_own WITH (security_invoker = true) AS
  SELECT p.id AS party_id, k.other_id, k.valid_from, k.valid_to, k.known_from, k.not_before,
         k.inferred
  FROM wmo.party p
  CROSS JOIN LATERAL wmo_works.own_clients(p.id) k;
COMMENT ON VIEW wmo_works.map_own IS
  'Section of a map, of a party: the others whose clients count as its own: those it succeeded, its members, and '
  'the consortia that it is a member of.';
COMMENT ON COLUMN wmo_works.map_own.party_id IS 'The party.';
COMMENT ON COLUMN wmo_works.map_own.other_id IS 'A party whose clients it takes for its own; null = perhaps anybody.';
COMMENT ON COLUMN wmo_works.map_own.inferred IS 'Does that rest on an inferred source?';
COMMENT ON COLUMN wmo_works.map_own.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_own.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_own.known_from IS
  'First as_of day on which that surely stood; infinity = nobody can tell for any.';
COMMENT ON COLUMN wmo_works.map_own.not_before IS
  'as_of day before which it surely did not stand; -infinity = none is known.';

CREATE VIEW wmo_works.map_member WITH (security_invoker = true) AS
  SELECT m.consortium_id, m.member_id, coalesce(lower(m.valid), '-infinity') AS valid_from,
         coalesce(upper(m.valid), 'infinity') AS valid_to, wmo_works.is_inferred(m.source_id) AS inferred
  FROM wmo.consortium_member m;
COMMENT ON VIEW wmo_works.map_member IS 'Section of a map, of a party: the members of the consortium that it is.';
COMMENT ON COLUMN wmo_works.map_member.consortium_id IS 'The consortium.';
COMMENT ON COLUMN wmo_works.map_member.member_id IS 'A member.';
COMMENT ON COLUMN wmo_works.map_member.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_member.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_member.inferred IS 'Does that rest on an inferred source?';

CREATE VIEW wmo_works.map_agb WITH (security_invoker = true) AS
  SELECT i.value::integer AS agb, i.party_id, coalesce(lower(i.valid), '-infinity') AS valid_from,
         coalesce(upper(i.valid), 'infinity') AS valid_to, wmo_works.is_inferred(i.source_id) AS inferred
  FROM wmo.party_identifier i
  WHERE i.scheme = 'agb';
COMMENT ON VIEW wmo_works.map_agb IS 'Section of a map: the AGB codes of parties.';
COMMENT ON COLUMN wmo_works.map_agb.agb IS 'The eight digits of the code, as a number.';
COMMENT ON COLUMN wmo_works.map_agb.party_id IS 'Whose it is.';
COMMENT ON COLUMN wmo_works.map_agb.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_agb.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_agb.inferred IS 'Does that rest on an inferred source?';

CREATE VIEW wmo_works.map_product WITH (security_invoker = true) AS
  SELECT sp.id AS product_id, sp.code, sp.buyer_id, sp.service_id, coalesce(lower(sp.valid), '-infinity') AS valid_from,
         coalesce(upper(sp.valid), 'infinity') AS valid_to, wmo_works.is_inferred(sp.source_id) AS inferred
  FROM wmo.service_product sp;
COMMENT ON VIEW wmo_works.map_product IS 'Section of a map: the product codes of buyers.';
COMMENT ON COLUMN wmo_works.map_product.product_id IS 'The row of wmo.service_product.';
COMMENT ON COLUMN wmo_works.map_product.code IS 'The code, as the buyer writes it.';
COMMENT ON COLUMN wmo_works.map_product.buyer_id IS 'The municipality or consortium whose code it is.';
COMMENT ON COLUMN wmo_works.map_product.service_id IS 'What it means.';
COMMENT ON COLUMN wmo_works.map_product.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.map_product.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.map_product.inferred IS 'Does that rest on an inferred source?';
