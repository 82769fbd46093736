\set ECHO none
-- What a suite records was entered long before the days that it asks about, unless it says otherwise: since when anything
-- is known is what sql/known_since.sql is about.
ALTER TABLE wmo.contract ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.contract_scope ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.subcontract ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.client_stop ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.client_stop_lift ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.contract_change ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
ALTER TABLE wmo.consortium_member ALTER COLUMN entered_on SET DEFAULT '2000-01-01';
\set ECHO all
