-- area_code: codes of municipalities, districts and neighbourhoods (area_code.c, core/area_code.h).
-- Relies on hierarchy.

CREATE TYPE wmo.area_code;

CREATE FUNCTION wmo_works.area_code_in(cstring) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_in';
COMMENT ON FUNCTION wmo_works.area_code_in(cstring) IS 'Reads a literal of type area_code.';

CREATE FUNCTION wmo_works.area_code_out(wmo.area_code) RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_out';
COMMENT ON FUNCTION wmo_works.area_code_out(wmo.area_code) IS
  'Writes the canonical literal of a value of type area_code.';

CREATE FUNCTION wmo_works.area_code_recv(internal) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_recv';
COMMENT ON FUNCTION wmo_works.area_code_recv(internal) IS
  'Reads the binary form of type area_code, which may hold anything and is checked in full.';

CREATE FUNCTION wmo_works.area_code_send(wmo.area_code) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_send';
COMMENT ON FUNCTION wmo_works.area_code_send(wmo.area_code) IS
  'Writes the binary form of type area_code: its 8 bytes in network order.';

CREATE TYPE wmo.area_code (
  INPUT = wmo_works.area_code_in,
  OUTPUT = wmo_works.area_code_out,
  RECEIVE = wmo_works.area_code_recv,
  SEND = wmo_works.area_code_send,
  LIKE = pg_catalog.int8,
  CATEGORY = 'c',
  PREFERRED = true -- a bare literal is an area code where another type of ours would fit too
);
COMMENT ON TYPE wmo.area_code IS
  'Code of a municipality, district or neighbourhood of Statistics Netherlands (CBS): ''GM0014'' or ''0014'', '
  '''WK001400'', ''BU00140000''; the last two pairs may hold letters. Small letters become capitals. It means '
  'an area only together with a day.';

-- ---- text -----------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.area_code(text) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_from_text';
COMMENT ON FUNCTION wmo.area_code(text) IS
  'Reads a code from a text; the error of a bad text says what was expected.';

CREATE FUNCTION wmo.try_area_code(text) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_try';
COMMENT ON FUNCTION wmo.try_area_code(text) IS 'Reads a code from a text; null where the text is none.';

CREATE FUNCTION wmo.area_code_text(wmo.area_code) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_to_text';
COMMENT ON FUNCTION wmo.area_code_text(wmo.area_code) IS 'The canonical text of a code.';

CREATE CAST (text AS wmo.area_code) WITH FUNCTION wmo.area_code(text);
COMMENT ON CAST (text AS wmo.area_code) IS 'Explicit: a text is read as a literal is.';
CREATE CAST (wmo.area_code AS text) WITH FUNCTION wmo.area_code_text(wmo.area_code) AS ASSIGNMENT;
COMMENT ON CAST (wmo.area_code AS text) IS 'On assignment: a code becomes its canonical text.';

-- ---- hierarchy ------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.level(wmo.area_code) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_level_name';
COMMENT ON FUNCTION wmo.level(wmo.area_code) IS
  'The level of a code, in the English of Statistics Netherlands: municipality (gemeente), district (wijk) or '
  'neighbourhood (buurt).';

CREATE FUNCTION wmo.parent(wmo.area_code) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_parent';
COMMENT ON FUNCTION wmo.parent(wmo.area_code) IS
  'The code of the level directly above: the district of a neighbourhood, the municipality of a district; null '
  'for a municipality.';

CREATE FUNCTION wmo.municipality(wmo.area_code) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_municipality';
COMMENT ON FUNCTION wmo.municipality(wmo.area_code) IS 'The municipality of a code of any level.';

CREATE FUNCTION wmo.district(wmo.area_code) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_district';
COMMENT ON FUNCTION wmo.district(wmo.area_code) IS
  'The district of a neighbourhood or a district; null for a municipality.';

CREATE FUNCTION wmo.municipality_digits(wmo.area_code) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_municipality_digits';
COMMENT ON FUNCTION wmo.municipality_digits(wmo.area_code) IS
  'The four digits of the municipality of a code, without GM, as iWmo writes them: 0014.';

CREATE FUNCTION wmo.lineage(wmo.area_code) RETURNS wmo.area_code[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_lineage';
COMMENT ON FUNCTION wmo.lineage(wmo.area_code) IS
  'The municipality, the district and the neighbourhood of a code, down to the code itself.';

CREATE FUNCTION wmo.last_descendant(wmo.area_code) RETURNS wmo.area_code
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_last_descendant';
COMMENT ON FUNCTION wmo.last_descendant(wmo.area_code) IS
  'The last value in the order that a code contains: x contains y exactly if y lies between x and '
  'last_descendant(x).';

CREATE FUNCTION wmo_works.area_code_number(wmo.area_code) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8up';
COMMENT ON FUNCTION wmo_works.area_code_number(wmo.area_code) IS
  'The number that a code is inside: it has the order of the codes, and no other meaning.';

CREATE FUNCTION wmo.contains(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
SUPPORT wmo_works.hierarchy_support
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_contains';
COMMENT ON FUNCTION wmo.contains(wmo.area_code, wmo.area_code) IS
  'Is the second the first or one of its descendants? The operator @>.';

CREATE FUNCTION wmo.contained_by(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
SUPPORT wmo_works.hierarchy_support
AS 'MODULE_PATHNAME', 'wmo_sql_area_code_contained_by';
COMMENT ON FUNCTION wmo.contained_by(wmo.area_code, wmo.area_code) IS
  'Is the first the second or one of its descendants? The operator <@.';

CREATE OPERATOR @extschema@.@> (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.contains, COMMUTATOR = OPERATOR(@extschema@.<@),
  RESTRICT = wmo_works.hierarchy_sel, JOIN = wmo_works.hierarchy_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (wmo.area_code, wmo.area_code) IS
  'Contains: GM0014 @> BU00140000. Function twin: wmo.contains.';

CREATE OPERATOR @extschema@.<@ (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.contained_by, COMMUTATOR = OPERATOR(@extschema@.@>),
  RESTRICT = wmo_works.hierarchy_sel, JOIN = wmo_works.hierarchy_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (wmo.area_code, wmo.area_code) IS
  'Is contained by: BU00140000 <@ GM0014; a btree index answers it as a range. Function twin: wmo.contained_by.';

-- ---- order and equality: the server's own functions for int8, which this type is inside -----------------------------

CREATE FUNCTION wmo.area_code_eq(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8eq';
COMMENT ON FUNCTION wmo.area_code_eq(wmo.area_code, wmo.area_code) IS 'Equal. The operator =.';

CREATE FUNCTION wmo.area_code_ne(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8ne';
COMMENT ON FUNCTION wmo.area_code_ne(wmo.area_code, wmo.area_code) IS 'Different. The operator <>.';

CREATE FUNCTION wmo.area_code_lt(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8lt';
COMMENT ON FUNCTION wmo.area_code_lt(wmo.area_code, wmo.area_code) IS
  'Before in the order, in which every value stands directly before its descendants. The operator <.';

CREATE FUNCTION wmo.area_code_le(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8le';
COMMENT ON FUNCTION wmo.area_code_le(wmo.area_code, wmo.area_code) IS 'Before in the order, or equal. The operator <=.';

CREATE FUNCTION wmo.area_code_gt(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8gt';
COMMENT ON FUNCTION wmo.area_code_gt(wmo.area_code, wmo.area_code) IS 'After in the order. The operator >.';

CREATE FUNCTION wmo.area_code_ge(wmo.area_code, wmo.area_code) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8ge';
COMMENT ON FUNCTION wmo.area_code_ge(wmo.area_code, wmo.area_code) IS 'After in the order, or equal. The operator >=.';

CREATE OPERATOR @extschema@.= (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_eq,
  COMMUTATOR = OPERATOR(@extschema@.=), NEGATOR = OPERATOR(@extschema@.<>),
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (wmo.area_code, wmo.area_code) IS 'Equal. Function twin: wmo.area_code_eq.';

CREATE OPERATOR @extschema@.<> (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_ne,
  COMMUTATOR = OPERATOR(@extschema@.<>), NEGATOR = OPERATOR(@extschema@.=),
  RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (wmo.area_code, wmo.area_code) IS 'Different. Function twin: wmo.area_code_ne.';

CREATE OPERATOR @extschema@.< (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_lt,
  COMMUTATOR = OPERATOR(@extschema@.>), NEGATOR = OPERATOR(@extschema@.>=),
  RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (wmo.area_code, wmo.area_code) IS
  'Before in the order, in which every value stands directly before its descendants. Function twin: wmo.area_code_lt.';

CREATE OPERATOR @extschema@.<= (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_le,
  COMMUTATOR = OPERATOR(@extschema@.>=), NEGATOR = OPERATOR(@extschema@.>),
  RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (wmo.area_code, wmo.area_code) IS
  'Before in the order, or equal. Function twin: wmo.area_code_le.';

CREATE OPERATOR @extschema@.> (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_gt,
  COMMUTATOR = OPERATOR(@extschema@.<), NEGATOR = OPERATOR(@extschema@.<=),
  RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (wmo.area_code, wmo.area_code) IS
  'After in the order. Function twin: wmo.area_code_gt.';

CREATE OPERATOR @extschema@.>= (
  LEFTARG = wmo.area_code, RIGHTARG = wmo.area_code, FUNCTION = wmo.area_code_ge,
  COMMUTATOR = OPERATOR(@extschema@.<=), NEGATOR = OPERATOR(@extschema@.<),
  RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (wmo.area_code, wmo.area_code) IS
  'After in the order, or equal. Function twin: wmo.area_code_ge.';

CREATE FUNCTION wmo_works.area_code_cmp(wmo.area_code, wmo.area_code) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'btint8cmp';
COMMENT ON FUNCTION wmo_works.area_code_cmp(wmo.area_code, wmo.area_code) IS
  'Compares for btree: less than, equal to or greater than zero.';

CREATE FUNCTION wmo_works.area_code_sortsupport(internal) RETURNS void
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
AS 'btint8sortsupport';
COMMENT ON FUNCTION wmo_works.area_code_sortsupport(internal) IS 'Sorts fast for btree.';

CREATE FUNCTION wmo_works.area_code_hash(wmo.area_code) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'hashint8';
COMMENT ON FUNCTION wmo_works.area_code_hash(wmo.area_code) IS
  'Hashes for hash joins, hash aggregation and hash indexes.';

CREATE FUNCTION wmo_works.area_code_hash_extended(wmo.area_code, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'hashint8extended';
COMMENT ON FUNCTION wmo_works.area_code_hash_extended(wmo.area_code, bigint) IS
  'Hashes with a seed, for hash partitions.';

CREATE OPERATOR CLASS wmo_works.area_code_ops DEFAULT FOR TYPE wmo.area_code USING btree AS
  OPERATOR 1 @extschema@.<,
  OPERATOR 2 @extschema@.<=,
  OPERATOR 3 @extschema@.=,
  OPERATOR 4 @extschema@.>=,
  OPERATOR 5 @extschema@.>,
  FUNCTION 1 wmo_works.area_code_cmp(wmo.area_code, wmo.area_code),
  FUNCTION 2 wmo_works.area_code_sortsupport(internal),
  FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS wmo_works.area_code_ops USING btree IS
  'Order of type area_code: the descendants of a value follow it in one unbroken range.';
COMMENT ON OPERATOR FAMILY wmo_works.area_code_ops USING btree IS 'Order of type area_code.';

CREATE OPERATOR CLASS wmo_works.area_code_ops DEFAULT FOR TYPE wmo.area_code USING hash AS
  OPERATOR 1 @extschema@.=,
  FUNCTION 1 wmo_works.area_code_hash(wmo.area_code),
  FUNCTION 2 wmo_works.area_code_hash_extended(wmo.area_code, bigint);
COMMENT ON OPERATOR CLASS wmo_works.area_code_ops USING hash IS 'Equality of type area_code.';
COMMENT ON OPERATOR FAMILY wmo_works.area_code_ops USING hash IS 'Equality of type area_code.';

CREATE FUNCTION wmo_works.area_code_smaller(wmo.area_code, wmo.area_code) RETURNS wmo.area_code
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8smaller';
COMMENT ON FUNCTION wmo_works.area_code_smaller(wmo.area_code, wmo.area_code) IS
  'The first of two in the order of the type: the step of min.';

CREATE AGGREGATE @extschema@.min(wmo.area_code) (
  SFUNC = wmo_works.area_code_smaller, STYPE = wmo.area_code, COMBINEFUNC = wmo_works.area_code_smaller,
  SORTOP = OPERATOR(@extschema@.<), PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(wmo.area_code) IS 'The first in the order of type area_code; an index answers it.';

CREATE FUNCTION wmo_works.area_code_larger(wmo.area_code, wmo.area_code) RETURNS wmo.area_code
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int8larger';
COMMENT ON FUNCTION wmo_works.area_code_larger(wmo.area_code, wmo.area_code) IS
  'The last of two in the order of the type: the step of max.';

CREATE AGGREGATE @extschema@.max(wmo.area_code) (
  SFUNC = wmo_works.area_code_larger, STYPE = wmo.area_code, COMBINEFUNC = wmo_works.area_code_larger,
  SORTOP = OPERATOR(@extschema@.>), PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(wmo.area_code) IS 'The last in the order of type area_code; an index answers it.';
