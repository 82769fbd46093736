-- A database as pg_regress would make it, with what the extension requires in "public" and an empty
-- schema "scratch" for the objects that the suites make.
CREATE DATABASE wmo_path TEMPLATE template0;
ALTER DATABASE wmo_path SET lc_messages TO 'C';
ALTER DATABASE wmo_path SET lc_monetary TO 'C';
ALTER DATABASE wmo_path SET lc_numeric TO 'C';
ALTER DATABASE wmo_path SET lc_time TO 'C';
ALTER DATABASE wmo_path SET bytea_output TO 'hex';
ALTER DATABASE wmo_path SET timezone_abbreviations TO 'Default';
\connect wmo_path
SET client_min_messages = warning;
CREATE EXTENSION postgis;
CREATE EXTENSION btree_gist;
CREATE SCHEMA scratch;
