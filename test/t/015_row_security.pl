# Row security and column privileges: whoever may see a part of the registry gets the answers that a registry of that part
# alone would give, through every view and every question, also in a session that has made itself a map of all of it. And
# what a reporter is granted: the reporting views, and not a column more than they read.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node fresh_database);

my $node = start_node('row_security');
fresh_database($node, 'registry', 'CREATE SCHEMA gis', 'CREATE EXTENSION postgis SCHEMA gis', 'CREATE EXTENSION btree_gist SCHEMA gis',
	'CREATE EXTENSION wmo_contracts', 'GRANT USAGE ON SCHEMA gis TO PUBLIC');
$node->safe_psql('postgres', 'CREATE ROLE reader LOGIN; CREATE ROLE reporter LOGIN');

# Everything in twos: what has an even number can be hidden.
$node->safe_psql('registry', <<'SQL');
SET search_path = gis, public;
SELECT wmo.wmo_grant('reader', NULL, 'reporter');
INSERT INTO wmo.source (id, article, publisher, wording, basis, reading) VALUES
  (1, 'Krant', 'Uitgever', 'zoals het er stond', 'stated', NULL), (2, 'Blad', 'Drukker', 'zoals het er stond', 'inferred', 'het jaar is dat van het blad');
INSERT INTO wmo.party (id, name, kind, natural_person) VALUES
  (1, 'Stad', 'municipality', false), (2, 'Dorp', 'municipality', false), (11, 'Zorg Een', 'provider', false), (12, 'Zorg Twee', 'provider', true),
  (13, 'Zorg Drie', 'provider', false), (14, 'Zorg Vier', 'provider', false), (15, 'Combinatie Een', 'consortium', false), (16, 'Combinatie Twee', 'consortium', false);
INSERT INTO wmo.party_identifier (id, party_id, scheme, value) VALUES
  (1, 11, 'agb', '00000011'), (2, 12, 'agb', '00000012'), (3, 13, 'agb', '00000013'), (4, 14, 'agb', '00000014');
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, effective_on, kind) VALUES (1, 13, 11, '2022-01-01', 'takeover'), (2, 14, 12, '2022-01-01', 'takeover');
INSERT INTO wmo.consortium_member (id, consortium_id, member_id) VALUES (1, 15, 11), (2, 15, 12), (3, 16, 13), (4, 16, 14);
CREATE FUNCTION pg_temp.square(n integer) RETURNS geometry LANGUAGE sql
RETURN ST_Multi(ST_MakeEnvelope(100000 + 1000 * n, 460000, 101000 + 1000 * n, 461000, 28992));
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis, source_id) VALUES
  (1, 'GM0014', 'Stad', 'municipality', '(,2022-01-01)', pg_temp.square(1), 'official', NULL),
  (2, 'GM0014', 'Stad', 'municipality', '[2022-01-01,)', pg_temp.square(1), 'official', NULL),
  (3, 'GM0015', 'Dorp', 'municipality', '(,)', pg_temp.square(3), 'official', 1),
  (4, 'GM0016', 'Gehucht', 'municipality', '(,)', pg_temp.square(4), 'schematic', 2),
  (5, NULL, 'Streek', 'region', '(,)', NULL, NULL, NULL), (6, NULL, 'Elders', 'other', '(,)', NULL, NULL, NULL);
INSERT INTO wmo.area_part (id, whole_id, part_id, source_id) VALUES (1, 5, 3, NULL), (2, 5, 4, 2);
INSERT INTO wmo.postcode_place (id, postcode, geom) VALUES
  (1, '9711', pg_temp.square(1)), (2, '9712', pg_temp.square(3)), (3, '9713 AB', ST_Multi(ST_PointOnSurface(pg_temp.square(3)))),
  (4, '9713 AC', ST_Multi(ST_PointOnSurface(pg_temp.square(4))));
INSERT INTO wmo.service_product (id, buyer_id, code, service_id)
SELECT i, 1 + i % 2, 'P' || i, wmo.service_id((ARRAY['hulp_bij_het_huishouden', 'dagbesteding', 'begeleiding', 'begeleiding'])[i]) FROM generate_series(1, 4) i;
INSERT INTO wmo.tender (id, title, procedure, bids_valid_until, bid_days_after_ruling, owner) VALUES
  (1, 'Huishouden', 'open', '2023-09-01', 30, 'inkoop'), (2, 'Toelating', 'open_house', '2023-08-01', NULL, 'inkoop'),
  (3, 'Dagbesteding', 'sas', NULL, NULL, 'beleid'), (4, 'Begeleiding', 'restricted', '2023-10-01', NULL, NULL);
INSERT INTO wmo.tender_buyer (id, tender_id, buyer_id) VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 3, 1), (5, 4, 2);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Noord'), (2, 1, 'Zuid'), (3, 3, 'West'), (4, 4, 'Oost');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, standstill, forfeiture) VALUES
  (1, 1, 1, 11, '[2023-05-01,2023-05-02)', NULL, wmo.objection_period('standstill', '2023-05-01'), NULL),
  (2, 1, 2, 12, '[2023-06-05,2023-06-06)', NULL, wmo.objection_period('standstill', '2023-06-05'), NULL),
  (3, 2, NULL, 13, '[2023-06-01,2023-06-02)', NULL, NULL, NULL),
  (4, 4, 4, 14, '[2023-06-08,2023-06-09)', NULL, wmo.objection_period('standstill', '2023-06-08'), wmo.objection_period('forfeiture', '2023-06-08', '20 days')),
  (5, 3, 3, 15, '[2023-05-20,2023-05-25)', NULL, wmo.objection_period('sas_standstill', '2023-05-25'), NULL);
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruling_expected, ruled, outcome) VALUES
  (1, 1, 'summary_proceedings', '2023-05-10', '2023-07-01', NULL, NULL), (2, 3, 'summary_proceedings', '2023-06-10', NULL, NULL, NULL),
  (3, 5, 'appeal', '2023-06-01', NULL, NULL, NULL), (4, 4, 'summary_proceedings', '2023-06-12', NULL, '2023-06-13', 'dismissed');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, supplier_count, period, award_id, owner, source_id) VALUES
  (1, 'S-1', 1, 11, NULL, '[2020-01-01,2024-01-01)+P1Y notice P3M', NULL, 'inkoop', 1), (2, 'S-2', 1, 12, NULL, '[2023-01-01,2024-07-01)+P1Y', NULL, 'inkoop', 2),
  (3, 'S-3', 1, 15, NULL, '[2023-01-01,?)', 5, NULL, NULL), (4, 'S-4', 1, 16, NULL, '[2021-01-01,)', NULL, 'beleid', NULL),
  (5, 'D-5', 2, 13, NULL, '[2023-06-01,2025-06-01)', 3, NULL, NULL), (6, 'D-6', 2, NULL, 2, '[2022-01-01,2023-12-01)', NULL, NULL, 2),
  (7, 'D-7', 2, 14, NULL, '[2023-07-01,2025-01-01)', 4, 'beleid', NULL), (8, 'S-8', 1, 14, NULL, '[2018-01-01,2022-01-01)', 1, NULL, NULL);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, clients, choice, follows_code)
SELECT i, c, wmo.service_id(s), a, g, k, h, f FROM (VALUES
  (1, 1, 'hulp_bij_het_huishouden', 1, '[18,)'::int4range, 'all', 'exclusive', true), (2, 2, 'begeleiding', 2, '[0,)', 'all', 'shared', false),
  (3, 3, 'dagbesteding', 5, '[18,)', 'all', 'shared', false), (4, 4, 'hulp_bij_het_huishouden', 3, '[18,75)', 'existing', 'shared', false),
  (5, 5, 'begeleiding', 3, '[0,)', 'all', 'client_choice', false), (6, 6, 'begeleiding', 4, '[18,)', 'all', 'unknown', false),
  (7, 7, 'dagbesteding', 4, '[18,)', 'all', 'exclusive', false), (8, 8, 'hulp_bij_het_huishouden', 1, '[18,)', 'all', 'shared', false),
  (9, 4, 'individuele_begeleiding', 2, '[0,)', 'all', 'shared', false), (10, 6, 'dagbesteding', 6, '[0,)', 'all', 'unknown', false),
  (11, 2, 'hulp_bij_het_huishouden', NULL, '[0,18)', 'all', 'shared', false)) v (i, c, s, a, g, k, h, f);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until, to_party_id, service_id, area_id) VALUES
  (1, 4, 'transfer', '2023-03-01', '2023-04-01', NULL, 14, NULL, NULL), (2, 2, 'suspension', '2023-05-01', '2023-06-01', '2023-07-01', NULL, NULL, NULL),
  (3, 6, 'early_end', '2023-06-01', '2023-11-01', NULL, NULL, wmo.service_id('begeleiding'), 4),
  (4, 4, 'scope_removed', '2023-06-01', '2023-08-01', NULL, NULL, wmo.service_id('individuele_begeleiding'), 2);
INSERT INTO wmo.subcontract (id, contract_id, party_id, area_id) VALUES (1, 1, 13, NULL), (2, 3, 14, 3);
INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (1, 5, '[2023-06-10,2023-08-01)'), (2, 1, '[2023-06-10,2023-08-01)');
SQL

# What is asked: every view, and the questions that read the registry. Each gives one text; an error is an answer too.
$node->safe_psql('registry', <<'SQL');
CREATE SCHEMA probe;
GRANT USAGE ON SCHEMA probe TO PUBLIC;
CREATE TABLE probe.question (no integer GENERATED ALWAYS AS IDENTITY, asked text, answer text);
GRANT SELECT ON probe.question TO PUBLIC;
CREATE FUNCTION probe.answer(asked text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  answer text;
BEGIN
  EXECUTE format('SELECT coalesce(string_agg(a::text, E''\n'' ORDER BY a::text COLLATE "C"), ''nothing'') FROM (%s) a', asked) INTO answer;
  RETURN answer;
EXCEPTION WHEN OTHERS THEN
  RETURN SQLERRM;
END
$$;
CREATE FUNCTION probe.picture() RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(format('%s: %s', q.asked, probe.answer(q.asked)), E'\n' ORDER BY q.no) FROM probe.question q
$$;
-- Is any answer another than that of the whole registry? It asks until one is.
CREATE FUNCTION probe.differs() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  question probe.question;
BEGIN
  FOR question IN SELECT q.* FROM probe.question q ORDER BY q.no LOOP
    IF probe.answer(question.asked) <> question.answer THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$$;
CREATE FUNCTION probe.services() RETURNS text[] LANGUAGE sql RETURN ARRAY['hulp_bij_het_huishouden', 'begeleiding', 'dagbesteding'];
INSERT INTO probe.question (asked)
SELECT format('SELECT * FROM %s', c.oid::regclass) FROM pg_class c
WHERE c.relnamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace, 'wmo_bi'::regnamespace, 'wmo_ggm'::regnamespace) AND c.relkind = 'v' ORDER BY c.relname COLLATE "C", 1;
INSERT INTO probe.question (asked)
SELECT format(question, format('gis.ST_SetSRID(gis.ST_MakePoint(%s, 460500), 28992)', 100500 + 1000 * n)) FROM unnest(ARRAY[1, 3, 4]) n,
  unnest(ARRAY['SELECT s, p.* FROM unnest(probe.services()) s, wmo.providers_at(%1$s, s, ''2023-06-15'', 40) p',
    'SELECT s, wmo.answer_at(%1$s, s, ''2023-06-15'', 40), wmo.provider_at(%1$s, s, ''2023-06-15'', 40) FROM unnest(probe.services()) s',
    'SELECT p.* FROM wmo.providers_at(%1$s, ''begeleiding'', ''2023-06-15'', 40, 13, ''2022-06-01'', ''2023-05-15'') p',
    'SELECT p.* FROM wmo.explain_providers_at(%1$s, ''hulp_bij_het_huishouden'', ''2023-06-15'', 40, 14) p']) question;
INSERT INTO probe.question (asked) VALUES
  ('SELECT c, p.* FROM unnest(ARRAY[''GM0014'', ''GM0015'', ''GM0016'']::wmo.area_code[]) c, wmo.providers_in_area(c, ''begeleiding'', ''2023-06-15'', 40) p'),
  ('SELECT p.* FROM wmo.providers_in_area(''GM0014'', ''hulp_bij_het_huishouden'', ''2021-06-15'', 40) p'),
  ('SELECT e.* FROM wmo.explain_providers_in_area(''GM0014'', ''begeleiding'', ''2023-06-15'', 40) e'),
  ('SELECT c, p.* FROM unnest(ARRAY[''9711'', ''9712'', ''9713'', ''9713 AC'']::wmo.postcode[]) c, wmo.providers_at_postcode(c, ''begeleiding'', ''2023-06-15'', 40) p'),
  ('SELECT c, wmo.answer_at_postcode(c, ''hulp_bij_het_huishouden'', ''2023-06-15'', 40), s FROM unnest(ARRAY[''9711'', ''9712'', ''9713'', ''9713 AC'']::wmo.postcode[]) c, wmo.postcode_shares(c, ''2023-06-15'') s'),
  ('SELECT i, j, f, wmo.is_contracted(i, j, ''GM0014'', ''2023-06-15'', 40) FROM unnest(ARRAY[''00000012'', ''00000014'']) i, unnest(ARRAY[''P2'', ''P3'']) j LEFT JOIN LATERAL wmo.contract_for(i, j, ''GM0014'', ''2023-06-15'', 40) f ON true'),
  ('SELECT s, g.* FROM unnest(ARRAY[''hulp_bij_het_huishouden'', ''begeleiding'']) s, wmo.coverage_gaps(s, ''[2021-06-01,2024-06-01)'', NULL, ''2023-06-15'') g'),
  ('SELECT o.* FROM wmo.coverage_overlaps(''begeleiding'', ''[2021-06-01,2024-06-01)'', NULL, ''2023-06-15'') o'),
  ('SELECT h.* FROM wmo.handovers(''2022-12-01'', ''2023-08-01'') h'),
  ('SELECT p, e.* FROM unnest(ARRAY[11, 13, 14]) p, wmo.exit_impact(p, ''2023-06-15'', ''2023-06-15'') e'),
  ('SELECT d.* FROM wmo.decision_calendar_on(''2023-06-15'') d'),
  ('SELECT wmo.decision_icalendar(''2023-06-15'')'),
  ('SELECT t.* FROM wmo.award_terms(''2023-06-15'') t'),
  ('SELECT r.* FROM wmo.running_objection_periods(''2023-06-15'') r'),
  ('SELECT a, t.* FROM generate_series(1, 5) a, wmo.award_timeline(a) t'),
  ('SELECT c.* FROM wmo.contract_periods_on(''2023-06-15'') c'),
  ('SELECT s.* FROM wmo.succession(''2021-12-31'', ''2022-01-01'') s'),
  ('SELECT c, d, wmo.area_edition(c, d) FROM unnest(ARRAY[''GM0014'', ''GM0016'']::wmo.area_code[]) c, unnest(ARRAY[''2021-06-15'', ''2023-06-15'']::date[]) d'),
  ('SELECT i, wmo.area_shape(i), wmo.area_shape_basis(i) FROM generate_series(1, 6) i'),
  ('SELECT d.* FROM (SELECT wmo.compile_coverage() AS map OFFSET 0) m, wmo.describe(m.map) d WHERE d.item <> ''bytes'''),
  ('SELECT s, p.* FROM (SELECT wmo.compile_coverage() AS map OFFSET 0) m, unnest(probe.services()) s, wmo.providers_on(m.map, gis.ST_SetSRID(gis.ST_MakePoint(103500, 460500), 28992), s, ''2023-06-15'', 40) p');
SQL

# The views, by the catalog.
is($node->safe_psql('registry', <<'SQL'), '', 'every view of the extension reads with the rights of who asks');
SELECT c.oid::regclass FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'wmo_contracts'
WHERE c.relkind IN ('v', 'm') AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false) ORDER BY 1
SQL

# What a session says in one go.
sub said
{
	my (@statements) = @_;
	my ($status, $out, $err) = $node->psql('registry', join(";\n", @statements));
	die "$err\n" if $status != 0;
	return $out;
}

my $picture = 'SELECT probe.picture()';
my $warm = q{SET wmo_contracts.session_map = on; SELECT count(*) FROM wmo.providers_at('SRID=28992;POINT(101500 460500)'::gis.geometry, 'begeleiding', '2023-06-15', 40); }
  . q{SELECT count(*) FROM wmo.providers_at_postcode('9711', 'begeleiding', '2023-06-15', 40)};
my $answers = q{SELECT value FROM wmo.describe_session_map() WHERE item = 'the next question is answered by'};

# Lines that differ, of two pictures.
sub differ
{
	my ($one, $other) = @_;
	my %seen;
	$seen{$_}++ for split /\n/, $one;
	$seen{$_}-- for split /\n/, $other;
	return map { ($seen{$_} > 0 ? '+ ' : '- ') . substr($_, 0, 300) } grep { $seen{$_} } sort keys %seen;
}

my $all = said($picture);
my $not_asked = qr/: (?:relation|function|column|operator|syntax|permission|invalid)/;
unlike($all, $not_asked, 'every question can be asked') or diag join "\n", grep { $_ =~ $not_asked } split /\n/, $all;

# What a policy hides, against a registry from which it was taken out, foreign keys and triggers set aside. Three tables at a time,
# which stand apart in the list: what shows through of one of them differs from a registry without it. More at a time, and fewer in
# the rounds below, where the tests are to be quick (WMO_TEST_THROWS).
my $quick = ($ENV{WMO_TEST_THROWS} // 1) < 1;
my @tables = qw(source party party_identifier party_succession consortium_member area area_part postcode_place service service_product
  tender tender_buyer lot award award_challenge contract contract_scope contract_change subcontract client_stop);
sub hidden { my ($table) = @_; return $table eq 'service' ? 'id % 20 = 0' : 'id % 2 = 0'; }
my $at_a_time = $quick ? 10 : 3;
my $step = int((@tables + $at_a_time - 1) / $at_a_time);
foreach my $first (0 .. $step - 1)
{
	my @three = @tables[ grep { $_ < @tables } map { $first + $step * $_ } 0 .. $at_a_time - 1 ];
	my $without = said('BEGIN', 'SET LOCAL session_replication_role = replica', (map { "DELETE FROM wmo.$_ WHERE " . hidden($_) } @three),
		'SET LOCAL session_replication_role = origin', 'SET LOCAL wmo_contracts.session_map = off', $picture, 'ROLLBACK');
	my $seen = said($warm, $answers, 'BEGIN', (map { ("ALTER TABLE wmo.$_ ENABLE ROW LEVEL SECURITY",
		"CREATE POLICY half ON wmo.$_ TO reader USING (NOT (" . hidden($_) . "))") } @three), 'SET LOCAL ROLE reader', $picture, 'ROLLBACK');
	$seen =~ s/\A\d+\n\d+\nthe map\n// or fail('the session was warm');
	is_deeply([ differ($seen, $without) ], [], "of @three a reader sees what the policy shows, through every view and question");
}

$node->safe_psql('registry', 'UPDATE probe.question SET answer = probe.answer(asked)');
is(said('SELECT probe.differs()'), 'f', 'asked again, every question has the same answer');
foreach my $table ($quick ? () : @tables)
{
	is(said('BEGIN', 'SET LOCAL session_replication_role = replica', "DELETE FROM wmo.$table WHERE " . hidden($table),
		'SET LOCAL session_replication_role = origin', 'SELECT probe.differs()', 'ROLLBACK'), 't', "wmo.$table has rows that matter");
}

# A right that is missing, of a whole table or of all its columns but the key: a warm map answers no more than the tables do.
$node->safe_psql('registry', <<'SQL');
CREATE FUNCTION probe.live_picture() RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(format('%s: %s', q.asked, probe.answer(q.asked)), E'\n' ORDER BY q.no) FROM probe.question q
  WHERE q.asked ~ 'wmo\.(providers_at|providers_in_area|providers_at_postcode|answer_at|answer_at_postcode|contract_for)\(' AND q.asked !~ 'explain|MakePoint\((101|104)500'
$$;
SQL
foreach my $table (@tables[ grep { !$quick || $_ % 5 == 0 } 0 .. $#tables ])
{
	foreach my $left ('', "; GRANT SELECT (id) ON wmo.$table TO reader")
	{
		my @asked = ('BEGIN', "REVOKE SELECT ON wmo.$table FROM reader$left", 'SET LOCAL ROLE reader', 'SELECT probe.live_picture()', 'ROLLBACK');
		my $by_tables = said('SET wmo_contracts.session_map = off', @asked);
		my $by_map = said($warm, @asked);
		$by_map =~ s/\A\d+\n\d+\n//;
		is_deeply([ differ($by_map, $by_tables) ], [], "a warm map answers nobody who may not read wmo.$table" . ($left ? ' but for its keys' : ''));
		like($by_tables, qr/permission denied for table $table/, "wmo.$table is read") unless $table =~ /^(?:tender_buyer|lot)$/;
	}
}

# One session for several people, whose plans and map outlive the role, while another session makes the policies. Every question
# of a session that plans it anew costs, so of each three one where the tests are to be quick.
if ($quick)
{
	$node->safe_psql('registry', 'DELETE FROM probe.question WHERE no % 3 > 0');
	$all = said($picture);
}
$node->safe_psql('registry', q{CREATE ROLE other LOGIN; SELECT wmo.wmo_grant('other')});
my $policies = 'ALTER TABLE wmo.contract ENABLE ROW LEVEL SECURITY; CREATE POLICY odd ON wmo.contract TO reader USING (id % 2 = 1); '
  . 'CREATE POLICY even ON wmo.contract TO other USING (id % 2 = 0)';
my $connection = sprintf '-h %s -p %s -d registry', $node->host, $node->port;
my @turns = split /^====\n/m, said(<<"SQL");
$warm;
\\echo ====
$picture;
\\echo ====
SET ROLE reader;
$picture;
\\! psql -X -q $connection -c "$policies"
\\echo ====
$picture;
\\echo ====
SET ROLE other;
$picture;
\\echo ====
RESET ROLE;
$picture;
\\echo ====
SET ROLE reader;
$picture;
\\echo ====
$answers
SQL
my %fresh = map { $_ => said("SET ROLE $_", $picture) } qw(reader other);
is_deeply([ differ($turns[1], $all) ], [], 'without policies the owner sees all');
is_deeply([ differ($turns[2], $all) ], [], 'and so does a reader');
is_deeply([ differ($turns[3], $fresh{reader}) ], [], 'with policies the same session shows the reader what they show');
is_deeply([ differ($turns[4], $fresh{other}) ], [], 'and another reader what they show that one');
is_deeply([ differ($turns[5], $all) ], [], 'the owner still sees all');
is_deeply([ differ($turns[6], $fresh{reader}) ], [], 'and the reader a part, after the owner looked');
is($turns[7], 'the tables', 'a map of all is asked no more');
isnt($fresh{reader}, $all, 'the policy hides something');
isnt($fresh{reader}, $fresh{other}, 'and something else from another');

# An edition is of all rows, whoever publishes it: it takes a policy of its own.
$node->safe_psql('registry', 'SELECT wmo.publish_coverage()');
my $edition = q{SELECT count(*) FROM wmo.coverage_edition};
is(said('SET ROLE reader', $edition), 1, 'an edition is shown to every reader');
is(said('BEGIN', 'ALTER TABLE wmo.coverage_edition ENABLE ROW LEVEL SECURITY', 'SET LOCAL ROLE reader', $edition, 'ROLLBACK'), 0,
	'unless the table of editions has row security too');
my $current = q{SELECT count(*) FROM wmo.current_coverage};
is(said('BEGIN', 'ALTER TABLE wmo.current_coverage ENABLE ROW LEVEL SECURITY', 'SET LOCAL ROLE reader', $current, 'ROLLBACK'), 0,
	'and so is the latest one, where it stands by itself');
$node->safe_psql('registry', 'DROP POLICY odd ON wmo.contract; DROP POLICY even ON wmo.contract; ALTER TABLE wmo.contract DISABLE ROW LEVEL SECURITY');

# The reporter.
my @reports = (qw(wmo.coverage wmo.decision_calendar wmo.award_term wmo.running_objection_period),
	split /\n/, $node->safe_psql('registry', q{SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace IN ('wmo_bi'::regnamespace, 'wmo_ggm'::regnamespace) ORDER BY 1}));
foreach my $report (@reports)
{
	my $rows = "SELECT probe.answer('SELECT * FROM $report')";
	is(said('SET ROLE reporter', $rows), said($rows), "a reporter reads $report");
}
foreach my $closed ('SELECT wording FROM wmo.source', 'SELECT geom FROM wmo.postcode_place', 'SELECT * FROM wmo.access_point',
	'SELECT * FROM wmo.coverage_edition', 'SELECT * FROM wmo.exclusive_claim',
	q{SELECT * FROM wmo.providers_at('SRID=28992;POINT(101500 460500)'::gis.geometry, 'begeleiding', '2023-06-15', 40)},
	'DELETE FROM wmo.contract', 'SELECT wmo.publish_coverage()', q{SELECT wmo.wmo_grant('reporter')})
{
	like(($node->psql('registry', "$warm; SET ROLE reporter; $closed"))[2], qr/permission denied/, "and not: $closed");
}

# By the catalog: the tables' columns behind the reports, and those that the reporter may read. What the bodies in PL/pgSQL of
# the calendar and of standing read is named here; the server keeps no record of it.
is($node->safe_psql('registry', <<'SQL'), '', 'a reporter may read the columns behind the reports, and not one more');
WITH RECURSIVE behind (class, oid) AS (
  SELECT 'pg_class'::regclass::oid, c::oid
  FROM (SELECT unnest('{wmo.coverage,wmo.decision_calendar,wmo.award_term,wmo.running_objection_period,wmo_works.provider_standing_due,wmo_works.scope_standing}'::regclass[])
        UNION SELECT c.oid FROM pg_class c WHERE c.relnamespace IN ('wmo_bi'::regnamespace, 'wmo_ggm'::regnamespace)) r (c)
  UNION
  SELECT 'pg_proc'::regclass::oid, p.oid FROM pg_proc p
  WHERE p.pronamespace = 'wmo_works'::regnamespace AND p.proname IN
    ('awards_on', 'contracts_on', 'option_notices', 'contract_ends', 'tacit_renewals', 'terminations', 'tender_starts', 'ceilings',
     'objection_ends', 'rulings_awaited', 'remedy_ends', 'annulment_ends', 'bid_expiries', 'part_turns', 'source_text')
  UNION
  SELECT d.refclassid, d.refobjid
  FROM behind b LEFT JOIN pg_rewrite w ON b.class = 'pg_class'::regclass AND w.ev_class = b.oid
  JOIN pg_depend d ON d.objid = coalesce(w.oid, b.oid) AND d.classid = CASE WHEN w.oid IS NULL THEN b.class ELSE 'pg_rewrite'::regclass END
  WHERE (b.class <> 'pg_class'::regclass OR w.oid IS NOT NULL) AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass) AND d.deptype = 'n'
), needed AS (
  SELECT DISTINCT a.attrelid, a.attname
  FROM behind b LEFT JOIN pg_rewrite w ON b.class = 'pg_class'::regclass AND w.ev_class = b.oid
  JOIN pg_depend d ON d.objid = coalesce(w.oid, b.oid) AND d.classid = CASE WHEN w.oid IS NULL THEN b.class ELSE 'pg_rewrite'::regclass END
  JOIN pg_class t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid AND t.relkind = 'r'
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
  WHERE d.deptype = 'n' AND (b.class <> 'pg_class'::regclass OR w.oid IS NOT NULL)
  UNION -- what takes a contract as a whole (wmo_works.period_known) reads this one too, which no report names
  SELECT 'wmo.contract'::regclass, 'options_stated'
), granted AS (
  SELECT a.attrelid, a.attname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE t.relnamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace) AND t.relkind = 'r' AND has_column_privilege('reporter', t.oid, a.attnum, 'SELECT')
)
SELECT x.* FROM (
  SELECT 'not granted', attrelid::regclass, attname FROM (TABLE needed EXCEPT TABLE granted) n
  UNION ALL
  SELECT 'not needed', attrelid::regclass, attname FROM (TABLE granted EXCEPT TABLE needed) g) x ORDER BY 1, 2, 3
SQL

# Names of sole traders.
my $named = q{SELECT DISTINCT provider FROM wmo.coverage WHERE provider_id IN (11, 12) ORDER BY 1};
is(said('BEGIN', 'ALTER TABLE wmo.party ENABLE ROW LEVEL SECURITY', 'CREATE POLICY readers ON wmo.party TO reader USING (true)',
		'CREATE POLICY reports ON wmo.party TO reporter USING (NOT natural_person)', 'SET LOCAL ROLE reporter', $named, 'ROLLBACK'),
	"Zorg Een\n", 'a policy leaves natural persons out of the reports');

$node->stop;
done_testing();
