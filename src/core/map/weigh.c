/*
 * weigh.c - the one place that weighs a question: whom the areas and the service meet, and what speaks against each.
 *
 * Relies on a map that the checker has proved (map.c): every number of a row in it is one of a row that is there. The
 * service of a question is a row of this very map.
 */
#include "core/map/work.h"

#include <string.h>

/* ---- services ---- */

/* Is this the code of that service? */
static bool
is_service(const WmoMap *map, uint32_t row, const char *code, size_t length)
{
	const char *known = map->pool + wmo_map_row(map, WMO_SERVICE, row)[SERVICE_CODE];

	return strncmp(known, code, length) == 0 && known[length] == '\0';
}

int32_t
wmo_map_service(const WmoMap *map, const char *code, size_t length, WmoAsker *asker)
{
	for (uint32_t i = 0; i < map->count[WMO_SERVICE]; i++)
	{
		wmo_tick_count(&asker->tick, 1 + length / 16);
		if (is_service(map, i, code, length))
			return (int32_t) i;
	}
	return -1;
}

typedef enum Width { NOT_WIDER, WIDER, WIDER_BY_READING } Width;

/* Is this service the other one, or wider: surely, or by our reading of a source? */
static Width
how_wide(const Work *work, int32_t wide, int32_t service)
{
	const WmoMap *map = work->map;

	if (wide == service)
		return WIDER;
	count_rows(work, WMO_FAMILY, (uint32_t) service);
	for (uint32_t i = map->starts[WMO_FAMILY][service]; i < map->starts[WMO_FAMILY][service + 1]; i++)
	{
		const int32_t *member = wmo_map_row(map, WMO_FAMILY, i);

		if (member[FAMILY_MEMBER] == wide)
			return member[FAMILY_NEARNESS] >= 2 ? NOT_WIDER : member[FAMILY_INFERRED] ? WIDER_BY_READING : WIDER;
	}
	return NOT_WIDER;
}

static bool
is_wider(const Work *work, int32_t wide, int32_t service)
{
	return how_wide(work, wide, service) != NOT_WIDER;
}

/* Is it our reading of a source which services cover this one? Then a contract for another one may. */
static bool
is_placed_by_reading(const Work *work, int32_t service)
{
	const WmoMap *map = work->map;

	count_rows(work, WMO_FAMILY, (uint32_t) service);
	for (uint32_t i = map->starts[WMO_FAMILY][service]; i < map->starts[WMO_FAMILY][service + 1]; i++)
	{
		const int32_t *member = wmo_map_row(map, WMO_FAMILY, i);

		if (member[FAMILY_NEARNESS] == 1 && member[FAMILY_INFERRED])
			return true;
	}
	return false;
}

int32_t
wmo_work_declared(const Work *work)
{
	const WmoMap *map = work->map;
	const WmoQuestion *question = work->question;
	int32_t surest = 0;

	if (question->service < 0 || question->on_date == WMO_MAP_NULL)
		return 0;
	for (uint32_t i = 0; i < work->match_count; i++)
	{
		const WmoMatch *match = &work->matches[i];
		const WmoSide *side = &match->pinned;

		if (!side->met || !side->whole || !side->faultless || side->certainty == 0 ||
			side->certainty > WMO_CERTAINTY_INFERRED)
			continue;
		count_rows(work, WMO_COMPLETE, match->area);
		for (uint32_t j = map->starts[WMO_COMPLETE][match->area]; j < map->starts[WMO_COMPLETE][match->area + 1]; j++)
		{
			const int32_t *complete = wmo_map_row(map, WMO_COMPLETE, j);

			if (complete[COMPLETE_FROM] <= question->on_date && question->on_date < complete[COMPLETE_TO] &&
				(complete[COMPLETE_SERVICE] < 0 || is_wider(work, complete[COMPLETE_SERVICE], question->service)))
				surest = least(surest, side->certainty);
		}
	}
	if (surest == WMO_CERTAINTY_CERTAIN && is_placed_by_reading(work, question->service))
		return WMO_CERTAINTY_INFERRED;
	return surest;
}

/* ---- the verdict of each rule ---- */

WmoVerdict
wmo_work_is_own_client(const Work *work, int32_t provider, int32_t current, bool *inferred)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;
	int32_t as_of = work->question->as_of;
	WmoVerdict found = WMO_NO;

	if (inferred != NULL)
		*inferred = false;
	if (current == WMO_MAP_NULL)
		return WMO_NO;
	if (provider < 0)
		return WMO_CANNOT_TELL;
	if (wmo_map_row(map, WMO_PARTY, (uint32_t) provider)[PARTY_ID] == current)
		return WMO_YES;
	count_rows(work, WMO_OWN, (uint32_t) provider);
	for (uint32_t i = map->starts[WMO_OWN][provider]; i < map->starts[WMO_OWN][provider + 1]; i++)
	{
		const int32_t *own = wmo_map_row(map, WMO_OWN, i);

		if ((own[OWN_OTHER_ID] != current && own[OWN_OTHER_ID] != WMO_MAP_NULL) || own[OWN_FROM] > on_date ||
			on_date >= own[OWN_TO])
			continue;
		if (own[OWN_KNOWN_FROM] <= as_of)
		{
			if (inferred != NULL)
				*inferred = own[OWN_INFERRED] != 0;
			if (inferred == NULL || !*inferred)
				return WMO_YES;
			found = WMO_YES;
		}
		else if (own[OWN_NOT_BEFORE] <= as_of && found == WMO_NO)
			found = WMO_CANNOT_TELL;
	}
	/* of whom nothing is recorded, it is not recorded whose successor or member it is */
	return found == WMO_NO && wmo_map_find(map, WMO_PARTY, current) < 0 ? WMO_CANNOT_TELL : found;
}

/* The rows of an owner, which may be one of those over the map. */
typedef struct WmoRows
{
	const int32_t *first, *end;
} WmoRows;

static inline WmoRows
rows_of(const Work *work, WmoMapSection section, uint32_t owner)
{
	const WmoMap *map = work->map;
	uint32_t owners = map->count[section == WMO_STOP ? WMO_CONTRACT : WMO_COURSE];
	const int32_t *rows = map->rows[section];
	const uint32_t *starts = map->starts[section] + owner;

	if (map->over != NULL && owner >= owners)
	{
		rows = section == WMO_STOP ? map->over->stops : map->over->standing;
		starts = (section == WMO_STOP ? map->over->stop_starts : map->over->standing_starts) + (owner - owners);
	}
	count_steps(work, 1 + starts[1] - starts[0]);
	return (WmoRows) {rows + (size_t) starts[0] * map->width[section], rows + (size_t) starts[1] * map->width[section]};
}

typedef struct Stop
{
	WmoVerdict holds; /* it cannot be told where none surely holds, and one perhaps does */
	int32_t certainty; /* that the place lies in the area of a sure one, or outside those of others */
	int32_t reason; /* why it cannot be told */
} Stop;

/* Does the place lie beside the drawing of an area, which is no boundary? */
static inline bool
is_beside(const WmoSide *side)
{
	return side->met && !side->faultless && side->certainty == WMO_CERTAINTY_SCHEMATIC;
}

/* Why it cannot be told that a stop in an area on this side holds, or 0 where it surely does. */
static int32_t
why_untold(const WmoSide *side)
{
	if (!side->faultless || !side->told || side->certainty > WMO_CERTAINTY_INFERRED)
		return WMO_REASON_AREA_WITHOUT_SHAPE;
	return side->whole ? 0 : WMO_REASON_CLIENT_STOP;
}

/* Is this service narrower than the one asked for, and a part of what is contracted? */
static bool
is_of_part(const Work *work, int32_t service, int32_t contracted)
{
	return is_wider(work, work->question->service, service) && is_wider(work, contracted, service);
}

/* For all of what is asked for, or of what is contracted, or (NOT_WIDER) not. */
static Width
width_of_stop(const Work *work, int32_t service, int32_t contracted)
{
	Width asked, held;

	if (service < 0)
		return WIDER;
	asked = how_wide(work, service, work->question->service);
	held = asked == WIDER ? WIDER : how_wide(work, service, contracted);
	return held == NOT_WIDER ? asked : held;
}

/* A client stop on the day, in the area where it is delivered, that of the scope, or one that the place meets. */
static Stop
find_stop(const Work *work, int32_t contract, const int32_t *standing, int32_t area, int32_t scope_area)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;
	int32_t as_of = work->question->as_of;
	Stop found = {WMO_NO, 0, 0};
	WmoRows stops = rows_of(work, WMO_STOP, (uint32_t) contract);

	for (const int32_t *stop = stops.first; stop < stops.end; stop += map->width[WMO_STOP])
	{
		bool everywhere = stop[STOP_AREA] < 0 || stop[STOP_AREA] == area || stop[STOP_AREA] == scope_area;
		Width width = width_of_stop(work, stop[STOP_SERVICE], standing[STANDING_SERVICE]);
		bool whole = width != NOT_WIDER;
		bool over = as_of >= stop[STOP_NOT_AFTER];
		WmoSide side = {0};
		int32_t untold, certainty;

		if (stop[STOP_FROM] > on_date || on_date >= stop[STOP_TO] || stop[STOP_NOT_BEFORE] > as_of ||
			(over && !stop[STOP_LIFT_INFERRED]) ||
			(!whole && !is_of_part(work, stop[STOP_SERVICE], standing[STANDING_SERVICE])))
			continue;
		if (!everywhere)
		{
			side = wmo_work_side(work, stop[STOP_AREA]);
			if (!side.met)
				continue;
		}
		certainty = greatest(greatest(WMO_CERTAINTY_CERTAIN, side.certainty),
							 stop[STOP_INFERRED] || over || width == WIDER_BY_READING ? WMO_CERTAINTY_INFERRED : 0);
		if (over || (!everywhere && is_beside(&side)))
		{
			/* by what is drawn, or by an inferred source, it does not hold */
			if (found.holds != WMO_YES)
				found.certainty = greatest(found.certainty, certainty);
			continue;
		}
		untold = !whole ? WMO_REASON_CLIENT_STOP : everywhere ? 0 : why_untold(&side);
		if (stop[STOP_KNOWN_FROM] > as_of || as_of >= stop[STOP_KNOWN_UNTIL])
			untold = WMO_REASON_KNOWN_SINCE_UNKNOWN;
		if (untold == 0)
		{
			found.certainty = found.holds == WMO_YES ? least(found.certainty, certainty) : certainty;
			found.holds = WMO_YES;
		}
		else
		{
			found.reason = least(found.reason, untold);
			if (found.holds == WMO_NO)
				found.holds = WMO_CANNOT_TELL;
		}
	}
	return found;
}

/* What is nearer counts for nothing without what is farther. */
static void
set_faults(Candidate *candidate, int32_t standing_fault, int32_t stop_certainty)
{
	const int32_t *standing = candidate->standing;
	int32_t age_fault = candidate->age_fault;
	int32_t no = standing[STANDING_OPEN] ? 0 : standing_fault;

	candidate->faults = (candidate->client_fault != 0) + (age_fault != 0) + (standing_fault != 0) +
		(candidate->place_fault != 0);
	candidate->noes = (candidate->client_fault != 0) + (age_fault != 0) + (no != 0) + (candidate->stopped == WMO_YES);
	candidate->fault = greatest(greatest(candidate->client_fault, age_fault), no);
	if (candidate->noes > 0)
		candidate->denied = greatest(standing[STANDING_INFERRED] ? WMO_CERTAINTY_INFERRED : WMO_CERTAINTY_CERTAIN,
									 candidate->fault == 0 ? stop_certainty : 0);
	if (candidate->fault == 0)
		candidate->fault = candidate->stopped == WMO_YES ? WMO_REASON_CLIENT_STOP :
														   greatest(standing_fault, candidate->place_fault);
}

/* Has the contract gone from whom it was concluded with to this supplier? */
static bool
has_gone_over(const WmoMap *map, const int32_t *scope, const int32_t *standing)
{
	return (standing[STANDING_ROLE] == WMO_ROLE_MAIN || standing[STANDING_ROLE] == WMO_ROLE_CONTRACTED) &&
		standing[STANDING_PROVIDER] !=
		wmo_map_row(map, WMO_CONTRACT, (uint32_t) scope[SCOPE_CONTRACT])[CONTRACT_SUPPLIER];
}

static void
weigh(Work *work, const int32_t *scope, const int32_t *standing, int32_t area, int32_t scope_area, int32_t nearness,
	  const WmoSide *side, int32_t place_fault, bool beside)
{
	const WmoQuestion *question = work->question;
	bool existing = standing[STANDING_EXISTING] != 0;
	/* on a day that is not stated nobody is refused for sure: that it is the day before the contract is a reading */
	bool perhaps_late = existing && standing[STANDING_EXISTING_ON] == WMO_MAP_NULL &&
		question->client_since != WMO_MAP_NULL && standing[STANDING_HAD_TO_EXIST_ON] != WMO_MAP_NULL &&
		question->client_since > standing[STANDING_HAD_TO_EXIST_ON];
	/* adults are whom the law is for: not to be asked for an age keeps none of them out */
	bool age_open = question->age == WMO_MAP_NULL &&
		(standing[STANDING_AGE_FROM] > 18 || standing[STANDING_AGE_TO] != INT32_MAX);
	bool age_missed = age_open || (question->age == WMO_MAP_NULL && standing[STANDING_AGE_FROM] > 0);
	bool own_inferred;
	WmoVerdict own = wmo_work_is_own_client(work, standing[STANDING_PROVIDER], question->current_provider,
											&own_inferred);
	/* whose client it is says nothing of a contract that went to another supplier: who went along is not recorded */
	WmoVerdict of_contract = question->current_provider != WMO_MAP_NULL && has_gone_over(work->map, scope, standing) ?
		WMO_CANNOT_TELL :
		own;
	Stop stop = of_contract == WMO_YES ? (Stop) {WMO_NO, 0, 0} :
										 find_stop(work, scope[SCOPE_CONTRACT], standing, area, scope_area);
	bool stop_untold = stop.holds == WMO_CANNOT_TELL;
	bool stop_unsure = stop_untold || (stop.holds == WMO_YES && of_contract == WMO_CANNOT_TELL);
	Candidate *candidate;

	/* of a provider with a name; without one, who it is comes first */
	if (stop.holds == WMO_YES && of_contract == WMO_CANNOT_TELL && standing[STANDING_PROVIDER] >= 0)
	{
		stop_untold = true;
		stop.reason = WMO_REASON_CLIENT_STOP;
	}
	work->candidates = room_for(work->asker, WMO_ASKER_CANDIDATES, (size_t) work->candidate_count + 1,
								sizeof(Candidate));
	candidate = &work->candidates[work->candidate_count++];
	memset(candidate, 0, sizeof(*candidate));
	candidate->scope = scope;
	candidate->standing = standing;
	candidate->area = area;
	candidate->nearness = nearness & ~NEARNESS_READ;
	candidate->own = own;
	candidate->age_missed = age_missed;
	candidate->stop_untold = stop_untold ? stop.reason : 0;
	if (side != NULL && side->told)
		candidate->covers = side->whole && candidate->nearness < 2 ? WMO_COVERS_WHOLE : WMO_COVERS_PART;
	if (standing[STANDING_CERTAINTY] != 0)
	{
		candidate->certainty = greatest(greatest(standing[STANDING_CERTAINTY], side == NULL ? 0 : side->certainty),
										stop.certainty);
		if (own_inferred || (nearness & NEARNESS_READ) != 0)
			candidate->certainty = greatest(candidate->certainty, WMO_CERTAINTY_INFERRED);
		if (age_open || stop_unsure ||
			(existing && (question->client_since == WMO_MAP_NULL || of_contract == WMO_CANNOT_TELL || perhaps_late)))
			candidate->certainty = WMO_CERTAINTY_UNKNOWN;
		else if (existing && standing[STANDING_EXISTING_ON] == WMO_MAP_NULL)
			candidate->certainty = greatest(candidate->certainty, WMO_CERTAINTY_INFERRED);
	}
	candidate->caution = age_open					  ? WMO_REASON_AGE_NOT_GIVEN :
		stop_untold									  ? stop.reason :
		perhaps_late								  ? WMO_REASON_EXISTING_CLIENTS_ONLY :
		standing[STANDING_REASON] != 0 || !age_missed ? standing[STANDING_REASON] :
														WMO_REASON_AGE_NOT_GIVEN;
	candidate->stopped = WMO_NO;
	if (stop.holds == WMO_YES)
		candidate->stopped = of_contract == WMO_CANNOT_TELL ? WMO_CANNOT_TELL : WMO_YES;
	if (existing)
	{
		bool in_time = question->client_since == WMO_MAP_NULL || standing[STANDING_EXISTING_ON] == WMO_MAP_NULL ||
			question->client_since <= standing[STANDING_EXISTING_ON];

		/* null where it cannot be told whose client it is: no fault */
		if (!in_time || of_contract == WMO_NO)
			candidate->client_fault = WMO_REASON_EXISTING_CLIENTS_ONLY;
	}
	candidate->place_fault = place_fault;
	candidate->beside = beside;
	if (question->age != WMO_MAP_NULL &&
		(question->age < standing[STANDING_AGE_FROM] || question->age >= standing[STANDING_AGE_TO]))
		candidate->age_fault = WMO_REASON_AGE_OUTSIDE_BAND;
	set_faults(candidate, standing[STANDING_CERTAINTY] == 0 ? standing[STANDING_REASON] : 0, stop.certainty);
}

/* area: the scope's own; -1 for none. */
static void
weigh_scope(Work *work, const int32_t *scope, int32_t area, const WmoSide *side, int32_t place_fault)
{
	const WmoMap *map = work->map;
	const WmoQuestion *question = work->question;
	WmoRows rows = rows_of(work, WMO_STANDING, (uint32_t) scope[SCOPE_COURSE]);

	for (const int32_t *standing = rows.first; standing < rows.end; standing += map->width[WMO_STANDING])
	{
		int32_t nearness;

		if (standing[STANDING_FROM] > question->on_date || question->on_date >= standing[STANDING_TO] ||
			standing[STANDING_KNOWN_FROM] > question->as_of || question->as_of >= standing[STANDING_KNOWN_TO])
			continue;
		nearness = work->nearness[standing[STANDING_SERVICE]];
		if (nearness < 0)
			continue;
		if (standing[STANDING_SUBCONTRACT_ID] == WMO_MAP_NULL || standing[STANDING_OWN_AREA])
			weigh(work, scope, standing, area, area, nearness, side, place_fault, side != NULL && is_beside(side));
		else
		{
			/* a subcontract in a smaller area, or in one edition of it: the place meets that one too */
			WmoSide smaller = wmo_work_side_named(work, standing[STANDING_AREA]);
			int32_t fault = place_fault != 0 || smaller.faultless ? place_fault : WMO_REASON_AREA_WITHOUT_SHAPE;
			bool beside = place_fault != 0 ? side != NULL && is_beside(side) : is_beside(&smaller);

			if (!smaller.met)
				continue;
			smaller.certainty = greatest(smaller.certainty, side == NULL ? 0 : side->certainty);
			weigh(work, scope, standing, standing[STANDING_AREA], area, nearness, &smaller, fault, beside);
		}
	}
}

void
wmo_work_find_candidates(Work *work)
{
	const WmoMap *map = work->map;
	WmoScopeWalk without_area;
	const int32_t *scope;

	work->candidate_count = 0;
	if (work->question->on_date == WMO_MAP_NULL || work->question->as_of == WMO_MAP_NULL || work->question->service < 0)
		return;
	for (uint32_t i = 0; i < work->match_count; i++)
	{
		const WmoMatch *match = &work->matches[i];

		WmoScopeWalk walk = wmo_map_scopes(map, match->area);

		count_rows(work, WMO_SCOPE, match->area);
		while ((scope = next_near_scope(work, &walk)) != NULL)
		{
			const WmoSide *side = scope[SCOPE_FOLLOWS] ? &match->follows : &match->pinned;

			if (side->met)
				weigh_scope(work, scope, (int32_t) match->area, side,
							side->faultless ? 0 : WMO_REASON_AREA_WITHOUT_SHAPE);
		}
	}
	count_steps(work, map->count[WMO_SCOPE] - map->starts[WMO_SCOPE][map->count[WMO_AREA]]);
	without_area = wmo_map_scopes(map, map->count[WMO_AREA]);
	while ((scope = next_near_scope(work, &without_area)) != NULL)
		weigh_scope(work, scope, -1, NULL, WMO_REASON_AREAS_NOT_NAMED);
}

const Candidate *
wmo_map_weigh(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker, uint32_t *count)
{
	Work work;

	wmo_work_begin(&work, map, question, asker);
	wmo_work_find_areas(&work);
	wmo_work_find_candidates(&work);
	*count = work.candidate_count;
	return work.candidates;
}

bool
wmo_map_is_declared(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker)
{
	Work work;

	wmo_work_begin(&work, map, question, asker);
	wmo_work_find_areas(&work);
	return wmo_work_declared(&work) != 0;
}
