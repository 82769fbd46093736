/*
 * map.h - the coverage of a registry as one flat value, and the answers that it gives without a table.
 *
 * Two segments, each with a key of its own: a grid of areas (grid.h), and the rows of the registry that a question
 * needs, packed as whole numbers. What the rows mean is said by the views that they come from (map/sections.sql); the
 * rules of the verdict stand here.
 *
 * Rows stand in sections. A row is a fixed number of 32-bit numbers: days (from 2000-01-01), keys, and the numbers of
 * rows in other sections (rows.h). A section can belong to another: its rows are in the order of their owners, and
 * start[i] is where those of owner i begin.
 */
#ifndef WMO_CORE_MAP_MAP_H
#define WMO_CORE_MAP_MAP_H

#include "core/grid/grid.h"
#include "core/verdict.h"

#define WMO_MAP_NULL INT32_MIN

/* The reference system of every map, RD New: that of wmo.area.geom. */
#define WMO_MAP_SRID 28992

/* The sections, in the order in which they stand: WMO_SERVICE and so on. */
typedef enum WmoMapSection {
#define SECTION(number, owner, owner_key) number,
#define COLUMN(number, name, kind)
#define END_SECTION(number)
#include "core/map/rows.h"
	WMO_SECTIONS,
	WMO_NO_OWNER = WMO_SECTIONS
} WmoMapSection;

/* The columns of each section: SERVICE_ID, SERVICE_CODE and so on. */
#define SECTION(number, owner, owner_key) enum {
#define COLUMN(number, name, kind) number,
#define END_SECTION(number) \
	} \
	;
#include "core/map/rows.h"

/* What a column holds. Only the last three can be -1, for none; the four kinds of words can be 0, for none. */
typedef enum WmoColumnKind {
	COLUMN_NUMBER, /* WMO_MAP_NULL for none */
	COLUMN_NUMBER_OR_LAST, /* INT32_MAX for none: after every number */
	COLUMN_DAY, /* from 2000-01-01, also infinite; WMO_MAP_NULL for none */
	COLUMN_FLAG, /* 0 or 1 */
	COLUMN_STRING, /* where it begins in the pool */
	COLUMN_CERTAINTY,
	COLUMN_REASON,
	COLUMN_ROLE,
	COLUMN_END_KIND,
	COLUMN_SERVICE, /* the number of a row there, as are those below */
	COLUMN_PARTY,
	COLUMN_AREA,
	COLUMN_SHAPE,
	COLUMN_CONTRACT,
	COLUMN_COURSE,
	COLUMN_SERVICE_OR_NONE,
	COLUMN_PARTY_OR_NONE,
	COLUMN_AREA_OR_NONE
} WmoColumnKind;

typedef struct WmoColumn
{
	const char *name; /* in the view of the section; NULL: given when the map is compiled */
	WmoColumnKind kind;
} WmoColumn;

typedef struct WmoSectionPlan
{
	const WmoColumn *columns;
	uint32_t width; /* how many there are */
	WmoMapSection owner; /* or WMO_NO_OWNER */
	uint32_t owner_key; /* the column that holds the first column of the owner's row */
} WmoSectionPlan;

extern const WmoSectionPlan wmo_section_plan[WMO_SECTIONS];

/* The section whose rows a column of this kind numbers; WMO_SECTIONS where it numbers no rows. */
WmoMapSection wmo_column_section(WmoColumnKind kind);

/*
 * The words of the SQL enums wmo.certainty, wmo.reason and wmo.provider_role, in their order, from number 1 (compiling
 * a map holds them to these), and what wmo.end_kind and map_standing say. The last of each is how many there are.
 */
enum {
	WMO_CERTAINTY_CERTAIN = 1,
	WMO_CERTAINTY_UNCONTESTED,
	WMO_CERTAINTY_PROVISIONAL,
	WMO_CERTAINTY_CONTESTED,
	WMO_CERTAINTY_OPTION,
	WMO_CERTAINTY_END_UNKNOWN,
	WMO_CERTAINTY_INFERRED,
	WMO_CERTAINTY_SCHEMATIC,
	WMO_CERTAINTY_UNKNOWN,
	WMO_CERTAINTIES = WMO_CERTAINTY_UNKNOWN
};
enum {
	WMO_REASON_CLIENT_STOP = 1,
	WMO_REASON_EXISTING_CLIENTS_ONLY,
	WMO_REASON_AGE_OUTSIDE_BAND,
	WMO_REASON_AGE_NOT_GIVEN,
	WMO_REASON_AWARD_NOT_FINAL,
	WMO_REASON_AWARD_STATUS_UNKNOWN,
	WMO_REASON_NOT_STARTED,
	WMO_REASON_SUSPENDED,
	WMO_REASON_TERMINATED,
	WMO_REASON_ENDED,
	WMO_REASON_OPTION_OPEN,
	WMO_REASON_OPTION_DECLINED,
	WMO_REASON_OPTION_NOT_KNOWN_EXERCISED,
	WMO_REASON_EXTENDED_LATE,
	WMO_REASON_EXTENDED_BY_AGREEMENT,
	WMO_REASON_EXTENSION_RECEIPT_UNKNOWN,
	WMO_REASON_SIGNED_EARLY,
	WMO_REASON_AWARD_CONTRADICTED,
	WMO_REASON_KNOWN_SINCE_UNKNOWN,
	WMO_REASON_FIRST_DAY_UNKNOWN,
	WMO_REASON_SUPPLIER_CHANGED,
	WMO_REASON_AWARD_WITHDRAWN,
	WMO_REASON_AWARD_ANNULLED,
	WMO_REASON_NOT_AWARDED,
	WMO_REASON_NOT_KNOWN_YET,
	WMO_REASON_PROVIDERS_NOT_NAMED,
	WMO_REASON_AREAS_NOT_NAMED,
	WMO_REASON_AREA_WITHOUT_SHAPE,
	WMO_REASON_NATIONALLY_ACCESSIBLE,
	WMO_REASON_SERVICE_NOT_CONTRACTED,
	WMO_REASON_OUTSIDE_ALL_AREAS,
	WMO_REASON_BEFORE_REGISTRY,
	WMO_REASON_REGISTRY_IS_EMPTY,
	WMO_REASON_QUESTION_INCOMPLETE,
	WMO_REASON_OTHER_EDITION,
	WMO_REASONS = WMO_REASON_OTHER_EDITION
};
enum {
	WMO_ROLE_MAIN = 1,
	WMO_ROLE_CONTRACTED,
	WMO_ROLE_MEMBER,
	WMO_ROLE_SUBCONTRACTOR,
	WMO_ROLES = WMO_ROLE_SUBCONTRACTOR
};
enum {
	WMO_END_KIND_DAY = 1,
	WMO_END_KIND_OPEN,
	WMO_END_KIND_UNKNOWN,
	WMO_END_KIND_INFERRED, /* a day, by our reading of a source */
	WMO_END_KINDS = WMO_END_KIND_INFERRED
};

extern const char *const wmo_certainty_word[WMO_CERTAINTIES + 1];
extern const char *const wmo_reason_word[WMO_REASONS + 1];
extern const char *const wmo_role_word[WMO_ROLES + 1];
extern const char *const wmo_end_kind_word[WMO_END_KINDS + 1];

#define WMO_MAP_MAGIC 0x574D4F43u
#define WMO_MAP_VERSION 12u

typedef struct WmoMapPart
{
	uint64_t rows_at; /* from the start of the map */
	uint64_t starts_at; /* 0 without owner */
	uint64_t count;
} WmoMapPart;

/* Where and when a map was made of a registry; all zero and WMO_MAP_NULL in one that was never a value. */
#define WMO_MAP_DATABASE_SIZE 64
typedef struct WmoMapOrigin
{
	uint64_t server; /* its system identifier */
	int32_t made_on; /* the day; WMO_MAP_NULL: not told */
	int32_t edition; /* its number, where it was published; else 0 */
	char database[WMO_MAP_DATABASE_SIZE]; /* its name, and zero bytes */
} WmoMapOrigin;

typedef struct WmoMapHeader
{
	uint32_t magic;
	uint32_t version;
	uint64_t size;
	uint64_t rows_key; /* of everything but the grid */
	uint64_t grid_key;
	uint64_t grid_at;
	uint64_t grid_size;
	uint64_t pool_at;
	uint64_t pool_size;
	int32_t srid;
	int32_t first_day; /* of the first contract that is recorded; none: WMO_MAP_NULL */
	WmoMapPart part[WMO_SECTIONS];
	WmoMapOrigin origin;
} WmoMapHeader;

/*
 * Some contracts as they are now, over a map that has them as they were. Their rows stand here, in the format of its
 * sections, and number the other rows of that map; their own contracts and courses, and the strings of these, are
 * numbered after those of the map.
 */
typedef struct WmoOver
{
	const int32_t *contracts; /* in the order of their keys */
	const int32_t *scopes; /* in the order of their areas */
	const int32_t *standing; /* in the order of their courses */
	const int32_t *stops; /* in the order of their contracts */
	const uint32_t *scope_starts; /* of each area of the map, of those without an area, and the end */
	const uint32_t *standing_starts; /* of each course, and the end */
	const uint32_t *stop_starts; /* of each contract, and the end */
	const char *pool;
	const uint8_t *gone; /* a bit for each contract of the map: its rows there count for nothing */
	uint32_t gone_count;
	uint32_t contract_count;
	uint32_t looked_at; /* contracts, those that are there no more among them */
	int32_t first_day; /* in place of the map's */
} WmoOver;

/* A map that is open for questions. */
typedef struct WmoMap
{
	const WmoMapHeader *header;
	const int32_t *rows[WMO_SECTIONS];
	const uint32_t *starts[WMO_SECTIONS];
	uint32_t count[WMO_SECTIONS];
	uint32_t width[WMO_SECTIONS];
	const char *pool;
	WmoGrid grid;
	const WmoOver *over; /* NULL: the map is as it is */
} WmoMap;

/*
 * Gives scopes that stand alike one course. On entry the rows of standing are in the order of their scopes and hold
 * the number of the scope in the column STANDING_COURSE; on return those that are left hold that of their course, and
 * name no area when it is their scope's own. first gets the first row of each course and has room for one more than
 * the scopes; slots is working memory, a power of two of them and more than the scopes. Returns the number of courses.
 */
uint32_t wmo_course_share(int32_t *scopes, uint32_t scope_count, int32_t *standing, uint32_t standing_count,
						  uint32_t *first, uint32_t *slots, uint32_t slot_count, WmoTick *tick);

/* The key of a segment: a hash of its bytes. */
uint64_t wmo_map_segment_key(const uint8_t *bytes, size_t size);

/* The key of the rows: of all that stands before the grid, the key itself left out. */
uint64_t wmo_map_rows_key(const uint8_t *bytes);

/*
 * The one checker: true when bytes, aligned to eight, are a whole map of this version and byte order in which no
 * question leaves the bounds. It allocates nothing, and the host is asked meanwhile whether to go on.
 */
bool wmo_map_check(const uint8_t *bytes, size_t size, WmoTick *tick);

/*
 * Opens segments that were checked, or that were just compiled: the rows, which begin with the header, and the grid. In
 * a flat map the grid stands at header->grid_at. False when the grid is one of other areas than the rows.
 */
bool wmo_map_open(WmoMap *map, const uint8_t *rows, const uint8_t *grid);

static inline const int32_t *
wmo_map_row(const WmoMap *map, WmoMapSection section, uint32_t number)
{
	if (section == WMO_CONTRACT && number >= map->count[WMO_CONTRACT] && map->over != NULL)
		return map->over->contracts + (size_t) (number - map->count[WMO_CONTRACT]) * map->width[WMO_CONTRACT];
	return map->rows[section] + (size_t) number * map->width[section];
}

/* A string of a row. */
static inline const char *
wmo_map_string(const WmoMap *map, int32_t at)
{
	uint64_t size = map->header->pool_size;

	return map->over != NULL && (uint64_t) at >= size ? map->over->pool + ((uint64_t) at - size) : map->pool + at;
}

/* How many contracts there are, and the first day of the first of them; none: WMO_MAP_NULL. */
static inline uint32_t
wmo_map_contracts(const WmoMap *map)
{
	return map->count[WMO_CONTRACT] + (map->over == NULL ? 0 : map->over->contract_count - map->over->gone_count);
}

static inline int32_t
wmo_map_first_day(const WmoMap *map)
{
	return map->over == NULL ? map->header->first_day : map->over->first_day;
}

/* The scopes of an area, or, with the number of areas, those without one. */
typedef struct WmoScopeWalk
{
	const WmoMap *map;
	const int32_t *at, *end;
	const int32_t *over, *over_end; /* those that come after; NULL: there are none, or these are they */
	bool is_over;
} WmoScopeWalk;

static inline WmoScopeWalk
wmo_map_scopes(const WmoMap *map, uint32_t area)
{
	const uint32_t *starts = map->starts[WMO_SCOPE] + area;
	uint32_t end = area < map->count[WMO_AREA] ? starts[1] : map->count[WMO_SCOPE];
	WmoScopeWalk walk = {map,  wmo_map_row(map, WMO_SCOPE, starts[0]), wmo_map_row(map, WMO_SCOPE, end), NULL, NULL,
						 false};

	if (map->over != NULL)
	{
		walk.over = map->over->scopes + (size_t) map->over->scope_starts[area] * map->width[WMO_SCOPE];
		walk.over_end = map->over->scopes + (size_t) map->over->scope_starts[area + 1] * map->width[WMO_SCOPE];
	}
	return walk;
}

/* The next of them; NULL: there are no more. */
static inline const int32_t *
wmo_map_next_scope(WmoScopeWalk *walk)
{
	for (;;)
	{
		const int32_t *scope = walk->at;
		int32_t contract;

		if (scope == walk->end)
		{
			if (walk->over == NULL)
				return NULL;
			walk->at = walk->over;
			walk->end = walk->over_end;
			walk->over = NULL;
			walk->is_over = true;
			continue;
		}
		walk->at += walk->map->width[WMO_SCOPE];
		if (walk->map->over == NULL || walk->is_over)
			return scope;
		contract = scope[SCOPE_CONTRACT];
		if ((walk->map->over->gone[contract / 8] >> contract % 8 & 1) == 0)
			return scope;
	}
}

/* ---- questions ---- */

/* How much of what was asked a match or a line covers. */
typedef enum WmoCovers { WMO_COVERS_UNTOLD, WMO_COVERS_WHOLE, WMO_COVERS_PART } WmoCovers;

/* How an area is met by one kind of scopes. */
typedef struct WmoSide
{
	bool met;
	bool told; /* it is known how much of what was asked the area covers */
	bool whole;
	bool faultless; /* met otherwise than as an area without shape */
	int32_t certainty; /* the surest; 0 for none */
} WmoSide;

/* An area that the question meets, for scopes pinned to that edition and for scopes that follow its code. */
typedef struct WmoMatch
{
	uint32_t area;
	WmoSide pinned;
	WmoSide follows;
} WmoMatch;

/* One meeting. certainty 0: not known; without_shape: it is met only because nobody can tell. */
WmoSide wmo_match_side(WmoCovers covers, int32_t certainty, bool without_shape);

/* An area that is met so by scopes pinned to that edition, by scopes that follow its code, or by both. */
WmoMatch wmo_match(uint32_t area, WmoSide side, bool pinned, bool follows);

/*
 * Adds a meeting to matches, which must have room for one more: the meetings of one area become one. places has a
 * number for each area of the map, whatever it holds at first. Returns the number of matches.
 */
uint32_t wmo_match_add(WmoMatch *matches, uint32_t count, uint32_t *places, const WmoMatch *meeting);

typedef struct WmoQuestion
{
	bool has_place; /* x and y, or else the matches */
	bool for_postcode; /* x and y are the only point that is known of a postcode: wmo_works.areas_of_postcodes */
	double x, y;
	const WmoMatch *matches; /* of an area each; NULL: find them by x and y */
	uint32_t match_count;
	int32_t service; /* row; -1 for a question without service */
	int32_t on_date, as_of, client_since; /* WMO_MAP_NULL: not told */
	int32_t age; /* WMO_MAP_NULL: not told */
	int32_t current_provider; /* party id; WMO_MAP_NULL: none */
} WmoQuestion;

/* May a client stay with its provider? */
typedef enum WmoStay { WMO_STAYS_WITH_IT, WMO_STAYS_WITH_ITS_KIN, WMO_STAYS_NOT } WmoStay;

typedef struct WmoLine
{
	bool found;
	WmoStay stay;
	WmoCovers covers;
	int32_t rank;
	int32_t provider, service, contract, area; /* rows; -1 for none */
	int32_t role, certainty, reason; /* 0 for none */
	const int32_t *standing; /* NULL for none: ages and period */
} WmoLine;

/* The pieces of an asker's memory. */
typedef enum WmoAskerPiece {
	WMO_ASKER_COVERING, /* numbers of shapes */
	WMO_ASKER_COVERING_PLACES, /* of each shape: its place among them */
	WMO_ASKER_MATCHES,
	WMO_ASKER_MATCH_PLACES, /* of each area: its place among them */
	WMO_ASKER_NEARNESS, /* of each service */
	WMO_ASKER_CANDIDATES,
	WMO_ASKER_LINES,
	WMO_ASKER_PIECES
} WmoAskerPiece;

/*
 * Working memory of one asker, kept from question to question and from map to map. What one question left in it is
 * looked at by the next one and never believed: no key says that two maps are the same.
 */
typedef struct WmoAsker
{
	void *(*resize)(void *context, void *memory, size_t size); /* never returns NULL; may leave by longjmp */
	void *context;
	WmoTick tick; /* asked whether a question goes on */
	void *memory[WMO_ASKER_PIECES];
	size_t room[WMO_ASKER_PIECES];
	WmoLine *lines;
	uint32_t line_count;
	bool complete; /* of an answer: nobody serves but who is found in its lines */
	bool meets_nothing; /* of an answer: its reason hangs on what is recorded of others and of other days */
} WmoAsker;

/*
 * The first row of a service by its code, in which no byte is zero, or -1. Where one was found last is not remembered:
 * bytes that were made to deceive can have a code twice, and an answer must not hang on what was asked before.
 */
int32_t wmo_map_service(const WmoMap *map, const char *code, size_t length, WmoAsker *asker);

/* The row of a section with this key in its first column, by which its rows ascend, or -1. */
int32_t wmo_map_find(const WmoMap *map, WmoMapSection section, int32_t key);

/*
 * Fills asker->lines with the answer, in order, and says whether it is complete. Its steps grow with the rows of the
 * map that the question meets, and with the square of the candidates that they make; the host is asked on the way
 * whether to go on.
 */
void wmo_map_ask(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker);

/* The one main or only provider among the lines: its row, or -1. */
int32_t wmo_answer_only_provider(const WmoAsker *asker);

/* The lines in one word, for a new client. */
typedef enum WmoAnswerWord {
	WMO_ANSWER_ONE,
	WMO_ANSWER_SEVERAL,
	WMO_ANSWER_UNNAMED,
	WMO_ANSWER_EXISTING_ONLY,
	WMO_ANSWER_NONE, /* for the nearest reason among the lines */
	WMO_ANSWER_CANNOT_TELL /* and nobody is known, for that reason */
} WmoAnswerWord;

WmoAnswerWord wmo_answer_word(const WmoAsker *asker, int32_t *reason);

/* ---- contracts behind product codes ---- */

/*
 * Fills asker->lines with the contracts (contract, role, certainty and reason) under which the provider with this AGB
 * code could deliver this product, in whose code no byte is zero, on the day; the question gives the matches of the
 * municipality, the days and the age.
 */
void wmo_map_ask_contracts(const WmoMap *map, const WmoQuestion *asked, int32_t agb, const char *product, size_t length,
						   WmoAsker *asker);

/*
 * Was the product contracted with that provider: yes, by a contract that is there for sure; no, where enough is known
 * to say that there is no such contract: the registry declared complete, both codes recorded, every provider named,
 * nothing of its own uncertain?
 */
WmoVerdict wmo_map_ask_product(const WmoMap *map, const WmoQuestion *asked, int32_t agb, const char *product,
							   size_t length, WmoAsker *asker);

/*
 * Was the service of the question contracted with the provider with this AGB code, for all of the place?
 * A part of the place or of the service leaves it open. The question has no current provider of its own. weakest: how
 * sure it must be, for a no, that the place lies where the registry is declared complete.
 */
WmoVerdict wmo_map_ask_contracted(const WmoMap *map, const WmoQuestion *asked, int32_t agb, int32_t weakest,
								  WmoAsker *asker);

#endif
