/*
 * coverage_work.h - what the two rooms share that answer a question: who may be meant, and what the answer is.
 */
#ifndef WMO_CORE_COVERAGE_WORK_H
#define WMO_CORE_COVERAGE_WORK_H

#include "core/coverage.h"

/* The numbers of the words, in the order of wmo_certainty_word, wmo_reason_word and wmo_role_word. */
enum
{
	CERTAIN = 1, UNCONTESTED, PROVISIONAL, CONTESTED, OPTION, END_UNKNOWN, INFERRED, SCHEMATIC, UNKNOWN
};
enum
{
	CLIENT_STOP = 1, EXISTING_CLIENTS_ONLY, AGE_OUTSIDE_BAND, AWARD_NOT_FINAL, AWARD_STATUS_UNKNOWN, NOT_STARTED,
	SUSPENDED, TERMINATED, ENDED, OPTION_OPEN, OPTION_DECLINED, OPTION_NOT_KNOWN_EXERCISED, EXTENDED_LATE,
	EXTENDED_BY_AGREEMENT, AWARD_WITHDRAWN, AWARD_ANNULLED, NOT_AWARDED, PROVIDERS_NOT_NAMED, AREAS_NOT_NAMED,
	AREA_WITHOUT_SHAPE, NATIONALLY_ACCESSIBLE, SERVICE_NOT_CONTRACTED, OUTSIDE_ALL_AREAS, BEFORE_REGISTRY,
	QUESTION_INCOMPLETE, OTHER_EDITION
};
enum
{
	MAIN = 1, CONTRACTED, MEMBER, SUBCONTRACTOR
};

_Static_assert((int) UNKNOWN == WMO_CERTAINTIES && (int) OTHER_EDITION == WMO_REASONS &&
			   (int) SUBCONTRACTOR == WMO_ROLES, "every word has a number");

typedef enum Truth
{
	NO,
	YES,
	NOT_KNOWN /* null */
} Truth;

typedef struct Candidate
{
	const int32_t *scope;
	const int32_t *standing;
	int32_t area; /* row; -1 for none */
	WmoCovers covers;
	int32_t nearness;
	Truth stopped;
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
room_for(WmoAsker *asker, int which, size_t count, size_t item)
{
	if (asker->room[which] < count * item)
	{
		size_t size = (count + count / 2 + 16) * item;

		asker->memory[which] = asker->resize(asker->context, asker->memory[which], size);
		asker->room[which] = size;
	}
	return asker->memory[which];
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

/* The areas that the place meets: wmo_works.areas_at. Before wmo_find_candidates. */
void wmo_find_areas(Work *work);

/* Every provider of every scope that the areas and the service meet, with the verdict of each rule: wmo_works.candidates. */
void wmo_find_candidates(Work *work);

#endif
