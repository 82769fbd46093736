/*
 * price.c - when it pays to make a map.
 *
 * A map is made when answers by the tables have cost as much as making it would (the ski rental rule: never more than
 * twice the cost of having known beforehand), so that a connection with a few questions pays nothing. Only when the map
 * is made depends on what stands here, never an answer.
 */
#include "map/price.h"

#include "map/edition_load.h"
#include "map/held.h"
#include "server/table_scan.h"

/*
 * What making a map costs, in milliseconds: measured on 12,285 areas of 3.3 million vertices and 37,000 scopes, with
 * room to spare; and what the first question to the tables costs, before anything of it is planned.
 */
#define MS_OF_A_MAP 20.0
#define MS_A_BLOCK_OF_AREAS 0.3
#define MS_A_BLOCK_OF_SCOPES 8.0
#define MS_A_MEGABYTE_OF_EDITION 1.0
#define MS_OF_FIRST_QUESTION 30.0

static struct
{
	RegistryState state;
	double ms;
	double price; /* negative: not yet known */
	bool planned; /* a question to the tables, in whatever state */
} spent = {.price = -1};

static double
price_of(const RegistryState *state)
{
	Size edition = wmo_edition_size(EDITION_OF_STATE, state);
	double rows = MS_OF_A_MAP + MS_A_BLOCK_OF_SCOPES * wmo_table_blocks(WMO_FACE, "contract_scope");

	if (edition > 0)
		return MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	if (wmo_held_has_grid_of(state))
		return rows;
	edition = wmo_edition_size(EDITION_OF_AREAS, state);
	if (edition > 0)
		return rows + MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	return rows + MS_A_BLOCK_OF_AREAS * wmo_table_blocks(WMO_FACE, "area");
}

bool
wmo_price_is_paid(const RegistryState *state)
{
	if (!wmo_same_state(&spent.state, state))
	{
		spent.state = *state;
		spent.ms = 0;
		spent.price = -1;
	}
	if (spent.price < 0 && (spent.ms >= MS_OF_A_MAP || wmo_edition_exists()))
		spent.price = price_of(&spent.state);
	return spent.price >= 0 && spent.ms + (spent.planned ? 0 : MS_OF_FIRST_QUESTION) >= spent.price;
}

void
wmo_price_charge(double milliseconds)
{
	spent.ms += milliseconds;
	spent.planned = true;
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
