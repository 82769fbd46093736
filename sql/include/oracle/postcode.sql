-- The questions by postcode.
CREATE FUNCTION oracle.providers_at_postcode(code wmo.postcode, service text, on_date date, age integer,
                                                          current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 60000 ROWS 2
BEGIN ATOMIC
  SELECT a.*
  FROM (SELECT wmo_works.postcode_matches(
                 providers_at_postcode.code, providers_at_postcode.service,
                 providers_at_postcode.on_date) AS matches
        OFFSET 0) asked -- found once, however often the answer mentions them
  CROSS JOIN LATERAL oracle.answer(
    asked.matches, providers_at_postcode.service, providers_at_postcode.on_date,
    providers_at_postcode.age, providers_at_postcode.current_provider,
    providers_at_postcode.client_since, providers_at_postcode.as_of) a;
END;


CREATE FUNCTION oracle.answer_at_postcode(code wmo.postcode, service text, on_date date, age integer)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 60000
BEGIN ATOMIC
  SELECT CASE WHEN bool_or(p.covers IS DISTINCT FROM 'whole' AND (p.found OR p.reason = 'providers_not_named'))
                OR bool_or(p.covers = 'part' AND p.complete AND p.reason = 'existing_clients_only') THEN 'depends'
              ELSE oracle.answer_word(array_agg(p)) END
  FROM oracle.providers_at_postcode(
    answer_at_postcode.code, answer_at_postcode.service, answer_at_postcode.on_date,
    answer_at_postcode.age, NULL, NULL, CURRENT_DATE) p;
END;


