/*
 * map.c - the parts of a coverage map, its checker and how it is opened.
 *
 * The checker trusts nothing. What it accepts: parts that stand where they must, each row's numbers within the sections
 * and words that they name, owners whose rows follow one another, a pool that ends with a zero byte, a grid of as many
 * areas as there are shapes, and the keys of these very bytes. All that answers questions relies on that, and on no
 * more: days, keys of rows and the order of rows are whatever a map says.
 */
#include "core/map/map.h"
#include "core/iso.h"

#include <string.h>

#define SECTION(number, owner, owner_key) static const WmoColumn number##_COLUMNS[] = {
#define COLUMN(number, name, kind) {name, kind},
#define END_SECTION(number) \
	} \
	;
#include "core/map/rows.h"

const WmoSectionPlan wmo_section_plan[WMO_SECTIONS] = {
#define SECTION(number, owner, owner_key) \
	[number] = {number##_COLUMNS, sizeof(number##_COLUMNS) / sizeof(WmoColumn), owner, owner_key},
#define COLUMN(number, name, kind)
#define END_SECTION(number)
#include "core/map/rows.h"
};

WmoMapSection
wmo_column_section(WmoColumnKind kind)
{
	switch (kind)
	{
		case COLUMN_SERVICE:
		case COLUMN_SERVICE_OR_NONE:
			return WMO_SERVICE;
		case COLUMN_PARTY:
		case COLUMN_PARTY_OR_NONE:
			return WMO_PARTY;
		case COLUMN_AREA:
		case COLUMN_AREA_OR_NONE:
			return WMO_AREA;
		case COLUMN_SHAPE:
			return WMO_SHAPE;
		case COLUMN_CONTRACT:
			return WMO_CONTRACT;
		case COLUMN_COURSE:
			return WMO_COURSE;
		default:
			return WMO_SECTIONS;
	}
}

const char *const wmo_certainty_word[WMO_CERTAINTIES + 1] =
	{[WMO_CERTAINTY_CERTAIN] = "certain",		  [WMO_CERTAINTY_UNCONTESTED] = "uncontested",
	 [WMO_CERTAINTY_PROVISIONAL] = "provisional", [WMO_CERTAINTY_CONTESTED] = "contested",
	 [WMO_CERTAINTY_OPTION] = "option",			  [WMO_CERTAINTY_END_UNKNOWN] = "end_unknown",
	 [WMO_CERTAINTY_INFERRED] = "inferred",		  [WMO_CERTAINTY_SCHEMATIC] = "schematic",
	 [WMO_CERTAINTY_UNKNOWN] = "unknown"};

const char *const wmo_reason_word[WMO_REASONS + 1] =
	{[WMO_REASON_CLIENT_STOP] = "client_stop",
	 [WMO_REASON_EXISTING_CLIENTS_ONLY] = "existing_clients_only",
	 [WMO_REASON_AGE_OUTSIDE_BAND] = "age_outside_band",
	 [WMO_REASON_AGE_NOT_GIVEN] = "age_not_given",
	 [WMO_REASON_AWARD_NOT_FINAL] = "award_not_final",
	 [WMO_REASON_AWARD_STATUS_UNKNOWN] = "award_status_unknown",
	 [WMO_REASON_NOT_STARTED] = "not_started",
	 [WMO_REASON_SUSPENDED] = "suspended",
	 [WMO_REASON_TERMINATED] = "terminated",
	 [WMO_REASON_ENDED] = "ended",
	 [WMO_REASON_OPTION_OPEN] = "option_open",
	 [WMO_REASON_OPTION_DECLINED] = "option_declined",
	 [WMO_REASON_OPTION_NOT_KNOWN_EXERCISED] = "option_not_known_exercised",
	 [WMO_REASON_EXTENDED_LATE] = "extended_late",
	 [WMO_REASON_EXTENDED_BY_AGREEMENT] = "extended_by_agreement",
	 [WMO_REASON_EXTENSION_RECEIPT_UNKNOWN] = "extension_receipt_unknown",
	 [WMO_REASON_SIGNED_EARLY] = "signed_early",
	 [WMO_REASON_AWARD_CONTRADICTED] = "award_contradicted",
	 [WMO_REASON_KNOWN_SINCE_UNKNOWN] = "known_since_unknown",
	 [WMO_REASON_FIRST_DAY_UNKNOWN] = "first_day_unknown",
	 [WMO_REASON_SUPPLIER_CHANGED] = "supplier_changed",
	 [WMO_REASON_AWARD_WITHDRAWN] = "award_withdrawn",
	 [WMO_REASON_AWARD_ANNULLED] = "award_annulled",
	 [WMO_REASON_NOT_AWARDED] = "not_awarded",
	 [WMO_REASON_NOT_KNOWN_YET] = "not_known_yet",
	 [WMO_REASON_PROVIDERS_NOT_NAMED] = "providers_not_named",
	 [WMO_REASON_AREAS_NOT_NAMED] = "areas_not_named",
	 [WMO_REASON_AREA_WITHOUT_SHAPE] = "area_without_shape",
	 [WMO_REASON_NATIONALLY_ACCESSIBLE] = "nationally_accessible",
	 [WMO_REASON_SERVICE_NOT_CONTRACTED] = "service_not_contracted",
	 [WMO_REASON_OUTSIDE_ALL_AREAS] = "outside_all_areas",
	 [WMO_REASON_BEFORE_REGISTRY] = "before_registry",
	 [WMO_REASON_REGISTRY_IS_EMPTY] = "registry_is_empty",
	 [WMO_REASON_QUESTION_INCOMPLETE] = "question_incomplete",
	 [WMO_REASON_OTHER_EDITION] = "other_edition"};

const char *const wmo_role_word[WMO_ROLES + 1] = {[WMO_ROLE_MAIN] = "main",
												  [WMO_ROLE_CONTRACTED] = "contracted",
												  [WMO_ROLE_MEMBER] = "member",
												  [WMO_ROLE_SUBCONTRACTOR] = "subcontractor"};

const char *const wmo_end_kind_word[WMO_END_KINDS + 1] = {[WMO_END_KIND_DAY] = "day",
														  [WMO_END_KIND_OPEN] = "open",
														  [WMO_END_KIND_UNKNOWN] = "unknown",
														  [WMO_END_KIND_INFERRED] = "inferred"};

static inline uint64_t
mix(uint64_t key, uint64_t word, int shift)
{
	key = (key ^ word) * 0xD6E8FEB86659FD93u;
	return key ^ key >> shift;
}

/*
 * Four keys side by side: a multiplication waits for the one before it, not for the three beside it. With one shift for
 * all of them compilers make vectors, which multiply more slowly.
 */
uint64_t
wmo_map_segment_key(const uint8_t *bytes, size_t size)
{
	uint64_t a = 0x9E3779B97F4A7C15u ^ size, b = 0xC2B2AE3D27D4EB4Fu, c = 0x165667B19E3779F9u, d = 0x27D4EB2F165667C5u;

	for (size_t at = 0; at < size; at += 32)
	{
		uint64_t words[4];

		if (size - at >= sizeof(words))
			memcpy(words, bytes + at, sizeof(words));
		else
		{
			memset(words, 0, sizeof(words));
			memcpy(words, bytes + at, size - at);
		}
		a = mix(a, words[0], 29);
		b = mix(b, words[1], 30);
		c = mix(c, words[2], 31);
		d = mix(d, words[3], 32);
	}
	return mix(mix(mix(a, b, 32), c, 32), d, 32);
}

uint64_t
wmo_map_rows_key(const uint8_t *bytes)
{
	WmoMapHeader header;

	memcpy(&header, bytes, sizeof(header));
	header.rows_key = 0;
	return wmo_map_segment_key((const uint8_t *) &header, sizeof(header)) ^
		wmo_map_segment_key(bytes + sizeof(header), (size_t) header.grid_at - sizeof(header));
}

/* ---- the checker ---- */

static bool
check_number(const WmoMap *map, WmoColumnKind kind, int32_t value)
{
	switch (kind)
	{
		case COLUMN_NUMBER:
		case COLUMN_NUMBER_OR_LAST:
		case COLUMN_DAY:
			return true;
		case COLUMN_FLAG:
			return value == 0 || value == 1;
		case COLUMN_STRING:
			return value >= 0 && (uint64_t) value < map->header->pool_size;
		case COLUMN_CERTAINTY:
			return value >= 0 && value <= WMO_CERTAINTIES;
		case COLUMN_REASON:
			return value >= 0 && value <= WMO_REASONS;
		case COLUMN_ROLE:
			return value >= 0 && value <= WMO_ROLES;
		case COLUMN_END_KIND:
			return value >= 0 && value <= WMO_END_KINDS;
		default:
			return value >= (kind >= COLUMN_SERVICE_OR_NONE ? -1 : 0) &&
				value < (int64_t) map->count[wmo_column_section(kind)];
	}
}

static bool
check_section(const WmoMap *map, int section, WmoTick *tick)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	const int32_t *row = map->rows[section];

	for (uint32_t i = 0; i < map->count[section]; i++, row += map->width[section])
	{
		wmo_tick_count(tick, map->width[section]);
		for (uint32_t j = 0; j < map->width[section]; j++)
			if (!check_number(map, plan->columns[j].kind, row[j]))
				return false;
	}
	if (plan->owner != WMO_NO_OWNER)
	{
		const uint32_t *starts = map->starts[section];

		for (uint32_t i = 0; i < map->count[plan->owner]; i++)
			if (starts[i] > starts[i + 1])
				return false;
		if (starts[0] != 0 || starts[map->count[plan->owner]] > map->count[section])
			return false;
	}
	return true;
}

/* Where a map says that its parts are must be where they are: one after the other, each padded to eight bytes. */
static bool
check_places(const WmoMapHeader *header, size_t size)
{
	uint64_t at = sizeof(WmoMapHeader);

	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];
		uint64_t bytes = header->part[i].count * plan->width * 4;

		if (header->part[i].count > INT32_MAX || header->part[i].rows_at != at)
			return false;
		at += (bytes + 7) / 8 * 8;
		if (header->part[i].starts_at != (plan->owner != WMO_NO_OWNER ? at : 0))
			return false;
		if (plan->owner != WMO_NO_OWNER)
			at += ((header->part[plan->owner].count + 1) * 4 + 7) / 8 * 8;
		if (at > size)
			return false;
	}
	return header->pool_at == at && header->pool_size > 0 && header->pool_size <= INT32_MAX &&
		header->pool_size % 8 == 0 && header->grid_at == at + header->pool_size && header->grid_at <= size &&
		header->grid_size == size - header->grid_at;
}

static bool
check_origin(const WmoMapOrigin *origin)
{
	if (origin->made_on != WMO_MAP_NULL &&
		(origin->made_on > WMO_ISO_DAY_MAX || !wmo_iso_holds_day(origin->made_on + WMO_DAY_OF_PG_EPOCH)))
		return false;
	return origin->edition >= 0 && origin->database[WMO_MAP_DATABASE_SIZE - 1] == 0;
}

bool
wmo_map_check(const uint8_t *bytes, size_t size, WmoTick *tick)
{
	WmoMapHeader header;
	WmoMap map;

	if (size < sizeof(WmoMapHeader) || (uintptr_t) bytes % 8 != 0)
		return false;
	memcpy(&header, bytes, sizeof(header));
	if (header.magic != WMO_MAP_MAGIC || header.version != WMO_MAP_VERSION || header.size != size ||
		header.srid != WMO_MAP_SRID || !check_origin(&header.origin) || !check_places(&header, size) ||
		bytes[header.pool_at + header.pool_size - 1] != 0 ||
		!wmo_grid_check(bytes + header.grid_at, (size_t) header.grid_size, tick) ||
		header.grid_key != wmo_map_segment_key(bytes + header.grid_at, (size_t) header.grid_size) ||
		header.rows_key != wmo_map_rows_key(bytes))
		return false;
	if (!wmo_map_open(&map, bytes, bytes + header.grid_at))
		return false;
	for (int i = 0; i < WMO_SECTIONS; i++)
		if (!check_section(&map, i, tick))
			return false;
	return true;
}

bool
wmo_map_open(WmoMap *map, const uint8_t *rows, const uint8_t *grid)
{
	const WmoMapHeader *header = (const void *) rows;

	map->header = header;
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		map->rows[i] = (const void *) (rows + header->part[i].rows_at);
		map->starts[i] = (const void *) (rows + header->part[i].starts_at);
		map->count[i] = (uint32_t) header->part[i].count;
		map->width[i] = wmo_section_plan[i].width;
	}
	map->pool = (const char *) rows + header->pool_at;
	map->over = NULL;
	wmo_grid_open(&map->grid, grid);
	return map->grid.area_count == map->count[WMO_SHAPE];
}

int32_t
wmo_map_find(const WmoMap *map, WmoMapSection section, int32_t key)
{
	uint32_t low = 0;
	uint32_t high = map->count[section];

	while (low < high)
	{
		uint32_t middle = low + (high - low) / 2;
		int32_t found = wmo_map_row(map, section, middle)[0];

		if (found == key)
			return (int32_t) middle;
		if (found < key)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}
