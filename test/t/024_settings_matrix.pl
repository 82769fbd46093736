# Every view and a call of every function of the face say and do the same under any two settings of a session together: a
# covering array, in which each value of a setting meets each value of every other one; each time a fifth of the questions,
# by turns. What rows hold is compared: how it is written was the reader's choice. script/soak asks all of them each time, and
# goes on with settings thrown at random.
use strict;
use warnings;
use Test::More;
use Time::HiRes qw(time);
use WmoNode qw(start_node registry_database load_demo differences);
use WmoTraffic qw(seconds);

my $node = start_node('settings_matrix');
registry_database($node, 'registry');
load_demo($node, 'registry') or plan skip_all => 'there is no demo/load.sql to ask about';
my $force_parallel = $node->pg_version >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';

# The first value of each is the usual one.
my @settings = (
	[ DateStyle => "'ISO, MDY'", "'German, DMY'", "'SQL, DMY'", "'Postgres, MDY'" ],
	[ IntervalStyle => 'postgres', 'sql_standard', 'postgres_verbose', 'iso_8601' ],
	[ client_encoding => 'UTF8', 'LATIN1', 'SQL_ASCII' ],
	[ extra_float_digits => 1, -15, 3 ],
	[ default_transaction_isolation => "'read committed'", "'repeatable read'", 'serializable' ],
	[ plan_cache_mode => 'auto', 'force_custom_plan', 'force_generic_plan' ],
	[ TimeZone => 'UTC', "'Pacific/Kiritimati'" ],
	[ standard_conforming_strings => 'on', 'off' ],
	[ bytea_output => 'hex', 'escape' ],
	[ default_transaction_read_only => 'off', 'on' ],
	[ $force_parallel => 'off', 'on' ],
	[ min_parallel_table_scan_size => "'8MB'", '0' ],
	[ parallel_setup_cost => 1000, 0 ],
	[ row_security => 'on', 'off' ],
	[ transform_null_equals => 'off', 'on' ],
	[ quote_all_identifiers => 'off', 'on' ],
	[ array_nulls => 'on', 'off' ],
	[ enable_hashagg => 'on', 'off' ],
	[ enable_nestloop => 'on', 'off' ],
	[ join_collapse_limit => 8, 1 ],
	[ work_mem => "'4MB'", "'64kB'" ],
	[ search_path => 'public', "''" ],
	[ jit_above_cost => 100000000, 0 ]);
my $always = 'SET jit = off; SET escape_string_warning = off; SET client_min_messages = error; SET statement_timeout = 170000;';

# ---- what is asked --------------------------------------------------------------------------------------------------

$node->safe_psql('registry', <<'SQL');
CREATE ROLE matrix;
SELECT wmo.wmo_grant('matrix', 'matrix', 'matrix');
CREATE SCHEMA matrix;
GRANT ALL ON SCHEMA matrix TO matrix;
CREATE FUNCTION matrix.said(r record) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE
  SET datestyle = 'ISO, MDY' SET intervalstyle = postgres SET extra_float_digits = 1 SET bytea_output = hex SET timezone = 'UTC' SET quote_all_identifiers = off
AS $$ BEGIN RETURN encode(convert_to(r::text, 'UTF8'), 'escape'); END $$;
CREATE FUNCTION matrix.tried(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE told text; detail text; hint text;
BEGIN
  EXECUTE 'SELECT string_agg(s.said, chr(10) ORDER BY s.said COLLATE "C") FROM (SELECT matrix.said(q) AS said FROM (' || statement || ') q) s' INTO told;
  RETURN told;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN encode(convert_to(concat_ws('; ', SQLSTATE, SQLERRM, detail, hint), 'UTF8'), 'escape');
END $$;
-- does, tells what then stands, and takes it back
CREATE FUNCTION matrix.acted(act text, look text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
  EXECUTE act;
  SET CONSTRAINTS ALL IMMEDIATE;
  RAISE EXCEPTION USING ERRCODE = 'WM001', MESSAGE = coalesce(matrix.tried(look), 'nothing');
EXCEPTION WHEN SQLSTATE 'WM001' THEN
  RETURN SQLERRM;
WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN encode(convert_to(concat_ws('; ', SQLSTATE, SQLERRM, detail, hint), 'UTF8'), 'escape');
END $$;
CREATE TABLE matrix.sheet AS SELECT 'S' || n AS "Contractnummer", 'Gemeente Assen' AS "Opdrachtgever", 'Zorg ' || n AS "Aanbieder", 'begeleiding' AS "Dienst",
  'Assen Oost' AS "Gebied", '01-02-2024' AS "Begindatum", '31-01-2026' AS "Einddatum t/m", '2 x 12 maanden' AS "Opties", '18 t/m 64 jaar' AS "Leeftijd", date '2024-01-15' AS "Ondertekend"
  FROM generate_series(1, 3) n;
CREATE TABLE matrix.layer AS SELECT 'BU00140000'::text AS bu_code, 'Binnenstad' AS bu_naam, ST_MakeEnvelope(230000, 550000, 231000, 551000, 28992) AS geom;
CREATE TABLE matrix.places AS SELECT '9711 AA'::text AS postcode, ST_SetSRID(ST_MakePoint(233500, 582000), 28992) AS geom;
GRANT SELECT ON ALL TABLES IN SCHEMA matrix TO matrix;

-- every function whose arguments are all of these types, of every value
CREATE TABLE matrix.sample (type regtype, value text);
INSERT INTO matrix.sample VALUES ('date', '2022-06-30'), ('daterange', '[2020-01-01,2023-06-01)'), ('boolean', 'true'),
  ('wmo.area_code', 'GM0014'), ('wmo.area_code', 'WK001400'), ('wmo.postcode', '9711 AA'), ('wmo.postcode', '9711'),
  ('wmo.objection_period', (SELECT a.standstill::text FROM wmo.award a WHERE a.standstill IS NOT NULL ORDER BY a.id LIMIT 1)),
  ('wmo.objection_period', wmo.objection_period('awb_objection', '2022-06-01')::text),
  ('wmo.contract_period', '[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M'), ('wmo.contract_period', '(?,2023-03-01)'), ('wmo.contract_period', '[2022-07-01,?)');
CREATE TABLE matrix.call AS
  SELECT row_number() OVER (ORDER BY p.oid::regprocedure::text COLLATE "C", x.arguments) AS n, p.proname::text AS name, format('SELECT * FROM %I.%I(%s) r', s.nspname, p.proname, x.arguments) AS statement
  FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace CROSS JOIN LATERAL (
    WITH RECURSIVE chosen (place, arguments) AS (
      SELECT 0, '' UNION ALL
      SELECT c.place + 1, c.arguments || CASE WHEN c.place > 0 THEN ', ' ELSE '' END || format('%L::%s', m.value, m.type)
      FROM chosen c JOIN matrix.sample m ON m.type = p.proargtypes[c.place] WHERE c.place < p.pronargs)
    SELECT c.arguments FROM chosen c WHERE c.place = p.pronargs) x
  WHERE s.nspname = 'wmo' AND p.prokind = 'f' AND p.pronargs > 0 AND p.provolatile <> 'v';
GRANT SELECT ON matrix.call TO matrix;
SQL

my @views = split /\n/, $node->safe_psql('registry', q{SELECT c.oid::regclass FROM pg_class c WHERE c.relkind = 'v'
	AND c.relnamespace IN ('wmo'::regnamespace, 'wmo_bi'::regnamespace, 'wmo_ggm'::regnamespace) ORDER BY c.oid::regclass::text COLLATE "C"});
my $places = q{(SELECT a.id, a.code, public.ST_PointOnSurface(a.geom) AS place FROM wmo.area a WHERE a.geom IS NOT NULL AND a.id % 5 = 0 ORDER BY a.id LIMIT 3) a};
my $map = q{(SELECT wmo.compile_coverage() AS map OFFSET 0) m};
my @questions = (
	q{SELECT wmo.version() ~ '^[0-9.]+$'},
	q{SELECT wmo.area_code('GM0014'), wmo.try_area_code('nonsense'), wmo.postcode('9711aa'), wmo.try_postcode('0000'), wmo.contract_period_open('2020-01-01')},
	q{SELECT * FROM wmo.public_holidays(2024)},
	q{SELECT wmo.is_working_day('2024-05-09'), wmo.next_working_day('2024-05-09', 'eu_1182_71'), wmo.working_day_by('2024-05-09')},
	q{SELECT wmo.term_last_day('2019-12-05', '20 days'), wmo.decision_last_day('wmo_decision', '2024-01-31'), wmo.default_regime('open')},
	q{SELECT * FROM wmo.explain_term('2024-12-23', '20 days') e UNION ALL SELECT * FROM wmo.explain_decision('wmo_investigation', '2024-12-01') e},
	q{SELECT p, wmo.decision_last_day_after('awb_objection_decision', p), wmo.is_timely(p, '2024-02-14', '2024-02-12', 'post') FROM wmo.objection_period('awb_objection', '2024-01-02', '6 weeks') p},
	q{SELECT p, e.* FROM wmo.objection_period_until('awb_objection', '2018-07-19', '2018-07-20') p CROSS JOIN LATERAL wmo.explain_timely(p, '2018-07-22', '2018-07-19', 'post') e},
	q{SELECT wmo.contract_period('2019-01-01', '4 years', '{2 years,1 mon}', '6 mons'), wmo.contract_period_until('2019-01-01', '2022-12-31', '{1 year}'),
		wmo.contract_period_unknown_end('2019-01-01', '{1 year}'), wmo.contract_period_unknown_start('2022-12-31', '{1 year}')},
	q{SELECT wmo.service_id('begeleiding'), wmo.contract_id('GR-2019 Oost'), wmo.municipality_code('Groningen', '2024-01-01'), wmo.area_edition('GM1969', '2024-01-01')},
	qq{SELECT a.id, p.* FROM $places CROSS JOIN LATERAL wmo.providers_at(a.place, 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') p},
	qq{SELECT a.id, wmo.provider_at(a.place, 'begeleiding', '2023-06-01', 40), wmo.answer_at(a.place, 'begeleiding', '2023-06-01', 40) FROM $places},
	qq{SELECT a.id, e.* FROM $places CROSS JOIN LATERAL wmo.explain_providers_at(a.place, 'begeleiding', '2018-07-30', 40, as_of => '2018-07-30') e},
	qq{SELECT a.id, p.*, wmo.provider_on(m.map, a.place, 'begeleiding', '2023-06-01', 40, '2023-06-01') FROM $map, $places
		CROSS JOIN LATERAL wmo.providers_on(m.map, a.place, 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') p},
	qq{SELECT a.id, wmo.answer_on(m.map, a.place, 'begeleiding', '2023-06-01', 40, '2023-06-01'), wmo.answer_by_map(m.map, a.place, 'begeleiding', '2023-06-01', 40),
		wmo.provider_by_map(m.map, a.place, 'begeleiding', '2023-06-01', 40), p.* FROM $map, $places CROSS JOIN LATERAL wmo.providers_by_map(m.map, a.place, 'begeleiding', '2023-06-01', 40) p},
	qq{SELECT d.* FROM $map CROSS JOIN LATERAL wmo.describe(m.map) d WHERE d.item !~ 'key|made'},
	q{SELECT length(wmo.registry_digest()), c.* FROM wmo.check_subscriber() c WHERE c.item <> 'standing'},
	q{SELECT * FROM wmo.providers_in_area('GM1969', 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') p},
	q{SELECT * FROM wmo.explain_providers_in_area('GM0014', 'begeleiding', '2020-06-01', 40, as_of => '2020-06-01') e},
	q{SELECT * FROM wmo.providers_at_postcode('9711 AA', 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') p},
	q{SELECT e.*, wmo.answer_at_postcode('9711', 'begeleiding', '2023-06-01', 40) FROM wmo.explain_providers_at_postcode('9711', 'begeleiding', '2023-06-01', 40, as_of => '2023-06-01') e},
	q{SELECT * FROM wmo.postcode_shares('9711', '2024-01-01') s},
	qq{SELECT a.id, wmo.is_contracted_at('12345678', 'begeleiding', a.place, '2024-01-01', 40) FROM $places},
	q{SELECT wmo.is_contracted_in_area('12345678', 'begeleiding', 'GM0014', '2024-01-01', 40), wmo.is_contracted_at_postcode('12345678', 'begeleiding', '9711', '2024-01-01', 40)},
	q{SELECT wmo.is_contracted('12345678', '02A03', 'GM0014', '2024-01-01', 40), (SELECT count(*) FROM wmo.contract_for('12345678', '02A03', 'GM0014', '2024-01-01'))},
	q{SELECT p.id, wmo.area_shape(p.id), wmo.area_shape_basis(p.id), w, t FROM wmo.area p CROSS JOIN LATERAL wmo.area_with_wholes(p.id) w CROSS JOIN LATERAL wmo.area_with_parts(p.id) t WHERE p.id < 9},
	q{SELECT c.id, m.* FROM wmo.contract c CROSS JOIN LATERAL wmo.may_subcontract(c.id, 'begeleiding', '2020-06-01') m},
	q{SELECT a.id, s.* FROM wmo.award a CROSS JOIN LATERAL wmo.award_status(a.id, '2018-07-30') s},
	q{SELECT a.id, t.* FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t},
	q{SELECT * FROM wmo.award_terms('2018-07-30') t},
	q{SELECT * FROM wmo.contract_annulments('2019-01-01') n},
	q{SELECT * FROM wmo.running_objection_periods('2018-08-01') r},
	q{SELECT * FROM wmo.objection_periods_to_review() r},
	q{SELECT * FROM wmo.contract_periods_on('2023-06-01') p},
	q{SELECT r.*, wmo.revoke_termination('[2019-01-01,2021-01-01) terminated after 2020-06-30') AS revoked FROM wmo.contracts_run('2023-06-01', '2023-06-01') r},
	q{SELECT c.*, wmo.decision_lead('3 months') FROM wmo.decision_calendar_on('2022-06-01', '6 months') c},
	q{SELECT regexp_replace(wmo.decision_icalendar('2022-06-01'), 'DTSTAMP:[0-9TZ]*', 'DTSTAMP', 'g')},
	q{SELECT * FROM wmo.coverage_gaps('begeleiding', '[2018-01-01,2024-01-01)', NULL::text, '2024-01-01') g},
	q{SELECT * FROM wmo.coverage_gaps_in('begeleiding', '[2018-01-01,2024-01-01)', '{1,6,7}', '2024-01-01') g},
	q{SELECT * FROM wmo.coverage_overlaps('begeleiding', '[2018-01-01,2024-01-01)', NULL::text, '2024-01-01') g},
	q{SELECT * FROM wmo.coverage_overlaps_in('begeleiding', '[2018-01-01,2024-01-01)', '{1,6,7}', '2024-01-01') g},
	q{SELECT * FROM wmo.handovers('2018-01-01', '2024-01-01', 'begeleiding', '2024-01-01') h},
	q{SELECT * FROM wmo.exit_impact(23, '2020-06-01', '2020-06-01') e},
	q{SELECT * FROM wmo.coverage_changes('2019-01-01', '2023-06-01') c},
	q{SELECT * FROM wmo.decisions_changed('2020-06-01', '2023-01-01') d},
	q{SELECT count(*) FROM wmo.coverage_edition e CROSS JOIN LATERAL wmo.answers_changed(e.edition, 'begeleiding', '2023-06-01', 40, '2023-06-01') c},
	q{SELECT count(*) FROM wmo.facts_changed('2001-01-01 00:00+00') f},
	q{SELECT * FROM wmo.succession('2018-12-31', '2019-01-01', 'municipality', 0.02) s},
	q{SELECT count(*) FROM wmo.check_standing() c},
	q{SELECT * FROM wmo_bi.coverage_on('2020-06-01', 'begeleiding', '2020-06-01') c},
	q{SELECT md5(wmo_bi.coverage_tile(7, 65, 41, 'begeleiding', '2020-06-01')), md5(wmo_bi.coverage_tile_json(7, 65, 41, '{"service": "begeleiding", "on_date": "2020-06-01"}'))},
	q{SELECT wmo.coverage_svg('begeleiding', '2019-01-01', 'GM0014', 40, '2018-07-30', 'nl'), wmo.timeline_svg('2018-08-01', 'Groningen', language => 'en')},
	q{SELECT a.id, wmo.award_svg(a.id, '2018-08-01', 'nl') FROM wmo.award a},
	q{SELECT wmo.handover_svg('2022-12-01', '2023-03-01', as_of => '2023-03-01', language => 'en'), wmo.report_html('2023-03-01', 'Westerkwartier', 'nl')},
	q{SELECT wmo.term_warning('2031-12-20', '20 days'), wmo.termination_notice_by('2024-12-31', '3 mons'), wmo.earliest_end('2024-01-15', '3 mons')},
	q{SELECT wmo.decision_term('wmo_decision', '2024-01-31')},
	q{SELECT * FROM wmo.decision_chain('wmo_investigation', '2024-12-01') c},
	q{SELECT a.id, c.* FROM wmo.award a CROSS JOIN LATERAL wmo.court_chain(a.id, '2019-01-01') c},
	q{SELECT t.id, wmo.ocds_release(t.id, '2019-01-01') FROM wmo.tender t},
	q{SELECT wmo.ocds_release_package('https://example.org/package.json', 'Gemeente', NULL, '2019-01-01') - 'publishedDate'},
	q{SELECT c.name, c.statement, matrix.tried(c.statement) FROM matrix.call c},
);
my $contracts = q{SELECT c.number, c.period, c.signed_on, p.name, h.kind, h.received_on, h.effective_on, h.reason, s.during, s.by_whom FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id
	LEFT JOIN wmo.contract_change h ON h.contract_id = c.id LEFT JOIN wmo.client_stop s ON s.contract_id = c.id WHERE c.number ~ '^(GR-|S[0-9])'};
my @acts = (
	[ q{SELECT wmo.sign_contract('GR-2019 Oost', '2018-10-01')}, $contracts ],
	[ q{SELECT wmo.extend_contract('GR-2019 West', '2022-05-01', '2022-05-01')}, $contracts ],
	[ q{SELECT wmo.decline_extension('GR-2019 West', decided_on => '2021-06-01')}, $contracts ],
	[ q{WITH act AS MATERIALIZED (SELECT wmo.end_contract('GR-2019 Zuid', '2021-12-31', '2021-06-01')) SELECT wmo.revoke_end('GR-2019 Zuid', '2021-07-01') FROM act}, $contracts ],
	[ q{WITH act AS MATERIALIZED (SELECT wmo.suspend_contract('GR-2019 Zuid', '2021-01-01')) SELECT wmo.resume_contract('GR-2019 Zuid', '2021-03-01') FROM act}, $contracts ],
	[ q{SELECT wmo.correct_award(a.id, '2020-01-01') FROM wmo.award a}, q{SELECT a.id, a.withdrawn_on FROM wmo.award a} ],
	[ q{SELECT wmo.end_contract('GR-2019 Zuid', '2021-12-31', '2021-06-01', '2021-06-02', reason => E'o''clock \\\\ back')}, $contracts ],
	[ q{SELECT wmo.transfer_contract('GR-2019 Zuid', 'Lentis', '2021-01-01', '2020-12-01')}, $contracts ],
	[ q{SELECT wmo.suspend_contract('GR-2019 Zuid', '2021-01-01', '2021-03-31')}, $contracts ],
	[ q{SELECT wmo.stop_clients('GR-2019 Zuid', '2021-01-01', '2021-03-31', 'buyer')}, $contracts ],
	[ q{SELECT wmo.take_clients_again('GR-2019 Zuid', '2021-02-01')}, $contracts ],
	[ q{SELECT wmo.merge_areas(1, 2)}, q{SELECT a.name FROM wmo.area a} ],
	[ q{SELECT wmo.load_contract_list('matrix.sheet')}, $contracts ],
	[ q{SELECT wmo.load_areas('matrix.layer', '2024-01-01')}, q{SELECT a.name, a.code, a.valid, a.geom FROM wmo.area a} ],
	[ q{SELECT wmo.load_postcodes('matrix.places')}, q{SELECT to_jsonb(p) - '{id,changed_at}'::text[] FROM wmo.postcode_place p} ],
	[ q{SELECT wmo.import_ocds(replace(wmo.ocds_release(t.id, '2019-01-01')::text, 'ocds-000000', 'ocds-abc123')::jsonb) FROM wmo.tender t},
		q{SELECT t.title, t.procedure, a.decided, a.standstill, a.forfeiture, c.number, c.period FROM wmo.tender t LEFT JOIN wmo.award a ON a.tender_id = t.id LEFT JOIN wmo.contract c ON c.award_id = a.id} ],
	[ q{SELECT wmo.publish_coverage('note')}, q{SELECT e.note FROM wmo.coverage_edition e} ],
	[ q{INSERT INTO wmo.award (tender_id, decided, standstill) SELECT min(t.id), '[2024-06-03,2024-06-04)', wmo.objection_period('standstill', '2024-06-03') FROM wmo.tender t}, q{SELECT a.decided, a.standstill, t.* FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t WHERE a.decided @> date '2024-06-03'} ],
);

# Nobody but the tables' owner calls these, and what the session holds depends on what it asked.
my %left_out = map { $_ => 1 } qw(rebuild_standing forget_deleted note_every_change wmo_grant describe_session_map describe_shared_maps publish_registry prepare_subscriber recognise_edition);
my $called = join ' ', @questions, map { $_->[0] } @acts;
is(join(' ', grep { !$left_out{$_} && $called !~ /\b$_\(/ } split /\n/, $node->safe_psql('registry', q{SELECT DISTINCT p.proname FROM pg_proc p
		WHERE p.pronamespace IN ('wmo'::regnamespace, 'wmo_bi'::regnamespace) AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
		AND NOT 'internal'::regtype = ANY (p.proargtypes) AND NOT EXISTS (SELECT FROM matrix.call c WHERE c.name = p.proname)
		AND NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin)) AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid) ORDER BY 1})),
	'', 'every function of the face is called');

# Each statement under its name. Compiling takes nine tenths of the time: each time another tenth of them may be.
my @statements = (
	(map { [ $_, "SELECT matrix.said(q) FROM (SELECT * FROM $_) q" ] } @views),
	(map { [ s/\s+/ /gr, "SELECT matrix.said(q) FROM ($_) q" ] } @questions),
	(map { [ $_->[0], "SELECT matrix.acted(\$act\$$_->[0]\$act\$, \$look\$$_->[1]\$look\$)" ] } @acts));
my $turn = 0;
my $share = $ENV{WMO_SOAK_SECONDS} ? 1 : 5; # so many go through them all

# What is said, statement by statement, and its rows in one order.
sub said
{
	my ($set, @asked) = @_;
	my $script = "$always $set\n";
	$turn++;
	for my $n (@asked)
	{
		# hundreds of queries in one, each too small to be compiled or shared out
		my $small = $statements[$n][1] =~ /matrix\.call/;
		my $jit = ($n + $turn) % 10 == 0 && !$small ? 'on' : 'off';
		my $parallel = !$small && $set =~ /$force_parallel = on/ ? 'on' : 'off';
		$script .= "SET jit = $jit; SET $force_parallel = $parallel;\n\\echo # $n\n$statements[$n][1];\n";
	}
	# who may be bound by policies is refused where he asked for none; the tables' owner is not
	$script = "SET ROLE matrix; $script" unless $set =~ /row_security = off/;
	my ($status, $out, $err) = $node->psql('registry', $script, on_error_stop => 0);
	my %said;
	for (split /^# /m, $out)
	{
		my ($n, @rows) = split /\n/;
		$said{$n} = join "\n", sort @rows if defined $n;
	}
	return (\%said, $err);
}

sub set_to
{
	my ($values) = @_;
	return join ' ', map { "SET $settings[$_][0] = $values->[$_];" } 0 .. $#settings;
}

# Every pair of values of two settings; rows of values that have as many pairs left as can be found, until none is left.
sub covering_array
{
	my (%left, @rows);
	for my $a (0 .. $#settings)
	{
		for my $b ($a + 1 .. $#settings)
		{
			for my $x (1 .. $#{ $settings[$a] })
			{
				$left{"$a=$x $b=$_"} = 1 for 1 .. $#{ $settings[$b] };
			}
		}
	}
	while (my ($first) = sort keys %left)
	{
		my %row = $first =~ /(\d+)=(\d+)/g;
		for my $c (grep { !$row{$_} } 0 .. $#settings)
		{
			my ($best, $most) = (1, -1);
			for my $x (1 .. $#{ $settings[$c] })
			{
				my $gain = grep { $left{ $c < $_ ? "$c=$x $_=$row{$_}" : "$_=$row{$_} $c=$x" } } keys %row;
				($best, $most) = ($x, $gain) if $gain > $most;
			}
			$row{$c} = $best;
		}
		for my $a (keys %row)
		{
			delete $left{"$a=$row{$a} $_=$row{$_}"} for grep { $_ > $a } keys %row;
		}
		push @rows, [ map { $settings[$_][ $row{$_} ] } 0 .. $#settings ];
	}
	return @rows;
}

# ---- the same under all of them -------------------------------------------------------------------------------------

my @usual = map { $_->[1] } @settings;
my ($zone) = grep { $settings[$_][0] eq 'TimeZone' } 0 .. $#settings;
my ($read_only) = grep { $settings[$_][0] eq 'default_transaction_read_only' } 0 .. $#settings;
my %expected; # in each zone, for some views tell of today

# What these statements say where nothing is set but the zone.
sub expected_in
{
	my ($where, @asked) = @_;
	my @values = @usual;
	$values[$zone] = $where;
	my ($said, $err) = said(set_to(\@values), grep { !defined $expected{$where}{$_} } @asked);
	is($err, '', "usual settings in $where: no error") if $err ne '';
	$expected{$where}{$_} = $said->{$_} for keys %$said;
	return $expected{$where};
}

sub odd_under
{
	my ($number, $values) = @_;
	my @asked = grep { ($_ + $number) % $share == 0 } 0 .. $#statements;
	my $expected = expected_in($values->[$zone], @asked);
	my ($said, $err) = said(set_to($values), @asked);
	my @odd = $err eq '' ? () : ($err);
	for my $n (@asked)
	{
		my ($should, $is) = ($expected->{$n}, $said->{$n} // 'not asked');
		# a name in a message may be quoted
		tr/"//d for $should, $is;
		next if $is eq $should;
		next if $values->[$read_only] eq 'on' && $n > $#statements - @acts && $is =~ /^25006;/;
		push @odd, "$statements[$n][0]\n" . substr(differences($should, $is), 0, 2000);
	}
	return join "\n", @odd;
}

my @rows = covering_array();
my $began = time;
for my $number (1 .. @rows)
{
	my $values = $rows[ $number - 1 ];
	is(odd_under($number, $values), '', "settings $number: " . set_to($values));
	note sprintf '%.1f s', time - $began;
}
my $plain = expected_in($usual[$zone], 0 .. $#statements);
my $may_be_empty = qr/postcode|contract_for|to_review|overlaps|succession|court_chain|contract_annulments/;
is(join("\n", grep { !/$may_be_empty/ } map { $statements[$_][0] } grep { $plain->{$_} eq '' } scalar(@views) .. $#statements), '', 'the functions have answers');
like(($node->psql('registry', 'SET ROLE matrix; SET row_security = off; SELECT count(*) FROM wmo.coverage'))[2], qr/would be affected by row-level security policy/,
	'who may be bound by policies and asked for none is refused');
my ($end, $thrown, @odd) = ($began + seconds(0), 0);
while (time < $end)
{
	my @values = map { $_->[ 1 + int rand $#$_ ] } @settings;
	my $odd = odd_under($thrown++, \@values);
	push @odd, set_to(\@values) . "\n$odd" if $odd ne '';
}
is(join("\n", @odd), '', "$thrown settings thrown at random");
$node->stop;
done_testing();
