/*
 * brief.c - a map of a few rows: what one question meets, as its asker's own SQL sees it.
 *
 * The rows come from the views that a whole map is compiled from, and are weighed by the code that weighs a whole map.
 * Which rows a question needs, only others tell (a contract is named by its scopes), so keys stay keys until all rows
 * are there. Each section has one query, planned once a session.
 */
#include "map/brief.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "map/pack.h"
#include "map/table_query.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

/* ---- the rows of a section ---- */

/*
 * What keys choose of the view of a section, and what else, by up to three parameters. Each key is looked up by itself:
 * never the rows of the whole registry. Sections without an entry come from no view, or are of the ground, which the
 * question's matches stand for.
 */
typedef struct BriefSection
{
	const char *from;
	int count;
	Oid types[3];
} BriefSection;

#define KEYS INT4ARRAYOID

static const BriefSection brief_section[WMO_SECTIONS] = {
	[WMO_SERVICE] = {"wmo_works.map_service v", 0},
	[WMO_FAMILY] = {"wmo_works.map_family v WHERE v.service_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	[WMO_PARTY] = {"wmo_works.map_party v WHERE v.party_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	[WMO_AREA] = {"wmo_works.map_area v WHERE v.area_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	/* $2: the day of care */
	[WMO_COMPLETE] = {"pg_catalog.unnest($1) k (key) CROSS JOIN LATERAL (SELECT m.* FROM wmo_works.map_complete m"
					  " WHERE m.area_id OPERATOR(pg_catalog.=) k.key AND m.valid_from OPERATOR(pg_catalog.<=) $2"
					  " AND m.valid_to OPERATOR(pg_catalog.>) $2 OFFSET 0) v",
					  2,
					  {KEYS, DATEOID}},
	/* $2: with one that is there whatever is asked for */
	[WMO_CONTRACT] = {"(SELECT m.* FROM wmo_works.map_contract m WHERE m.contract_id OPERATOR(pg_catalog.=) ANY ($1)"
					  " UNION ALL (SELECT m.* FROM wmo_works.map_contract m"
					  " WHERE $2 AND m.contract_id OPERATOR(pg_catalog.<>) ALL ($1) LIMIT 1)) v",
					  2,
					  {KEYS, BOOLOID}},
	/* $2: the services; $3: with one of each area that is of another service */
	[WMO_SCOPE] = {"(SELECT s.* FROM pg_catalog.unnest($1) k (key) CROSS JOIN LATERAL (SELECT m.*"
				   " FROM wmo_works.map_scope m WHERE m.area_id OPERATOR(pg_catalog.=) k.key"
				   " AND m.service_id OPERATOR(pg_catalog.=) ANY ($2) OFFSET 0) s"
				   " UNION ALL SELECT m.* FROM wmo_works.map_scope m"
				   " WHERE m.area_id IS NULL AND m.service_id OPERATOR(pg_catalog.=) ANY ($2)"
				   " UNION ALL SELECT s.* FROM pg_catalog.unnest($1) k (key) CROSS JOIN LATERAL (SELECT m.*"
				   " FROM wmo_works.map_scope m WHERE $3 AND m.area_id OPERATOR(pg_catalog.=) k.key"
				   " AND m.service_id OPERATOR(pg_catalog.<>) ALL ($2) LIMIT 1) s) v",
				   3,
				   {KEYS, KEYS, BOOLOID}},
	/* $2: the day of care; $3: the day of knowledge */
	[WMO_STANDING] = {"pg_catalog.unnest($1) k (key) CROSS JOIN LATERAL (SELECT m.* FROM wmo_works.map_standing m"
					  " WHERE m.scope_id OPERATOR(pg_catalog.=) k.key"
					  " AND m.valid_from OPERATOR(pg_catalog.<=) $2 AND m.valid_to OPERATOR(pg_catalog.>) $2"
					  " AND m.known_from OPERATOR(pg_catalog.<=) $3 AND m.known_to OPERATOR(pg_catalog.>) $3"
					  " OFFSET 0) v",
					  3,
					  {KEYS, DATEOID, DATEOID}},
	/* $2: the day of care */
	[WMO_STOP] = {"wmo_works.map_stop v WHERE v.contract_id OPERATOR(pg_catalog.=) ANY ($1)"
				  " AND v.valid_from OPERATOR(pg_catalog.<=) $2 AND v.valid_to OPERATOR(pg_catalog.>) $2",
				  2,
				  {KEYS, DATEOID}},
	[WMO_OWN] = {"wmo_works.map_own v WHERE v.party_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	[WMO_MEMBER] = {"wmo_works.map_member v WHERE v.consortium_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	[WMO_AGB] = {"wmo_works.map_agb v WHERE v.party_id OPERATOR(pg_catalog.=) ANY ($1)", 1, {KEYS}},
	[WMO_PRODUCT] = {"wmo_works.map_product v WHERE v.code OPERATOR(pg_catalog.=) $1", 1, {TEXTOID}},
};

static TableQuery query_of[WMO_SECTIONS];

static SPIPlanPtr
plan_of(WmoMapSection section, Oid owner, const SectionColumns *chosen)
{
	const BriefSection *brief = &brief_section[section];
	TableQuery *query = &query_of[section];
	Oid types[3];

	if (query->plan == NULL || query->owner != owner)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
		StringInfoData words;

		wmo_check_view(wmo_section_view[section].name, chosen->columns, chosen->count);
		initStringInfo(&words);
		for (int i = 0; i < chosen->count; i++)
			appendStringInfo(&words, "%s v.%s", i == 0 ? "SELECT" : ",", chosen->columns[i].name);
		appendStringInfo(&words, " FROM %s ORDER BY %s", brief->from, wmo_section_view[section].order);
		if (query->query != NULL)
			pfree(unconstify(char *, query->query));
		query->query = words.data;
		MemoryContextSwitchTo(caller);
	}
	memcpy(types, brief->types, sizeof(types));
	return wmo_plan_of(query, owner, brief->count, types);
}

/* A day that is not told is a null, and chooses nothing. */
static Datum
day_or_null(int32 day, char *null)
{
	*null = day == WMO_MAP_NULL ? 'n' : ' ';
	return Int32GetDatum(day);
}

static void
read_rows(Packing *packing, WmoMapSection section, Oid owner, Datum first, Datum second, char second_null, Datum third,
		  char third_null)
{
	Datum values[3] = {first, second, third};
	char nulls[3] = {' ', second_null, third_null};
	SectionColumns chosen;
	uint32 at = 0;

	wmo_pack_columns(packing, section, &chosen);
	if (SPI_execute_plan(plan_of(section, owner, &chosen), values, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute_plan failed");
	packing->packed[section].count = 0;
	wmo_pack_fetched(packing, section, &chosen, &at);
	SPI_freetuptable(SPI_tuptable);
}

static void
read_by_keys(Packing *packing, WmoMapSection section, Oid owner, ArrayType *keys)
{
	read_rows(packing, section, owner, PointerGetDatum(keys), (Datum) 0, ' ', (Datum) 0, ' ');
}

/* ---- keys ---- */

typedef struct Keys
{
	Datum *list;
	int count;
	int room;
} Keys;

static void
add_key(Keys *keys, int32 key)
{
	if (key == WMO_MAP_NULL)
		return;
	if (keys->count == keys->room)
	{
		keys->room = keys->room * 2 + 16;
		keys->list = keys->list == NULL ? palloc(keys->room * sizeof(Datum)) :
										  repalloc(keys->list, keys->room * sizeof(Datum));
	}
	keys->list[keys->count++] = Int32GetDatum(key);
}

static void
add_column(Keys *keys, const Packing *packing, WmoMapSection section, int column)
{
	const Packed *packed = &packing->packed[section];

	for (uint32 i = 0; i < packed->count; i++)
		add_key(keys, packed->rows[(Size) i * wmo_section_plan[section].width + column]);
}

static void
add_array(Keys *keys, ArrayType *array)
{
	Datum *values;
	bool *nulls;
	int count;

	if (array == NULL)
		return;
	deconstruct_array(array, INT4OID, sizeof(int32), true, TYPALIGN_INT, &values, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			add_key(keys, DatumGetInt32(values[i]));
}

static int
compare_keys(const void *a, const void *b)
{
	int32 first = DatumGetInt32(*(const Datum *) a), second = DatumGetInt32(*(const Datum *) b);

	return (first > second) - (first < second);
}

/* Each key once, in their order. */
static ArrayType *
as_array(Keys *keys)
{
	int kept = 0;

	if (keys->count > 1)
		qsort(keys->list, keys->count, sizeof(Datum), compare_keys);
	for (int i = 0; i < keys->count; i++)
		if (kept == 0 || keys->list[kept - 1] != keys->list[i])
			keys->list[kept++] = keys->list[i];
	keys->count = kept;
	return construct_array(keys->list, kept, INT4OID, sizeof(int32), true, TYPALIGN_INT);
}

/* ---- the areas that are met ---- */

/* The columns of wmo_works.area_match. */
enum { MATCH_AREA, MATCH_COVERS, MATCH_PINNED, MATCH_FOLLOWS, MATCH_CERTAINTY, MATCH_REASON, MATCH_COLUMNS };

typedef struct Matches
{
	Datum *rows;
	int count;
	TupleDesc row;
} Matches;

static Matches
open_matches(ArrayType *array)
{
	Matches matches = {NULL, 0, NULL};
	bool *nulls;

	if (array == NULL)
		return matches;
	matches.row = lookup_rowtype_tupdesc_copy(ARR_ELEMTYPE(array), -1);
	if (matches.row->natts != MATCH_COLUMNS)
		elog(ERROR, "wmo_works.area_match has %d columns", matches.row->natts);
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &matches.rows, &nulls, &matches.count);
	for (int i = 0; i < matches.count; i++)
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("an area that is met must not be null")));
	return matches;
}

static bool
read_match(const Matches *matches, int number, Datum *values, bool *nulls)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(matches->rows[number]);
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};

	heap_deform_tuple(&tuple, matches->row, values, nulls);
	return !nulls[MATCH_AREA];
}

static void
add_areas(Keys *keys, ArrayType *array)
{
	Matches matches = open_matches(array);
	Datum values[MATCH_COLUMNS];
	bool nulls[MATCH_COLUMNS];

	for (int i = 0; i < matches.count; i++)
		if (read_match(&matches, i, values, nulls))
			add_key(keys, DatumGetInt32(values[MATCH_AREA]));
}

static bool
truth(const Datum *values, const bool *nulls, int column)
{
	return !nulls[column] && DatumGetBool(values[column]);
}

void
wmo_brief_place(MemoryContext context, const BriefKeys *keys, const WmoMap *map, WmoQuestion *question)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	Matches matches = open_matches(keys->matches);
	uint32 *places = palloc0(Max(map->count[WMO_AREA], 1) * sizeof(uint32));
	WmoMatch *found = palloc(Max(matches.count, 1) * sizeof(WmoMatch));
	Datum values[MATCH_COLUMNS];
	bool nulls[MATCH_COLUMNS];
	WordNumbers words;
	uint32 count = 0;

	wmo_words_look_up(&words);
	for (int i = 0; i < matches.count; i++)
	{
		WmoCovers covers = WMO_COVERS_UNTOLD;
		WmoSide side;
		WmoMatch meeting;
		int32 area;

		if (!read_match(&matches, i, values, nulls))
			continue;
		area = wmo_map_find(map, WMO_AREA, DatumGetInt32(values[MATCH_AREA]));
		if (area < 0)
			continue;
		if (!nulls[MATCH_COVERS])
			covers = (WmoCovers) wmo_word_number(wmo_covers_word, WMO_COVERS_PART,
												 DatumGetTextPP(values[MATCH_COVERS]));
		side = wmo_match_side(covers,
							  nulls[MATCH_CERTAINTY] ? 0 : wmo_enum_number(&words.certainty, values[MATCH_CERTAINTY]),
							  !nulls[MATCH_REASON]);
		meeting = wmo_match((uint32) area, side, truth(values, nulls, MATCH_PINNED),
							truth(values, nulls, MATCH_FOLLOWS));
		count = wmo_match_add(found, count, places, &meeting);
	}
	question->has_place = keys->matches != NULL;
	question->matches = found;
	question->match_count = count;
	MemoryContextSwitchTo(caller);
}

/* ---- section by section ---- */

/* The services that answer for those that are asked for. */
static ArrayType *
read_family(Packing *packing, const BriefKeys *keys)
{
	Keys asked = {0}, members = {0};

	add_array(&asked, keys->services);
	read_rows(packing, WMO_SERVICE, keys->owner, (Datum) 0, (Datum) 0, ' ', (Datum) 0, ' ');
	read_by_keys(packing, WMO_FAMILY, keys->owner, as_array(&asked));
	add_column(&members, packing, WMO_FAMILY, FAMILY_MEMBER);
	return as_array(&members);
}

/* A stop of one service looks at what is wider than others. */
static void
read_families_of_stops(Packing *packing, const BriefKeys *keys)
{
	Keys services = {0};

	add_column(&services, packing, WMO_STOP, STOP_SERVICE);
	if (services.count == 0)
		return;
	add_array(&services, keys->services);
	add_column(&services, packing, WMO_STANDING, STANDING_SERVICE);
	read_by_keys(packing, WMO_FAMILY, keys->owner, as_array(&services));
}

static void
read_contracts(Packing *packing, const BriefKeys *keys, ArrayType *areas, ArrayType *family, bool with_nobody)
{
	Keys contracts = {0}, scopes = {0}, known = {0};
	char no_day, no_knowledge;
	Datum on_date = day_or_null(keys->on_date, &no_day);
	Datum as_of = day_or_null(keys->as_of, &no_knowledge);

	read_rows(packing, WMO_SCOPE, keys->owner, PointerGetDatum(areas), PointerGetDatum(family), ' ',
			  BoolGetDatum(with_nobody), ' ');
	add_column(&contracts, packing, WMO_SCOPE, SCOPE_CONTRACT);
	read_rows(packing, WMO_CONTRACT, keys->owner, PointerGetDatum(as_array(&contracts)), BoolGetDatum(with_nobody), ' ',
			  (Datum) 0, ' ');
	/* a contract that a policy hides has no scopes */
	wmo_pack_resolve(packing, WMO_SCOPE);
	add_column(&scopes, packing, WMO_SCOPE, SCOPE_ID);
	read_rows(packing, WMO_STANDING, keys->owner, PointerGetDatum(as_array(&scopes)), on_date, no_day, as_of,
			  no_knowledge);
	add_column(&known, packing, WMO_CONTRACT, CONTRACT_ID);
	read_rows(packing, WMO_STOP, keys->owner, PointerGetDatum(as_array(&known)), on_date, no_day, (Datum) 0, ' ');
}

/* Whoever is named has a row: without a name where the one that is recorded is not to be seen. */
static void
read_parties(Packing *packing, const BriefKeys *keys)
{
	Packed *packed = &packing->packed[WMO_PARTY];
	Size width = wmo_section_plan[WMO_PARTY].width;
	Keys parties = {0};
	ArrayType *all;
	int32 *rows;
	uint32 at = 0;

	add_column(&parties, packing, WMO_STANDING, STANDING_PROVIDER);
	add_column(&parties, packing, WMO_CONTRACT, CONTRACT_BUYER);
	add_column(&parties, packing, WMO_CONTRACT, CONTRACT_SUPPLIER);
	add_column(&parties, packing, WMO_MEMBER, MEMBER_PARTY);
	add_column(&parties, packing, WMO_PRODUCT, PRODUCT_BUYER);
	add_array(&parties, keys->providers);
	all = as_array(&parties);
	add_key(&parties, keys->current_provider);
	read_by_keys(packing, WMO_PARTY, keys->owner, as_array(&parties));
	parties.count = 0;
	add_array(&parties, all);
	rows = MemoryContextAllocZero(packing->context, (parties.count + packed->count + 1) * width * sizeof(int32));
	packed->room = 0;
	for (int i = 0; i <= parties.count; i++)
	{
		int32 key = i < parties.count ? DatumGetInt32(parties.list[i]) : 0;
		const int32 *first = packed->rows;

		while (packed->count > 0 && (i == parties.count || first[PARTY_ID] <= key))
		{
			memcpy(rows + at++ * width, first, width * sizeof(int32));
			first = packed->rows += width;
			packed->count--;
		}
		if (i < parties.count && (at == 0 || rows[(at - 1) * width] != key))
			rows[at++ * width] = key;
	}
	*packed = (Packed) {.rows = rows, .count = at, .room = at};
	wmo_pack_party_order(packing);
}

static void
read_ties(Packing *packing, const BriefKeys *keys)
{
	Keys parties = {0};

	add_array(&parties, keys->providers);
	add_column(&parties, packing, WMO_STANDING, STANDING_PROVIDER);
	read_by_keys(packing, WMO_OWN, keys->owner, as_array(&parties));
}

static void
read_codes(Packing *packing, const BriefKeys *keys)
{
	Keys buyers = {0};

	read_by_keys(packing, WMO_AGB, keys->owner, keys->providers);
	if (keys->product == NULL)
		return;
	add_column(&buyers, packing, WMO_CONTRACT, CONTRACT_BUYER);
	read_by_keys(packing, WMO_MEMBER, keys->owner, as_array(&buyers));
	read_rows(packing, WMO_PRODUCT, keys->owner, PointerGetDatum(keys->product), (Datum) 0, ' ', (Datum) 0, ' ');
}

/* ---- together ---- */

/* A map that stands where its rows were packed. */
static WmoMap *
map_of(const Packing *packing, int32 first_contract_day)
{
	WmoMap *map = MemoryContextAllocZero(packing->context, sizeof(WmoMap));
	WmoMapHeader *header = MemoryContextAllocZero(packing->context, sizeof(WmoMapHeader));

	header->srid = WMO_MAP_SRID;
	header->first_day = first_contract_day;
	header->pool_size = (uint64) packing->pool.len;
	map->header = header;
	map->pool = packing->pool.data;
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];

		map->rows[i] = packing->packed[i].rows;
		map->count[i] = packing->packed[i].count;
		map->width[i] = plan->width;
		if (plan->owner != WMO_NO_OWNER)
		{
			uint32 *starts = MemoryContextAlloc(packing->context,
												((Size) packing->packed[plan->owner].count + 1) * sizeof(uint32));

			wmo_pack_starts(packing, (WmoMapSection) i, starts);
			map->starts[i] = starts;
		}
	}
	return map;
}

const WmoMap *
wmo_brief_map(MemoryContext context, const BriefKeys *keys, bool with_nobody)
{
	static const WmoMapSection late[] = {WMO_FAMILY, WMO_COMPLETE, WMO_CONTRACT, WMO_STANDING,
										 WMO_STOP,	 WMO_MEMBER,   WMO_AGB,		 WMO_PRODUCT};
	Packing *packing = wmo_packing_begin(context, context);
	char no_day;
	Datum on_date = day_or_null(keys->on_date, &no_day);
	int32 first_contract_day = WMO_MAP_NULL;
	int level = wmo_views_begin();
	Keys met = {0};
	ArrayType *areas, *family;

	packing->keys_stay = true;
	add_areas(&met, keys->matches);
	areas = as_array(&met);
	family = read_family(packing, keys);
	read_by_keys(packing, WMO_AREA, keys->owner, areas);
	read_rows(packing, WMO_COMPLETE, keys->owner, PointerGetDatum(areas), on_date, no_day, (Datum) 0, ' ');
	read_contracts(packing, keys, areas, family, with_nobody);
	read_families_of_stops(packing, keys);
	if (keys->providers != NULL)
		read_codes(packing, keys);
	read_parties(packing, keys);
	if (keys->providers != NULL || keys->current_provider != WMO_MAP_NULL)
		read_ties(packing, keys);
	if (with_nobody)
		first_contract_day = wmo_first_contract_day();
	wmo_views_end(level);
	wmo_pack_resolve(packing, WMO_SERVICE);
	for (int i = 0; i < lengthof(late); i++)
		wmo_pack_resolve(packing, late[i]);
	wmo_pack_courses(packing);
	return map_of(packing, first_contract_day);
}
