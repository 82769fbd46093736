/*
 * answer.c - the answer: lines of the candidates, in order.
 *
 * Relies on candidates that stand in the work (weigh.c). The order of lines looks at every column that shows, so that
 * it does not matter in which order candidates were found.
 */
#include "core/map/work.h"

#include <string.h>

static bool
is_main_or_only(int32_t role)
{
	return role == WMO_ROLE_MAIN || role == WMO_ROLE_CONTRACTED;
}

static WmoLine *
add_candidate_line(Work *work, const Candidate *candidate)
{
	WmoLine *line = wmo_work_add_line(work);

	line->covers = candidate->covers;
	line->service = candidate->standing[STANDING_SERVICE];
	line->contract = candidate->scope[SCOPE_CONTRACT];
	line->area = candidate->area;
	line->standing = candidate->standing;
	return line;
}

/* A contract answers by its nearest service: itself, a wider one, else the narrower ones. */
static bool
has_nearer(const Work *work, const Candidate *candidate)
{
	const int32_t *standing = candidate->standing;

	if (candidate->nearness == 0)
		return false;
	count_steps(work, work->candidate_count);
	for (uint32_t i = 0; i < work->candidate_count; i++)
	{
		const Candidate *other = &work->candidates[i];

		if (other->faults == 0 && other->nearness < candidate->nearness &&
			other->scope[SCOPE_CONTRACT] == candidate->scope[SCOPE_CONTRACT] &&
			other->standing[STANDING_ROLE] == standing[STANDING_ROLE] && other->area == candidate->area &&
			other->standing[STANDING_PROVIDER] == standing[STANDING_PROVIDER])
			return true;
	}
	return false;
}

static void
add_fitting(Work *work)
{
	for (uint32_t i = 0; i < work->candidate_count; i++)
	{
		const Candidate *candidate = &work->candidates[i];
		const int32_t *standing = candidate->standing;
		int32_t provider = standing[STANDING_PROVIDER];
		WmoLine *line;

		if (candidate->faults != 0 || (provider < 0 && standing[STANDING_ROLE] == WMO_ROLE_SUBCONTRACTOR) ||
			has_nearer(work, candidate))
			continue;
		line = add_candidate_line(work, candidate);
		line->found = provider >= 0 && candidate->stopped != WMO_YES;
		if (line->found && candidate->own == WMO_YES)
			line->stay = wmo_map_row(work->map, WMO_PARTY, (uint32_t) provider)[PARTY_ID] ==
					work->question->current_provider ?
				WMO_STAYS_WITH_IT :
				WMO_STAYS_WITH_ITS_KIN;
		line->provider = provider;
		line->role = standing[STANDING_ROLE];
		line->certainty = candidate->certainty;
		line->reason = candidate->stopped == WMO_YES ? WMO_REASON_CLIENT_STOP :
			provider < 0							 ? WMO_REASON_PROVIDERS_NOT_NAMED :
													   candidate->caution;
	}
}

/* Nulls come last. */
static inline int
compare(int64_t a, bool a_null, int64_t b, bool b_null)
{
	if (a_null || b_null)
		return (int) a_null - (int) b_null;
	return (a > b) - (a < b);
}

static bool
is_nearer(const Work *work, const Candidate *a, const Candidate *b)
{
	const WmoMap *map = work->map;
	int order = compare(a->noes > 0, false, b->noes > 0, false); /* what may serve all the same comes first */

	if (order == 0)
		order = compare(a->faults + (a->stopped == WMO_YES), false, b->faults + (b->stopped == WMO_YES), false);

	if (order == 0)
		order = compare(a->nearness == 2, false, b->nearness == 2, false);
	if (order == 0)
		order = compare(a->fault, a->fault == 0, b->fault, b->fault == 0);
	if (order == 0)
		order = compare(wmo_map_row(map, WMO_CONTRACT, (uint32_t) a->scope[SCOPE_CONTRACT])[CONTRACT_ID], false,
						wmo_map_row(map, WMO_CONTRACT, (uint32_t) b->scope[SCOPE_CONTRACT])[CONTRACT_ID], false);
	if (order == 0)
		order = compare(a->scope[SCOPE_ID], false, b->scope[SCOPE_ID], false);
	if (order == 0)
		order = compare(a->standing[STANDING_SUBCONTRACT_ID], a->standing[STANDING_SUBCONTRACT_ID] == WMO_MAP_NULL,
						b->standing[STANDING_SUBCONTRACT_ID], b->standing[STANDING_SUBCONTRACT_ID] == WMO_MAP_NULL);
	if (order == 0)
		order = compare(a->standing[STANDING_ROLE], false, b->standing[STANDING_ROLE], false);
	if (order == 0)
		order = compare(a->standing[STANDING_PROVIDER], a->standing[STANDING_PROVIDER] < 0,
						b->standing[STANDING_PROVIDER], b->standing[STANDING_PROVIDER] < 0);
	return order < 0;
}

/* How sure it is that nobody serves but who fits and has a name; 0: it is not. */
static int32_t
how_closed(const Work *work)
{
	const WmoQuestion *question = work->question;
	int32_t denied = 0, declared;

	if (!question->has_place || question->as_of == WMO_MAP_NULL || question->service < 0 ||
		wmo_map_row(work->map, WMO_SERVICE, (uint32_t) question->service)[SERVICE_NATIONAL])
		return 0;
	count_steps(work, work->candidate_count);
	for (uint32_t i = 0; i < work->candidate_count; i++)
	{
		const Candidate *candidate = &work->candidates[i];

		if (candidate->faults > 0 && candidate->noes == 0)
			return 0;
		if (candidate->faults == 0 && candidate->standing[STANDING_PROVIDER] < 0 && candidate->stopped != WMO_YES)
			return 0;
		denied = greatest(denied, candidate->denied);
	}
	declared = wmo_work_declared(work);
	return declared == 0 ? 0 : greatest(declared, denied);
}

static void
add_nearest(Work *work, int32_t closed)
{
	const Candidate *nearest = NULL;

	count_steps(work, work->candidate_count);
	for (uint32_t i = 0; i < work->candidate_count; i++)
	{
		const Candidate *candidate = &work->candidates[i];

		/* a drawing is no boundary: what lies beside it keeps the answer open, but is nobody's nearest */
		if (candidate->beside || (!is_main_or_only(candidate->standing[STANDING_ROLE]) && candidate->client_fault == 0))
			continue;
		if (nearest == NULL || is_nearer(work, candidate, nearest))
			nearest = candidate;
	}
	if (nearest != NULL)
	{
		WmoLine *line = add_candidate_line(work, nearest);

		line->certainty = closed != 0 ? closed : WMO_CERTAINTY_UNKNOWN;
		line->reason = nearest->fault;
	}
}

static bool
meets_any_scope(const Work *work)
{
	for (uint32_t i = 0; i < work->match_count; i++)
	{
		const WmoMatch *match = &work->matches[i];
		WmoScopeWalk walk = wmo_map_scopes(work->map, match->area);

		if ((match->pinned.faultless || match->follows.faultless) && wmo_map_next_scope(&walk) != NULL)
			return true;
	}
	return false;
}

static bool
meets_nobody(const Work *work)
{
	for (uint32_t i = 0; i < work->candidate_count; i++)
		if (!work->candidates[i].beside)
			return false;
	return true;
}

static void
add_nothing(Work *work, int32_t closed)
{
	const WmoMap *map = work->map;
	const WmoQuestion *question = work->question;
	WmoLine *line = wmo_work_add_line(work);

	line->certainty = closed != 0 ? closed : WMO_CERTAINTY_UNKNOWN;
	if (!question->has_place || question->on_date == WMO_MAP_NULL || question->as_of == WMO_MAP_NULL ||
		question->service < 0)
		line->reason = WMO_REASON_QUESTION_INCOMPLETE;
	else if (closed != 0)
		line->reason = WMO_REASON_SERVICE_NOT_CONTRACTED;
	else if (wmo_map_contracts(map) == 0)
		line->reason = WMO_REASON_REGISTRY_IS_EMPTY;
	else if (wmo_map_row(map, WMO_SERVICE, (uint32_t) question->service)[SERVICE_NATIONAL])
		line->reason = WMO_REASON_NATIONALLY_ACCESSIBLE;
	else if (!meets_any_scope(work))
		line->reason = WMO_REASON_OUTSIDE_ALL_AREAS;
	else if (wmo_map_first_day(map) != WMO_MAP_NULL && question->on_date < wmo_map_first_day(map))
		line->reason = WMO_REASON_BEFORE_REGISTRY;
	else
		line->reason = WMO_REASON_SERVICE_NOT_CONTRACTED;
}

static inline int
role_class(int32_t role)
{
	return role == WMO_ROLE_MEMBER ? 2 : role == WMO_ROLE_SUBCONTRACTOR ? 3 : 1;
}

static int
compare_ranks(const WmoLine *a, const WmoLine *b)
{
	if (a->stay != b->stay)
		return a->stay < b->stay ? -1 : 1;
	if (a->found != b->found)
		return a->found ? -1 : 1;
	if (role_class(a->role) != role_class(b->role))
		return role_class(a->role) - role_class(b->role);
	return compare(a->certainty, a->certainty == 0, b->certainty, b->certainty == 0);
}

static int32_t
id_of(const WmoMap *map, WmoMapSection section, int32_t row)
{
	return row < 0 ? 0 : wmo_map_row(map, section, (uint32_t) row)[0];
}

static int
compare_rows(const WmoMap *map, WmoMapSection section, int32_t a, int32_t b)
{
	return compare(id_of(map, section, a), a < 0, id_of(map, section, b), b < 0);
}

static int
compare_standing(const int32_t *a, const int32_t *b)
{
	static const int columns[] = {STANDING_FIRST_DAY, STANDING_LAST_DAY, STANDING_END_KIND};
	int order = 0;

	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	for (size_t i = 0; order == 0 && i < sizeof(columns) / sizeof(columns[0]); i++)
		order = compare(a[columns[i]], a[columns[i]] == WMO_MAP_NULL, b[columns[i]], b[columns[i]] == WMO_MAP_NULL);
	return order;
}

/* The order of an answer; it looks at every column that shows. */
static int
compare_lines(const WmoMap *map, const WmoLine *a, const WmoLine *b)
{
	int order = compare_ranks(a, b);

	if (order == 0 && a->provider != b->provider)
		order = compare(a->provider < 0 ? 0 : wmo_map_row(map, WMO_PARTY, (uint32_t) a->provider)[PARTY_ORDER],
						a->provider < 0,
						b->provider < 0 ? 0 : wmo_map_row(map, WMO_PARTY, (uint32_t) b->provider)[PARTY_ORDER],
						b->provider < 0);
	if (order == 0)
		order = compare_rows(map, WMO_CONTRACT, a->contract, b->contract);
	if (order == 0)
		order = compare_rows(map, WMO_AREA, a->area, b->area);
	if (order == 0 && a->standing != NULL && b->standing != NULL)
	{
		order = compare(a->standing[STANDING_AGE_FROM], false, b->standing[STANDING_AGE_FROM], false);
		if (order == 0)
			order = compare(a->standing[STANDING_AGE_TO], false, b->standing[STANDING_AGE_TO], false);
	}
	if (order == 0)
		order = compare_rows(map, WMO_PARTY, a->provider, b->provider);
	if (order == 0)
		order = compare_rows(map, WMO_SERVICE, a->service, b->service);
	if (order == 0)
		order = compare(a->role, a->role == 0, b->role, b->role == 0);
	if (order == 0)
		order = compare(a->reason, a->reason == 0, b->reason, b->reason == 0);
	if (order == 0)
		order = compare(a->covers == WMO_COVERS_WHOLE, a->covers == WMO_COVERS_UNTOLD, b->covers == WMO_COVERS_WHOLE,
						b->covers == WMO_COVERS_UNTOLD);
	if (order == 0)
		order = compare_standing(a->standing, b->standing);
	return order;
}

void
wmo_map_ask(const WmoMap *map, const WmoQuestion *question, WmoAsker *asker)
{
	Work work;
	WmoLine *lines;
	int32_t closed;

	if (question->has_place && question->matches == NULL)
		wmo_grid_fetch_ahead(&map->grid, question->x, question->y, WMO_GRID_BLOCK);
	wmo_work_begin(&work, map, question, asker);
	wmo_work_find_areas(&work);
	wmo_work_find_candidates(&work);
	add_fitting(&work);
	closed = how_closed(&work);
	asker->complete = closed != 0;
	if (asker->line_count == 0)
		add_nearest(&work, closed);
	asker->meets_nothing = closed == 0 && meets_nobody(&work);
	if (meets_nobody(&work))
		add_nothing(&work, closed);
	wmo_work_sort_lines(&work, compare_lines);
	lines = asker->lines;
	for (uint32_t i = 0; i < asker->line_count; i++)
		lines[i].rank = i == 0 ? 1 : lines[i - 1].rank + (compare_ranks(&lines[i - 1], &lines[i]) != 0);
}

/* Is it more than a guess that this line serves? */
static bool
is_sure(const WmoLine *line)
{
	return line->certainty != WMO_CERTAINTY_UNKNOWN;
}

int32_t
wmo_answer_only_provider(const WmoAsker *asker)
{
	int32_t provider = -1;

	/* names that are missing, lines that are not sure and services covered in part leave no single name */
	for (uint32_t i = 0; i < asker->line_count; i++)
	{
		const WmoLine *line = &asker->lines[i];

		if (!is_main_or_only(line->role) || line->reason == WMO_REASON_CLIENT_STOP)
			continue;
		if (line->reason == WMO_REASON_PROVIDERS_NOT_NAMED || line->covers == WMO_COVERS_PART || !is_sure(line))
			return -1;
		if (!line->found)
			continue;
		if (provider >= 0 && line->provider != provider)
			return -1;
		provider = line->provider;
	}
	return provider;
}

WmoAnswerWord
wmo_answer_word(const WmoAsker *asker, int32_t *reason)
{
	int32_t provider = -1;
	uint32_t unnamed = 0;
	bool found = false, sure = false, several = false, existing = false;
	bool helped = true; /* nobody is found but subcontractors */

	*reason = 0;
	for (uint32_t i = 0; i < asker->line_count; i++)
	{
		const WmoLine *line = &asker->lines[i];

		found |= line->found;
		helped &= !line->found || line->role == WMO_ROLE_SUBCONTRACTOR;
		sure |= (line->found || line->reason == WMO_REASON_PROVIDERS_NOT_NAMED) && is_sure(line);
		unnamed += line->reason == WMO_REASON_PROVIDERS_NOT_NAMED;
		/* where it is not known whether the contract holds here, existing clients are not known either */
		existing |= line->reason == WMO_REASON_EXISTING_CLIENTS_ONLY && line->covers != WMO_COVERS_UNTOLD;
		*reason = least(*reason, line->reason);
		if (line->found && is_main_or_only(line->role))
		{
			several |= provider >= 0 && line->provider != provider;
			provider = line->provider;
		}
	}
	if ((found || unnamed > 0) && !sure)
		return WMO_ANSWER_CANNOT_TELL;
	if (found && (several || unnamed + (provider >= 0) > 1))
		return WMO_ANSWER_SEVERAL;
	/* who works for somebody who is not named is not the one */
	if (found && !(helped && unnamed > 0))
		return WMO_ANSWER_ONE;
	if (unnamed > 0)
		return WMO_ANSWER_UNNAMED;
	if (!asker->complete)
		return WMO_ANSWER_CANNOT_TELL;
	return existing ? WMO_ANSWER_EXISTING_ONLY : WMO_ANSWER_NONE;
}
