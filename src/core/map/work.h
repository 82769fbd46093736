/*
 * work.h - what the rooms share that answer a question: who may be meant, and what the answer is.
 */
#ifndef WMO_CORE_MAP_WORK_H
#define WMO_CORE_MAP_WORK_H

#include "core/map/map.h"

typedef struct Candidate
{
	const int32_t *scope;
	const int32_t *standing;
	int32_t area; /* row; -1 for none */
	WmoCovers covers;
	int32_t nearness;
	WmoVerdict stopped;
	int32_t certainty, caution;
	int32_t client_fault, place_fault, faults, fault;
} Candidate;

/* What one question needs at hand. */
typedef struct Work
{
	const WmoMap *map;
	const WmoQuestion *question;
	WmoAsker *asker;
	uint32_t *covering; /* the shapes that cover the place */
	uint32_t covering_count;
	const WmoMatch *matches;
	uint32_t match_count;
	Candidate *candidates;
	uint32_t candidate_count;
} Work;

static inline void
begin_work(Work *work, const WmoMap *map, const WmoQuestion *question, WmoAsker *asker)
{
	*work = (Work) {.map = map, .question = question, .asker = asker};
	asker->line_count = 0;
}

static inline void *
room_for(WmoAsker *asker, WmoAskerPiece piece, size_t count, size_t item)
{
	if (asker->room[piece] < count * item)
	{
		size_t size = (count + count / 2 + 16) * item;

		asker->memory[piece] = asker->resize(asker->context, asker->memory[piece], size);
		asker->room[piece] = size;
	}
	return asker->memory[piece];
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

/* The areas that the place meets: wmo.areas_at. Before wmo_work_find_candidates. */
void wmo_work_find_areas(Work *work);

/* Every provider of every scope that the areas and the service meet, with the verdict of each rule: wmo.candidates. */
void wmo_work_find_candidates(Work *work);

#endif
