-- municipality: the municipalities of the Netherlands by the days on which they existed, and what they are called.
-- Relies on area_code, on likeness and on how an edition answers for a day (area).
--
-- Facts that ship, beside the user's own, under one view. A name means a code only together with a day: De Friese Meren
-- and De Fryske Marren are two codes, and two municipalities are called Bergen.

CREATE TABLE wmo.municipality_shipped (
  code        wmo.area_code PRIMARY KEY,
  name        text NOT NULL,
  other_names text[] NOT NULL DEFAULT '{}',
  valid       daterange NOT NULL,
  successors  wmo.area_code[] NOT NULL DEFAULT '{}',
  remark      text,
  CONSTRAINT municipality_code_is_one_of_a_municipality CHECK (code::text ~ '^GM'),
  CONSTRAINT municipality_name_is_not_blank CHECK (btrim(name) <> ''),
  CONSTRAINT municipality_valid_is_not_empty CHECK (NOT isempty(valid)),
  CONSTRAINT municipality_valid_bounds_are_days CHECK (isfinite(lower(valid)) AND isfinite(upper(valid))),
  CONSTRAINT municipality_that_goes_on_has_no_successors CHECK (NOT upper_inf(valid) OR successors = '{}')
);
COMMENT ON TABLE wmo.municipality_shipped IS
  'The municipalities of the Netherlands since 2007, when the first Wmo came into force, as this release knows them. '
  'Not yours to change: use wmo.municipality_own.';
COMMENT ON COLUMN wmo.municipality_shipped.code IS 'CBS code. It goes with the name: another name, another code.';
COMMENT ON COLUMN wmo.municipality_shipped.name IS
  'Name as CBS writes it; with a place in brackets where two municipalities bear the name.';
COMMENT ON COLUMN wmo.municipality_shipped.other_names IS 'Other ways in which it is written.';
COMMENT ON COLUMN wmo.municipality_shipped.valid IS
  'Days on which it existed. Without lower bound: it existed on 2007-01-01 already. Its territory may have grown in '
  'between: see who has it for a successor.';
COMMENT ON COLUMN wmo.municipality_shipped.successors IS
  'The municipalities that got its territory, or parts of it, when it ended.';
COMMENT ON COLUMN wmo.municipality_shipped.remark IS 'What else is to be known about it.';

CREATE TABLE wmo.municipality_own (LIKE wmo.municipality_shipped INCLUDING ALL);
COMMENT ON TABLE wmo.municipality_own IS
  'Municipalities that you add, or tell otherwise: a row takes the place of the shipped one of its code. For a '
  'redivision that came after this release, end the old ones here and add the new one.';
COMMENT ON COLUMN wmo.municipality_own.code IS 'CBS code.';
COMMENT ON COLUMN wmo.municipality_own.name IS 'Name as CBS writes it.';
COMMENT ON COLUMN wmo.municipality_own.other_names IS 'Other ways in which it is written.';
COMMENT ON COLUMN wmo.municipality_own.valid IS 'Days on which it existed.';
COMMENT ON COLUMN wmo.municipality_own.successors IS
  'The municipalities that got its territory, or parts of it, when it ended.';
COMMENT ON COLUMN wmo.municipality_own.remark IS 'What else is to be known about it.';

CREATE VIEW wmo.municipality WITH (security_invoker = true) AS
  SELECT o.code, o.name, o.other_names, o.valid, o.successors, o.remark FROM wmo.municipality_own o
  UNION ALL
  SELECT s.code, s.name, s.other_names, s.valid, s.successors, s.remark FROM wmo.municipality_shipped s
  WHERE NOT EXISTS (SELECT FROM wmo.municipality_own o WHERE o.code OPERATOR(@extschema@.=) s.code);
COMMENT ON VIEW wmo.municipality IS
  'The municipalities by the days on which they existed: shipped and own. For which days they are known, and how '
  'surely, stands in wmo.municipal_division.';
COMMENT ON COLUMN wmo.municipality.code IS 'CBS code.';
COMMENT ON COLUMN wmo.municipality.name IS 'Name as CBS writes it.';
COMMENT ON COLUMN wmo.municipality.other_names IS 'Other ways in which it is written.';
COMMENT ON COLUMN wmo.municipality.valid IS
  'Days on which it existed. Without lower bound: on 2007-01-01 already. Without upper bound: no end is known.';
COMMENT ON COLUMN wmo.municipality.successors IS
  'The municipalities that got its territory, or parts of it, when it ended.';
COMMENT ON COLUMN wmo.municipality.remark IS 'What else is to be known about it.';

CREATE TABLE wmo.municipal_division_shipped (
  days       daterange PRIMARY KEY,
  source     text NOT NULL,
  confidence text NOT NULL,
  CONSTRAINT municipal_division_days_are_not_empty CHECK (NOT isempty(days)),
  CONSTRAINT municipal_division_days_bounds_are_days CHECK (isfinite(lower(days)) AND isfinite(upper(days))),
  CONSTRAINT municipal_division_source_is_named CHECK (btrim(source) <> ''),
  CONSTRAINT municipal_division_confidence_is_known CHECK (confidence IN ('high', 'medium', 'low'))
);
COMMENT ON TABLE wmo.municipal_division_shipped IS
  'For which days this release knows every municipality (gemeentelijke indeling), and how surely.';
COMMENT ON COLUMN wmo.municipal_division_shipped.days IS 'The days.';
COMMENT ON COLUMN wmo.municipal_division_shipped.source IS 'From which sources.';
COMMENT ON COLUMN wmo.municipal_division_shipped.confidence IS
  'high (a register, or the boundaries of CBS), medium (a list at second hand) or low.';

CREATE TABLE wmo.municipal_division_own (LIKE wmo.municipal_division_shipped INCLUDING ALL);
COMMENT ON TABLE wmo.municipal_division_own IS
  'Your own: enter days here when wmo.municipality_own holds everything that changed on them.';
COMMENT ON COLUMN wmo.municipal_division_own.days IS 'The days.';
COMMENT ON COLUMN wmo.municipal_division_own.source IS 'From which sources.';
COMMENT ON COLUMN wmo.municipal_division_own.confidence IS 'high, medium or low.';

CREATE VIEW wmo.municipal_division WITH (security_invoker = true) AS
  SELECT s.days, s.source, s.confidence FROM wmo.municipal_division_shipped s
  UNION ALL
  SELECT o.days, o.source, o.confidence FROM wmo.municipal_division_own o;
COMMENT ON VIEW wmo.municipal_division IS
  'For which days every municipality is known, how surely and from which source: shipped and own.';
COMMENT ON COLUMN wmo.municipal_division.days IS 'The days. On other days municipalities may be missing.';
COMMENT ON COLUMN wmo.municipal_division.source IS 'From which sources.';
COMMENT ON COLUMN wmo.municipal_division.confidence IS 'high, medium or low.';

SELECT pg_catalog.pg_extension_config_dump('wmo.municipality_own', '');
SELECT pg_catalog.pg_extension_config_dump('wmo.municipal_division_own', '');

-- ---- the facts ------------------------------------------------------------------------------------------------------
-- First day, first day on which it was no more, successors; code and name of those of whom that is true. Landelijke
-- tabel 33 (RvIG) to 2019, then the editions of CBS. Where the table names one successor of several (Meerlo-Wanssum,
-- Boarnsterhim, Maasdonk, Littenseradiel, Winsum, Haaren), all that got ground are named.

INSERT INTO wmo.municipality_shipped (code, name, valid, successors)
SELECT m.part[1]::wmo.area_code, m.part[2], daterange(d.first_day::date, d.gone::date), d.successors::wmo.area_code[]
FROM (VALUES
  (NULL, NULL, '{}',
    '0014 Groningen;0034 Almere;0037 Stadskanaal;0047 Veendam;0050 Zeewolde;0059 Achtkarspelen;0060 Ameland
    0072 Harlingen;0074 Heerenveen;0080 Leeuwarden;0085 Ooststellingwerf;0086 Opsterland;0088 Schiermonnikoog
    0090 Smallingerland;0093 Terschelling;0096 Vlieland;0098 Weststellingwerf;0106 Assen;0109 Coevorden;0114 Emmen
    0118 Hoogeveen;0119 Meppel;0141 Almelo;0147 Borne;0148 Dalfsen;0150 Deventer;0153 Enschede;0158 Haaksbergen
    0160 Hardenberg;0163 Hellendoorn;0164 Hengelo;0166 Kampen;0168 Losser;0171 Noordoostpolder;0173 Oldenzaal
    0175 Ommen;0177 Raalte;0180 Staphorst;0183 Tubbergen;0184 Urk;0189 Wierden;0193 Zwolle;0197 Aalten
    0200 Apeldoorn;0202 Arnhem;0203 Barneveld;0209 Beuningen;0213 Brummen;0214 Buren;0216 Culemborg;0221 Doesburg
    0222 Doetinchem;0225 Druten;0226 Duiven;0228 Ede;0230 Elburg;0232 Epe;0233 Ermelo;0243 Harderwijk;0244 Hattem
    0246 Heerde;0252 Heumen;0262 Lochem;0263 Maasdriel;0267 Nijkerk;0268 Nijmegen;0269 Oldebroek;0273 Putten
    0274 Renkum;0275 Rheden;0277 Rozendaal;0279 Scherpenzeel;0281 Tiel;0285 Voorst;0289 Wageningen;0293 Westervoort
    0294 Winterswijk;0296 Wijchen;0297 Zaltbommel;0299 Zevenaar;0301 Zutphen;0302 Nunspeet;0303 Dronten
    0307 Amersfoort;0308 Baarn;0310 De Bilt;0312 Bunnik;0313 Bunschoten;0317 Eemnes;0321 Houten;0327 Leusden
    0331 Lopik;0335 Montfoort;0339 Renswoude;0340 Rhenen;0342 Soest;0344 Utrecht;0345 Veenendaal;0351 Woudenberg
    0352 Wijk bij Duurstede;0353 IJsselstein;0355 Zeist;0356 Nieuwegein;0358 Aalsmeer;0361 Alkmaar;0362 Amstelveen
    0363 Amsterdam;0373 Bergen (NH.);0375 Beverwijk;0376 Blaricum;0377 Bloemendaal;0383 Castricum;0384 Diemen
    0385 Edam-Volendam;0388 Enkhuizen;0392 Haarlem;0394 Haarlemmermeer;0396 Heemskerk;0397 Heemstede;0399 Heiloo
    0400 Den Helder;0402 Hilversum;0405 Hoorn;0406 Huizen;0415 Landsmeer;0417 Laren;0420 Medemblik;0431 Oostzaan
    0432 Opmeer;0437 Ouder-Amstel;0439 Purmerend;0441 Schagen;0448 Texel;0450 Uitgeest;0451 Uithoorn;0453 Velsen
    0473 Zandvoort;0479 Zaanstad;0482 Alblasserdam;0484 Alphen aan den Rijn;0489 Barendrecht;0498 Drechterland
    0502 Capelle aan den IJssel;0503 Delft;0505 Dordrecht;0512 Gorinchem;0513 Gouda;0518 ''s-Gravenhage
    0523 Hardinxveld-Giessendam;0531 Hendrik-Ido-Ambacht;0532 Stede Broec;0534 Hillegom;0537 Katwijk
    0542 Krimpen aan den IJssel;0546 Leiden;0547 Leiderdorp;0553 Lisse;0556 Maassluis;0569 Nieuwkoop;0575 Noordwijk
    0579 Oegstgeest;0589 Oudewater;0590 Papendrecht;0597 Ridderkerk;0599 Rotterdam;0603 Rijswijk;0606 Schiedam
    0610 Sliedrecht;0613 Albrandswaard;0622 Vlaardingen;0626 Voorschoten;0627 Waddinxveen;0629 Wassenaar
    0632 Woerden;0637 Zoetermeer;0638 Zoeterwoude;0642 Zwijndrecht;0654 Borsele;0664 Goes;0668 West Maas en Waal
    0677 Hulst;0678 Kapelle;0687 Middelburg;0703 Reimerswaal;0715 Terneuzen;0716 Tholen;0717 Veere;0718 Vlissingen
    0736 De Ronde Venen;0737 Tytsjerksteradiel;0743 Asten;0744 Baarle-Nassau;0748 Bergen op Zoom;0753 Best
    0755 Boekel;0757 Boxtel;0758 Breda;0762 Deurne;0765 Pekela;0766 Dongen;0770 Eersel;0772 Eindhoven
    0777 Etten-Leur;0779 Geertruidenberg;0784 Gilze en Rijen;0785 Goirle;0794 Helmond;0796 ''s-Hertogenbosch
    0797 Heusden;0798 Hilvarenbeek;0809 Loon op Zand;0820 Nuenen, Gerwen en Nederwetten;0823 Oirschot
    0824 Oisterwijk;0826 Oosterhout;0828 Oss;0840 Rucphen;0845 Sint-Michielsgestel;0847 Someren;0848 Son en Breugel
    0851 Steenbergen;0852 Waterland;0855 Tilburg;0858 Valkenswaard;0861 Veldhoven;0865 Vught;0866 Waalre
    0867 Waalwijk;0873 Woensdrecht;0879 Zundert;0880 Wormerland;0882 Landgraaf;0888 Beek;0889 Beesel
    0893 Bergen (L.);0899 Brunssum;0907 Gennep;0917 Heerlen;0928 Kerkrade;0935 Maastricht;0938 Meerssen
    0944 Mook en Middelaar;0946 Nederweert;0957 Roermond;0965 Simpelveld;0971 Stein;0981 Vaals;0983 Venlo
    0984 Venray;0986 Voerendaal;0988 Weert;0994 Valkenburg aan de Geul;0995 Lelystad;1507 Horst aan de Maas
    1509 Oude IJsselstreek;1525 Teylingen;1581 Utrechtse Heuvelrug;1586 Oost Gelre;1652 Gemert-Bakel
    1655 Halderberge;1658 Heeze-Leende;1659 Laarbeek;1667 Reusel-De Mierden;1669 Roerdalen;1674 Roosendaal
    1676 Schouwen-Duiveland;1680 Aa en Hunze;1681 Borger-Odoorn;1690 De Wolden;1695 Noord-Beveland;1696 Wijdemeren
    1699 Noordenveld;1700 Twenterand;1701 Westerveld;1705 Lingewaard;1706 Cranendonck;1708 Steenwijkerland
    1709 Moerdijk;1711 Echt-Susteren;1714 Sluis;1719 Drimmelen;1721 Bernheze;1723 Alphen-Chaam;1724 Bergeijk
    1728 Bladel;1729 Gulpen-Wittem;1730 Tynaarlo;1731 Midden-Drenthe;1734 Overbetuwe;1735 Hof van Twente
    1740 Neder-Betuwe;1742 Rijssen-Holten;1771 Geldrop-Mierlo;1773 Olst-Wijhe;1774 Dinkelland;1783 Westland
    1842 Midden-Delfland;1859 Berkelland;1876 Bronckhorst;1883 Sittard-Geleen;1896 Zwartewaterland
    1916 Leidschendam-Voorburg;1926 Pijnacker-Nootdorp;1955 Montferland'),
  ('2007-01-01', NULL, '{}', '1598 Koggenland;1621 Lansingerland;1640 Leudal;1641 Maasgouw'),
  ('2009-01-01', NULL, '{}', '1884 Kaag en Braassem;1891 Dantumadiel'),
  ('2010-01-01', NULL, '{}', '1892 Zuidplas;1894 Peel en Maas;1895 Oldambt'),
  ('2011-01-01', NULL, '{}',
    '1900 Súdwest-Fryslân;1901 Bodegraven-Reeuwijk;1903 Eijsden-Margraten;1904 Stichtse Vecht'),
  ('2012-01-01', NULL, '{}', '1911 Hollands Kroon'),
  ('2013-01-01', NULL, '{}', '1924 Goeree-Overflakkee'),
  ('2015-01-01', NULL, '{}', '1930 Nissewaard;1931 Krimpenerwaard'),
  ('2015-07-01', NULL, '{}', '1940 De Fryske Marren'),
  ('2016-01-01', NULL, '{}', '1942 Gooise Meren;1945 Berg en Dal'),
  ('2017-01-01', NULL, '{}', '1948 Meierijstad'),
  ('2018-01-01', NULL, '{}', '1949 Waadhoeke;1950 Westerwolde;1952 Midden-Groningen'),
  ('2019-01-01', NULL, '{}',
    '1954 Beekdaelen;1959 Altena;1960 West Betuwe;1961 Vijfheerenlanden;1963 Hoeksche Waard;1966 Het Hogeland
    1969 Westerkwartier;1970 Noardeast-Fryslân;1978 Molenlanden'),
  ('2021-01-01', NULL, '{}', '1979 Eemsdelta'),
  ('2022-01-01', NULL, '{}', '1980 Dijk en Waard;1982 Land van Cuijk;1991 Maashorst'),
  ('2023-01-01', NULL, '{}', '1992 Voorne aan Zee'),
  (NULL, '2009-01-01', '{0377}', '0372 Bennebroek'),
  (NULL, '2009-01-01', '{1884}', '0483 Alkemade;0645 Jacobswoude'),
  (NULL, '2009-01-01', '{1891}', '0065 Dantumadeel'),
  (NULL, '2010-01-01', '{0983}', '0885 Arcen en Velden'),
  (NULL, '2010-01-01', '{0984,1507}', '0993 Meerlo-Wanssum'),
  (NULL, '2010-01-01', '{1507}', '0964 Sevenum'),
  (NULL, '2010-01-01', '{1892}', '0563 Moordrecht;0567 Nieuwerkerk aan den IJssel;1666 Zevenhuizen-Moerkapelle'),
  (NULL, '2010-01-01', '{1894}', '0918 Helden;0929 Kessel;0934 Maasbree;0941 Meijel'),
  (NULL, '2010-01-01', '{1895}', '0039 Scheemda;0052 Winschoten;1661 Reiderland'),
  (NULL, '2010-03-18', '{0599}', '0600 Rozenburg'),
  (NULL, '2011-01-01', '{0420}', '0364 Andijk;0459 Wervershoof'),
  (NULL, '2011-01-01', '{0736}', '0305 Abcoude'),
  (NULL, '2011-01-01', '{0828}', '0808 Lith'),
  (NULL, '2011-01-01', '{1900}', '0064 Bolsward;0091 Sneek;0104 Nijefurd;0683 Wymbritseradiel;0710 Wûnseradiel'),
  (NULL, '2011-01-01', '{1901}', '0497 Bodegraven;0595 Reeuwijk'),
  (NULL, '2011-01-01', '{1903}', '0905 Eijsden;0936 Margraten'),
  (NULL, '2011-01-01', '{1904}', '0311 Breukelen;0329 Loenen;0333 Maarssen'),
  (NULL, '2011-01-01', '{1908}', '0083 Menaldumadeel'),
  (NULL, '2012-01-01', '{1911}', '0366 Anna Paulowna;0412 Niedorp;0462 Wieringen;0463 Wieringermeer'),
  (NULL, '2013-01-01', '{0441}', '0395 Harenkarspel;0476 Zijpe'),
  (NULL, '2013-01-01', '{1924}', '0504 Dirksland;0511 Goedereede;0559 Middelharnis;0580 Oostflakkee'),
  (NULL, '2013-01-01', '{1927}', '0571 Nieuw-Lekkerland;0693 Graafstroom;0694 Liesveld'),
  (NULL, '2014-01-01', '{0074,0080,1900,1921}', '0055 Boarnsterhim'),
  (NULL, '2014-01-01', '{0484}', '0499 Boskoop;1672 Rijnwoude'),
  (NULL, '2014-01-01', '{1921}', '0051 Skarsterlân;0082 Lemsterland;0653 Gaasterlân-Sleat'),
  (NULL, '2015-01-01', '{0241}', '0265 Millingen aan de Rijn;0282 Ubbergen'),
  (NULL, '2015-01-01', '{0361}', '0365 Graft-De Rijp;0458 Schermer'),
  (NULL, '2015-01-01', '{0796,0828}', '1671 Maasdonk'),
  (NULL, '2015-01-01', '{1930}', '0568 Bernisse;0612 Spijkenisse'),
  (NULL, '2015-01-01', '{1931}', '0491 Bergambacht;0608 Schoonhoven;0623 Vlist;0643 Nederlek;0644 Ouderkerk'),
  ('2014-01-01', '2015-07-01', '{1940}', '1921 De Friese Meren'),
  (NULL, '2016-01-01', '{0385}', '0478 Zeevang'),
  (NULL, '2016-01-01', '{1942}', '0381 Bussum;0424 Muiden;0425 Naarden'),
  (NULL, '2016-01-01', '{1945}', '0241 Groesbeek'),
  (NULL, '2017-01-01', '{1948}', '0844 Schijndel;0846 Sint-Oedenrode;0860 Veghel'),
  (NULL, '2018-01-01', '{0080}', '0081 Leeuwarderadeel'),
  (NULL, '2018-01-01', '{0080,1900,1949}', '0140 Littenseradiel'),
  (NULL, '2018-01-01', '{0299}', '0196 Rijnwaarden'),
  (NULL, '2018-01-01', '{1949}', '0063 het Bildt;0070 Franekeradeel'),
  (NULL, '2018-01-01', '{1950}', '0007 Bellingwedde;0048 Vlagtwedde'),
  (NULL, '2018-01-01', '{1952}', '0018 Hoogezand-Sappemeer;0040 Slochteren;1987 Menterwolde'),
  ('2011-01-01', '2018-01-01', '{1949}', '1908 Menameradiel'),
  (NULL, '2019-01-01', '{0014}', '0009 Ten Boer;0017 Haren'),
  (NULL, '2019-01-01', '{0394}', '0393 Haarlemmerliede en Spaarnwoude'),
  (NULL, '2019-01-01', '{0575}', '0576 Noordwijkerhout'),
  (NULL, '2019-01-01', '{1954}', '0881 Onderbanken;0951 Nuth;0962 Schinnen'),
  (NULL, '2019-01-01', '{1959}', '0738 Aalburg;0870 Werkendam;0874 Woudrichem'),
  (NULL, '2019-01-01', '{1960}', '0236 Geldermalsen;0304 Neerijnen;0733 Lingewaal'),
  (NULL, '2019-01-01', '{1961}', '0545 Leerdam;0620 Vianen;0707 Zederik'),
  (NULL, '2019-01-01', '{1963}', '0584 Oud-Beijerland;0585 Binnenmaas;0588 Korendijk;0611 Cromstrijen;0617 Strijen'),
  (NULL, '2019-01-01', '{1966}', '0005 Bedum;1651 Eemsmond;1663 De Marne'),
  (NULL, '2019-01-01', '{1966,1969}', '0053 Winsum'),
  (NULL, '2019-01-01', '{1969}', '0015 Grootegast;0022 Leek;0025 Marum;0056 Zuidhorn'),
  (NULL, '2019-01-01', '{1970}', '0058 Dongeradeel;0079 Kollumerland en Nieuwkruisland;1722 Ferwerderadiel'),
  (NULL, '2019-01-01', '{1978}', '0689 Giessenlanden'),
  ('2013-01-01', '2019-01-01', '{1978}', '1927 Molenwaard'),
  (NULL, '2021-01-01', '{0757,0824,0855,0865}', '0788 Haaren'),
  (NULL, '2021-01-01', '{1979}', '0003 Appingedam;0010 Delfzijl;0024 Loppersum'),
  (NULL, '2022-01-01', '{0439}', '0370 Beemster'),
  (NULL, '2022-01-01', '{1980}', '0398 Heerhugowaard;0416 Langedijk'),
  (NULL, '2022-01-01', '{1982}', '0756 Boxmeer;0786 Grave;0815 Mill en Sint Hubert;1684 Cuijk;1702 Sint Anthonis'),
  (NULL, '2022-01-01', '{1991}', '0856 Uden;1685 Landerd'),
  (NULL, '2022-03-24', '{0363}', '0457 Weesp'),
  (NULL, '2023-01-01', '{1992}', '0501 Brielle;0530 Hellevoetsluis;0614 Westvoorne')
) AS d (first_day, gone, successors, named)
CROSS JOIN LATERAL regexp_split_to_table(d.named, ';|\n *') AS line (words)
CROSS JOIN LATERAL regexp_match(line.words, '^([0-9]{4}) (.+)$') AS m (part);

UPDATE wmo.municipality_shipped m SET other_names = o.names::text[]
FROM (VALUES
  ('0164', '{Hengelo (O.)}'), ('0373', '{Bergen (Noord-Holland)}'), ('0417', '{Laren (NH.)}'),
  ('0484', '{Alphen a/d Rijn}'), ('0502', '{Capelle a/d IJssel}'), ('0518', '{Den Haag}'),
  ('0542', '{Krimpen a/d IJssel}'), ('0603', '{Rijswijk (ZH.)}'), ('0687', '{Middelburg (Z.)}'),
  ('0737', '{Tietjerksteradeel}'), ('0796', '{Den Bosch}'), ('0820', '{Nuenen}'),
  ('0888', '{Beek (L.)}'), ('0893', '{Bergen (Limburg)}'), ('0971', '{Stein (L.)}'), ('1507', '{Horst a/d Maas}'),
  ('1891', '{Dantumadeel}'), ('1908', '{Menaldumadeel}'), ('1940', '{De Friese Meren}')
) AS o (code, names)
WHERE m.code::text = 'GM' || o.code;

UPDATE wmo.municipality_shipped m
SET remark = 'On 2025-11-21 a bill was announced that adds it to Hilversum (GM0402) on 2027-01-01; what became of it '
             'is not known to this release.'
WHERE m.code::text = 'GM1696';

INSERT INTO wmo.municipal_division_shipped (days, source, confidence) VALUES
  ('[2007-01-01,2020-01-01)', 'Landelijke tabel 33 (RvIG), edition of 2019; the yearly numbers of CBS agree', 'high'),
  ('[2020-01-01,2025-01-01)', 'CBS, boundaries of 2021 to 2024; of Weesp (2022-03-24) the press of the day', 'high'),
  ('[2025-01-01,2027-01-01)', 'CBS, 342 municipalities by lists of others: no redivision in 2025 and 2026', 'medium');

-- ---- the days on which a code meant one territory -------------------------------------------------------------------

CREATE VIEW wmo_works.municipality_era WITH (security_invoker = true) AS
  SELECT e.code, daterange(e.day, coalesce(lead(e.day) OVER (PARTITION BY e.code ORDER BY e.day NULLS FIRST), e.gone))
           AS days
  FROM (
    SELECT m.code::text AS code, lower(m.valid) AS day, upper(m.valid) AS gone FROM wmo.municipality m
    UNION
    SELECT s.code::text, upper(m.valid), upper(n.valid)
    FROM wmo.municipality m
    CROSS JOIN LATERAL unnest(m.successors) s (code)
    JOIN wmo.municipality n ON n.code OPERATOR(@extschema@.=) s.code
    WHERE n.valid @> upper(m.valid) AND n.valid @> (upper(m.valid) - 1)
  ) e;
COMMENT ON VIEW wmo_works.municipality_era IS
  'The days of each municipality, cut on those on which it got the ground of others: within a piece its code meant one '
  'territory, but for corrections of its border.';
COMMENT ON COLUMN wmo_works.municipality_era.code IS 'CBS code of the municipality, as text.';
COMMENT ON COLUMN wmo_works.municipality_era.days IS 'The days.';

CREATE FUNCTION wmo_works.code_era(code wmo.area_code, on_date date) RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE COST 2000
BEGIN ATOMIC
  SELECT coalesce((
    SELECT e.days FROM wmo_works.municipality_era e
    WHERE e.code = (SELECT wmo.municipality(code_era.code)::text) -- once, not for every era that there is
    ORDER BY wmo_works.edition_order(e.days, code_era.on_date) LIMIT 1), '(,)');
END;
COMMENT ON FUNCTION wmo_works.code_era(wmo.area_code, date) IS
  'The days around a day on which the municipality of a code had the territory that it had then; of a day on which it '
  'did not exist, those nearest to it; all days for a code that is not known.';

CREATE FUNCTION wmo_works.code_holders(code wmo.area_code, valid daterange)
RETURNS TABLE (holder_code wmo.area_code, days daterange)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 200 ROWS 1
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  since date := upper(code_holders.valid);
  here record;
BEGIN
  IF since IS NULL THEN
    RETURN;
  END IF;
  SELECT m.code, m.valid, m.successors INTO here
  FROM wmo.municipality m WHERE m.code OPERATOR(@extschema@.=) wmo.municipality(code_holders.code);
  WHILE FOUND LOOP
    since := greatest(since, lower(here.valid));
    IF since < upper(here.valid) OR upper_inf(here.valid) THEN
      RETURN QUERY SELECT here.code, daterange(since, upper(here.valid));
    END IF;
    since := greatest(since, upper(here.valid));
    SELECT m.code, m.valid, m.successors INTO here
    FROM wmo.municipality m
    WHERE cardinality(here.successors) = 1 AND m.code OPERATOR(@extschema@.=) here.successors[1]
      AND m.valid @> upper(here.valid);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.code_holders(wmo.area_code, daterange) IS
  'Where the ground lies, after these days, that a code meant on them: in its municipality, which may have got that of '
  'others since, and from its end on in its successor, where it had but one.';

CREATE FUNCTION wmo_works.codes_held(code wmo.area_code) RETURNS TABLE (held_code text, since date)
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 2000 ROWS 1
BEGIN ATOMIC
  WITH RECURSIVE earlier (code, since) AS (
    SELECT codes_held.code, NULL::date WHERE wmo.level(codes_held.code) = 'municipality'
    UNION ALL
    SELECT m.code, greatest(e.since, upper(m.valid))
    FROM earlier e JOIN wmo.municipality m ON m.successors[1] OPERATOR(@extschema@.=) e.code
    WHERE cardinality(m.successors) = 1
  )
  SELECT e.code::text, e.since FROM earlier e;
END;
COMMENT ON FUNCTION wmo_works.codes_held(wmo.area_code) IS
  'The municipalities whose ground is all in this one, each with the day since when it is; itself with null.';

-- ---- a name on a day is a code --------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.municipality_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT regexp_replace(regexp_replace(n.plain, '^[[:space:]]*gemeente[[:space:]]+', ''), '[^a-z0-9]+', '', 'g')
  FROM (SELECT lower(translate(municipality_key.name, 'âäáàêëéèîïíìôöóòûüúùÂÊÎÔÛÚ',
                               'aaaaeeeeiiiioooouuuuAEIOUU'))) n (plain);
END;
COMMENT ON FUNCTION wmo_works.municipality_key(text) IS
  'A municipality''s name as such names are compared: letters and digits without accents; case, spaces, punctuation '
  'and a leading "gemeente" do not count.';

CREATE FUNCTION wmo_works.municipality_names() RETURNS TABLE (key text, code wmo.area_code, name text, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 2000 ROWS 520
BEGIN ATOMIC
  -- Bergen alone is a name of both
  SELECT wmo_works.municipality_key(n.said), m.code, m.name, m.valid
  FROM wmo.municipality m
  CROSS JOIN LATERAL (
    SELECT m.name UNION SELECT regexp_replace(m.name, '[[:space:]]*[(].*$', '') UNION SELECT unnest(m.other_names)
  ) n (said);
END;
COMMENT ON FUNCTION wmo_works.municipality_names() IS
  'Every name of every municipality, as such names are compared, with the days on which it was one.';

CREATE FUNCTION wmo_works.near_municipalities(name text, on_date date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT string_agg(format('%s (%s)', n.name, n.code), ', ' ORDER BY n.apart, n.name, n.code)
  FROM (
    SELECT k.name, k.code::text AS code, min(wmo_works.letters_apart(k.key, w.key)) AS apart
    FROM (SELECT wmo_works.municipality_key(near_municipalities.name) AS key) w
    CROSS JOIN wmo_works.municipality_names() k
    WHERE wmo_works.letters_apart(k.key, w.key) <= greatest(2, length(w.key) / 3)
      AND (near_municipalities.on_date IS NULL OR k.valid @> near_municipalities.on_date OR k.key = w.key)
    GROUP BY k.code::text, k.name ORDER BY 3, 1 LIMIT 4
  ) n;
END;
COMMENT ON FUNCTION wmo_works.near_municipalities(text, date) IS
  'The municipalities whose names are written nearly like this one, with their codes; null when none is.';

CREATE FUNCTION wmo_works.municipality_fault(name text, on_date date, codes text[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE
    WHEN cardinality(codes) > 1
      THEN wmo_works.words('"%1" is the name of several municipalities (%2); use the code', name,
                           (SELECT string_agg(m.name || ' ' || m.code::text, ', ' ORDER BY m.code::text)
                            FROM wmo.municipality m WHERE m.code::text = ANY (codes)))
    WHEN cardinality(codes) = 0
      THEN wmo_works.words('"%1" is not known as a municipality', name)
        || coalesce(wmo_works.clause('; near are: %1', wmo_works.near_municipalities(name, on_date)), '')
  END;
END;
COMMENT ON FUNCTION wmo_works.municipality_fault(text, date, text[]) IS
  'Why a name that these codes go by does not say which municipality is meant; null when it does.';

CREATE FUNCTION wmo_works.municipality_codes(name text, on_date date) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 2000
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT b.code), '{}')
  FROM (SELECT k.code::text AS code, rank() OVER (ORDER BY wmo_works.edition_order(k.valid, on_date)) AS place
        FROM wmo_works.municipality_names() k WHERE k.key = wmo_works.municipality_key(municipality_codes.name)) b
  WHERE b.place = 1;
END;
COMMENT ON FUNCTION wmo_works.municipality_codes(text, date) IS
  'The codes that go by a name: of the municipalities that exist on the day, else of the last before it, else of the '
  'first after it.';

CREATE FUNCTION wmo.municipality_code(name text, on_date date) RETURNS wmo.area_code
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000
SET search_path = pg_catalog, pg_temp SET wmo_contracts.language = en
AS $$
DECLARE
  codes text[] := wmo_works.municipality_codes(name, on_date);
  gone record;
BEGIN
  IF cardinality(codes) <> 1 THEN
    RAISE EXCEPTION '%', wmo_works.municipality_fault(name, NULL, codes)
      USING ERRCODE = CASE cardinality(codes) WHEN 0 THEN 'undefined_object' ELSE 'ambiguous_alias' END,
        DETAIL = 'A name means a municipality only together with a day, and only where one municipality bears it.',
        HINT = 'Use a code and name of wmo.municipality; what came after this release goes into wmo.municipality_own.';
  END IF;
  SELECT m.code, m.valid, m.successors INTO gone
  FROM wmo.municipality m WHERE m.code::text = codes[1] AND NOT m.valid @> on_date;
  IF FOUND THEN
    RAISE EXCEPTION '"%" was no municipality on %', name, wmo_works.iso_day(on_date)
      USING ERRCODE = 'undefined_object',
        DETAIL = format('%s existed on the days %s.', gone.code, wmo_works.iso_days(gone.valid)),
        HINT = CASE WHEN gone.successors <> '{}'
                    THEN format('Its territory went to %s.', array_to_string(gone.successors, ', '))
                    ELSE 'Ask for a day on which it existed, or for the municipality that was there before.' END;
  END IF;
  RETURN codes[1]::wmo.area_code;
END
$$;
COMMENT ON FUNCTION wmo.municipality_code(text, date) IS
  'The CBS code of the municipality of this name on this day. Case, accents, punctuation and a leading "gemeente" do '
  'not count. An error, with what is near, for a name that is not known, that two of them bear, or that was none that '
  'day.';
