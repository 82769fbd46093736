/*
 * work.h - what the rooms share that answer a question: who may be meant, and what the answer is.
 */
#ifndef WMO_CORE_MAP_WORK_H
#define WMO_CORE_MAP_WORK_H

#include "core/map/map.h"

#define NEARNESS_READ 4

typedef struct Candidate
{
	const int32_t *scope;
	const int32_t *standing;
	int32_t area; /* row; -1 for none */
	WmoCovers covers;
	int32_t nearness;
	WmoVerdict own; /* is the client its own already? */
	WmoVerdict stopped;
	int32_t stop_untold; /* why it cannot be told whether a stop holds; 0: it can */
	int32_t certainty, caution;
	bool age_missed; /* no age is given, and it is not for all ages */
	int32_t client_fault, age_fault, place_fault; /* 0 for none */
	bool beside; /* the place lies beside the drawing of its area */
	int32_t faults; /* none: it serves */
	int32_t noes; /* sure ones, a client stop among them; with faults and no noes it may serve all the same */
	int32_t denied; /* how sure the surest of the noes is; 0 without them */
	int32_t fault; /* what alone is in the way */
} Candidate;

/* What one question needs at hand. */
typedef struct Work
{
	const WmoMap *map;
	const WmoQuestion *question;
	WmoAsker *asker;
	/* of each service to the one asked for, with NEARNESS_READ where it is our reading; -1: it does not answer for it */
	int32_t *nearness;
	uint32_t *covering; /* the shapes that cover the place, each once */
	uint32_t *covering_places;
	uint32_t covering_count;
	WmoMatch *matches; /* the areas that the place meets, each once */
	uint32_t *match_places;
	uint32_t match_count;
	Candidate *candidates;
	uint32_t candidate_count;
} Work;

/* Makes room for so many items, and some more, in a piece of the asker's memory; what is new of it is zero. */
void wmo_work_grow(WmoAsker *asker, WmoAskerPiece piece, size_t count, size_t item);

/* Begins with a question, without an answer as yet. */
void wmo_work_begin(Work *work, const WmoMap *map, const WmoQuestion *question, WmoAsker *asker);

/* Makes this row of a service, or -1, the one that is asked for. */
void wmo_work_set_service(Work *work, int32_t service);

/* A new line at the end of the answer, empty but for rows that are none. */
WmoLine *wmo_work_add_line(Work *work);

/* Sorts the lines of the answer; in_order: at most 0 when the first may stand before the second. */
void wmo_work_sort_lines(Work *work, int (*in_order)(const WmoMap *map, const WmoLine *first, const WmoLine *second));

static inline void
count_steps(const Work *work, size_t steps)
{
	wmo_tick_count(&work->asker->tick, steps);
}

static inline void *
room_for(WmoAsker *asker, WmoAskerPiece piece, size_t count, size_t item)
{
	if (asker->room[piece] < count * item)
		wmo_work_grow(asker, piece, count, item);
	return asker->memory[piece];
}

/* The rows of this owner in a section. */
static inline void
count_rows(const Work *work, WmoMapSection section, uint32_t owner)
{
	const uint32_t *starts = work->map->starts[section] + owner;

	count_steps(work, 1 + starts[1] - starts[0]);
}

/*
 * The next scope of a walk whose service answers for the one asked for; NULL: there are no more. Of the hundreds of an
 * area most are of other services: where there are 430, to see that took 37 % of a question, and takes 27 % in a loop.
 */
static inline const int32_t *
next_near_scope(const Work *work, WmoScopeWalk *walk)
{
	const int32_t *nearness = work->nearness;
	size_t width = work->map->width[WMO_SCOPE];
	const int32_t *scope;

	do
	{
		const int32_t *at = walk->at, *end = walk->end;

		while (at < end && nearness[at[SCOPE_SERVICE]] < 0)
			at += width;
		walk->at = at;
		scope = wmo_map_next_scope(walk);
	} while (scope != NULL && nearness[scope[SCOPE_SERVICE]] < 0);
	return scope;
}

static inline int32_t
least(int32_t a, int32_t b)
{
	return a == 0 ? b : b == 0 ? a : a < b ? a : b;
}

static inline int32_t
greatest(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The areas that the place meets: wmo_works.areas_at. Before wmo_work_find_candidates. */
void wmo_work_find_areas(Work *work);

/*
 * How the place meets an area that a stop names, in the edition of the question's day or another one: such an area need
 * not have scopes; -1 is none, which is not met. After wmo_work_find_areas.
 */
WmoSide wmo_work_side(const Work *work, int32_t area);

/*
 * The same of an area that a subcontract names: that edition is meant, and that the work grew to the ground of the
 * edition of the day is our reading.
 */
WmoSide wmo_work_side_named(const Work *work, int32_t area);

/*
 * Is a client of current, the key of a party or WMO_MAP_NULL, already one of this provider, a row or -1:
 * by what stood on the as_of day the same party, one that it succeeded, its consortium, or a member of it? It cannot
 * be told where the provider is not named, or nothing is recorded of current. inferred: where it is, by inferred
 * sources alone; NULL: nobody asks.
 */
WmoVerdict wmo_work_is_own_client(const Work *work, int32_t provider, int32_t current, bool *inferred);

/* Every provider of every scope that the areas and the service meet, with the verdict of each rule. */
void wmo_work_find_candidates(Work *work);

/*
 * Is the registry declared complete for all of the place, the service and the day: how sure it is that the place lies
 * there, or 0: by a drawing it does not. After wmo_work_find_areas.
 */
int32_t wmo_work_declared(const Work *work);

/* The candidates of a question, in the asker's memory. */
const Candidate *wmo_map_weigh(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker, uint32_t *count);

/* Is the registry declared complete for it? */
bool wmo_map_is_declared(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker);

#endif
