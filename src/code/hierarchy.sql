-- hierarchy: what the planner knows about @> and <@ on area_code and postcode (hierarchy.c).
-- Relies on the library alone.

CREATE FUNCTION wmo_works.hierarchy_support(internal) RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_hierarchy_support';
COMMENT ON FUNCTION wmo_works.hierarchy_support(internal) IS
  'Planner support of contains and contained_by: answers them from a btree index and estimates their rows.';

CREATE FUNCTION wmo_works.hierarchy_sel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_hierarchy_sel';
COMMENT ON FUNCTION wmo_works.hierarchy_sel(internal, oid, internal, integer) IS
  'Estimates the share of rows for which @> or <@ holds.';

CREATE FUNCTION wmo_works.hierarchy_joinsel(internal, oid, internal, smallint, internal) RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_hierarchy_joinsel';
COMMENT ON FUNCTION wmo_works.hierarchy_joinsel(internal, oid, internal, smallint, internal) IS
  'Estimates the share of pairs for which @> or <@ holds.';
