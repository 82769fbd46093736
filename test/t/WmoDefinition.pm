# Everything that defines an extension in a database, as text: a line a fact, by name and not by number, so that two databases
# that got to the same version by different ways can be compared.
package WmoDefinition;

use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(definition);

sub definition
{
	my ($node, $database) = @_;
	return $node->safe_psql($database, <<'SQL');
SET search_path = pg_catalog;
SET datestyle = 'ISO';
-- Some servers (17.12) count the row type of a table or view, and arrays, as members too, but not after pg_upgrade: they come with their own.
CREATE TEMPORARY VIEW member AS
  SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE e.extname = 'wmo_contracts' AND d.deptype = 'e'
    AND NOT (d.classid = 'pg_type'::regclass
             AND d.objid IN (SELECT c.reltype FROM pg_class c WHERE c.relkind <> 'c' UNION ALL SELECT t.typarray FROM pg_type t));
CREATE TEMPORARY VIEW relation AS SELECT c.* FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid;
CREATE TEMPORARY VIEW fact AS
  SELECT format('member %s %s', o.type, o.identity) AS said FROM member m, pg_identify_object(m.classid, m.objid, 0) o
  UNION ALL SELECT format('comment %s %s: %s', o.type, o.identity, d.description)
            FROM member m JOIN pg_description d ON d.classoid = m.classid AND d.objoid = m.objid, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  UNION ALL SELECT format('schema %s %s %s', nspname, nspowner = (SELECT extowner FROM pg_extension WHERE extname = 'wmo_contracts'), nspacl)
            FROM pg_namespace n JOIN member m ON m.classid = 'pg_namespace'::regclass AND m.objid = n.oid
  UNION ALL SELECT format('function %s %s', pg_get_functiondef(p.oid), p.proacl)
            FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid WHERE p.prokind <> 'a'
  UNION ALL SELECT format('aggregate %s %s %s %s %s %s %s %s', p.oid::regprocedure, a.aggtransfn, a.aggtranstype::regtype, a.aggfinalfn, a.aggcombinefn, a.agginitval, p.proparallel, p.proacl)
            FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
  UNION ALL SELECT format('type %s %s %s %s %s %s %s %s %s %s %s', t.oid::regtype, typtype, typlen, typbyval, typcategory, typinput, typoutput, typreceive, typsend, concat(typalign, typstorage), typacl)
            FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
  UNION ALL SELECT format('label %s %s', e.enumtypid::regtype, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
            FROM pg_enum e JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = e.enumtypid GROUP BY e.enumtypid
  UNION ALL SELECT format('relation %s %s %s %s %s', r.oid::regclass, relkind, relpersistence, reloptions, relacl) FROM relation r
  UNION ALL SELECT format('column %s.%s %s %s %s %s %s %s %s %s', r.oid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attstorage,
                          pg_get_expr(d.adbin, d.adrelid), attacl, col_description(r.oid, a.attnum))
            FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND attnum > 0 AND NOT attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
  -- the order of columns does not count, but for composite types
  UNION ALL SELECT format('fields %s %s', r.oid::regclass, string_agg(attname, ',' ORDER BY attnum))
            FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND attnum > 0 AND NOT attisdropped WHERE r.relkind IN ('c', 'v') GROUP BY r.oid
  UNION ALL SELECT format('fields %s %s', t.oid::regtype, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ',' ORDER BY attnum))
            FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid JOIN pg_attribute a ON a.attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped GROUP BY t.oid
  UNION ALL SELECT format('column of %s %s: %s', t.oid::regtype, attname, col_description(t.typrelid, a.attnum))
            FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid JOIN pg_attribute a ON a.attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped
  -- that a column is not null stands with the column: from 18 it is a constraint too, by a name that depends on how it came
  UNION ALL SELECT format('constraint %s %s %s %s: %s', r.oid::regclass, conname, pg_get_constraintdef(c.oid), convalidated, obj_description(c.oid, 'pg_constraint')) FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype <> 'n'
  UNION ALL SELECT format('index %s', pg_get_indexdef(i.indexrelid)) FROM relation r JOIN pg_index i ON i.indrelid = r.oid
  UNION ALL SELECT format('trigger %s %s: %s', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger')) FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
  UNION ALL SELECT format('rule %s %s', r.oid::regclass, pg_get_ruledef(w.oid)) FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
  UNION ALL SELECT format('policy %s %s %s', r.oid::regclass, p.polname, pg_get_expr(p.polqual, p.polrelid)) FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
  UNION ALL SELECT format('sequence %s %s %s %s %s %s', s.seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement, seqmax, seqcycle) FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
  UNION ALL SELECT format('operator %s %s %s %s %s %s %s', o.oid::regoperator, oprcode, oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, concat(oprcanmerge, oprcanhash))
            FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
  UNION ALL SELECT format('cast %s %s %s %s', castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext) FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
  UNION ALL SELECT format('opclass %s %s %s %s', opcname, opcmethod, opcintype::regtype, opcdefault) FROM pg_opclass o JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = o.oid
  UNION ALL SELECT format('amop %s %s %s %s', f.opfname, f.opfmethod, amopstrategy, amopopr::regoperator)
            FROM pg_opfamily f JOIN member m ON m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid JOIN pg_amop a ON a.amopfamily = f.oid
  UNION ALL SELECT format('amproc %s %s %s %s', f.opfname, f.opfmethod, amprocnum, a.amproc::regprocedure)
            FROM pg_opfamily f JOIN member m ON m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid JOIN pg_amproc a ON a.amprocfamily = f.oid
  UNION ALL SELECT format('statistics %s', pg_get_statisticsobjdef(s.oid)) FROM relation r JOIN pg_statistic_ext s ON s.stxrelid = r.oid
  UNION ALL SELECT DISTINCT format('depends %s %s on %s %s: %s', o.type, o.identity, r.type, r.identity, d.deptype)
            FROM pg_depend d JOIN member m ON m.classid = d.classid AND m.objid = d.objid,
                 pg_identify_object(d.classid, d.objid, d.objsubid) o, pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) r WHERE d.deptype <> 'e'
  UNION ALL SELECT format('dumped %s %s', c.id::regclass, c.condition)
            FROM pg_extension e, unnest(e.extconfig, e.extcondition) c (id, condition) WHERE e.extname = 'wmo_contracts'
  UNION ALL SELECT format('initial privileges %s %s', (pg_identify_object(i.classoid, i.objoid, i.objsubid)).identity, i.initprivs)
            FROM pg_init_privs i JOIN member m ON m.classid = i.classoid AND m.objid = i.objoid
  UNION ALL SELECT format('extension %s %s %s %s', extname, extversion, extrelocatable, extnamespace::regnamespace) FROM pg_extension WHERE extname = 'wmo_contracts';
CREATE TEMPORARY TABLE said AS SELECT said FROM fact;
-- the rows that ship with the extension, but for the time at which they came and for the numbers that a server gives; tokens
-- and marks are made as it goes
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT r.oid FROM relation r WHERE r.relkind = 'r' AND r.oid <> ALL ('{wmo_works.registry_change,wmo_works.changed_contract,wmo_works.change_mark,wmo_works.lost_row}'::regclass[]) LOOP
    EXECUTE format('INSERT INTO said SELECT %L || (to_jsonb(t) - ''changed_at'' - ''triggers'')::text FROM %s t', 'row ' || t || ' ', t);
  END LOOP;
END
$$;
SELECT replace(said, chr(10), ' ') FROM said ORDER BY said COLLATE "C"
SQL
}

1;
