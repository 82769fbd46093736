/*
 * contract.c - the contracts behind a provider's product code or service: wmo.contract_for and wmo.is_contracted.
 *
 * Relies on AGB codes and product codes that ascend; where a map has them otherwise, some are not found.
 */
#include "core/map/work.h"

#include <string.h>

/* The party with this AGB code on the day, or -1; how sure that is in *certainty. */
static int32_t
party_of_agb(const WmoMap *map, int32_t agb, int32_t on_date, int32_t *certainty)
{
	uint32_t low = 0;
	uint32_t high = map->count[WMO_AGB];

	*certainty = WMO_CERTAINTY_CERTAIN;
	while (low < high)
	{
		uint32_t middle = low + (high - low) / 2;

		if (wmo_map_row(map, WMO_AGB, middle)[AGB_NUMBER] < agb)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < map->count[WMO_AGB]; low++)
	{
		const int32_t *row = wmo_map_row(map, WMO_AGB, low);

		if (row[AGB_NUMBER] != agb)
			break;
		if (row[AGB_FROM] <= on_date && on_date < row[AGB_TO])
		{
			if (row[AGB_INFERRED])
				*certainty = WMO_CERTAINTY_INFERRED;
			return row[AGB_PARTY];
		}
	}
	return -1;
}

/* Like strcmp: negative where the product's code stands before this one. */
static int
compare_code(const Work *work, uint32_t product, const char *code, size_t length)
{
	const WmoMap *map = work->map;
	const char *known = map->pool + wmo_map_row(map, WMO_PRODUCT, product)[PRODUCT_CODE];
	int order = strncmp(known, code, length);

	count_steps(work, 1 + length / 16);
	return order != 0 ? order : known[length] != '\0';
}

/* The first product with this code, or what stands after where it would. */
static uint32_t
first_product(const Work *work, const char *code, size_t length)
{
	uint32_t low = 0;
	uint32_t high = work->map->count[WMO_PRODUCT];

	while (low < high)
	{
		uint32_t middle = low + (high - low) / 2;

		if (compare_code(work, middle, code, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * A code means what its buyer says it means: is this contract that buyer's, or that of its consortium? How sure that
 * is; 0: it is not.
 */
static int32_t
bought_by(const Work *work, int32_t contract, int32_t buyer)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;
	int32_t of_contract = wmo_map_row(map, WMO_CONTRACT, (uint32_t) contract)[CONTRACT_BUYER];

	if (of_contract < 0 || buyer < 0)
		return 0;
	if (of_contract == buyer)
		return WMO_CERTAINTY_CERTAIN;
	count_rows(work, WMO_MEMBER, (uint32_t) of_contract);
	for (uint32_t i = map->starts[WMO_MEMBER][of_contract]; i < map->starts[WMO_MEMBER][of_contract + 1]; i++)
	{
		const int32_t *member = wmo_map_row(map, WMO_MEMBER, i);

		if (member[MEMBER_PARTY] == buyer && member[MEMBER_FROM] <= on_date && on_date < member[MEMBER_TO])
			return member[MEMBER_INFERRED] ? WMO_CERTAINTY_INFERRED : WMO_CERTAINTY_CERTAIN;
	}
	return 0;
}

/* Could this provider deliver under it all that is asked for? */
static bool
could_deliver(const Candidate *candidate, int32_t provider)
{
	return candidate->faults == 0 && candidate->nearness < 2 && candidate->standing[STANDING_PROVIDER] == provider;
}

static void
add_contract(Work *work, const Candidate *candidate, int32_t codes_certainty)
{
	WmoLine *line = wmo_work_add_line(work);

	line->contract = candidate->scope[SCOPE_CONTRACT];
	line->role = candidate->standing[STANDING_ROLE];
	line->certainty = greatest(candidate->certainty, codes_certainty);
	line->reason = candidate->caution;
}

/* By contract (their rows stand in the order of their keys) and role; then the surest, with the gravest caution. */
static int
compare_contracts(const WmoMap *map, const WmoLine *a, const WmoLine *b)
{
	(void) map;
	if (a->contract != b->contract)
		return a->contract < b->contract ? -1 : 1;
	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	if (a->certainty != b->certainty)
		return a->certainty < b->certainty ? -1 : 1;
	return (a->reason == 0 ? WMO_REASONS + 1 : a->reason) - (b->reason == 0 ? WMO_REASONS + 1 : b->reason);
}

/* Of the lines with one contract and role the first one stays. */
static void
sort_contracts(Work *work)
{
	WmoAsker *asker = work->asker;
	WmoLine *lines = asker->lines;
	uint32_t kept = 0;

	wmo_work_sort_lines(work, compare_contracts);
	for (uint32_t i = 0; i < asker->line_count; i++)
		if (kept == 0 || lines[i].contract != lines[kept - 1].contract || lines[i].role != lines[kept - 1].role)
			lines[kept++] = lines[i];
	asker->line_count = kept;
}

/* The next thing that a code means on the day, from product *next on; NULL: no more. */
static const int32_t *
next_meaning(const Work *work, const char *code, size_t length, uint32_t *next)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;

	while (*next < map->count[WMO_PRODUCT] && compare_code(work, *next, code, length) == 0)
	{
		const int32_t *meaning = wmo_map_row(map, WMO_PRODUCT, (*next)++);

		if (meaning[PRODUCT_FROM] <= on_date && on_date < meaning[PRODUCT_TO])
			return meaning;
	}
	return NULL;
}

void
wmo_map_ask_contracts(const WmoMap *map, const WmoQuestion *asked, int32_t agb, const char *product, size_t length,
					  WmoAsker *asker)
{
	WmoQuestion question = *asked;
	int32_t certainty;
	int32_t provider = party_of_agb(map, agb, question.on_date, &certainty);
	const int32_t *meaning;
	uint32_t next;
	Work work;

	wmo_work_begin(&work, map, &question, asker);
	wmo_work_find_areas(&work);
	if (provider < 0)
		return;
	question.current_provider = wmo_map_row(map, WMO_PARTY, (uint32_t) provider)[PARTY_ID];
	next = first_product(&work, product, length);
	while ((meaning = next_meaning(&work, product, length, &next)) != NULL)
	{
		question.service = meaning[PRODUCT_SERVICE];
		wmo_work_set_service(&work, question.service);
		wmo_work_find_candidates(&work);
		for (uint32_t j = 0; j < work.candidate_count; j++)
		{
			const Candidate *candidate = &work.candidates[j];
			int32_t bought = bought_by(&work, candidate->scope[SCOPE_CONTRACT], meaning[PRODUCT_BUYER]);

			if (could_deliver(candidate, provider) && bought > 0)
				add_contract(&work, candidate,
							 greatest(bought,
									  greatest(certainty, meaning[PRODUCT_INFERRED] ? WMO_CERTAINTY_INFERRED : 0)));
		}
	}
	sort_contracts(&work);
}

/*
 * Is this candidate something of which nobody can say that it is not the contract asked for? Its own contract, that of
 * somebody who is one with it by succession or membership, or that of somebody without a name, who may be this
 * provider; a contract that may run has members and subcontractors who may be; and one that went to another by our
 * reading of a source may still be its own. So may one of which the award contradicts with whom it was concluded
 * (wmo_works.may_be_anybodys). A no by a reading is none.
 */
static bool
leaves_doubt(const Work *work, const Candidate *candidate, int32_t provider)
{
	const int32_t *standing = candidate->standing;
	const int32_t *contract = wmo_map_row(work->map, WMO_CONTRACT, (uint32_t) candidate->scope[SCOPE_CONTRACT]);

	return (candidate->noes == 0 || candidate->denied == WMO_CERTAINTY_INFERRED) &&
		(standing[STANDING_PROVIDER] < 0 || candidate->own != WMO_NO ||
		 wmo_work_is_own_client(work, provider,
								wmo_map_row(work->map, WMO_PARTY, (uint32_t) standing[STANDING_PROVIDER])[PARTY_ID],
								NULL) != WMO_NO ||
		 standing[STANDING_OPEN] ||
		 (candidate->caution == WMO_REASON_AWARD_CONTRADICTED && candidate->certainty == WMO_CERTAINTY_UNKNOWN) ||
		 (standing[STANDING_INFERRED] && contract[CONTRACT_SUPPLIER] == provider));
}

/*
 * Is a contract that serves one of which a yes can be said with nothing beside it? Not on a day of an option that is
 * still open or was exercised late, not when its end is not stated, not under an award that is not final, is only
 * uncontested or contradicts it, not of a provider that is no more by a merger, and not where only a drawing meets the
 * place. That it is inferred, the weakest of several, may hide an option that is open, an end that is not stated, or an
 * award that is only uncontested. What somebody may undo but nobody has is there.
 */
static bool
is_there_for_sure(const Candidate *candidate)
{
	const int32_t *standing = candidate->standing;
	int32_t certainty = candidate->certainty;

	return (certainty == WMO_CERTAINTY_CERTAIN || certainty == WMO_CERTAINTY_INFERRED) &&
		standing[STANDING_CERTAINTY] != WMO_CERTAINTY_UNCONTESTED &&
		standing[STANDING_REASON] != WMO_REASON_OPTION_OPEN && standing[STANDING_REASON] != WMO_REASON_EXTENDED_LATE &&
		standing[STANDING_REASON] != WMO_REASON_AWARD_NOT_FINAL &&
		standing[STANDING_REASON] != WMO_REASON_AWARD_CONTRADICTED &&
		standing[STANDING_REASON] != WMO_REASON_SUPPLIER_CHANGED && standing[STANDING_END_KIND] != WMO_END_KIND_UNKNOWN;
}

WmoVerdict
wmo_map_ask_product(const WmoMap *map, const WmoQuestion *asked, int32_t agb, const char *product, size_t length,
					WmoAsker *asker)
{
	WmoQuestion question = *asked;
	int32_t certainty; /* a yes is said of what is inferred too, a no is not */
	int32_t provider = party_of_agb(map, agb, question.on_date, &certainty);
	const int32_t *meaning;
	uint32_t next;
	bool doubt = certainty != WMO_CERTAINTY_CERTAIN, any = false;
	Work work;

	wmo_work_begin(&work, map, &question, asker);
	wmo_work_find_areas(&work);
	if (provider < 0)
		return WMO_CANNOT_TELL;
	question.current_provider = wmo_map_row(map, WMO_PARTY, (uint32_t) provider)[PARTY_ID];
	next = first_product(&work, product, length);
	while ((meaning = next_meaning(&work, product, length, &next)) != NULL)
	{
		question.service = meaning[PRODUCT_SERVICE];
		wmo_work_set_service(&work, question.service);
		doubt |= wmo_work_declared(&work) != WMO_CERTAINTY_CERTAIN || meaning[PRODUCT_INFERRED];
		wmo_work_find_candidates(&work);
		for (uint32_t j = 0; j < work.candidate_count; j++)
		{
			const Candidate *candidate = &work.candidates[j];
			bool bought = bought_by(&work, candidate->scope[SCOPE_CONTRACT], meaning[PRODUCT_BUYER]) > 0;

			if (bought && could_deliver(candidate, provider) && is_there_for_sure(candidate))
				return WMO_YES;
			doubt |= leaves_doubt(&work, candidate, provider);
			any |= bought && !candidate->beside;
		}
	}
	return any && !doubt ? WMO_NO : WMO_CANNOT_TELL;
}

WmoVerdict
wmo_map_ask_contracted(const WmoMap *map, const WmoQuestion *asked, int32_t agb, int32_t weakest, WmoAsker *asker)
{
	WmoQuestion question = *asked;
	int32_t certainty = WMO_CERTAINTY_CERTAIN; /* a yes is said of what is inferred too, a no is not */
	int32_t declared;
	int32_t provider = question.on_date == WMO_MAP_NULL ? -1 : party_of_agb(map, agb, question.on_date, &certainty);
	bool doubt = false;
	Work work;

	wmo_work_begin(&work, map, &question, asker);
	if (provider < 0 || question.service < 0)
		return WMO_CANNOT_TELL;
	question.current_provider = wmo_map_row(map, WMO_PARTY, (uint32_t) provider)[PARTY_ID];
	wmo_work_find_areas(&work);
	wmo_work_find_candidates(&work);
	count_steps(&work, work.candidate_count);
	for (uint32_t i = 0; i < work.candidate_count; i++)
	{
		const Candidate *candidate = &work.candidates[i];

		if (could_deliver(candidate, provider) && candidate->covers == WMO_COVERS_WHOLE && is_there_for_sure(candidate))
			return WMO_YES;
		doubt |= leaves_doubt(&work, candidate, provider);
	}
	declared = wmo_work_declared(&work);
	if (doubt || wmo_map_row(map, WMO_SERVICE, (uint32_t) question.service)[SERVICE_NATIONAL] || declared == 0 ||
		declared > weakest || certainty != WMO_CERTAINTY_CERTAIN)
		return WMO_CANNOT_TELL;
	return WMO_NO;
}
