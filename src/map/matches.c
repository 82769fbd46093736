/*
 * matches.c - the areas that a code or a postcode meets, found by SQL and kept beside the session's map.
 *
 * What a code meets hangs on the editions of areas, on parts of areas, on places of postcodes and on which areas have
 * scopes: what was found is kept while these are the same, whatever else the map was made anew for, and holds for all
 * days between two on which an edition or a place begins or ends. Where an area without a shape has scopes of the
 * service that is asked for, it hangs on the service too, and on every scope: that is kept as long as the map. A
 * postcode without a place has its PC4's, as a code that no area has is found by the nearest around it that one has; a
 * postcode with a single point is found in the grid like any place. When single look-ups have cost as much as reading
 * every place would, every place is read, and then every PC4 is looked up at once.
 */
#include "map/matches.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "map/held.h"
#include "map/known_codes.h"
#include "map/postcode_points.h"
#include "map/session.h"
#include "map/table_query.h"
#include "map/words.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "server/table_scan.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

/* What a code is looked up by: itself, or the nearest around it of which something is known. */
typedef enum LookUp { BY_AREA_CODE, BY_CODE_ABOVE, BY_POSTCODE, BY_PC4_OF_POSTCODE } LookUp;

/* What a code meets from one day up to another. */
typedef struct Meeting
{
	struct Meeting *next;
	int32 from, to;
	CodeMatches found;
} Meeting;

typedef struct MeetingKey
{
	uint64 code;
	int32 by;
	int32 service; /* row; -1: it is the same for all */
} MeetingKey;

typedef struct MeetingEntry
{
	MeetingKey key;
	Meeting *meetings;
} MeetingEntry;

typedef struct Meetings
{
	MemoryContext context;
	HTAB *table;
} Meetings;

/* Days before every bound and after it; the number that stands for no day comes before all. */
#define FIRST_DAY (WMO_MAP_NULL + 1)
#define LAST_DAY PG_INT32_MAX

/* The codes of areas are read after so many look-ups. */
#define CODES_ONE_BY_ONE 16

/* PC4s are looked up together after so many that were not, so many at a time. */
#define PC4S_ONE_BY_ONE 32
#define PC4S_AT_ONCE 250

static struct
{
	uint64 serial; /* of the map that this was last held against; 0: nothing is kept */
	RegistryState state;
	uint64 mark; /* of what else it hangs on */
	Meetings lasting;
	Meetings passing; /* of services, for this map alone */
	int32 *bounds; /* the days on which an edition of an area begins or ends, in order, each once */
	uint32 bound_count;
	int8 *unplaced; /* of each service: has it scopes in areas without a boundary? -1: not known yet */
	int8 narrowed; /* has such an area stops or subcontracts? -1: not known yet */
	KnownCodes *codes; /* NULL: not read */
	uint32 codes_spent;
	PostcodePoints *points; /* NULL: not read */
	bool points_too_large;
	double ms_spent; /* on single postcodes */
	uint32 pc4s_spent[BY_PC4_OF_POSTCODE + 1];
} kept;

static TableQuery code_query = {
	.query = "SELECT 1, m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty,"
			 " m.without_shape, NULL::pg_catalog.date, NULL::pg_catalog.date, false"
			 " FROM wmo_works.matches_of_code($1, $2) m"};
static TableQuery postcode_query = {
	.query = "SELECT m.n, m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty,"
			 " m.without_shape, m.valid_from, m.valid_to, m.reading"
			 " FROM wmo_works.matches_of_postcodes($1, $3, $2) m"};

/* ---- what is kept, and how long ---- */

static void
empty(Meetings *meetings, const char *name)
{
	HASHCTL control = {.keysize = sizeof(MeetingKey), .entrysize = sizeof(MeetingEntry)};

	meetings->table = NULL;
	if (meetings->context == NULL)
		meetings->context = AllocSetContextCreate(TopMemoryContext, "wmo_contracts code matches",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContextReset(meetings->context);
	control.hcxt = meetings->context;
	meetings->table = hash_create(name, 1024, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static int
compare_days(const void *a, const void *b)
{
	int32 first = *(const int32 *) a, second = *(const int32 *) b;

	return (first > second) - (first < second);
}

static void
list_bounds(const WmoMap *map)
{
	uint32 count = map->count[WMO_AREA];
	int32 *days = MemoryContextAlloc(kept.lasting.context, Max(count, 1) * 2 * sizeof(int32));
	uint32 last = 0;

	for (uint32 i = 0; i < count; i++)
	{
		days[2 * i] = wmo_map_row(map, WMO_AREA, i)[AREA_FROM];
		days[2 * i + 1] = wmo_map_row(map, WMO_AREA, i)[AREA_TO];
	}
	qsort(days, 2 * (size_t) count, sizeof(int32), compare_days);
	for (uint32 i = 0; i < 2 * count; i++)
		if (last == 0 || days[last - 1] != days[i])
			days[last++] = days[i];
	kept.bounds = days;
	kept.bound_count = last;
}

/* Which areas have scopes, stops or subcontracts, and which areas and parts of areas rest on our reading of a
 * source. */
static uint64
mark_of(const WmoMap *map)
{
	uint64 mark = 0;

	for (uint32 i = 0; i < map->count[WMO_AREA]; i++)
	{
		WmoScopeWalk walk = wmo_map_scopes(map, i);

		if (wmo_map_next_scope(&walk) != NULL)
			mark = hash_bytes_uint32_extended(i, mark);
	}
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT p, 1 FROM wmo_works.inferred_parts() p UNION ALL"
					" SELECT a, 2 FROM wmo_works.areas_narrowed_to() a UNION ALL"
					" SELECT a, 3 FROM wmo_works.inferred_shapes() a ORDER BY 2, 1",
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		int32 key = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
		int32 kind = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));

		mark = hash_bytes_uint32_extended((uint32) key, ~mark + (uint64) kind);
	}
	SPI_finish();
	return mark;
}

/* Holds what is kept against the map; all of it goes when it does not fit beside the map any more. */
static void
keep_up(const WmoMap *map)
{
	uint64 serial = wmo_session_map_serial();
	bool fits = kept.serial != 0 &&
		MemoryContextMemAllocated(kept.lasting.context, true) + MemoryContextMemAllocated(kept.passing.context, true) <=
			wmo_session_map_room();
	bool lasts = kept.serial != 0 && fits && wmo_same_places(&kept.state, &wmo_held.state);
	uint64 mark;

	if (fits && kept.serial == serial)
		return;
	mark = mark_of(map);
	if (!lasts || mark != kept.mark)
	{
		kept.serial = 0; /* also when an error ends what follows */
		kept.points_too_large = kept.points != NULL && !fits;
		kept.points = NULL;
		kept.codes = NULL;
		kept.codes_spent = 0;
		kept.ms_spent = 0;
		memset(kept.pc4s_spent, 0, sizeof(kept.pc4s_spent));
		empty(&kept.lasting, "wmo_contracts code matches");
		list_bounds(map);
		kept.state = wmo_held.state;
		kept.mark = mark;
	}
	empty(&kept.passing, "wmo_contracts code matches of services");
	kept.unplaced = MemoryContextAlloc(kept.passing.context, Max(map->count[WMO_SERVICE], 1));
	memset(kept.unplaced, -1, map->count[WMO_SERVICE]);
	kept.narrowed = -1;
	kept.serial = serial;
}

/* ---- the days on which it is the same ---- */

static void
days_around(int32 day, int32 *from, int32 *to)
{
	uint32 low = 0, high = kept.bound_count;

	if (day == WMO_MAP_NULL)
	{
		*from = WMO_MAP_NULL;
		*to = FIRST_DAY;
		return;
	}
	while (low < high)
	{
		uint32 middle = low + (high - low) / 2;

		if (kept.bounds[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	*from = low == 0 ? FIRST_DAY : Max(kept.bounds[low - 1], FIRST_DAY);
	*to = low == kept.bound_count ? LAST_DAY : kept.bounds[low];
}

static Meeting *
meeting_on(const MeetingEntry *entry, int32 day)
{
	Meeting *meeting = entry == NULL ? NULL : entry->meetings;

	while (meeting != NULL && (day < meeting->from || day >= meeting->to))
		meeting = meeting->next;
	return meeting;
}

/* ---- areas without a shape ---- */

static bool
has_scope_for(const WmoMap *map, uint32 area, uint32 service)
{
	WmoScopeWalk walk = wmo_map_scopes(map, area);
	const int32 *scope;

	while ((scope = wmo_map_next_scope(&walk)) != NULL)
	{
		int32 of_scope = scope[SCOPE_SERVICE];

		if (of_scope == (int32) service)
			return true;
		for (uint32 j = map->starts[WMO_FAMILY][service]; j < map->starts[WMO_FAMILY][service + 1]; j++)
			if (wmo_map_row(map, WMO_FAMILY, j)[FAMILY_MEMBER] == of_scope)
				return true;
	}
	return false;
}

/* Does a stop or a subcontract name an area of which nobody knows where it is? */
static bool
is_narrowed_to_unplaced(void)
{
	if (kept.narrowed < 0)
	{
		if (SPI_connect() != SPI_OK_CONNECT)
			elog(ERROR, "SPI_connect failed");
		if (SPI_execute("SELECT FROM wmo_works.areas_narrowed_to() a JOIN wmo_works.map_leaf l ON l.area_id = a", true,
						1) != SPI_OK_SELECT)
			elog(ERROR, "SPI_execute failed");
		kept.narrowed = SPI_processed > 0;
		SPI_finish();
	}
	return kept.narrowed != 0;
}

/* Can a place lie in an area of which nobody knows where that is, so that the answer for the service depends on it? */
static bool
may_be_unplaced(const WmoMap *map, int32 service)
{
	if (service < 0)
		return false;
	if (kept.unplaced[service] < 0)
	{
		uint32 i = 0;

		while (i < map->count[WMO_SHAPELESS] &&
			   (map->starts[WMO_LEAF][i] == map->starts[WMO_LEAF][i + 1] ||
				!has_scope_for(map, (uint32) wmo_map_row(map, WMO_SHAPELESS, i)[SHAPELESS_AREA], (uint32) service)))
			i++;
		kept.unplaced[service] = i < map->count[WMO_SHAPELESS] || is_narrowed_to_unplaced();
	}
	return kept.unplaced[service] != 0;
}

/* ---- by SQL ---- */

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

static int32
day(HeapTuple row, int column, int32 otherwise)
{
	bool isnull;
	Datum value = SPI_getbinval(row, SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? otherwise : Max(DatumGetDateADT(value), FIRST_DAY);
}

/* Adds an area that is met; where none is, there is one row without an area. */
static void
add_row(const WmoMap *map, HeapTuple row, const WordNumbers *words, uint32 *places, CodeMatches *found)
{
	bool isnull;
	int32 area_id = DatumGetInt32(SPI_getbinval(row, SPI_tuptable->tupdesc, 4, &isnull));
	int32 area;
	WmoSide side;
	WmoMatch meeting;

	if (isnull)
		return;
	area = wmo_map_find(map, WMO_AREA, area_id);
	if (area < 0)
		elog(ERROR, "area %d is not in the map", area_id);
	side = wmo_match_side(covers(row, 7), certainty(row, 8, words), truth(row, 9));
	meeting = wmo_match((uint32) area, side, truth(row, 5), truth(row, 6));
	found->count = wmo_match_add(found->matches, found->count, places, &meeting);
}

/* Keeps what these rows, from first up to last, say of one code, with room for each of them or for what they met. */
static Meeting *
keep(Meetings *meetings, const MeetingKey *key, const WmoMap *map, int32 on_date, uint64 first, uint64 last,
	 const WordNumbers *words, uint32 *places)
{
	HeapTuple row = SPI_tuptable->vals[first];
	CodeMatches found = {.known = truth(row, 2), .other_edition = truth(row, 3), .reading = truth(row, 12)};
	MeetingEntry *entry;
	Meeting *meeting;
	bool had;

	found.matches = palloc((last - first) * sizeof(WmoMatch));
	for (uint64 i = first; i < last; i++)
		add_row(map, SPI_tuptable->vals[i], words, places, &found);
	meeting = MemoryContextAlloc(meetings->context, sizeof(Meeting));
	meeting->found = found;
	meeting->found.matches = MemoryContextAlloc(meetings->context, Max(found.count, 1) * sizeof(WmoMatch));
	memcpy(meeting->found.matches, found.matches, found.count * sizeof(WmoMatch));
	pfree(found.matches);
	days_around(on_date, &meeting->from, &meeting->to);
	if (on_date != WMO_MAP_NULL)
	{
		meeting->from = Max(meeting->from, day(row, 10, FIRST_DAY));
		meeting->to = Min(meeting->to, day(row, 11, LAST_DAY));
	}
	entry = hash_search(meetings->table, key, HASH_ENTER, &had);
	meeting->next = had ? entry->meetings : NULL;
	entry->meetings = meeting;
	return meeting;
}

static bool
is_of_area(LookUp by)
{
	return by == BY_AREA_CODE || by == BY_CODE_ABOVE;
}

static Oid
type_of_codes(LookUp by)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(is_of_area(by) ? "area_code" : "postcode"),
						   ObjectIdGetDatum(get_namespace_oid(WMO_FACE, false)));
}

/*
 * Finds what each of these codes meets, with keys of the same kind and service to keep it by. Returns the last one's.
 */
static Meeting *
find(const WmoMap *map, const MeetingKey *keys, Datum *codes, uint32 count, int32 on_date)
{
	Meetings *meetings = keys[0].service < 0 ? &kept.lasting : &kept.passing;
	bool by_area = is_of_area((LookUp) keys[0].by);
	Oid code_type = type_of_codes((LookUp) keys[0].by);
	Oid types[3] = {by_area ? code_type : get_array_type(code_type), DATEOID, TEXTOID};
	Datum values[3] = {codes[0], Int32GetDatum(on_date), (Datum) 0};
	char nulls[3] = {' ', on_date == WMO_MAP_NULL ? 'n' : ' ', keys[0].service < 0 ? 'n' : ' '};
	Meeting *meeting = NULL;
	WordNumbers words;
	SPIPlanPtr plan;
	uint32 *places;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (!by_area)
		values[0] = PointerGetDatum(construct_array(codes, (int) count, code_type, sizeof(int32), true, TYPALIGN_INT));
	if (keys[0].service >= 0)
		values[2] = CStringGetTextDatum(map->pool +
										wmo_map_row(map, WMO_SERVICE, (uint32) keys[0].service)[SERVICE_CODE]);
	plan = wmo_plan_of(by_area ? &code_query : &postcode_query, code_type, by_area ? 2 : 3, types);
	if (SPI_execute_plan(plan, values, nulls, true, 0) != SPI_OK_SELECT || SPI_processed == 0)
		elog(ERROR, "SPI_execute failed");
	wmo_words_look_up(&words);
	places = palloc0(map->count[WMO_AREA] * sizeof(uint32));
	for (uint64 first = 0, last; first < SPI_processed; first = last)
	{
		bool isnull;
		Datum number = SPI_getbinval(SPI_tuptable->vals[first], SPI_tuptable->tupdesc, 1, &isnull);

		CHECK_FOR_INTERRUPTS();
		for (last = first + 1; last < SPI_processed; last++)
			if (SPI_getbinval(SPI_tuptable->vals[last], SPI_tuptable->tupdesc, 1, &isnull) != number)
				break;
		meeting = keep(meetings, &keys[DatumGetInt32(number) - 1], map, on_date, first, last, &words, places);
	}
	SPI_finish();
	return meeting;
}

/* ---- many postcodes ---- */

static void
read_points_when_it_pays(void)
{
	Size used = MemoryContextMemAllocated(kept.lasting.context, true);
	Size room = wmo_session_map_room();

	if (kept.points != NULL || kept.points_too_large || kept.ms_spent < wmo_postcode_points_price())
		return;
	kept.points = wmo_postcode_points_read(kept.lasting.context, room > used ? room - used : 0);
	kept.points_too_large = kept.points == NULL;
}

/* Looks up every PC4 of which something is known but not what it meets on this day. */
static void
find_every_pc4(const WmoMap *map, LookUp by, int32 service, int32 on_date)
{
	HTAB *table = (service < 0 ? &kept.lasting : &kept.passing)->table;
	MeetingKey keys[PC4S_AT_ONCE] = {0};
	Datum codes[PC4S_AT_ONCE];
	uint32 count = 0, all;
	const WmoPostcode *pc4s = wmo_placed_pc4s(kept.points, &all);

	for (uint32 i = 0; i < all; i++)
	{
		WmoPostcode code = by == BY_POSTCODE ? pc4s[i] : wmo_pc6_without_place(kept.points, pc4s[i]);

		keys[count].code = (uint64) pc4s[i];
		keys[count].by = by;
		keys[count].service = service;
		codes[count] = Int32GetDatum(code);
		if (code != 0 && meeting_on(hash_search(table, &keys[count], HASH_FIND, NULL), on_date) == NULL)
			count++;
		if (count == PC4S_AT_ONCE || (count > 0 && i == all - 1))
		{
			find(map, keys, codes, count, on_date);
			count = 0;
		}
	}
}

/* What postcodes meet is asked often, or not for long: every single look-up counts. */
static Meeting *
find_postcode(const WmoMap *map, const MeetingKey *key, Datum code, int32 on_date)
{
	bool pc4 = key->by == BY_PC4_OF_POSTCODE || !wmo_postcode_has_letters(DatumGetInt32(code));
	instr_time start, end;
	Meeting *meeting;

	if (pc4 && kept.points != NULL && ++kept.pc4s_spent[key->by] > PC4S_ONE_BY_ONE)
	{
		const MeetingEntry *entry;

		kept.pc4s_spent[key->by] = 0;
		find_every_pc4(map, (LookUp) key->by, key->service, on_date);
		entry = hash_search((key->service < 0 ? &kept.lasting : &kept.passing)->table, key, HASH_FIND, NULL);
		meeting = meeting_on(entry, on_date);
		if (meeting != NULL)
			return meeting;
	}
	INSTR_TIME_SET_CURRENT(start);
	meeting = find(map, key, &code, 1, on_date);
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	kept.ms_spent += INSTR_TIME_GET_MILLISEC(end);
	return meeting;
}

static const CodeMatches *
look_up(const WmoMap *map, LookUp by, Datum code, int32 service, int32 on_date)
{
	MeetingKey key = {.code = (uint64) code, .service = -1};
	Meeting *meeting;
	WmoAreaCode above;

	if (by == BY_PC4_OF_POSTCODE)
		key.code = (uint64) wmo_postcode_pc4(DatumGetInt32(code));
	if (by == BY_AREA_CODE && kept.codes != NULL && wmo_code_is_below(kept.codes, DatumGetInt64(code), &above))
	{
		by = BY_CODE_ABOVE;
		key.code = (uint64) above;
	}
	key.by = by;
	if (!is_of_area(by) && may_be_unplaced(map, service))
		key.service = service;
	meeting = meeting_on(hash_search((key.service < 0 ? &kept.lasting : &kept.passing)->table, &key, HASH_FIND, NULL),
						 on_date);
	if (meeting == NULL)
		meeting = is_of_area(by) ? find(map, &key, &code, 1, on_date) : find_postcode(map, &key, code, on_date);
	return &meeting->found;
}

const CodeMatches *
wmo_place_by_code(const WmoMap *map, CodeKind kind, Datum code, bool is_null, WmoQuestion *question)
{
	static const CodeMatches at_point = {.known = true};
	LookUp by = kind == AREA_CODE ? BY_AREA_CODE : BY_POSTCODE;
	const CodeMatches *found;

	question->has_place = false;
	if (is_null)
		return NULL;
	keep_up(map);
	if (kind == AREA_CODE && kept.codes == NULL && ++kept.codes_spent > CODES_ONE_BY_ONE)
		kept.codes = wmo_known_codes_read(kept.lasting.context);
	if (kind == POSTCODE)
	{
		read_points_when_it_pays();
		if (kept.points != NULL && wmo_postcode_has_letters(DatumGetInt32(code)))
		{
			const PostcodePoint *point = wmo_postcode_point(kept.points, DatumGetInt32(code));

			if (point != NULL && point->lone && question->on_date != WMO_MAP_NULL && point->from <= question->on_date &&
				question->on_date < point->to)
			{
				question->has_place = question->for_postcode = true;
				question->x = point->x;
				question->y = point->y;
				return &at_point;
			}
			if (point == NULL)
				by = BY_PC4_OF_POSTCODE;
		}
	}
	found = look_up(map, by, code, question->service, question->on_date);
	question->has_place = found->known;
	if (found->known)
	{
		question->matches = found->matches;
		question->match_count = found->count;
	}
	return found;
}
