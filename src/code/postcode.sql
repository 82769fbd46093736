-- postcode: Dutch postcodes of four digits, with or without letters (postcode.c, core/postcode.h).
-- Relies on hierarchy.

CREATE TYPE wmo.postcode;

CREATE FUNCTION wmo_works.postcode_in(cstring) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_in';
COMMENT ON FUNCTION wmo_works.postcode_in(cstring) IS 'Reads a literal of type postcode.';

CREATE FUNCTION wmo_works.postcode_out(wmo.postcode) RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_out';
COMMENT ON FUNCTION wmo_works.postcode_out(wmo.postcode) IS 'Writes the canonical literal of a value of type postcode.';

CREATE FUNCTION wmo_works.postcode_recv(internal) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_recv';
COMMENT ON FUNCTION wmo_works.postcode_recv(internal) IS
  'Reads the binary form of type postcode, which may hold anything and is checked in full.';

CREATE FUNCTION wmo_works.postcode_send(wmo.postcode) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_send';
COMMENT ON FUNCTION wmo_works.postcode_send(wmo.postcode) IS
  'Writes the binary form of type postcode: its 4 bytes in network order.';

CREATE TYPE wmo.postcode (
  INPUT = wmo_works.postcode_in,
  OUTPUT = wmo_works.postcode_out,
  RECEIVE = wmo_works.postcode_recv,
  SEND = wmo_works.postcode_send,
  LIKE = pg_catalog.int4,
  CATEGORY = 'c'
);
COMMENT ON TYPE wmo.postcode IS
  'Dutch postcode: ''9711'' (PC4), ''9711 AA'' or ''9711AA'' (PC6). Small letters become capitals. 1000 to '
  '9999, never with the letters SA, SD or SS.';

-- ---- text -----------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.postcode(text) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_from_text';
COMMENT ON FUNCTION wmo.postcode(text) IS
  'Reads a postcode from a text; the error of a bad text says what was expected.';

CREATE FUNCTION wmo.try_postcode(text) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_try';
COMMENT ON FUNCTION wmo.try_postcode(text) IS 'Reads a postcode from a text; null where the text is none.';

CREATE FUNCTION wmo.postcode_text(wmo.postcode) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_to_text';
COMMENT ON FUNCTION wmo.postcode_text(wmo.postcode) IS 'The canonical text of a postcode.';

CREATE CAST (text AS wmo.postcode) WITH FUNCTION wmo.postcode(text);
COMMENT ON CAST (text AS wmo.postcode) IS 'Explicit: a text is read as a literal is.';
CREATE CAST (wmo.postcode AS text) WITH FUNCTION wmo.postcode_text(wmo.postcode) AS ASSIGNMENT;
COMMENT ON CAST (wmo.postcode AS text) IS 'On assignment: a postcode becomes its canonical text.';

-- ---- hierarchy ------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.level(wmo.postcode) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_level_name';
COMMENT ON FUNCTION wmo.level(wmo.postcode) IS
  'The level of a postcode: pc4 (four digits) or pc6 (with its letters).';

CREATE FUNCTION wmo.parent(wmo.postcode) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_parent';
COMMENT ON FUNCTION wmo.parent(wmo.postcode) IS
  'The four digits (PC4) of a postcode with letters (PC6); null for a PC4.';

CREATE FUNCTION wmo.pc4(wmo.postcode) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_pc4_of';
COMMENT ON FUNCTION wmo.pc4(wmo.postcode) IS 'The four digits (PC4) of a postcode, whether it has letters or not.';

CREATE FUNCTION wmo.compact(wmo.postcode) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_compact';
COMMENT ON FUNCTION wmo.compact(wmo.postcode) IS
  'The postcode without a blank, as iWmo and the address register (BAG) write it: 9711AA.';

CREATE FUNCTION wmo.lineage(wmo.postcode) RETURNS wmo.postcode[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_lineage';
COMMENT ON FUNCTION wmo.lineage(wmo.postcode) IS
  'The four digits (PC4) of a postcode and, where it has letters, the postcode itself.';

CREATE FUNCTION wmo.last_descendant(wmo.postcode) RETURNS wmo.postcode
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_last_descendant';
COMMENT ON FUNCTION wmo.last_descendant(wmo.postcode) IS
  'The last value in the order that a postcode contains: x contains y exactly if y lies between x and '
  'last_descendant(x).';

CREATE FUNCTION wmo.contains(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
SUPPORT wmo_works.hierarchy_support
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_contains_postcode';
COMMENT ON FUNCTION wmo.contains(wmo.postcode, wmo.postcode) IS
  'Is the second the first or one of its descendants? The operator @>.';

CREATE FUNCTION wmo.contained_by(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
SUPPORT wmo_works.hierarchy_support
AS 'MODULE_PATHNAME', 'wmo_sql_postcode_contained_by';
COMMENT ON FUNCTION wmo.contained_by(wmo.postcode, wmo.postcode) IS
  'Is the first the second or one of its descendants? The operator <@.';

CREATE OPERATOR @extschema@.@> (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.contains, COMMUTATOR = OPERATOR(@extschema@.<@),
  RESTRICT = wmo_works.hierarchy_sel, JOIN = wmo_works.hierarchy_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (wmo.postcode, wmo.postcode) IS
  'Contains: 9711 @> 9711 AA. Function twin: wmo.contains.';

CREATE OPERATOR @extschema@.<@ (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.contained_by, COMMUTATOR = OPERATOR(@extschema@.@>),
  RESTRICT = wmo_works.hierarchy_sel, JOIN = wmo_works.hierarchy_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (wmo.postcode, wmo.postcode) IS
  'Is contained by: 9711 AA <@ 9711; a btree index answers it as a range. Function twin: wmo.contained_by.';

-- ---- order and equality: the server's own functions for int4, which this type is inside -----------------------------

CREATE FUNCTION wmo.postcode_eq(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4eq';
COMMENT ON FUNCTION wmo.postcode_eq(wmo.postcode, wmo.postcode) IS 'Equal. The operator =.';

CREATE FUNCTION wmo.postcode_ne(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4ne';
COMMENT ON FUNCTION wmo.postcode_ne(wmo.postcode, wmo.postcode) IS 'Different. The operator <>.';

CREATE FUNCTION wmo.postcode_lt(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4lt';
COMMENT ON FUNCTION wmo.postcode_lt(wmo.postcode, wmo.postcode) IS
  'Before in the order, in which every value stands directly before its descendants. The operator <.';

CREATE FUNCTION wmo.postcode_le(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4le';
COMMENT ON FUNCTION wmo.postcode_le(wmo.postcode, wmo.postcode) IS 'Before in the order, or equal. The operator <=.';

CREATE FUNCTION wmo.postcode_gt(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4gt';
COMMENT ON FUNCTION wmo.postcode_gt(wmo.postcode, wmo.postcode) IS 'After in the order. The operator >.';

CREATE FUNCTION wmo.postcode_ge(wmo.postcode, wmo.postcode) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4ge';
COMMENT ON FUNCTION wmo.postcode_ge(wmo.postcode, wmo.postcode) IS 'After in the order, or equal. The operator >=.';

CREATE OPERATOR @extschema@.= (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_eq,
  COMMUTATOR = OPERATOR(@extschema@.=), NEGATOR = OPERATOR(@extschema@.<>),
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (wmo.postcode, wmo.postcode) IS 'Equal. Function twin: wmo.postcode_eq.';

CREATE OPERATOR @extschema@.<> (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_ne,
  COMMUTATOR = OPERATOR(@extschema@.<>), NEGATOR = OPERATOR(@extschema@.=),
  RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (wmo.postcode, wmo.postcode) IS 'Different. Function twin: wmo.postcode_ne.';

CREATE OPERATOR @extschema@.< (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_lt,
  COMMUTATOR = OPERATOR(@extschema@.>), NEGATOR = OPERATOR(@extschema@.>=),
  RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (wmo.postcode, wmo.postcode) IS
  'Before in the order, in which every value stands directly before its descendants. Function twin: wmo.postcode_lt.';

CREATE OPERATOR @extschema@.<= (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_le,
  COMMUTATOR = OPERATOR(@extschema@.>=), NEGATOR = OPERATOR(@extschema@.>),
  RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (wmo.postcode, wmo.postcode) IS
  'Before in the order, or equal. Function twin: wmo.postcode_le.';

CREATE OPERATOR @extschema@.> (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_gt,
  COMMUTATOR = OPERATOR(@extschema@.<), NEGATOR = OPERATOR(@extschema@.<=),
  RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (wmo.postcode, wmo.postcode) IS 'After in the order. Function twin: wmo.postcode_gt.';

CREATE OPERATOR @extschema@.>= (
  LEFTARG = wmo.postcode, RIGHTARG = wmo.postcode, FUNCTION = wmo.postcode_ge,
  COMMUTATOR = OPERATOR(@extschema@.<=), NEGATOR = OPERATOR(@extschema@.<),
  RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (wmo.postcode, wmo.postcode) IS
  'After in the order, or equal. Function twin: wmo.postcode_ge.';

CREATE FUNCTION wmo_works.postcode_cmp(wmo.postcode, wmo.postcode) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'btint4cmp';
COMMENT ON FUNCTION wmo_works.postcode_cmp(wmo.postcode, wmo.postcode) IS
  'Compares for btree: less than, equal to or greater than zero.';

CREATE FUNCTION wmo_works.postcode_sortsupport(internal) RETURNS void
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
AS 'btint4sortsupport';
COMMENT ON FUNCTION wmo_works.postcode_sortsupport(internal) IS 'Sorts fast for btree.';

CREATE FUNCTION wmo_works.postcode_hash(wmo.postcode) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'hashint4';
COMMENT ON FUNCTION wmo_works.postcode_hash(wmo.postcode) IS
  'Hashes for hash joins, hash aggregation and hash indexes.';

CREATE FUNCTION wmo_works.postcode_hash_extended(wmo.postcode, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'hashint4extended';
COMMENT ON FUNCTION wmo_works.postcode_hash_extended(wmo.postcode, bigint) IS
  'Hashes with a seed, for hash partitions.';

CREATE OPERATOR CLASS wmo_works.postcode_ops DEFAULT FOR TYPE wmo.postcode USING btree AS
  OPERATOR 1 @extschema@.<,
  OPERATOR 2 @extschema@.<=,
  OPERATOR 3 @extschema@.=,
  OPERATOR 4 @extschema@.>=,
  OPERATOR 5 @extschema@.>,
  FUNCTION 1 wmo_works.postcode_cmp(wmo.postcode, wmo.postcode),
  FUNCTION 2 wmo_works.postcode_sortsupport(internal),
  FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS wmo_works.postcode_ops USING btree IS
  'Order of type postcode: the descendants of a value follow it in one unbroken range.';
COMMENT ON OPERATOR FAMILY wmo_works.postcode_ops USING btree IS 'Order of type postcode.';

CREATE OPERATOR CLASS wmo_works.postcode_ops DEFAULT FOR TYPE wmo.postcode USING hash AS
  OPERATOR 1 @extschema@.=,
  FUNCTION 1 wmo_works.postcode_hash(wmo.postcode),
  FUNCTION 2 wmo_works.postcode_hash_extended(wmo.postcode, bigint);
COMMENT ON OPERATOR CLASS wmo_works.postcode_ops USING hash IS 'Equality of type postcode.';
COMMENT ON OPERATOR FAMILY wmo_works.postcode_ops USING hash IS 'Equality of type postcode.';

CREATE FUNCTION wmo_works.postcode_smaller(wmo.postcode, wmo.postcode) RETURNS wmo.postcode
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4smaller';
COMMENT ON FUNCTION wmo_works.postcode_smaller(wmo.postcode, wmo.postcode) IS
  'The first of two in the order of the type: the step of min.';

CREATE AGGREGATE @extschema@.min(wmo.postcode) (
  SFUNC = wmo_works.postcode_smaller, STYPE = wmo.postcode, COMBINEFUNC = wmo_works.postcode_smaller,
  SORTOP = OPERATOR(@extschema@.<), PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(wmo.postcode) IS 'The first in the order of type postcode; an index answers it.';

CREATE FUNCTION wmo_works.postcode_larger(wmo.postcode, wmo.postcode) RETURNS wmo.postcode
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'int4larger';
COMMENT ON FUNCTION wmo_works.postcode_larger(wmo.postcode, wmo.postcode) IS
  'The last of two in the order of the type: the step of max.';

CREATE AGGREGATE @extschema@.max(wmo.postcode) (
  SFUNC = wmo_works.postcode_larger, STYPE = wmo.postcode, COMBINEFUNC = wmo_works.postcode_larger,
  SORTOP = OPERATOR(@extschema@.>), PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(wmo.postcode) IS 'The last in the order of type postcode; an index answers it.';
