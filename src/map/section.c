/*
 * section.c - the views from which the sections of a map are read.
 *
 * core/map/rows.h says which columns a section has; the views themselves stand in sections.sql. Their bodies were bound
 * when the extension was made, so what is asked here means the same under every search_path.
 */
#include "map/section.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "map/table_query.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

const SectionView wmo_section_view[WMO_SECTIONS] = {
	[WMO_SERVICE] = {"map_service", "service_id"},
	[WMO_FAMILY] = {"map_family", "service_id, nearness, member_id"},
	[WMO_PARTY] = {"map_party", "party_id"},
	[WMO_AREA] = {"map_area", "area_id"},
	[WMO_SHAPE] = {WMO_SHAPE_VIEW, "area_id"},
	[WMO_WHOLE] = {"map_whole", "area_id, whole_id"},
	[WMO_EDITION] = {"map_edition", "area_id, other_id"},
	[WMO_LABEL] = {"map_label", "area_id, whole_id, kind_no, first_high, first_low, last_high, last_low, valid_from"},
	[WMO_SHAPELESS] = {"map_shapeless", "area_id"},
	[WMO_LEAF] = {"map_leaf", "area_id, leaf_id", {"area_id", "leaf_id"}, WMO_LEAF, LEAF_NUMBER},
	[WMO_MUST] = {"map_must", "area_id, leaf_id, shape_id", {"area_id", "leaf_id"}, WMO_LEAF, MUST_LEAF_NUMBER},
	[WMO_COMPLETE] = {"map_complete", "area_id, valid_from, service_id"},
	[WMO_CONTRACT] = {"map_contract", "contract_id"},
	[WMO_SCOPE] = {"map_scope", "area_id, scope_id", {"area_id", "scope_id"}, WMO_SCOPE, SCOPE_NUMBER},
	/* what scopes that stand alike share must stand in one order */
	[WMO_STANDING] = {"map_standing",
					  "scope_area_id, scope_id, valid_from, known_from, role, provider_id, subcontract_id",
					  {"scope_area_id", "scope_id"},
					  WMO_SCOPE,
					  STANDING_COURSE},
	[WMO_STOP] = {"map_stop", "contract_id, stop_id, valid_from"},
	[WMO_OWN] = {"map_own", "party_id, other_id, valid_from"},
	[WMO_MEMBER] = {"map_member", "consortium_id, member_id, valid_from"},
	[WMO_AGB] = {"map_agb", "agb, valid_from"},
	[WMO_PRODUCT] = {"map_product", "code COLLATE pg_catalog.\"C\", buyer_id, product_id"},
};

Oid
wmo_column_type(WmoColumnKind kind, const WordNumbers *words)
{
	switch (kind)
	{
		case COLUMN_DAY:
			return DATEOID;
		case COLUMN_FLAG:
			return BOOLOID;
		case COLUMN_STRING:
		case COLUMN_END_KIND:
			return TEXTOID;
		case COLUMN_CERTAINTY:
			return words->certainty.type;
		case COLUMN_REASON:
			return words->reason.type;
		case COLUMN_ROLE:
			return words->role.type;
		default:
			return INT4OID;
	}
}

/* JIT would cost more than it gives. */
int
wmo_views_begin(void)
{
	int level = NewGUCNestLevel();

	(void) set_config_option("jit", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	return level;
}

void
wmo_views_end(int level)
{
	SPI_finish();
	AtEOXact_GUC(true, level);
}

void
wmo_check_view(const char *name, const ViewColumn *columns, int count)
{
	Relation view = table_open(wmo_table(WMO_WORKS, name), AccessShareLock);

	for (int i = 0; i < count; i++)
	{
		AttrNumber number = get_attnum(RelationGetRelid(view), columns[i].name);

		if (number == InvalidAttrNumber ||
			TupleDescAttr(RelationGetDescr(view), number - 1)->atttypid != columns[i].type)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("view %s.%s is not that of this library", WMO_WORKS, name),
					 errdetail("It must have a column \"%s\" of type %s.", columns[i].name,
							   format_type_be(columns[i].type)),
					 errhint("Update the extension: ALTER EXTENSION wmo_contracts UPDATE.")));
	}
	table_close(view, AccessShareLock);
}

Portal
wmo_view_open(const char *view, const ViewColumn *columns, int count, const char *order, ArrayType *contracts)
{
	Oid types[1] = {INT4ARRAYOID};
	Datum values[1] = {PointerGetDatum(contracts)};
	StringInfoData query;
	SPIPlanPtr plan;
	Portal portal;

	wmo_check_view(view, columns, count);
	initStringInfo(&query);
	for (int i = 0; i < count; i++)
		appendStringInfo(&query, "%s %s", i == 0 ? "SELECT" : ",", quote_identifier(columns[i].name));
	appendStringInfo(&query, " FROM %s.%s", WMO_WORKS, view);
	if (contracts != NULL)
		appendStringInfoString(&query, " WHERE contract_id OPERATOR(pg_catalog.=) ANY ($1)");
	appendStringInfo(&query, " ORDER BY %s", order);
	plan = SPI_prepare(query.data, contracts == NULL ? 0 : 1, types);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	portal = SPI_cursor_open(NULL, plan, values, NULL, true);
	SPI_freeplan(plan);
	return portal;
}

int32
wmo_first_contract_day(void)
{
	static TableQuery query = {.query = "SELECT day FROM wmo_works." WMO_FIRST_DAY_VIEW};
	ViewColumn column = {"day", DATEOID};
	bool isnull;
	Datum day;

	wmo_check_view(WMO_FIRST_DAY_VIEW, &column, 1);
	if (SPI_execute_plan(wmo_plan_of(&query, get_namespace_oid(WMO_WORKS, false), 0, NULL), NULL, NULL, true, 1) !=
			SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "view %s must have a row", WMO_FIRST_DAY_VIEW);
	day = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	SPI_freetuptable(SPI_tuptable);
	return isnull ? WMO_MAP_NULL : DatumGetInt32(day);
}
