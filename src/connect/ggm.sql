-- ggm: the reports under Dutch names, those of the national data model (Gemeentelijk Gegevensmodel) where it has them.
-- Relies on the views of wmo_bi, and adds nothing to them.
--
-- The model (2.5.1) has AANBESTEDING, GUNNING, CONTRACT, LEVERANCIER, VOORZIENING and VOORZIENINGSOORT; columns that
-- are its attributes bear its names in small letters. It has neither lot, option, notice nor area of a contract: these
-- stand beside them under plain names. Codes stay what they are.

CREATE SCHEMA wmo_ggm;
COMMENT ON SCHEMA wmo_ggm IS
  'De rapportages onder Nederlandse namen, die van het Gemeentelijk Gegevensmodel waar dat ze heeft.';
GRANT USAGE ON SCHEMA wmo_ggm TO PUBLIC;

CREATE VIEW wmo_ggm.aanbesteding WITH (security_invoker = true) AS
  SELECT t.id, t.title AS naam, t.procedure, t.buyers AS opdrachtgevers,
         CASE WHEN t.published_from = t.published_until THEN t.published_from END AS datumpublicatie,
         t.lot_count AS aantal_percelen, t.tenderer_count AS aantal_inschrijvers, t.changed_at AS gewijzigd_op
  FROM wmo_bi.tender t;
COMMENT ON VIEW wmo_ggm.aanbesteding IS 'Aanbestedingen en uitvragen (GGM: Aanbesteding).';

CREATE VIEW wmo_ggm.perceel WITH (security_invoker = true) AS
  SELECT l.id, l.tender_id AS aanbesteding_id, l.tender AS aanbesteding, l.name AS naam, l.changed_at AS gewijzigd_op
  FROM wmo_bi.lot l;
COMMENT ON VIEW wmo_ggm.perceel IS 'Percelen van aanbestedingen (niet in het GGM).';

CREATE VIEW wmo_ggm.gunning WITH (security_invoker = true) AS
  SELECT a.id, a.tender_id AS aanbesteding_id, a.tender AS aanbesteding, a.lot_id AS perceel_id, a.lot AS perceel,
         a.supplier_id AS leverancier_id, a.supplier AS leverancier,
         CASE WHEN a.decided_from = a.decided_until THEN a.decided_from END AS datumvoorlopigegunning,
         a.final_on AS datumgunning, a.court_by AS kort_geding_uiterlijk, a.latest_day AS aanvechtbaar_tot_en_met,
         a.sign_from AS tekenen_vanaf, a.sign_basis AS tekenen_berust_op, a.warning AS waarschuwing,
         a.rulings_awaited AS uitspraken_afgewacht, a.withdrawn_on AS ingetrokken_op, a.annulled_on AS vernietigd_op,
         a.revived_on AS herleefd_op, a.changed_at AS gewijzigd_op
  FROM wmo_bi.award a;
COMMENT ON VIEW wmo_ggm.gunning IS
  'Gunningsbeslissingen (GGM: Gunning). Een verstreken termijn is geen definitieve gunning.';

CREATE VIEW wmo_ggm.contract WITH (security_invoker = true) AS
  SELECT c.id, c.number AS interncontractid, c.buyer_id AS opdrachtgever_id, c.buyer AS opdrachtgever,
         c.supplier_id AS contractant_leverancier_id, c.supplier AS leverancier,
         c.taken_over_by_id AS overgenomen_door_id, c.taken_over_by AS overgenomen_door,
         c.taken_over_on AS overgenomen_op, c.taken_over_inferred AS overname_afgeleid, c.award_id AS gunning_id,
         c.first_day AS datumstart, c.last_day AS datumeinde,
         CASE c.end_kind WHEN 'day' THEN 'dag' WHEN 'open' THEN 'open' WHEN 'unknown' THEN 'onbekend' END
           AS einde_soort,
         c.end_inferred AS einde_afgeleid, c.maximum_last_day AS uiterste_einde, c.options AS opties,
         c.options_open AS opties_open,
         c.notice_by AS melden_uiterlijk, c.signed_on AS datumondertekening, c.changed_at AS gewijzigd_op
  FROM wmo_bi.contract c;
COMMENT ON VIEW wmo_ggm.contract IS 'Overeenkomsten (GGM: Contract) met hun looptijd na alle wijzigingen.';

CREATE VIEW wmo_ggm.optie WITH (security_invoker = true) AS
  SELECT o.id, o.contract_id, o.number AS interncontractid, o.option_no AS optienummer, o.first_day AS datumstart,
         o.last_day AS datumeinde, o.notice_by AS melden_uiterlijk,
         CASE o.state WHEN 'exercised' THEN 'uitgeoefend' WHEN 'declined' THEN 'afgezien' WHEN 'open' THEN 'open'
                      WHEN 'lapsed' THEN 'vervallen' END AS stand,
         o.late AS te_laat, o.changed_at AS gewijzigd_op
  FROM wmo_bi.contract_option o;
COMMENT ON VIEW wmo_ggm.optie IS 'Verlengingsopties van contracten (niet in het GGM).';

CREATE VIEW wmo_ggm.meldtermijn WITH (security_invoker = true) AS
  SELECT c.id, c.id AS contract_id, c.number AS interncontractid, c.buyer AS opdrachtgever, c.supplier AS leverancier,
         c.notice_by AS melden_uiterlijk, c.last_day AS datumeinde, c.changed_at AS gewijzigd_op
  FROM wmo_bi.contract c WHERE c.notice_by IS NOT NULL;
COMMENT ON VIEW wmo_ggm.meldtermijn IS
  'De laatste dag waarop de eerstvolgende open optie gemeld kan worden, per contract dat er een heeft (niet in het '
  'GGM).';

CREATE VIEW wmo_ggm.leverancier WITH (security_invoker = true) AS
  SELECT p.id, p.name AS naam, p.agb AS agbcode, p.kvk AS kvknummer,
         CASE p.kind WHEN 'provider' THEN 'aanbieder' WHEN 'consortium' THEN 'combinatie' END AS soort,
         p.natural_person AS natuurlijk_persoon, p.changed_at AS gewijzigd_op
  FROM wmo_bi.party p WHERE p.kind IN ('provider', 'consortium');
COMMENT ON VIEW wmo_ggm.leverancier IS 'Aanbieders en combinaties (GGM: Leverancier).';

CREATE VIEW wmo_ggm.voorzieningsoort WITH (security_invoker = true) AS
  SELECT DISTINCT ON (s.iwmo_category) s.iwmo_category::integer AS id, s.iwmo_category AS productcategoriecode,
         s.name AS naam, s.changed_at AS gewijzigd_op
  FROM wmo_bi.service s WHERE s.iwmo_category IS NOT NULL AND s.parent_id IS NULL
  ORDER BY s.iwmo_category, s.id;
COMMENT ON VIEW wmo_ggm.voorzieningsoort IS 'Productcategorieën van iWmo (GGM: Voorzieningsoort).';

CREATE VIEW wmo_ggm.voorziening WITH (security_invoker = true) AS
  SELECT s.id, s.name AS naam, s.code, s.iwmo_category::integer AS voorzieningsoort_id,
         s.parent_id AS onder_voorziening_id, s.provision = 'general' AS algemeen, s.changed_at AS gewijzigd_op
  FROM wmo_bi.service s;
COMMENT ON VIEW wmo_ggm.voorziening IS 'Voorzieningen (GGM: Voorziening).';

CREATE VIEW wmo_ggm.gebied WITH (security_invoker = true) AS
  SELECT a.id, a.code, a.name AS naam,
         CASE a.kind WHEN 'municipality' THEN 'gemeente' WHEN 'district' THEN 'wijk' WHEN 'neighbourhood' THEN 'buurt'
                     WHEN 'working_area' THEN 'werkgebied' WHEN 'region' THEN 'regio' WHEN 'other' THEN 'overig' END
           AS soort,
         a.first_day AS datumstart, a.last_day AS datumeinde,
         CASE a.geom_basis WHEN 'official' THEN 'officieel' WHEN 'derived' THEN 'afgeleid'
                           WHEN 'schematic' THEN 'schematisch' END AS grondslag,
         a.changed_at AS gewijzigd_op, a.geom
  FROM wmo_bi.area a;
COMMENT ON VIEW wmo_ggm.gebied IS
  'Gebieden per editie: een code betekent een gebied alleen samen met een dag (niet in het GGM).';

DO $$
DECLARE
  col record;
BEGIN
  -- one word for one name, in every view but those that mean something else by it
  FOR col IN
    WITH word (name, of_view, meaning) AS (VALUES
      ('id', NULL, 'Sleutel.'), ('id', 'voorzieningsoort', 'Sleutel: het nummer van de categorie.'),
      ('id', 'meldtermijn', 'Sleutel: die van het contract.'), ('naam', NULL, 'Naam.'),
      ('gewijzigd_op', NULL, 'Wanneer de rij, of iets waarop zij rust, het laatst veranderde.'),
      ('procedure', NULL, 'Procedure, als code: open, restricted, negotiated, sas, open_house, administrative, '
                          '2b_service of unknown.'),
      ('opdrachtgevers', NULL, 'Namen van de opdrachtgevers.'), ('opdrachtgever', NULL, 'Naam van de opdrachtgever.'),
      ('opdrachtgever_id', NULL, 'Wie inkoopt.'),
      ('datumpublicatie', NULL, 'Dag van publicatie; leeg = niet bekend, of niet op de dag.'),
      ('aantal_percelen', NULL, 'Aantal percelen; leeg = niet genoemd.'),
      ('aantal_inschrijvers', NULL, 'Aantal inschrijvers; leeg = niet genoemd.'),
      ('aanbesteding_id', NULL, 'De aanbesteding; leeg = niet bekend.'), ('aanbesteding', NULL, 'Naam daarvan.'),
      ('perceel_id', NULL, 'Het perceel; leeg = de hele aanbesteding, of niet bekend.'),
      ('perceel', NULL, 'Naam daarvan.'),
      ('leverancier_id', NULL, 'Wie gegund is; leeg = niet genoemd, wat iets anders is dan niemand.'),
      ('leverancier', NULL, 'Naam van de leverancier; leeg = niet genoemd.'),
      ('leverancier', 'contract', 'Naam van wie levert zoals overeengekomen; leeg = niet genoemd. Wie het contract '
                                  'overnam: overgenomen_door.'),
      ('contractant_leverancier_id', NULL, 'Wie levert zoals overeengekomen; leeg = niet genoemd, wat iets anders is '
                                           'dan niemand.'),
      ('datumvoorlopigegunning', NULL, 'Dag van de gunningsbeslissing; leeg = niet bekend, of niet op de dag.'),
      ('datumgunning', NULL, 'Eerste dag waarop de gunning definitief was, waar dat is vastgelegd.'),
      ('kort_geding_uiterlijk', NULL, 'Laatste dag om naar de rechter te gaan, volgens elke bekende termijn.'),
      ('aanvechtbaar_tot_en_met', NULL, 'Laatste dag volgens de langste lezing.'),
      ('tekenen_vanaf', NULL, 'Eerste dag waarop geen bekende termijn meer loopt; lees tekenen_berust_op en '
                              'waarschuwing erbij.'),
      ('tekenen_berust_op', NULL, 'Waarop tekenen_vanaf berust, of waarom er geen is.'),
      ('waarschuwing', NULL, 'Wat aan de vastgelegde termijnen niet klopt of niet zeker is; leeg = niets.'),
      ('uitspraken_afgewacht', NULL, 'Aantal lopende procedures dat de gunning tegenhoudt.'),
      ('herleefd_op', NULL, 'Dag vanaf welke de intrekking of vernietiging niet meer geldt.'),
      ('overgenomen_door_id', NULL, 'Wie het hele contract heeft overgenomen, of overneemt; leeg = niemand.'),
      ('overgenomen_door', NULL, 'Naam daarvan.'),
      ('overgenomen_op', NULL, 'Eerste dag daarvan; die kan nog komen.'),
      ('einde_afgeleid', NULL, 'Berust het einde, of het contract, op een afgeleide bron (onze lezing).'),
      ('overname_afgeleid', NULL, 'Berust de overname op een afgeleide bron; leeg = niemand nam het over.'),
      ('ingetrokken_op', NULL, 'Dag waarop de gunning is ingetrokken.'),
      ('vernietigd_op', NULL, 'Dag vanaf welke zij nietig is.'),
      ('interncontractid', NULL, 'Contractnummer, uniek per opdrachtgever.'),
      ('gunning_id', NULL, 'De gunning waaruit het volgt; leeg = geen vastgelegd.'),
      ('datumstart', NULL, 'Eerste dag; leeg = niet bekend.'),
      ('datumstart', 'gebied', 'Eerste dag; leeg = sinds altijd.'),
      ('datumeinde', NULL, 'Laatste dag (t/m); leeg: zie einde_soort van het contract.'),
      ('datumeinde', 'gebied', 'Laatste dag (t/m); leeg = bestaat nog.'),
      ('einde_soort', NULL, 'dag, open (geen einde afgesproken) of onbekend (geen einde genoemd, of de gunning is '
       'ingetrokken of vernietigd).'),
      ('uiterste_einde', NULL, 'Laatste dag als elke open optie wordt uitgeoefend.'),
      ('opties', NULL, 'Aantal opties.'),
      ('opties_open', NULL, 'Aantal dat noch uitgeoefend is noch afgezien.'),
      ('melden_uiterlijk', NULL, 'Laatste dag waarop de optie gemeld kan worden (meldtermijn); leeg = niet genoemd.'),
      ('datumondertekening', NULL, 'Dag waarop beiden getekend hadden; leeg = niet bekend.'),
      ('contract_id', NULL, 'Het contract.'), ('optienummer', NULL, 'Nummer, vanaf 1.'),
      ('stand', NULL, 'uitgeoefend, afgezien, open, of vervallen door een eerder einde.'),
      ('te_laat', NULL, 'Waar: uitgeoefend na de meldtermijn; leeg = niet uitgeoefend, of niet te zeggen.'),
      ('agbcode', NULL, 'AGB-codes ooit, met komma''s.'), ('kvknummer', NULL, 'KvK-nummers ooit, met komma''s.'),
      ('soort', 'leverancier', 'aanbieder of combinatie.'),
      ('soort', 'gebied', 'gemeente, wijk, buurt, werkgebied, regio of overig.'),
      ('natuurlijk_persoon', NULL, 'Waar: een zzp''er; houd die buiten wat gepubliceerd wordt.'),
      ('productcategoriecode', NULL, 'Productcategorie van iWmo (WMO020), twee cijfers.'),
      ('code', 'voorziening', 'Het woord waaronder elke functie de voorziening kent.'),
      ('code', 'gebied', 'CBS-code; leeg = heeft er geen.'),
      ('voorzieningsoort_id', NULL, 'De soort; leeg = een voorziening zonder categorie.'),
      ('onder_voorziening_id', NULL, 'De ruimere voorziening, waarvan een contract ook deze dekt; leeg = bovenaan.'),
      ('algemeen', NULL, 'Waar: algemene voorziening; onwaar: maatwerkvoorziening.'),
      ('grondslag', NULL, 'officieel, afgeleid of schematisch (een tekening, geen grens); leeg = geen vorm.'),
      ('geom', NULL, 'Vorm in RD (EPSG:28992).'))
    SELECT c.relname, a.attname,
           (SELECT w.meaning FROM word w WHERE w.name = a.attname AND coalesce(w.of_view = c.relname, true)
            ORDER BY w.of_view NULLS LAST LIMIT 1) AS meaning
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'wmo_ggm'::regnamespace AND c.relkind = 'v'
    ORDER BY c.relname, a.attnum
  LOOP
    IF col.meaning IS NULL THEN
      RAISE EXCEPTION 'no word for column % of view wmo_ggm.%', col.attname, col.relname;
    END IF;
    EXECUTE format('COMMENT ON COLUMN wmo_ggm.%I.%I IS %L', col.relname, col.attname, col.meaning);
  END LOOP;
END
$$;
