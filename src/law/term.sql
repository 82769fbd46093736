-- term: the last day of a legal term, its explanation, and the regimes that set terms.
-- Relies on calendar, and on the library (term.c, rule.c, core/term.h).

CREATE FUNCTION wmo.term_last_day(event date, length interval, rule text DEFAULT 'atw') RETURNS date
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_term_last_day';
COMMENT ON FUNCTION wmo.term_last_day(date, interval, text) IS
  'The last day of a term of this length after the event, whose own day is not counted. Rules: atw (Algemene '
  'termijnenwet), eu_1182_71 (Regulation 1182/71), none. A negative length counts back and is not moved; a length of '
  'zero gives the event day.';

CREATE FUNCTION wmo.explain_term(
  event date, length interval, rule text DEFAULT 'atw',
  OUT step integer, OUT day date, OUT applied text, OUT explanation text
) RETURNS SETOF record
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 ROWS 8
AS 'MODULE_PATHNAME', 'wmo_sql_explain_term';
COMMENT ON FUNCTION wmo.explain_term(date, interval, text) IS
  'How wmo.term_last_day comes to its result, step by step: the event, the end by length, each day passed over with '
  'its article or decree, the result, and warnings (applied = warning) where the law is disputed or a decree not '
  'known.';

CREATE FUNCTION wmo.term_warning(event date, length interval, rule text DEFAULT 'atw') RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'wmo_sql_term_warning';
COMMENT ON FUNCTION wmo.term_warning(date, interval, text) IS
  'Why the last day that wmo.term_last_day gives is not sure: a decree on equated days that is not known here could '
  'move it, or leave fewer than two working days in the term (Atw art. 2). Null = nothing. It looks at the days on '
  'which the result hangs, also where those lie before the end.';

CREATE TABLE wmo.term_rule_shipped (
  regime text NOT NULL CONSTRAINT regime_is_a_name CHECK (regime ~ '^[a-z][a-z0-9_]{0,62}$'),
  kind text NOT NULL CONSTRAINT kind_is_known CHECK (kind IN ('remedy', 'decision')),
  valid daterange NOT NULL CONSTRAINT valid_has_days CHECK (NOT isempty(valid))
    CONSTRAINT valid_bounds_are_days CHECK (isfinite(lower(valid)) AND isfinite(upper(valid))),
  length interval CONSTRAINT length_is_whole_days_above_zero CHECK (
    extract(epoch FROM length - date_trunc('day', length)) = 0::numeric
    AND extract(year FROM length) * 12::numeric + extract(month FROM length) >= 0::numeric
    AND extract(day FROM length) >= 0::numeric AND length > interval '0'
  ),
  rule text NOT NULL CONSTRAINT rule_is_known CHECK (rule IN ('atw', 'eu_1182_71', 'none')),
  latest_rule text NOT NULL CONSTRAINT latest_rule_is_known CHECK (latest_rule IN ('atw', 'eu_1182_71', 'none')),
  posting_rule boolean NOT NULL DEFAULT false,
  citation text NOT NULL CONSTRAINT citation_is_given CHECK (citation <> ''),
  warning text CONSTRAINT warning_is_given_or_null CHECK (warning <> ''),
  PRIMARY KEY (regime, valid),
  CONSTRAINT term_rule_shipped_one_at_a_time EXCLUDE USING gist (regime WITH =, valid WITH &&)
);
COMMENT ON TABLE wmo.term_rule_shipped IS
  'Regimes: which term a law or a contract sets, for events on which days, as this release knows them. Not yours to '
  'change: use wmo.term_rule_own.';
COMMENT ON COLUMN wmo.term_rule_shipped.regime IS 'Name of the regime; several rows are its editions.';
COMMENT ON COLUMN wmo.term_rule_shipped.kind IS
  'remedy: a period in which somebody can go against a decision; decision: a period in which an authority must decide.';
COMMENT ON COLUMN wmo.term_rule_shipped.valid IS
  'The event days for which this row is the rule; rows of one regime do not overlap.';
COMMENT ON COLUMN wmo.term_rule_shipped.length IS
  'Length of the term; null where only the documents of the case set it.';
COMMENT ON COLUMN wmo.term_rule_shipped.rule IS
  'What extends the term when it ends on a free day, on the reading that ends first: atw, eu_1182_71 or none. Gives '
  'the earliest last day.';
COMMENT ON COLUMN wmo.term_rule_shipped.latest_rule IS
  'The same on the reading that ends last. Gives the latest last day. Equal to rule where the law is not disputed.';
COMMENT ON COLUMN wmo.term_rule_shipped.posting_rule IS
  'Is a letter in time when posted within the term and received within a week after it (Awb 6:9 lid 2)?';
COMMENT ON COLUMN wmo.term_rule_shipped.citation IS 'Where the term stands.';
COMMENT ON COLUMN wmo.term_rule_shipped.warning IS 'What is disputed or depends on the case; null when nothing is.';

CREATE TABLE wmo.term_rule_own (
  LIKE wmo.term_rule_shipped INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
  PRIMARY KEY (regime, valid),
  CONSTRAINT term_rule_own_one_at_a_time EXCLUDE USING gist (regime WITH =, valid WITH &&),
  CONSTRAINT own_regimes_begin_with_own CHECK (regime ~ '^own_')
);
COMMENT ON TABLE wmo.term_rule_own IS
  'Your own regimes. Their names begin with own_, which no shipped regime ever does, so that no release collides with '
  'them.';
COMMENT ON COLUMN wmo.term_rule_own.regime IS 'Name of the regime, beginning with own_; several rows are its editions.';
COMMENT ON COLUMN wmo.term_rule_own.kind IS
  'remedy: a period in which somebody can go against a decision; decision: a period in which an authority must decide.';
COMMENT ON COLUMN wmo.term_rule_own.valid IS
  'The event days for which this row is the rule; rows of one regime do not overlap.';
COMMENT ON COLUMN wmo.term_rule_own.length IS 'Length of the term; null where only the documents of the case set it.';
COMMENT ON COLUMN wmo.term_rule_own.rule IS
  'What extends the term when it ends on a free day, on the reading that ends first: atw, eu_1182_71 or none. Gives '
  'the earliest last day.';
COMMENT ON COLUMN wmo.term_rule_own.latest_rule IS
  'The same on the reading that ends last. Gives the latest last day. Equal to rule where the law is not disputed.';
COMMENT ON COLUMN wmo.term_rule_own.posting_rule IS
  'Is a letter in time when posted within the term and received within a week after it (Awb 6:9 lid 2)?';
COMMENT ON COLUMN wmo.term_rule_own.citation IS 'Where the term stands.';
COMMENT ON COLUMN wmo.term_rule_own.warning IS 'What is disputed or depends on the case; null when nothing is.';

CREATE VIEW wmo.term_rule WITH (security_invoker = true) AS
  SELECT s.regime, s.kind, s.valid, s.length, s.rule, s.latest_rule, s.posting_rule,
         wmo_works.known_words(s.citation) AS citation, wmo_works.known_words(s.warning) AS warning
  FROM wmo.term_rule_shipped s
  UNION ALL
  SELECT o.regime, o.kind, o.valid, o.length, o.rule, o.latest_rule, o.posting_rule, o.citation, o.warning
  FROM wmo.term_rule_own o;
COMMENT ON VIEW wmo.term_rule IS
  'Every regime: shipped and own. The row that is valid on the day of the event decides.';
COMMENT ON COLUMN wmo.term_rule.regime IS 'Name of the regime; several rows are its editions.';
COMMENT ON COLUMN wmo.term_rule.kind IS
  'remedy: a period in which somebody can go against a decision; decision: a period in which an authority must decide.';
COMMENT ON COLUMN wmo.term_rule.valid IS 'The event days for which this row is the rule.';
COMMENT ON COLUMN wmo.term_rule.length IS 'Length of the term; null where only the documents of the case set it.';
COMMENT ON COLUMN wmo.term_rule.rule IS
  'What extends the term on the reading that ends first. Gives the earliest last day.';
COMMENT ON COLUMN wmo.term_rule.latest_rule IS
  'What extends the term on the reading that ends last. Gives the latest last day.';
COMMENT ON COLUMN wmo.term_rule.posting_rule IS
  'Is a letter in time when posted within the term and received within a week after it (Awb 6:9 lid 2)?';
COMMENT ON COLUMN wmo.term_rule.citation IS 'Where the term stands.';
COMMENT ON COLUMN wmo.term_rule.warning IS 'What is disputed or depends on the case; null when nothing is.';

SELECT pg_catalog.pg_extension_config_dump('wmo.term_rule_own', '');

INSERT INTO wmo.term_rule_shipped
  (regime, kind, valid, length, rule, latest_rule, posting_rule, citation, warning)
VALUES
  ('standstill', 'remedy', '[2010-02-19,2013-04-01)', '15 days', 'atw', 'atw', false, 'Wira art. 4',
   'The documents may set a longer term.'),
  ('standstill', 'remedy', '[2013-04-01,)', '20 days', 'atw', 'atw', false, 'Aanbestedingswet 2012 art. 2.127 lid 1-3',
   'Twenty days is the least: the documents may set a longer term.'),
  ('sas_standstill', 'remedy', '[2016-07-01,)', '20 days', 'none', 'atw', false,
   'tender documents, after the example of Aanbestedingswet 2012 art. 2.127',
   'Disputed: whether art. 2.127 applies to social and other specific services (arts. 2.38-2.39). If the term is only '
   'contractual, the Atw does not extend it by itself.'),
  ('admission_standstill', 'remedy', '[2013-04-01,)', '20 days', 'none', 'atw', false,
   'admission documents, after the example of Aanbestedingswet 2012 art. 2.127',
   'An admission procedure (open house) is no public contract: the term is contractual, the Atw does not extend it by '
   'itself, and proceedings suspend the other contracts only where the documents say so.'),
  ('forfeiture', 'remedy', '(,)', NULL, 'none', 'atw', false, 'vervaltermijn in the tender documents',
   'Disputed: Rb Den Haag (ECLI:NL:RBDHA:2021:1251) did not extend a contractual term that ended on a Sunday; Hof Den '
   'Haag 20 April 2021 read it as long as the statutory standstill.'),
  ('awb_objection', 'remedy', '[1994-01-01,)', '42 days', 'atw', 'atw', true, 'Awb art. 6:7 and 6:8 lid 1', NULL),
  ('awb_appeal', 'remedy', '[1994-01-01,)', '42 days', 'atw', 'atw', true, 'Awb art. 6:7 and 6:8 lid 1', NULL),
  ('awb_objection_decision', 'decision', '[2009-10-01,)', '42 days', 'atw', 'atw', false, 'Awb art. 7:10 lid 1',
   'Runs from the last day of the objection term as extended. Suspension (lid 2) and adjournment of at most six weeks '
   '(lid 3) are not in it.'),
  ('awb_objection_decision_committee', 'decision', '[2009-10-01,)', '84 days', 'atw', 'atw', false,
   'Awb art. 7:10 lid 1 and 7:13',
   'Runs from the last day of the objection term as extended. Suspension (lid 2) and adjournment of at most six weeks '
   '(lid 3) are not in it; whether the Atw extends the sum of both terms is not settled.'),
  ('rv_appeal_summary', 'remedy', '[2002-01-01,)', '28 days', 'atw', 'atw', false, 'Rv art. 339 lid 2',
   'Runs from the day of the judgment in summary proceedings (kort geding), whether or not the written reasons are '
   'there.'),
  ('rv_appeal', 'remedy', '[2002-01-01,)', '3 months', 'atw', 'atw', false, 'Rv art. 339 lid 1', NULL),
  ('rv_cassation_summary', 'remedy', '[2002-01-01,)', '56 days', 'atw', 'atw', false, 'Rv art. 402 and 339 lid 2',
   NULL),
  ('rv_cassation', 'remedy', '[2002-01-01,)', '3 months', 'atw', 'atw', false, 'Rv art. 402', NULL),
  ('annulment_announced', 'remedy', '[2013-04-01,)', '30 days', 'none', 'atw', false,
   'Aanbestedingswet 2012 art. 4.15 lid 2',
   'The text of art. 4.15 was not read: thirty calendar days from the day after the announcement of the awarded '
   'contract. Whether the Atw extends them was not found.'),
  ('annulment', 'remedy', '[2013-04-01,)', '6 months', 'none', 'none', false, 'Aanbestedingswet 2012 art. 4.15 lid 2',
   'The text of art. 4.15 was not read: six months from the day after the contract was concluded, where it was not '
   'announced.'),
  ('wmo_investigation', 'decision', '[2015-01-01,)', '42 days', 'atw', 'atw', false, 'Wmo 2015 art. 2.3.2 lid 1', NULL),
  ('wmo_decision', 'decision', '[2015-01-01,)', '14 days', 'atw', 'atw', false, 'Wmo 2015 art. 2.3.5 lid 2',
   'Suspension and extension (Awb art. 4:14 and 4:15) are not in it.');

CREATE FUNCTION wmo.decision_last_day(regime text, event date) RETURNS date
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_decision_last_day';
COMMENT ON FUNCTION wmo.decision_last_day(text, date) IS
  'The last day on which an authority decides in time, by the law of the event''s day. For awb_objection_decision the '
  'event is the last day of the objection term.';

CREATE FUNCTION wmo.explain_decision(
  regime text, event date, OUT step integer, OUT day date, OUT applied text, OUT explanation text
) RETURNS SETOF record
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 300 ROWS 8
AS 'MODULE_PATHNAME', 'wmo_sql_explain_decision';
COMMENT ON FUNCTION wmo.explain_decision(text, date) IS
  'How wmo.decision_last_day comes to its result, step by step, with the citation and the warning of the regime.';

CREATE FUNCTION wmo.default_regime(procedure text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE procedure
    WHEN 'open' THEN 'standstill'
    WHEN 'restricted' THEN 'standstill'
    WHEN 'negotiated' THEN 'standstill'
    WHEN 'sas' THEN 'sas_standstill'
    WHEN 'open_house' THEN 'admission_standstill'
  END;
END;
COMMENT ON FUNCTION wmo.default_regime(text) IS
  'The remedy that goes with a tender procedure: open, restricted, negotiated, sas, open_house. Null for every other '
  'procedure (administrative, 2b_service, unknown): no remedy is known to go with it.';
