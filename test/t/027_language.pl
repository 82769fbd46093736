# With wmo_contracts.language = nl everything that is said to a reader is Dutch: over the five municipalities no English
# sentence is left, every code is what it was, and nothing that is stored carries a language.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node registry_database load_demo differences);

my $node = start_node('language');
registry_database($node, 'english');
load_demo($node, 'english') or plan skip_all => 'there is no demo/load.sql to ask about';

# ---- what is said: name => query; the columns in capitals are sentences, the others must not change -------------------

my $days = "unnest('{2018-07-30,2019-01-01,2020-03-01,2023-06-01}'::date[]) d";
my %said = (
	award_status => "SELECT a.id, d, s.status, s.since, s.pending, s.basis AS SAYS FROM wmo.award a CROSS JOIN $days CROSS JOIN LATERAL wmo.award_status(a.id, d) s",
	award_timeline => 'SELECT a.id, t.known, t.status, t.awarded, t.basis AS SAYS FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t',
	award_terms => "SELECT d, t.award_id, t.sign_from, t.court_by, concat_ws(' | ', t.sign_basis, t.warning) AS SAYS FROM $days CROSS JOIN LATERAL wmo.award_terms(d) t",
	minimum_standstill => 'SELECT m.award_id, m.unmet, m.warning AS SAYS FROM wmo.minimum_standstill m',
	challenge_effect => "SELECT c.challenge_id, c.kind, c.holds, concat_ws(' | ', c.because, c.lodged_words) AS SAYS FROM wmo.challenge_effect c",
	court_chain => 'SELECT a.id, c.step, c.what, c.state, c.detail AS SAYS FROM wmo.award a CROSS JOIN LATERAL wmo.court_chain(a.id, DATE \'2023-06-01\') c',
	contract_annulment => "SELECT c.contract_id, c.law, c.latest_day, concat_ws(' | ', c.ground, c.warning) AS SAYS FROM wmo.contract_annulment c",
	running_objection_periods => "SELECT d, r.award_id, r.term, r.days_left, concat_ws(' | ', r.basis, r.warning) AS SAYS FROM $days CROSS JOIN LATERAL wmo.running_objection_periods(d) r",
	decision_calendar => "SELECT d, t.uid, t.kind, t.state, t.day, concat_ws(' | ', t.decision, t.detail, t.warning, t.source) AS SAYS FROM $days CROSS JOIN LATERAL wmo.decision_calendar_on(d) t",
	icalendar => "SELECT d, wmo.decision_icalendar(d) AS SAYS FROM $days",
	explain_term => "SELECT l, r, x.step, x.day, x.applied, x.explanation AS SAYS FROM unnest('{20 days,3 months,2 days,100 days,-1 months}'::interval[]) l
		CROSS JOIN unnest('{atw,eu_1182_71,none}'::text[]) r CROSS JOIN unnest('{2024-12-23,2031-04-10,1964-12-01}'::date[]) d CROSS JOIN LATERAL wmo.explain_term(d, l, r) x",
	explain_objection_period => "SELECT a.id, x.step, x.day, x.applied, x.explanation AS SAYS FROM wmo.award a CROSS JOIN LATERAL wmo.explain_objection_period(coalesce(a.standstill, a.forfeiture)) x",
	explain_decision => "SELECT r.regime, x.step, x.day, x.applied, x.explanation AS SAYS FROM wmo.term_rule r CROSS JOIN LATERAL wmo.explain_decision(r.regime, '2024-03-04') x WHERE r.kind = 'decision'",
	decision_chain => "SELECT c.step, c.term, c.kind, c.last_day, c.explanation AS SAYS FROM wmo.decision_chain('awb_objection_decision', '2025-12-04',
		ARRAY[('completion_asked', '2025-12-10', '2025-12-20', NULL), ('postponed', '2025-12-22', NULL, NULL), ('default_notice', '2026-06-01', NULL, NULL), ('decided', '2026-08-01', NULL, NULL)]::wmo.term_event[]) c",
	explain_timely => "SELECT p, r, x.step, x.day, x.applied, x.explanation AS SAYS FROM unnest('{2018-09-01,2018-09-05,2018-09-07,2018-12-01,2018-01-01}'::date[]) r
		CROSS JOIN unnest(ARRAY[DATE '2018-08-30', NULL]) p CROSS JOIN LATERAL wmo.explain_timely(wmo.objection_period('awb_objection', '2018-07-24'), r, least(p, r), 'post') x",
	term_rule => "SELECT r.regime, r.valid, r.rule, concat_ws(' | ', r.citation, r.warning) AS SAYS FROM wmo.term_rule r",
	explain_providers_in_area => "SELECT a.id, d, s, e.step, e.rule, e.verdict, e.explanation AS SAYS FROM wmo.area a CROSS JOIN unnest('{2018-07-30,2023-06-01}'::date[]) d
		CROSS JOIN unnest('{begeleiding,hulp_bij_het_huishouden}'::text[]) s CROSS JOIN LATERAL wmo.explain_providers_in_area(a.code, s, d, 40, as_of => d) e WHERE a.kind = 'municipality'",
	explain_providers_at => "SELECT a.id, e.step, e.rule, e.verdict, e.explanation AS SAYS FROM wmo.area a
		CROSS JOIN LATERAL wmo.explain_providers_at(ST_PointOnSurface(a.geom), 'begeleiding', '2018-07-30', 40, as_of => '2018-07-30') e WHERE a.geom IS NOT NULL AND a.id % 5 = 0",
	contract_change_warning => "SELECT w.change_id, w.kind, w.warning AS SAYS FROM wmo.contract_change_warning w",
	handovers => "SELECT h.on_day, h.area_id, h.kind, h.words AS SAYS FROM wmo.handovers('2018-01-01', '2024-01-01', 'begeleiding', '2024-01-01') h",
	load_contract_list => "SELECT f.line, f.cell, f.outcome, f.message AS SAYS FROM unnest('{sheet,headless,new_list}'::regclass[]) l CROSS JOIN LATERAL wmo.load_contract_list(l, dry_run => true) f",
	import_ocds => "SELECT f.path, f.outcome, f.message AS SAYS FROM releases r CROSS JOIN LATERAL wmo.import_ocds(r.document, dry_run => true) f",
	explain_providers_at_postcode => "SELECT p, e.step, e.rule, e.verdict, e.explanation AS SAYS FROM unnest('{9711,9801 AA,1000}'::text[]) p CROSS JOIN LATERAL wmo.explain_providers_at_postcode(p::wmo.postcode, 'begeleiding', '2023-06-01', 40) e",
);

# Words that Dutch has not, within a sentence. Names of the registry, codes and quoted texts are not sentences of ours.
my $english = qr/\b(?:the|and|not|by|from|with|until|which|that|has|have|had|been|ended|ends|known|recorded|term|award|signed|lodged|contract was|day|days|this|these|their|its|no|none|only|any|other|after|before)\b/;

# What the demo has not: proceedings against an award, one that was upheld, an award without the standstill of the law.
$node->safe_psql('english', <<'SQL');
INSERT INTO wmo.award_challenge (award_id, kind, lodged, lodged_by, ruled, outcome, ordered)
SELECT a.id, 'summary_proceedings', '2018-08-01', 'claimant', '2018-09-01', 'upheld', 'to_reassess' FROM wmo.award a ORDER BY a.id LIMIT 1;
INSERT INTO wmo.award_challenge (award_id, kind, lodged_between, lodged_by)
SELECT a.id, k.kind, '[2018-09-03,2018-09-20)', 'buyer' FROM (SELECT a.id FROM wmo.award a ORDER BY a.id LIMIT 1) a,
  unnest('{appeal,letter,main_proceedings}'::text[]) k (kind);
WITH t AS (INSERT INTO wmo.tender (title, procedure) VALUES ('Nieuwe inkoop', 'sas'), ('Inkoop met toelating', 'open_house'), ('Openbare inkoop', 'open') RETURNING id, procedure)
INSERT INTO wmo.award (tender_id, decided, sent, standstill)
SELECT t.id, '[2023-05-01,2023-05-02)', s.sent::daterange, s.standstill::wmo.objection_period
FROM t, (VALUES ('[2023-05-01,2023-05-02)', NULL), (NULL, NULL), ('[2023-05-01,2023-05-02)', wmo.objection_period('standstill', '2023-04-20')::text)) s (sent, standstill);
UPDATE wmo.contract c SET signed_on = '2023-06-15', award_id = a.id, announced_on = CASE WHEN c.number < 'M' THEN DATE '2023-06-20' END
FROM (SELECT a.id, row_number() OVER (ORDER BY a.id DESC) AS n FROM wmo.award a) a, (SELECT k.id, row_number() OVER (ORDER BY k.id) AS n FROM wmo.contract k WHERE k.award_id IS NULL) k
WHERE k.id = c.id AND k.n = a.n AND a.n <= 6;
SQL

# A list, a layer and a release with whatever can be wrong with them.
$node->safe_psql('english', <<'SQL');
CREATE TABLE sheet ("Contractnummer" text, "Opdrachtgever" text, "Aanbieder" text, "AGB" text, "Dienst" text, "Productcodes" text, "Gemeente" text, "Gebied" text,
  "Begindatum" text, "Einddatum t/m" text, "Opties" text, "Meldtermijn" text, "Leeftijd" text, "Keuze" text, "Eenmanszaak" text, "Ondertekend" text, "Kleur" text);
INSERT INTO sheet VALUES
  ('S1', 'Gemeente Assen', 'Zorg Noord', '12345', 'begeleidng', 'A1B2C3D4', '14', NULL, '45000', '01-02-24', 'ja', 'ooit', '18', 'misschien', 'soms', 'open', 'rood'),
  ('S2', 'Gemeente Assen', 'Zorg Noord', '1', 'begeleiding', '1A01', 'Nergens', 'Oost', '31-02-2024', 'tot 1-1-2025', '2x12', '6 maanden', '18+', 'exclusief', 'ja', '-', NULL),
  ('S2', 'Gemeente Assen', 'Zorg Zuid', NULL, 'begeleiding', '99X99', 'GM9998', NULL, '01-02-2024', 'n.v.t.', 'geen', NULL, '65+', 'gedeeld', 'nee', '1 mei 2024', NULL),
  (NULL, 'Gemeente Assen', 'Zorg Zuid', NULL, '1', NULL, 'Bergen', NULL, '01-02-2024', 'onbepaald', '2x12', NULL, NULL, NULL, NULL, NULL, NULL),
  ('S9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01-02-2025', '01-02-2024', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('Totaal', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('zie bijlage', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO wmo.contract_change (contract_id, kind, received_on, decided_on)
SELECT c.id, 'extension', r, d FROM (SELECT c.id, row_number() OVER (ORDER BY c.id) AS n FROM wmo.contract c WHERE c.number ~ '^GR-2019') c
JOIN (VALUES (1, DATE '2022-06-01', DATE '2022-06-10'), (2, NULL, DATE '2022-06-10')) x (n, r, d) ON x.n = c.n;
CREATE TABLE headless ("Nummer" text, "Contract" text, "Einddatum tot" text);
CREATE TABLE new_list ("Contractnummer" text, "Opdrachtgever" text, "Aanbieder" text, "Dienst" text, "Productcodes" text, "Gemeente" text, "Gebied" text, "Begindatum" text,
  "Einddatum t/m" text, "Onderaannemers" text);
INSERT INTO new_list VALUES ('N1', 'Gemeente Assen', 'Zorg Noord', 'IB', '02A99', 'Assen', 'Wijk Oost', '01-02-2030', NULL, 'Klein Werk'),
  ('N2', 'Gemeente Assen', NULL, 'begeleiding', NULL, 'Haren', NULL, 'onbekend', 'onbepaald', NULL), ('N3', 'Gemeente Assen', 'Zorg Noord', 'begeleiding', NULL, NULL, NULL, '1-1-2024', '1-1-2025', NULL);
CREATE TABLE releases (document jsonb);
INSERT INTO releases VALUES ('{"releases": [{"ocid": "ocds-abc123-1", "id": "1", "date": "2019-05-01T00:00:00Z", "tag": 3, "planning": {}, "buyer": {"id": 1, "name": "Onbekende dienst"},
  "parties": [{"id": "P1", "name": "Zorg Noord", "roles": ["supplier"], "identifier": {"scheme": "X", "id": "1"}}, {"id": "P2", "roles": ["supplier"], "memberOf": [{"id": "P9"}]},
    {"id": "P3", "name": "Iemand", "roles": ["funder"]}, {"id": "P4", "name": "Gemeente Assen", "roles": ["buyer"], "identifier": {"scheme": "NL-KVK", "id": "12"}}],
  "tender": {"id": "T", "procurementMethod": "open", "lots": [{"title": "Zonder id"}, {"id": "L1", "title": "Noord"}, 7], "milestones": [{"id": "x", "code": "anders"}], "documents": [{"id": "d"}]},
  "awards": [{"id": "A1", "status": "active", "relatedLots": ["L1", "L2"], "suppliers": [{"name": "Zorg Noord"}, {"name": "Zorg Zuid"}]}, {"id": "A2", "status": "unsuccessful"},
    {"id": "A3", "status": "cancelled"}, {"status": "active"}],
  "contracts": [{"id": "C1", "awardID": "A1", "status": "active", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2021-01-01T00:00:00Z", "maxExtentDate": "2023-01-01T00:00:00Z"},
      "items": [{"id": "I1"}], "amendments": [{"id": "W1", "date": "2020-05-05T00:00:00Z", "rationale": "Verlengd"}]},
    {"id": "C2", "awardID": "A9"}, {"id": "C3", "awardID": "A1", "status": "cancelled"}, {"id": "C4", "awardID": "A1", "period": {"startDate": "2022-01-01", "endDate": "2021-01-01"}}]},
  {"ocid": "ocds-abc123-2"}]}');
SQL

use JSON::PP;
my $json = JSON::PP->new->canonical->utf8(0);
for my $name (sort keys %said)
{
	my %by;
	for my $language (qw(en nl))
	{
		for my $row (split /\n/, $node->safe_psql('english', "SET wmo_contracts.language = $language; SELECT to_jsonb(q) FROM ($said{$name}) q"))
		{
			my $read = $json->decode($row);
			my $says = delete $read->{says};
			push @{ $by{$language}{codes} }, $json->encode($read);
			push @{ $by{$language}{says} }, $says if defined $says && $says ne '';
		}
	}
	is(differences(map { join "\n", sort @{ $by{$_}{codes} // [] } } qw(en nl)), '', "$name: the codes stay");
	my @said = @{ $by{nl}{says} // [] };
	cmp_ok(scalar @said, '>', 0, "$name says something");
	is(scalar @said, scalar @{ $by{en}{says} // [] }, "$name says as much in both");
	my %left;
	for my $says (@said)
	{
		my $unfolded = $says =~ s/\r?\n //gr;
		# of a calendar only the texts
		$unfolded = join ' ', $unfolded =~ /^(?:SUMMARY|DESCRIPTION|CATEGORIES|X-WR-\w+):(.*)$/mg if $name eq 'icalendar';
		$unfolded =~ s/\\n/ /g;
		$unfolded =~ s/"[^"]*"//g;
		$unfolded =~ s/wmo\.\w+|\b[A-Z]{2}-\S+//g;
		$left{"$&: $unfolded"} = 1 if $unfolded =~ /$english/;
	}
	is(join("\n", (sort keys %left)[ 0 .. (keys %left > 5 ? 4 : keys(%left) - 1) ]), '', "$name: no English is left");
}

done_testing();
