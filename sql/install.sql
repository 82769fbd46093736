-- The extension installs into an empty database and reports the version of its control file.
SET client_min_messages = warning;
-- Its operators go where a default session finds them.
CREATE EXTENSION wmo_contracts SCHEMA public CASCADE;
SELECT wmo.version() = extversion AS library_is_of_this_version FROM pg_extension WHERE extname = 'wmo_contracts';
