-- contract_list_name: what stands in a list where a name belongs and is none.
-- Relies on schema only; these are the words of who fills in spreadsheets.
--
-- A word that is taken for a name becomes a party, and who is asked for hears of it as of anybody else. So what says
-- that nobody is named is known here, in one place, for every column that holds names.

CREATE FUNCTION wmo_works.says_nothing(cell text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT lower(btrim(cell)) IN ('nvt', 'n.v.t.', 'n.v.t', 'niet van toepassing', 'n/a', '-', '--', '---');
END;
COMMENT ON FUNCTION wmo_works.says_nothing(text) IS
  'Does a cell say that it has nothing to say: nvt, n.v.t. or a dash?';

CREATE FUNCTION wmo_works.no_name(words text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT (
    SELECT k.kind
    FROM (VALUES
      (1, 'unknown', '^([?]+|onbekend|niet bekend|nnb)$'),
      (2, 'several', concat(
        '^((diverse|meerdere|verschillende|overige)',
        '( (zorgaanbieders|aanbieders|leveranciers|partijen|organisaties|gebieden|gemeenten|kernen|wijken))?|div',
        '|diversen|overigen|(zorgaanbieder|aanbieder|leverancier|onderaannemer|opdrachtnemer)s|contractanten|partijen',
        '|instellingen)$')),
      (3, 'count', concat(
        '^(alle|allen|iedereen|((circa|ca|ongeveer|zo''n|ruim|bijna|meer dan|minder dan|minimaal|maximaal) ?)?[0-9]+)',
        '( (verschillende|diverse|andere|overige|lokale|regionale|kleine|gecontracteerde))*',
        '( (zorgaanbieders|aanbieders|onderaannemers|partijen|organisaties|leveranciers|instellingen|gebieden',
        '|gemeenten|kernen|wijken|percelen|gecontracteerden))?$')),
      (4, 'nobody', concat(
        '^([[:punct:][:space:]]+|niemand|geen|leeg|vacant|vacature|open|n ?t ?b|tbd|tba|tbc|pm|volgt|vervalt|vervallen',
        '|ingetrokken|mislukt|nvt|na|none|null|x+|ja|nee|niet van toepassing|reserve|wachtkamer|wachtlijst',
        '|(zorg)?aanbieder|leverancier|onderaannemer|opdrachtnemer|contractant)$')),
      (4, 'nobody', concat(
        '^(nog|nader) (te|niet|geen|onbekend|open|in|aan)[[:>:]]',
        '|^niet (meer )?(gegund|ingevuld|ingekocht|gecontracteerd|toegewezen|geleverd|actief|bekend|getekend',
        '|ondertekend)[[:>:]]',
        '|^geen (aanbieder|aanbod|contract|gegadigde|gunning|hoofdaannemer|inschrijv|leverancier|onderaannem',
        '|opdrachtnemer|partij|winnaar)',
        '|^(gunning|aanbesteding|selectie|inkoop|procedure|naam|besluit|bekendmaking|bezwaar|beroep|kort geding) ',
        '(volgt|loopt|nog|wordt|is|aanhangig|ingediend|ingesteld)[[:>:]]',
        '|^wordt (nog|later|nader|opnieuw)[[:>:]]|^in (aanbesteding|behandeling|onderhandeling|procedure)$')),
      (5, 'elsewhere', concat(
        '^(zie|volgens|conform) (ook )?(de |het |in |onder )*(bijlage|blad|besluit|boven|contract|document|dossier',
        '|gunning|aanbesteding|inschrijving|mail|offerte|hierboven|hieronder|kolom|lijst|nota|onder|opmerking',
        '|overeenkomst|overzicht|perceel|regel|rij|tabblad|toelichting',
        '|website)|^(bijlage|tabblad) ?[0-9a-z]{0,2}$|^(idem|dito|als boven|als hierboven)$')),
      (6, 'others', concat(
        '(^|[ ,;/(])(ea|cs|et al|etc|enz|enzovoorts?|en (diverse|enkele|meerdere|nog|vele|[0-9]+)[[:>:]][^()]*',
        '|(en|[+&,]) ?([0-9]+ )?(anderen?|overigen?)( (zorgaanbieders|aanbieders|partijen|organisaties))?)[)]?$',
        '|(^|[ (])(oa|onder andere|onder meer|waaronder|bijvoorbeeld|bijv) ')),
      (7, 'more', concat(
        '[[:<:]](be.{1,2}indigd|gestopt|opgezegd|ontbonden|failliet|niet gegund|niet gecontracteerd|ingetrokken',
        '|afgewezen|geschorst|opgeschort|onder voorbehoud|overgenomen door|in oprichting',
        '|(niet|nog te) (ge|onderge|onder)?teken(d|en))([^a-z]|$)|[ ,(]io[)]?$',
        '|^(reserve|wachtkamer|wachtlijst|eventueel|wellicht|misschien|mogelijk|waarschijnlijk|beoogd|gepland|voorheen',
        '|voormalige?)( |:)',
        '|[(] ?(vervallen|vervalt|stopt|concept|voorlopig|voorwaardelijk|optie|reserve|wachtlijst|wachtkamer|gepland',
        '|beoogd|eventueel|mogelijk|nog )[^)]*[)]',
        '|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}',
        '|[[:<:]](per|tot|vanaf|sinds|t/m|tot en met) ([0-9]{1,2} )?([a-z]+ )?(19|20)[0-9]{2}[[:>:]]')),
      -- a star refers to a note that is not here
      (8, 'doubt', '[?]|[*]([ )]|$)')
    ) k (place, kind, pattern)
    WHERE p.plain ~ k.pattern ORDER BY k.place LIMIT 1)
  FROM (SELECT btrim(regexp_replace(
          lower(CASE WHEN words ~ '[^.[:space:]]' THEN replace(words, '.', '') ELSE words END), '[[:space:]]+', ' ',
          'g')) AS plain) p
  WHERE p.plain <> '';
END;
COMMENT ON FUNCTION wmo_works.no_name(text) IS
  'Why a word of a list is no name. unknown: it says that it is not known who; several: that there are several; count: '
  'how many; nobody: that there is none, or none yet; elsewhere: where to look; others: a name and others who are not '
  'named; more: what became of them besides; doubt: a question mark, or a star. Null of a name.';

CREATE FUNCTION wmo_works.unnamed_fault(name text, word text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT CASE
    WHEN said.kind = 'doubt'
      THEN wmo_works.words('"%1" bears a mark of doubt or of a note; write it without where it is sure, else leave it '
                           'out', word)
    WHEN name = 'lot' AND lower(word) ~ concat(
           '^((perceel|percelen|lots?) )?[0-9]+[a-z]?( ?([-/,;+&]|en|tot|t/m|tot en met) ?[0-9]+[a-z]?)+$|^percelen ')
      THEN wmo_works.words('"%1" names several lots; give each a row', word)
    -- a lot may be a number, and others may be in its name
    WHEN name IN ('lot', 'tender') AND said.kind NOT IN ('unknown', 'others') AND word !~ '^[0-9]+$'
      THEN wmo_works.words('"%1" is more or less than the name of one lot or tender; write that name where the '
                           'contract followed from it, else leave the cell empty', word)
    WHEN name = 'buyer' AND said.kind IS NOT NULL
      THEN wmo_works.words('"%1" does not say who bought; write the municipality, or the name of the joint '
                           'buyers', word)
    WHEN name = 'subcontractors' AND lower(word) ~ concat(
           '^(ja|nee|niet|wel|mag|mogelijk|toegestaan|toegelaten|akkoord|verboden|uitgesloten|optioneel)([ ,;:.(]|$)',
           '|[[:<:]](toestemming|toegestaan|goedkeuring|voorwaarden|in overleg)[[:>:]]')
      THEN wmo_works.words('"%1" names no subcontractor; leave it out: whether somebody may become one is a row of '
                           'wmo.subcontract_term', word)
    WHEN name IN ('supplier', 'subcontractors') AND said.kind = 'others'
      THEN wmo_works.words('"%1" leaves others unnamed; give a contract one name, or add this one to wmo.party: as a '
                           'consortium if they work as one', word)
    WHEN name IN ('supplier', 'subcontractors') AND said.kind = 'more'
      THEN wmo_works.words('"%1" says more than a name; write the name alone: what became of the contract stands in '
                           'its days and in wmo.contract_change', word)
    WHEN name = 'supplier' AND said.kind IN ('count', 'several')
      THEN wmo_works.words('"%1" names no provider; leave the cell empty (not named), and record how many there are in '
                           'supplier_count of wmo.contract', word)
    WHEN name = 'supplier' AND said.kind IS NOT NULL
      THEN wmo_works.words('"%1" names no provider; leave the cell empty where there is one who is not named, and the '
                           'row out where there is none', word)
    WHEN name = 'subcontractors' AND said.kind IS NOT NULL
      THEN wmo_works.words('"%1" names no subcontractor; leave it out, and record how many there are in party_count of '
                           'wmo.subcontract', word)
    WHEN name = 'areas' AND (said.kind <> 'more'
           OR lower(word) ~ concat('^(de |het )?(alle|heel|hele|geheel|gehele|overige?|rest|restant)( van)? ',
                                   '|^(overal|elders|overig|rest|gemeentebreed|stadsbreed|regiobreed|landelijk)$'))
      THEN wmo_works.words('"%1" names no area; write its name or code, or the municipality where all of that is meant',
                           word)
    WHEN name = 'products' AND said.kind IS NOT NULL AND (said.kind <> 'count' OR lower(word) ~ '^alle')
      THEN wmo_works.words('"%1" names no product; leave the cell empty, or write the code', word) END
  -- a tender bears the year or the days that it is about
  FROM (SELECT wmo_works.no_name(CASE WHEN name = 'tender' THEN regexp_replace(word, '[0-9]', '', 'g') ELSE word END)
          AS kind) said;
END;
COMMENT ON FUNCTION wmo_works.unnamed_fault(text, text) IS
  'What is said of a word in a column of names or codes that is none: circa 80 aanbieders, niet gegund, zie bijlage, '
  'Zorg A e.a.; null of a name.';
