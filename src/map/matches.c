/*
 * matches.c - the areas that a code or a postcode meets, found by SQL once for each map, code and day.
 */
#include "map/matches.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "map/by_tables.h"
#include "map/session.h"
#include "map/words.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

typedef struct MatchesKey
{
	uint64 code;
	int32 kind;
	int32 service;
	int32 on_date;
	int32 zero;
} MatchesKey;

typedef struct MatchesEntry
{
	MatchesKey key;
	CodeMatches found;
} MatchesEntry;

static TableQuery matches_of[] =
	{[AREA_CODE] = {.query = "SELECT m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty,"
							 " m.without_shape FROM wmo_works.matches_of_code($1, $2) m"},
	 [POSTCODE] = {.query = "SELECT m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty,"
							" m.without_shape FROM wmo_works.matches_of_postcode($1, $3, $2) m"}};
static const char *const type_name[] = {[AREA_CODE] = "area_code", [POSTCODE] = "postcode"};

static MemoryContext context = NULL;
static HTAB *kept = NULL;
static uint64 kept_serial;

/* What was found for another map is forgotten, and all of it when it does not fit beside the map. */
static void
make_room(void)
{
	HASHCTL control = {.keysize = sizeof(MatchesKey), .entrysize = sizeof(MatchesEntry)};

	if (kept != NULL && kept_serial == wmo_session_map_serial() &&
		MemoryContextMemAllocated(context, true) <= wmo_session_map_room())
		return;
	kept = NULL;
	if (context == NULL)
		context = AllocSetContextCreate(TopMemoryContext, "wmo_contracts code matches", ALLOCSET_DEFAULT_SIZES);
	MemoryContextReset(context);
	control.hcxt = context;
	kept = hash_create("wmo_contracts code matches", 1024, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	kept_serial = wmo_session_map_serial();
}

static bool
truth(HeapTuple row, int column)
{
	bool isnull;
	Datum value = SPI_getbinval(row, SPI_tuptable->tupdesc, column, &isnull);

	return !isnull && DatumGetBool(value);
}

static WmoCovers
covers(HeapTuple row, int column)
{
	bool isnull;
	Datum value = SPI_getbinval(row, SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? WMO_COVERS_UNTOLD :
					(WmoCovers) wmo_word_number(wmo_covers_word, WMO_COVERS_PART, DatumGetTextPP(value));
}

static int32
certainty(HeapTuple row, int column, const WordNumbers *words)
{
	bool isnull;
	Datum value = SPI_getbinval(row, SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? 0 : wmo_enum_number(&words->certainty, value);
}

/* Adds an area that is met; where none is, there is one row without an area. */
static void
add_row(const WmoMap *map, HeapTuple row, const WordNumbers *words, uint32 *places, CodeMatches *found)
{
	static const WmoSide not_met = {false, false, false, false, 0};
	bool isnull;
	int32 area_id = DatumGetInt32(SPI_getbinval(row, SPI_tuptable->tupdesc, 3, &isnull));
	int32 area;
	WmoSide side;
	WmoMatch meeting;

	if (isnull)
		return;
	area = wmo_map_area(map, area_id);
	if (area < 0)
		elog(ERROR, "area %d is not in the map", area_id);
	side = wmo_match_side(covers(row, 6), certainty(row, 7, words), truth(row, 8));
	meeting = (WmoMatch) {(uint32) area, truth(row, 4) ? side : not_met, truth(row, 5) ? side : not_met};
	found->count = wmo_match_add(found->matches, found->count, places, &meeting);
}

static void
find(const WmoMap *map, const MatchesKey *key, CodeMatches *found)
{
	Oid code_type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(type_name[key->kind]),
									ObjectIdGetDatum(get_namespace_oid(WMO_FACE, false)));
	Oid types[3] = {code_type, DATEOID, TEXTOID};
	Datum values[3] = {(Datum) key->code, Int32GetDatum(key->on_date), (Datum) 0};
	char nulls[3] = {' ', key->on_date == WMO_MAP_NULL ? 'n' : ' ', key->service < 0 ? 'n' : ' '};
	WordNumbers words;
	SPIPlanPtr plan;
	uint32 *places;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (key->service >= 0)
		values[2] = CStringGetTextDatum(map->pool + wmo_map_row(map, WMO_SERVICE, (uint32) key->service)[SERVICE_CODE]);
	plan = wmo_plan_of(&matches_of[key->kind], code_type, key->kind == POSTCODE ? 3 : 2, types);
	if (SPI_execute_plan(plan, values, nulls, true, 0) != SPI_OK_SELECT || SPI_processed == 0)
		elog(ERROR, "SPI_execute failed");
	wmo_words_look_up(&words);
	memset(found, 0, sizeof(*found));
	found->known = truth(SPI_tuptable->vals[0], 1);
	found->other_edition = truth(SPI_tuptable->vals[0], 2);
	found->matches = MemoryContextAlloc(context, SPI_processed * sizeof(WmoMatch));
	places = palloc0(map->count[WMO_AREA] * sizeof(uint32));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_row(map, SPI_tuptable->vals[i], &words, places, found);
	}
	SPI_finish();
}

static const CodeMatches *
look_up(const WmoMap *map, CodeKind kind, Datum code, int32 service, int32 on_date)
{
	MatchesKey key;
	MatchesEntry *entry;
	CodeMatches found;

	make_room();
	memset(&key, 0, sizeof(key));
	key.code = (uint64) code;
	key.kind = kind;
	key.service = service;
	key.on_date = on_date;
	entry = hash_search(kept, &key, HASH_FIND, NULL);
	if (entry == NULL)
	{
		find(map, &key, &found);
		entry = hash_search(kept, &key, HASH_ENTER, NULL);
		entry->found = found;
	}
	return &entry->found;
}

const CodeMatches *
wmo_place_by_code(const WmoMap *map, CodeKind kind, Datum code, bool is_null, WmoQuestion *question)
{
	const CodeMatches *found = NULL;

	if (!is_null)
		found = look_up(map, kind, code, kind == POSTCODE ? question->service : -1, question->on_date);
	question->has_place = found != NULL && found->known;
	if (question->has_place)
	{
		question->matches = found->matches;
		question->match_count = found->count;
	}
	return found;
}
