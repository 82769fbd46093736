-- court_chain: the court chain of an award, the remedies open in it, and until when its contract can be attacked.
-- Relies on award_status and minimum_standstill (standing) and on the regimes of the Code of Civil Procedure (law).
--
-- Nothing here moves an award: what a ruling or an appeal does to it stands in award_status. A remedy whose term ran
-- out is no ruling that became final: proceedings may be lodged that are not recorded.

CREATE VIEW wmo.court_remedy WITH (security_invoker = true) AS
  SELECT ch.id AS challenge_id, ch.award_id, ch.kind, ch.ruled, ch.outcome, rule.remedy, rule.regimes,
         wmo.last_day(rule.first) AS last_day,
         greatest(wmo.latest_last_day(rule.first), wmo.latest_last_day(rule.other)) AS latest_day,
         greatest(wmo_works.may_end_on(rule.first), wmo_works.may_end_on(rule.other)) AS may_end_on,
         used.id AS used_by_id, used.surely AS used_surely, 'high' AS confidence,
         nullif(concat_ws('; ',
           CASE WHEN rule.other IS NOT NULL
                THEN wmo_works.words('whether the judgment below was given in summary proceedings is not recorded: '
                                     'eight weeks if it was, else three months') END,
           coalesce(wmo.calendar_warning(rule.first), wmo.calendar_warning(rule.other)),
           CASE WHEN NOT used.surely
                THEN wmo_works.words('against which of several rulings the %1 is, is not recorded',
                                     wmo_works.code_words(rule.remedy)) END,
           CASE WHEN used.id IS NULL
                THEN wmo_works.words('that nothing was lodged is not recorded: a term that ran out is no ruling that '
                                     'became final') END),
           '') AS warning
  FROM wmo.award_challenge ch
  CROSS JOIN LATERAL (
    -- the kind of judgment that an appeal is against, where that is recorded or there is one only
    SELECT CASE WHEN ch.kind <> 'appeal' THEN NULL
                WHEN ch.against_id IS NOT NULL
                THEN (SELECT b.kind FROM wmo.award_challenge b
                      WHERE b.id = ch.against_id AND b.kind IN ('summary_proceedings', 'main_proceedings'))
                ELSE (SELECT CASE WHEN count(*) = 1 THEN min(b.kind) END FROM wmo.award_challenge b
                      WHERE b.award_id = ch.award_id AND b.kind IN ('summary_proceedings', 'main_proceedings')) END
           AS kind
    OFFSET 0
  ) below
  CROSS JOIN LATERAL (
    SELECT 'appeal' AS remedy, 'rv_appeal_summary' AS regimes,
           wmo.objection_period('rv_appeal_summary', ch.ruled) AS first, NULL::wmo.objection_period AS other
    WHERE ch.kind = 'summary_proceedings'
    UNION ALL
    SELECT 'appeal', 'rv_appeal', wmo.objection_period('rv_appeal', ch.ruled), NULL WHERE ch.kind = 'main_proceedings'
    UNION ALL
    SELECT 'cassation', CASE below.kind WHEN 'summary_proceedings' THEN 'rv_cassation_summary'
                                        WHEN 'main_proceedings' THEN 'rv_cassation'
                                        ELSE 'rv_cassation_summary or rv_cassation' END,
           CASE WHEN below.kind = 'main_proceedings' THEN wmo.objection_period('rv_cassation', ch.ruled)
                ELSE wmo.objection_period('rv_cassation_summary', ch.ruled) END,
           CASE WHEN below.kind IS NULL THEN wmo.objection_period('rv_cassation', ch.ruled) END
    WHERE ch.kind = 'appeal'
  ) rule
  LEFT JOIN LATERAL (
    SELECT x.id, coalesce(x.against_id = ch.id, wmo_works.can_only_be_against(x.id, ch.id)) AS surely
    FROM wmo.award_challenge x
    WHERE x.award_id = ch.award_id AND x.kind = rule.remedy
      AND (x.against_id = ch.id OR (x.against_id IS NULL AND coalesce(x.lodged, lower(x.lodged_between)) >= ch.ruled))
    ORDER BY x.against_id IS NULL, coalesce(x.lodged, lower(x.lodged_between)), x.id LIMIT 1
  ) used ON true
  WHERE ch.outcome IN ('dismissed', 'upheld', 'partly_upheld') AND ch.ruled >= '2002-01-01';
COMMENT ON VIEW wmo.court_remedy IS
  'The next instance after each ruling on an award: appeal within four weeks in summary proceedings (Rv 339 lid 2), '
  'else three months (lid 1); cassation within eight weeks or three months (Rv 402). What was withdrawn has none.';
COMMENT ON COLUMN wmo.court_remedy.challenge_id IS 'The proceedings in which was ruled.';
COMMENT ON COLUMN wmo.court_remedy.award_id IS 'The award.';
COMMENT ON COLUMN wmo.court_remedy.kind IS 'Their kind: wmo.award_challenge.kind.';
COMMENT ON COLUMN wmo.court_remedy.ruled IS 'Day of the ruling, from which the term runs.';
COMMENT ON COLUMN wmo.court_remedy.outcome IS 'dismissed, upheld or partly_upheld.';
COMMENT ON COLUMN wmo.court_remedy.remedy IS 'appeal (hoger beroep) or cassation.';
COMMENT ON COLUMN wmo.court_remedy.regimes IS 'The regime of wmo.term_rule; two where it is not known which.';
COMMENT ON COLUMN wmo.court_remedy.last_day IS 'Its last day by the shortest reading, for who goes on.';
COMMENT ON COLUMN wmo.court_remedy.latest_day IS 'Its last day by the longest reading, for who relies on the ruling.';
COMMENT ON COLUMN wmo.court_remedy.may_end_on IS
  'Last day on which its term can end: latest_day, or a week later where a decree on equated days that is not known '
  'here could move it.';
COMMENT ON COLUMN wmo.court_remedy.used_by_id IS
  'The appeal or cassation that was lodged, or may have been lodged, against it; null = none recorded.';
COMMENT ON COLUMN wmo.court_remedy.used_surely IS
  'Whether that is surely against this ruling: it says so, or there is no other; null = none recorded.';
COMMENT ON COLUMN wmo.court_remedy.confidence IS 'How sure the rule is.';
COMMENT ON COLUMN wmo.court_remedy.warning IS 'What cannot be told of it; null = nothing.';

CREATE FUNCTION wmo_works.annulment_terms(as_of date)
RETURNS TABLE (contract_id integer, announced_on date, announced wmo.objection_period, concluded wmo.objection_period)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  SELECT c.id, told.announced_on, term.announced, term.concluded
  FROM wmo.contract c
  CROSS JOIN LATERAL (
    SELECT CASE WHEN c.announced_on <= annulment_terms.as_of THEN c.announced_on END AS announced_on
  ) told
  CROSS JOIN LATERAL (
    SELECT CASE WHEN told.announced_on >= '2013-04-01'
                THEN wmo.objection_period('annulment_announced', told.announced_on) END AS announced,
           CASE WHEN c.signed_on >= '2013-04-01' THEN wmo.objection_period('annulment', c.signed_on) END AS concluded
    OFFSET 0 -- counted once, not at every mention
  ) term
  WHERE c.award_id IS NOT NULL AND c.signed_on <= annulment_terms.as_of;
END;
COMMENT ON FUNCTION wmo_works.annulment_terms(date) IS
  'The terms within which contracts that follow from an award and were signed by a day can be attacked by Aw 2012 art. '
  '4.15, if it holds: from the announcement, where one was made by then, and from the signature.';

CREATE FUNCTION wmo.contract_annulments(as_of date DEFAULT 'infinity')
RETURNS TABLE (contract_id integer, number text, award_id integer, law text, signed_on date, announced_on date,
               last_day date, latest_day date, confidence text, ground text, warning text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  SELECT c.id, c.number, c.award_id, m.law, c.signed_on, told.announced_on,
         -- the earlier for who attacks, the later for who relies on it
         CASE WHEN m.law <> 'no' AND term.announced IS NOT NULL
              THEN least(wmo.last_day(term.announced), wmo.last_day(term.concluded)) END,
         CASE WHEN m.law <> 'no' THEN greatest(wmo.latest_last_day(term.announced), wmo.latest_last_day(term.concluded))
              END,
         CASE WHEN m.law IN ('holds', 'may_hold') THEN 'medium' WHEN m.law = 'no' THEN 'high' ELSE 'disputed' END,
         CASE WHEN m.law = 'no'
              THEN wmo_works.words('Aw 2012 art. 4.15 does not reach it: no standstill of the law holds')
              ELSE concat_ws('; ',
                CASE told.early
                  WHEN true THEN wmo_works.words('signed in the standstill, before a ruling or against an order')
                  WHEN false THEN wmo_works.words('not signed within a standstill that is known')
                  ELSE wmo_works.words('whether it was signed within a standstill cannot be told') END,
                CASE WHEN told.announced_on IS NULL THEN wmo_works.words('that it was announced is not recorded')
                     ELSE wmo_works.words('it was announced') END) END,
         concat_ws('; ',
           CASE WHEN m.law <> 'no' THEN wmo_works.words('the text of art. 4.15 was not read') END,
           CASE m.law
             WHEN 'disputed' THEN wmo_works.words('whether the article holds here is disputed')
             WHEN 'may_hold'
             THEN wmo_works.words('whether the article holds here hangs on the value, which is not recorded')
             WHEN 'not_known' THEN wmo_works.words('whether the article holds here is not known') END,
           CASE WHEN told.announced_on IS NULL AND m.law <> 'no'
                THEN wmo_works.words('were it announced, thirty days would run from then, which day cannot be told')
           END,
           CASE WHEN m.law <> 'no' AND wmo.last_day(term.announced) > wmo.last_day(term.concluded)
                THEN wmo_works.words('six months after it was concluded ended on %1; whether the thirty days from a '
                                     'later announcement run on after that was not found',
                                     wmo_works.iso_day(wmo.last_day(term.concluded))) END,
           wmo.calendar_warning(term.announced),
           wmo_works.words('nullity (BW 3:40) and abuse stand outside it (HR 18 November 2016, ECLI:NL:HR:2016:2638)'))
  FROM wmo_works.annulment_terms(contract_annulments.as_of) term
  JOIN wmo.contract c ON c.id = term.contract_id
  JOIN wmo.minimum_standstill m ON m.award_id = c.award_id
  JOIN wmo_works.award_signing s ON s.award_id = c.award_id
  CROSS JOIN LATERAL (
    SELECT term.announced_on,
           -- whether the first was signed early says it of one that was signed later where nothing held the award since
           CASE WHEN c.signed_on = s.signed_on THEN s.early
                WHEN NOT EXISTS (SELECT FROM wmo.award_challenge ch WHERE ch.award_id = c.award_id)
                THEN nullif(s.early, true) END AS early
    OFFSET 0
  ) told;
END;
COMMENT ON FUNCTION wmo.contract_annulments(date) IS
  'The rows of wmo.contract_annulment by what was signed and announced up to and including a day.';

CREATE VIEW wmo.contract_annulment WITH (security_invoker = true) AS
  SELECT n.contract_id, n.number, n.award_id, n.law, n.signed_on, n.announced_on, n.last_day, n.latest_day,
         n.confidence, n.ground, n.warning
  FROM wmo.contract_annulments() n;
COMMENT ON VIEW wmo.contract_annulment IS
  'Until when a concluded contract can be attacked for want of announcement or of standstill (Aw 2012 art. 4.15): '
  'within thirty days after it was announced, else six months after it was concluded. Medium confidence: the article '
  'was not read. Beyond these grounds a wrong award does not bring a contract down, nullity and abuse aside.';
COMMENT ON COLUMN wmo.contract_annulment.contract_id IS 'The contract; it follows from an award and is signed.';
COMMENT ON COLUMN wmo.contract_annulment.number IS 'Its number.';
COMMENT ON COLUMN wmo.contract_annulment.award_id IS 'The award.';
COMMENT ON COLUMN wmo.contract_annulment.law IS 'Does the standstill of the law hold: wmo.minimum_standstill.law.';
COMMENT ON COLUMN wmo.contract_annulment.signed_on IS 'Day on which it was concluded.';
COMMENT ON COLUMN wmo.contract_annulment.announced_on IS 'Day on which it was announced; null = not known.';
COMMENT ON COLUMN wmo.contract_annulment.last_day IS
  'Last day for who attacks it: of the thirty days, or of the six months where these end first; null = not announced, '
  'as far as is known, or not by this article.';
COMMENT ON COLUMN wmo.contract_annulment.latest_day IS
  'Last day for who relies on it, by the longest of the terms; null = not by this article, or before it was in force.';
COMMENT ON COLUMN wmo.contract_annulment.confidence IS 'medium, disputed (where it is open whether it holds) or high.';
COMMENT ON COLUMN wmo.contract_annulment.ground IS 'Which of the grounds of the article are recorded.';
COMMENT ON COLUMN wmo.contract_annulment.warning IS 'What is not sure of it.';

CREATE FUNCTION wmo_works.challenge_words(kind text, lodged_by text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo_works.code_words(kind) || CASE lodged_by WHEN 'several' THEN wmo_works.words(' by several')
                                                      WHEN 'claimant' THEN wmo_works.words(' by the claimant')
                                                      WHEN 'buyer' THEN wmo_works.words(' by the buyer')
                                                      WHEN 'supplier' THEN wmo_works.words(' by the supplier')
                                                      ELSE '' END;
END;
COMMENT ON FUNCTION wmo_works.challenge_words(text, text) IS 'Proceedings and who lodged them, in words.';

CREATE FUNCTION wmo.court_chain(award_id integer, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, day date, latest_day date, what text, challenge_id integer, state text, confidence text,
               detail text)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
  SELECT row_number() OVER (ORDER BY coalesce(l.day, l.latest_day), l.place, l.challenge_id NULLS FIRST)::integer,
         l.day, l.latest_day, l.what, l.challenge_id, l.state, l.confidence, l.detail
  FROM (
    -- sent on a day, it had been decided by then
    SELECT 0 AS place, lower(a.decided) AS day, least(upper(a.decided), upper(a.sent)) - 1 AS latest_day,
           CASE WHEN a.id = court_chain.award_id THEN 'award' ELSE 'new award' END AS what,
           NULL::integer AS challenge_id, 'recorded' AS state, 'recorded' AS confidence,
           CASE WHEN a.id = court_chain.award_id
                THEN coalesce(wmo_works.clause('it takes the place of award %1', a.replaces_id::text),
                              wmo_works.words('the award decision'))
                WHEN old.over IS NOT TRUE
                THEN wmo_works.words('award %1 takes the place of this one; that this one was withdrawn is not '
                                     'recorded: how it stands is not known', a.id::text)
                ELSE wmo_works.words('award %1 takes the place of this one; that this one was withdrawn is recorded',
                                     a.id::text) END AS detail
    FROM wmo.award a
    LEFT JOIN LATERAL (
      SELECT least(o.withdrawn_on, o.annulled_on) <= court_chain.as_of
             AND NOT coalesce(o.revived_on <= court_chain.as_of, false) AS over
      FROM wmo.award o WHERE o.id = a.replaces_id
    ) old ON true
    WHERE court_chain.award_id IN (a.id, a.replaces_id)
      AND coalesce(lower(coalesce(a.decided, a.sent)) <= court_chain.as_of, true)
    UNION ALL
    SELECT 1, e.lodged, e.lodged_latest, 'lodged', e.challenge_id,
           CASE WHEN e.ruled <= court_chain.as_of THEN 'ruled' WHEN e.lodged_latest <= court_chain.as_of THEN 'pending'
                ELSE 'perhaps pending' END, 'recorded',
           CASE WHEN e.holds
                THEN wmo_works.words('%1 lodged %2; holds the award: %3',
                                     wmo_works.challenge_words(e.kind, ch.lodged_by), e.lodged_words, e.because)
                ELSE wmo_works.words('%1 lodged %2; does not hold the award: %3',
                                     wmo_works.challenge_words(e.kind, ch.lodged_by), e.lodged_words, e.because) END
    FROM wmo.challenge_effect e JOIN wmo.award_challenge ch ON ch.id = e.challenge_id
    WHERE e.award_id = court_chain.award_id AND e.lodged <= court_chain.as_of
    UNION ALL
    SELECT 2, ch.ruled, ch.ruled, 'ruling', ch.id, ch.outcome, 'recorded',
           coalesce(CASE WHEN ch.outcome IN ('upheld', 'partly_upheld')
                         THEN wmo_works.order_text(ch.ruled, ch.ordered)
                              || coalesce(wmo_works.clause('; settled on %1', wmo_works.iso_day(ch.order_settled_on)),
                                          '') END,
                    wmo_works.code_words(ch.outcome))
    FROM wmo.award_challenge ch WHERE ch.award_id = court_chain.award_id AND ch.ruled <= court_chain.as_of
    UNION ALL
    SELECT 3, r.last_day, r.latest_day, r.remedy, r.challenge_id,
           CASE WHEN used.lodged IS NOT NULL
                     AND NOT coalesce(r.used_surely AND used.lodged_latest <= court_chain.as_of, false)
                THEN 'perhaps lodged'
                WHEN used.lodged > r.may_end_on THEN 'lodged late'
                WHEN used.lodged_latest > r.last_day THEN 'lodged, perhaps late'
                WHEN used.lodged IS NOT NULL THEN 'lodged'
                WHEN court_chain.as_of <= r.last_day THEN 'open'
                WHEN court_chain.as_of <= r.may_end_on THEN 'open by the longest reading' ELSE 'passed' END,
           r.confidence,
           concat_ws('; ', wmo_works.words('%1 against the ruling of %2, until %3', wmo_works.code_words(r.remedy),
                                           wmo_works.iso_day(r.ruled), wmo_works.iso_day(r.last_day)), r.warning)
    FROM wmo.court_remedy r
    LEFT JOIN wmo.challenge_effect used ON used.challenge_id = r.used_by_id AND used.lodged <= court_chain.as_of
    WHERE r.award_id = court_chain.award_id AND r.ruled <= court_chain.as_of
    UNION ALL
    SELECT 4, n.signed_on, n.signed_on, 'contract', NULL, 'signed', 'recorded',
           wmo_works.words('contract %1 was signed; %2', n.number, n.ground)
    FROM wmo.contract_annulments(court_chain.as_of) n WHERE n.award_id = court_chain.award_id
    UNION ALL
    SELECT 5, n.last_day, n.latest_day, 'annulment', NULL,
           CASE WHEN n.law = 'no' THEN 'not by this article' WHEN n.latest_day IS NULL THEN 'unknown'
                WHEN court_chain.as_of <= coalesce(n.last_day, n.latest_day) THEN 'open'
                WHEN court_chain.as_of <= n.latest_day THEN 'open by the longest reading' ELSE 'passed' END,
           n.confidence,
           concat_ws('; ', wmo_works.words('contract %1 can be attacked by Aw 2012 art. 4.15', n.number), n.warning)
    FROM wmo.contract_annulments(court_chain.as_of) n WHERE n.award_id = court_chain.award_id
  ) l;
END;
COMMENT ON FUNCTION wmo.court_chain(integer, date) IS
  'What was brought against an award and where it can still go, in the order of the days, as of a day: the decision, '
  'proceedings with who lodged them (state: perhaps pending, pending, ruled), rulings with what they order, the next '
  'instance with its last day (open, perhaps lodged, lodged, passed), the contract, and until when that can be '
  'attacked (Aw 2012 art. 4.15). day and latest_day: the first and the last on which it can have been, or the last '
  'days by the shortest and the longest reading. A term that passed is no ruling that became final.';
