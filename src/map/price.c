/*
 * price.c - when it pays to make a map.
 *
 * A map is made when answers by the tables have cost as much as making it would (the ski rental rule: never more than
 * twice the cost of having known beforehand), so that a connection with a few questions pays nothing. For a map of all
 * sessions, what counts is what all of them have asked. Only when the map is made depends on what stands here, never an
 * answer.
 */
#include "map/price.h"

#include "map/edition_load.h"
#include "map/held.h"
#include "map/shared.h"
#include "server/table_scan.h"
#include "standing/kept_standing.h"

/*
 * What making a map costs, in milliseconds: measured on 12,285 areas of 3.3 million vertices and 37,000 scopes, and on
 * 7,152 scopes with 121,000 rows of standing, with room to spare; and what the first question to the tables costs,
 * before anything of it is planned. Standing that is not kept is derived for the map, scope by scope.
 */
#define MS_OF_A_MAP 20.0
#define MS_A_BLOCK_OF_AREAS 0.3
#define MS_A_BLOCK_OF_STANDING 0.3
#define MS_A_BLOCK_OF_SCOPES 8.0
#define MS_A_MEGABYTE_OF_EDITION 1.0
#define MS_OF_FIRST_QUESTION 30.0

static struct
{
	RegistryState state;
	double ms;
	double price; /* negative: not yet known */
	bool planned; /* a question to the tables, in whatever state */
	double last; /* what that took, or the last one after it */
} spent = {.price = -1, .last = MS_OF_FIRST_QUESTION};

static double
price_of(const RegistryState *state)
{
	Size edition = wmo_edition_size(EDITION_OF_STATE, state);
	double rows = MS_OF_A_MAP +
		(wmo_standing_is_derived() ? MS_A_BLOCK_OF_STANDING * wmo_table_blocks(WMO_WORKS, "kept_standing") :
									 MS_A_BLOCK_OF_SCOPES * wmo_table_blocks(WMO_FACE, "contract_scope"));

	if (edition > 0)
		return MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	if (wmo_held_has_grid_of(state))
		return rows;
	edition = wmo_edition_size(EDITION_OF_AREAS, state);
	if (edition > 0)
		return rows + MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	return rows + MS_A_BLOCK_OF_AREAS * wmo_table_blocks(WMO_FACE, "area");
}

static void
turn_to(const RegistryState *state)
{
	if (wmo_same_state(&spent.state, state))
		return;
	spent.state = *state;
	spent.ms = 0;
	spent.price = -1;
}

double
wmo_price_look_up(const RegistryState *state)
{
	turn_to(state);
	if (spent.price < 0)
		spent.price = price_of(&spent.state);
	return spent.price;
}

bool
wmo_price_is_paid(const RegistryState *state, bool for_all)
{
	double ms;

	turn_to(state);
	ms = for_all ? wmo_shared_spend(state, 0) : spent.ms;
	if (spent.price < 0 && (ms >= MS_OF_A_MAP || wmo_edition_exists()))
		(void) wmo_price_look_up(state);
	return spent.price >= 0 && ms + (spent.planned ? 0 : MS_OF_FIRST_QUESTION) >= spent.price;
}

void
wmo_price_charge(double milliseconds)
{
	spent.ms += milliseconds;
	spent.last = milliseconds;
	spent.planned = true;
	if (wmo_shared_is_for(&spent.state))
		(void) wmo_shared_spend(&spent.state, milliseconds);
}

double
wmo_price_of_question(void)
{
	return spent.last;
}

double
wmo_price_spent(void)
{
	return spent.ms;
}

double
wmo_price_of_map(void)
{
	return spent.price;
}
