-- Where the library is not preloaded nothing is shared; test/t/029_shared_map.pl tells of servers where it is.
SELECT * FROM wmo.describe_shared_maps();
SELECT name, setting, unit, context FROM pg_settings WHERE name = 'wmo_contracts.shared_map_memory';
SET wmo_contracts.shared_map_memory = 0;
