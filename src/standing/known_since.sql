-- known_since: from which as_of day on what is recorded stood.
-- Relies on contract, ledger, party and source (registry).
--
-- An as_of day asks for the legal state of that day. What was signed on a day, or has another day recorded, did not
-- stand before it: that is sure. Without such a day it stood at the latest when its source had been published or when
-- it was entered here; since when it did before that cannot be told, which is not always. Its first day of care tells
-- nothing of it: contracts are signed, and recorded, after they began.

DO $$
DECLARE
  fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['contract', 'contract_scope', 'subcontract', 'client_stop', 'client_stop_lift',
                             'consortium_member']
  LOOP
    EXECUTE format('COMMENT ON COLUMN wmo.%I.entered_on IS %L', fact,
      'Day on which it was entered here: it is known at the latest since then.');
  END LOOP;
END
$$;

CREATE FUNCTION wmo_works.known_from(recorded date, published daterange, entered date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT coalesce(recorded, least(upper(published) - 1, entered));
END;
COMMENT ON FUNCTION wmo_works.known_from(date, daterange, date) IS
  'The first as_of day on which a fact surely stood: the recorded one, else the last of the days on which its source '
  'may have been published or the day on which it was entered, whichever is first; never the day on which it begins '
  'to hold.';

CREATE FUNCTION wmo_works.known_at_earliest(recorded date, published daterange, begins date, entered date)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT coalesce(recorded, CASE WHEN NOT lower_inf(published) THEN least(lower(published), begins, entered) END);
END;
COMMENT ON FUNCTION wmo_works.known_at_earliest(date, daterange, date, date) IS
  'The first as_of day from which on a past calendar shows a fact, of which it says that it may not have stood yet: '
  'the recorded one, else the first of the days on which its source may have been published, the day on which it '
  'begins or that on which it was entered; null = cannot be told.';

CREATE VIEW wmo_works.contract_known WITH (security_invoker = true) AS
  SELECT c.id AS contract_id, own.recorded, own.begins,
         wmo_works.known_from(own.recorded, so.published, c.entered_on) AS known_from,
         wmo_works.known_at_earliest(own.recorded, so.published, own.begins, c.entered_on) AS known_at_earliest,
         so.published,
         -- with an award it may have stood before it was signed, as the award says, but not before it was known
         CASE WHEN c.award_id IS NULL THEN own.recorded ELSE c.known_on END AS not_before
  FROM wmo.contract c
  LEFT JOIN wmo.source so ON so.id = c.source_id
  CROSS JOIN LATERAL (
    SELECT coalesce(c.known_on, c.signed_on) AS recorded,
           coalesce(wmo.first_day(c.agreed_period), wmo.last_day(c.agreed_period)) AS begins
  ) own;
COMMENT ON VIEW wmo_works.contract_known IS 'Since when each contract stood, apart from its award.';
COMMENT ON COLUMN wmo_works.contract_known.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.contract_known.recorded IS 'The day that is recorded or signed on; null = none.';
COMMENT ON COLUMN wmo_works.contract_known.begins IS 'Its first day, else its last; null = neither is known.';
COMMENT ON COLUMN wmo_works.contract_known.known_from IS 'First as_of day on which it surely stood.';
COMMENT ON COLUMN wmo_works.contract_known.known_at_earliest IS
  'First as_of day on which it may have been known; null = cannot be told.';
COMMENT ON COLUMN wmo_works.contract_known.published IS 'When its source was published; null = not known.';
COMMENT ON COLUMN wmo_works.contract_known.not_before IS
  'as_of day before which it surely did not stand; null = none is known.';

CREATE FUNCTION wmo_works.contracts_not_yet(as_of date) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT c.id
  FROM wmo.contract c
  JOIN wmo_works.contract_known k ON k.contract_id = c.id
  LEFT JOIN wmo.award a ON a.id = c.award_id
  WHERE k.not_before > contracts_not_yet.as_of
     OR lower(a.decided) > contracts_not_yet.as_of AND coalesce(k.recorded > contracts_not_yet.as_of, true);
END;
COMMENT ON FUNCTION wmo_works.contracts_not_yet(date) IS
  'The contracts of which it is recorded that they did not stand yet by a day: they were signed or became known later, '
  'or their award was made later.';

CREATE VIEW wmo_works.scope_known WITH (security_invoker = true) AS
  SELECT s.id AS scope_id, s.contract_id,
         greatest(k.known_from,
                  CASE WHEN s.known_on IS NOT NULL THEN s.known_on
                       -- who signed, signed for all that the contract covers from its start
                       WHEN s.added_by_id IS NULL
                            AND (k.recorded IS NULL OR coalesce(lower(s.valid) > k.begins, false))
                       THEN wmo_works.known_from(NULL, CASE WHEN s.source_id IS NULL THEN k.published
                                                            ELSE so.published END, s.entered_on) END) AS known_from,
         greatest(k.not_before, s.known_on) AS not_before
  FROM wmo.contract_scope s
  JOIN wmo_works.contract_known k ON k.contract_id = s.contract_id
  LEFT JOIN wmo.source so ON so.id = s.source_id;
COMMENT ON VIEW wmo_works.scope_known IS
  'Since when each scope stood, by its own days and those of its contract. Between not_before and known_from it cannot '
  'be told. A scope that a change brought stands with that change.';
COMMENT ON COLUMN wmo_works.scope_known.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.scope_known.contract_id IS 'Its contract.';
COMMENT ON COLUMN wmo_works.scope_known.known_from IS 'First as_of day on which it surely stood.';
COMMENT ON COLUMN wmo_works.scope_known.not_before IS
  'as_of day before which it surely did not stand; null = none is known.';

CREATE VIEW wmo_works.stop_known WITH (security_invoker = true) AS
  SELECT cs.id AS stop_id, cs.known_on AS not_before,
         wmo_works.known_from(cs.known_on, so.published, cs.entered_on) AS known_from,
         wmo_works.known_at_earliest(cs.known_on, so.published, lower(cs.during), cs.entered_on) AS known_at_earliest
  FROM wmo.client_stop cs
  LEFT JOIN wmo.source so ON so.id = cs.source_id;
COMMENT ON VIEW wmo_works.stop_known IS
  'Since when each client stop was known; between not_before and known_from it cannot be told.';
COMMENT ON COLUMN wmo_works.stop_known.stop_id IS 'The stop.';
COMMENT ON COLUMN wmo_works.stop_known.not_before IS
  'as_of day before which it surely was not; null = none is known.';
COMMENT ON COLUMN wmo_works.stop_known.known_from IS 'First as_of day on which it surely was.';
COMMENT ON COLUMN wmo_works.stop_known.known_at_earliest IS
  'First as_of day on which it may have been known; null = cannot be told.';

CREATE VIEW wmo_works.stop_days WITH (security_invoker = true) AS
  SELECT cs.id AS stop_id, cs.contract_id, cs.service_id, cs.area_id, part.during, k.not_before, k.known_from,
         k.known_at_earliest, part.known_until, part.not_after, wmo_works.is_inferred(cs.source_id) AS inferred,
         part.lift_inferred
  FROM wmo.client_stop cs
  JOIN wmo_works.stop_known k ON k.stop_id = cs.id
  LEFT JOIN (
    SELECT l.stop_id, l.effective_on, coalesce(l.known_on, '-infinity') AS known_until,
           wmo_works.known_from(l.known_on, so.published, l.entered_on) AS not_after,
           coalesce(so.basis = 'inferred', false) AS inferred
    FROM wmo.client_stop_lift l LEFT JOIN wmo.source so ON so.id = l.source_id
  ) lift ON lift.stop_id = cs.id
  LEFT JOIN LATERAL (
    -- that a supplier takes no clients says nothing of who has the contract after it
    SELECT ch.effective_on AS day, coalesce(ch.known_from, '-infinity') AS known_from FROM wmo.contract_change ch
    WHERE ch.contract_id = cs.contract_id AND ch.kind = 'transfer' AND cs.by_whom IS DISTINCT FROM 'buyer'
      AND cs.during @> ch.effective_on AND lower(cs.during) IS DISTINCT FROM ch.effective_on
      AND coalesce(ch.service_id = cs.service_id, true) AND coalesce(ch.area_id = cs.area_id, true)
    ORDER BY ch.effective_on, ch.id LIMIT 1
  ) gone ON true
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, lift.effective_on) AS days, NULL::date AS known_until, NULL::date AS not_after,
           false AS inferred
    UNION ALL
    SELECT daterange(lift.effective_on, NULL), lift.known_until, lift.not_after, lift.inferred
    WHERE lift.stop_id IS NOT NULL
  ) lifted
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, gone.day) AS days, NULL::date AS known_until
    UNION ALL
    SELECT daterange(gone.day, NULL), gone.known_from WHERE gone.day IS NOT NULL
  ) with_supplier
  CROSS JOIN LATERAL (
    SELECT cs.during * lifted.days * with_supplier.days AS during,
           least(lifted.known_until, with_supplier.known_until) AS known_until, lifted.not_after,
           lifted.inferred AS lift_inferred
  ) part
  WHERE NOT isempty(part.during)
  UNION ALL
  -- a new client would be called off the framework: a clause of the contract, which stood with it
  SELECT NULL, e.contract_id, NULL, NULL, daterange(e.ceiling_on + 1, NULL), k.recorded, k.known_from,
         k.known_at_earliest, NULL, NULL, wmo_works.is_inferred(e.source_id), false
  FROM wmo.contract_ending e JOIN wmo_works.contract_known k ON k.contract_id = e.contract_id
  WHERE e.ceiling_on IS NOT NULL;
COMMENT ON VIEW wmo_works.stop_days IS
  'The days of each client stop, in parts where it was lifted or its contract went to another supplier: those that it '
  'kept, and those of which it was, or may have been, lifted, with the as_of days on which it held. It surely did from '
  'known_from until known_until, perhaps from '
  'not_before until not_after. And those after the day up to which a framework can be called upon.';
COMMENT ON COLUMN wmo_works.stop_days.stop_id IS 'The stop; null = the ceiling of a framework.';
COMMENT ON COLUMN wmo_works.stop_days.contract_id IS 'The contract that is closed to new clients.';
COMMENT ON COLUMN wmo_works.stop_days.service_id IS 'For which service; null = all.';
COMMENT ON COLUMN wmo_works.stop_days.area_id IS 'In which area; null = all.';
COMMENT ON COLUMN wmo_works.stop_days.during IS 'Days of care.';
COMMENT ON COLUMN wmo_works.stop_days.not_before IS 'wmo_works.stop_known.not_before.';
COMMENT ON COLUMN wmo_works.stop_days.known_from IS 'wmo_works.stop_known.known_from.';
COMMENT ON COLUMN wmo_works.stop_days.known_at_earliest IS 'wmo_works.stop_known.known_at_earliest.';
COMMENT ON COLUMN wmo_works.stop_days.known_until IS
  'First as_of day on which these days may be lifted; -infinity = cannot be told, null = they are not.';
COMMENT ON COLUMN wmo_works.stop_days.not_after IS
  'First as_of day on which they surely are lifted; null = they are not.';
COMMENT ON COLUMN wmo_works.stop_days.inferred IS 'True: that it was recorded rests on an inferred source.';
COMMENT ON COLUMN wmo_works.stop_days.lift_inferred IS 'True: that it was lifted does.';

CREATE VIEW wmo_works.succession_known WITH (security_invoker = true) AS
  SELECT s.successor_id, s.predecessor_id, s.kind,
         -- another name makes nobody another, on the days before it either
         CASE WHEN s.kind = 'renaming' THEN '-infinity' ELSE coalesce(s.effective_on, '-infinity') END AS valid_from,
         -- what has taken effect stands; before that its source may have announced it
         CASE WHEN s.effective_on IS NULL THEN 'infinity' ELSE least(s.effective_on, upper(so.published) - 1) END
           AS known_from, coalesce(so.basis = 'inferred', false) AS inferred
  FROM wmo.party_succession s LEFT JOIN wmo.source so ON so.id = s.source_id;
COMMENT ON VIEW wmo_works.succession_known IS
  'From which day each succession holds, and from which as_of day it stood.';
COMMENT ON COLUMN wmo_works.succession_known.successor_id IS 'The party that came after.';
COMMENT ON COLUMN wmo_works.succession_known.predecessor_id IS 'The party that was.';
COMMENT ON COLUMN wmo_works.succession_known.kind IS 'merger, takeover or renaming.';
COMMENT ON COLUMN wmo_works.succession_known.valid_from IS
  'First day; -infinity = not known, or the same party under another name.';
COMMENT ON COLUMN wmo_works.succession_known.known_from IS
  'First as_of day on which it surely stood; infinity = its day is not known, so that nobody can tell.';
COMMENT ON COLUMN wmo_works.succession_known.inferred IS 'True: it rests on an inferred source.';

CREATE VIEW wmo_works.member_known WITH (security_invoker = true) AS
  SELECT m.consortium_id, m.member_id, coalesce(lower(m.valid), '-infinity') AS valid_from,
         coalesce(upper(m.valid), 'infinity') AS valid_to,
         wmo_works.known_from(m.known_on, so.published, m.entered_on) AS known_from,
         coalesce(m.known_on, '-infinity') AS not_before, coalesce(so.basis = 'inferred', false) AS inferred
  FROM wmo.consortium_member m LEFT JOIN wmo.source so ON so.id = m.source_id;
COMMENT ON VIEW wmo_works.member_known IS
  'On which days each membership of a consortium holds, and from which as_of day it stood.';
COMMENT ON COLUMN wmo_works.member_known.consortium_id IS 'The consortium.';
COMMENT ON COLUMN wmo_works.member_known.member_id IS 'The member.';
COMMENT ON COLUMN wmo_works.member_known.valid_from IS 'First day; -infinity = from ever.';
COMMENT ON COLUMN wmo_works.member_known.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.member_known.known_from IS 'First as_of day on which it surely stood.';
COMMENT ON COLUMN wmo_works.member_known.not_before IS
  'as_of day before which it surely did not stand; -infinity = none is known.';
COMMENT ON COLUMN wmo_works.member_known.inferred IS 'True: it rests on an inferred source.';

CREATE VIEW wmo_works.party_tie WITH (security_invoker = true) AS
  SELECT s.successor_id AS party_id, s.predecessor_id AS other_id, 'succession' AS way, s.valid_from,
         'infinity'::date AS valid_to, s.known_from, '-infinity'::date AS not_before, s.inferred
  FROM wmo_works.succession_known s
  UNION ALL
  -- what still stands in its name may be that of who came after it, whose transfer is not recorded
  SELECT s.predecessor_id, s.successor_id, 'successor', s.valid_from, 'infinity', 'infinity', '-infinity', s.inferred
  FROM wmo_works.succession_known s
  UNION ALL
  SELECT m.consortium_id, m.member_id, 'member', m.valid_from, m.valid_to, m.known_from, m.not_before, m.inferred
  FROM wmo_works.member_known m
  UNION ALL
  SELECT m.member_id, m.consortium_id, 'consortium', m.valid_from, m.valid_to, m.known_from, m.not_before, m.inferred
  FROM wmo_works.member_known m
  UNION ALL
  -- whose clients stayed with whom when a member left is not recorded
  SELECT m.consortium_id, m.member_id, 'member', m.valid_to, 'infinity', 'infinity', m.not_before, m.inferred
  FROM wmo_works.member_known m WHERE m.valid_to < 'infinity'
  UNION ALL
  SELECT m.member_id, m.consortium_id, 'consortium', m.valid_to, 'infinity', 'infinity', m.not_before, m.inferred
  FROM wmo_works.member_known m WHERE m.valid_to < 'infinity'
  UNION ALL
  SELECT p.id, NULL, 'member', coalesce(lower(bare.days), '-infinity'), coalesce(upper(bare.days), 'infinity'),
         'infinity', '-infinity', false
  FROM wmo.party p
  CROSS JOIN LATERAL unnest('{(,)}'::datemultirange - coalesce(
    (SELECT range_agg(m.valid * other.valid)
     FROM wmo.consortium_member m JOIN wmo.consortium_member other
       ON other.consortium_id = m.consortium_id AND other.member_id > m.member_id
     WHERE m.consortium_id = p.id), '{}')) bare (days)
  WHERE p.kind = 'consortium'
  UNION ALL
  SELECT p.id, n, 'namesake', '-infinity', 'infinity', 'infinity', '-infinity', false
  FROM wmo.party p CROSS JOIN LATERAL wmo_works.namesakes(p.id) n;
COMMENT ON VIEW wmo_works.party_tie IS
  'What ties parties together, so that clients of the one are clients of the other.';
COMMENT ON COLUMN wmo_works.party_tie.party_id IS 'The party.';
COMMENT ON COLUMN wmo_works.party_tie.other_id IS
  'Another one, whose clients are its own; null = perhaps anybody, of a consortium of which fewer than two members are '
  'recorded on those days.';
COMMENT ON COLUMN wmo_works.party_tie.way IS
  'succession: it came after the other; successor: the other came after it; member: the other is a member of it; '
  'consortium: it is a member of the other; namesake: the other may be the same (wmo_works.namesakes).';
COMMENT ON COLUMN wmo_works.party_tie.valid_from IS 'First day; -infinity = from ever, or not known.';
COMMENT ON COLUMN wmo_works.party_tie.valid_to IS 'First day after it; infinity = for ever.';
COMMENT ON COLUMN wmo_works.party_tie.known_from IS
  'First as_of day on which it surely stood; infinity = nobody can tell for any.';
COMMENT ON COLUMN wmo_works.party_tie.not_before IS
  'as_of day before which it surely did not stand; -infinity = none is known.';
COMMENT ON COLUMN wmo_works.party_tie.inferred IS 'True: it rests on an inferred source.';

-- A function, for its ROWS: by the view the walk below would be planned for tens of thousands of ties, and a hash table
-- of megabytes be cleared at every call.
CREATE FUNCTION wmo_works.ties_of(party_id integer) RETURNS SETOF wmo_works.party_tie
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  -- hardly any party has one, and to begin a plan of all of them takes longer than to see that
  IF EXISTS (SELECT FROM wmo.party p WHERE p.id = ties_of.party_id AND p.kind = 'consortium')
     OR EXISTS (SELECT FROM wmo.party_succession s WHERE s.successor_id = ties_of.party_id)
     OR EXISTS (SELECT FROM wmo.party_succession s WHERE s.predecessor_id = ties_of.party_id)
     OR EXISTS (SELECT FROM wmo.consortium_member m WHERE m.member_id = ties_of.party_id)
     OR EXISTS (SELECT FROM wmo_works.namesakes(ties_of.party_id)) THEN
    RETURN QUERY SELECT t.* FROM wmo_works.party_tie t WHERE t.party_id = ties_of.party_id;
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.ties_of(integer) IS 'wmo_works.party_tie of one party.';

CREATE FUNCTION wmo_works.own_clients(party_id integer)
RETURNS TABLE (other_id integer, way text, valid_from date, valid_to date, known_from date, not_before date,
               inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 200 ROWS 1
BEGIN ATOMIC
  WITH RECURSIVE line (other_id, way, valid_from, valid_to, known_from, not_before, inferred) AS (
    SELECT t.other_id, t.way, t.valid_from, t.valid_to, t.known_from, t.not_before, t.inferred
    FROM wmo_works.ties_of(own_clients.party_id) t
    UNION
    SELECT t.other_id, CASE WHEN t.way = 'succession' OR (t.way = 'namesake' AND line.way <> 'succession')
                                 THEN line.way ELSE t.way END,
           greatest(line.valid_from, t.valid_from), least(line.valid_to, t.valid_to),
           -- whether a membership passed to who came after, or what it meant before, is not recorded
           CASE WHEN line.way = 'succession' AND t.way = 'succession' THEN greatest(line.known_from, t.known_from)
                ELSE 'infinity' END,
           greatest(line.not_before, t.not_before), line.inferred OR t.inferred
    FROM line
    CROSS JOIN LATERAL wmo_works.ties_of(line.other_id) t
    -- fellow members have no clients in common but those of their consortium
    WHERE CASE WHEN t.way IN ('succession', 'namesake') THEN true
               WHEN t.way = 'successor' THEN line.way <> 'succession'
               ELSE line.way IN ('succession', 'namesake', t.way) END
      AND line.valid_from < t.valid_to AND t.valid_from < line.valid_to
  )
  SELECT line.other_id, line.way, line.valid_from, line.valid_to, line.known_from, line.not_before, line.inferred
  FROM line WHERE line.other_id IS DISTINCT FROM own_clients.party_id;
END;
COMMENT ON FUNCTION wmo_works.own_clients(integer) IS
  'The parties whose clients count as clients of this one: those it succeeded, its members, and the consortia that it '
  'is a member of; with the days of care, and the as_of days from which that stood: surely from known_from (infinity: '
  'the day of a succession is not known, it takes both a membership and a succession, the other came after it, if '
  'with a third, or a name that they have in common), surely not before not_before; and whether it rests on an '
  'inferred source. way: succession, where it takes nothing else, or what else it takes. Null: anybody may be one, of '
  'a consortium of which no member is recorded.';

CREATE FUNCTION wmo_works.has_succeeded(party_id integer, other_id integer, on_date date, as_of date) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 200 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN bool_or(k.known_from <= has_succeeded.as_of AND NOT k.inferred) THEN true
                WHEN count(*) = 0 THEN false END
    FROM wmo_works.own_clients(has_succeeded.party_id) k
    WHERE k.way IN ('succession', 'namesake') AND k.other_id = has_succeeded.other_id
      AND k.valid_from <= has_succeeded.on_date);
END
$$;
COMMENT ON FUNCTION wmo_works.has_succeeded(integer, integer, date, date) IS
  'Had a party come after the other by a day, in one step or several, by what stood on the as_of day? Null: cannot '
  'tell, for the day of a succession is not known, or since when it stood, it is our reading of a source, or a name '
  'makes them perhaps one.';
