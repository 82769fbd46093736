/*
 * session.c - does the session's map answer the next question, and if not, why not?
 *
 * A map answers only for the state that the active snapshot sees (state.h), only who may read all that it holds
 * (rights.h), and only when it is there or pays to be made (held.h, price.h), for this session or for all of them
 * (maker.h). In every other case the tables answer, and answer the same. One function decides, and what people are told
 * of it is what it found.
 */
#include "map/session.h"

#include "funcapi.h"
#include "map/held.h"
#include "map/maker.h"
#include "map/price.h"
#include "map/rights.h"
#include "utils/builtins.h"

#include <float.h>

WMO_FUNCTION(wmo_sql_describe_session_map);

/* Why the tables answer. */
typedef enum Obstacle {
	NO_OBSTACLE,
	MAP_IS_OFF,
	STATE_NOT_KNOWN,
	MAY_NOT_READ,
	CANNOT_BE_MADE,
	AREAS_CANNOT_BE_COMPILED,
	DOES_NOT_PAY,
	IS_MADE_FOR_ALL
} Obstacle;

static const char *
obstacle_text(Obstacle obstacle)
{
	switch (obstacle)
	{
		case NO_OBSTACLE:
			break;
		case MAP_IS_OFF:
			return "wmo_contracts.session_map is off";
		case STATE_NOT_KNOWN:
			return "the registry is changing, has changed since this snapshot was taken, or its triggers are not all "
				   "on: see wmo.note_every_change()";
		case MAY_NOT_READ:
			return "a table of the registry has row security or child tables, or may not be read by this role";
		case CANNOT_BE_MADE:
			return "the map could not be made within wmo_contracts.session_map_memory, or was interrupted";
		case AREAS_CANNOT_BE_COMPILED:
			if (wmo_held_grid_fault()->area_id != 0)
				return psprintf("area %d cannot be compiled: %s", wmo_held_grid_fault()->area_id,
								wmo_grid_error_text(wmo_held_grid_fault()->error));
			return "the areas could not be compiled within wmo_contracts.session_map_memory";
		case DOES_NOT_PAY:
			return "making a map does not pay yet";
		case IS_MADE_FOR_ALL:
			return "the map of all sessions is being made";
	}
	return NULL;
}

/*
 * What is in the way of a map for the next question; without an obstacle *state is the one that it must be of. A map
 * that stands in shared memory is taken at once.
 */
static Obstacle
find_obstacle(const RegistryState **state)
{
	bool for_all;

	if (wmo_session_map_mode() == MAP_OFF)
		return MAP_IS_OFF;
	*state = wmo_registry_state();
	if (*state == NULL)
		return STATE_NOT_KNOWN;
	if (!wmo_may_read_registry())
		return MAY_NOT_READ;
	if (likely(wmo_held_is_of(*state)) || wmo_held_take_shared(*state) || wmo_held_follow(*state))
		return NO_OBSTACLE;
	for_all = wmo_maker_is_for(*state);
	/* it may have come meanwhile */
	if (!for_all && wmo_held_take_shared(*state))
		return NO_OBSTACLE;
	if (!for_all)
		switch (wmo_held_failure(*state))
		{
			case MAP_FAILED:
				return CANNOT_BE_MADE;
			case MAP_FAILED_BY_AREAS:
				return AREAS_CANNOT_BE_COMPILED;
			case MAP_NOT_FAILED:
				break;
		}
	if (wmo_session_map_mode() != MAP_ON && !wmo_price_is_paid(*state, for_all))
		return DOES_NOT_PAY;
	return for_all ? IS_MADE_FOR_ALL : NO_OBSTACLE;
}

/* Has the map of all sessions made, and waits for it no longer than the tables would take: they answer meanwhile. */
static void
have_it_made(const RegistryState *state)
{
	double left = wmo_maker_order(state, wmo_price_look_up(state));

	wmo_held_let_go();
	if (wmo_session_map_mode() == MAP_ON)
		wmo_maker_wait(DBL_MAX);
	else if (left <= wmo_price_of_question())
		wmo_maker_wait(wmo_price_of_question());
}

const WmoMap *
wmo_session_map(void)
{
	const RegistryState *state;
	Obstacle obstacle = find_obstacle(&state);

	if (obstacle == IS_MADE_FOR_ALL)
	{
		have_it_made(state);
		obstacle = find_obstacle(&state);
	}
	if (obstacle != NO_OBSTACLE)
		return NULL;
	return likely(wmo_held_is_of(state)) || wmo_held_make(state, wmo_session_map_limit()) ? &wmo_held.map : NULL;
}

Size
wmo_session_map_room(void)
{
	return wmo_session_map_limit() > wmo_held_own_size() ? wmo_session_map_limit() - wmo_held_own_size() : 0;
}

uint64
wmo_session_map_serial(void)
{
	return wmo_held.serial;
}

static const char *
origin_text(void)
{
	return wmo_held.rows.of_edition ? "an edition" :
		wmo_held.grid.of_edition	? "the tables, and the areas of an edition" :
									  "the tables";
}

static const char *
place_text(void)
{
	return wmo_held.rows.shared ? "the memory of all sessions" :
		wmo_held.grid.shared	? "the memory of this session, its areas in that of all sessions" :
								  "the memory of this session";
}

/* wmo.describe_session_map() -> setof (item text, value text): how this session answers, and why. */
Datum
wmo_sql_describe_session_map(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const RegistryState *state;
	Obstacle obstacle = find_obstacle(&state);
	bool by_map = obstacle == NO_OBSTACLE || (obstacle == IS_MADE_FOR_ALL && wmo_session_map_mode() == MAP_ON);

	InitMaterializedSRF(fcinfo, 0);
	wmo_put_item(result, "the next question is answered by", by_map ? "the map" : "the tables");
	if (!by_map)
		wmo_put_item(result, "because", obstacle_text(obstacle));
	wmo_put_item(result, "bytes of the map", wmo_held.whole ? psprintf("%zu", wmo_held_size()) : "none");
	if (wmo_held.whole)
	{
		wmo_put_item(result, "made of", origin_text());
		wmo_put_item(result, "it stands in", place_text());
		if (wmo_held.map.over != NULL)
			wmo_put_item(result, "contracts looked at again since it was made",
						 psprintf("%u", wmo_held.over.looked_at));
	}
	wmo_put_item(result, "milliseconds spent on the tables", psprintf("%.0f", wmo_price_spent()));
	if (!by_map && wmo_price_of_map() >= 0)
		wmo_put_item(result, "milliseconds that a map would cost", psprintf("%.0f", wmo_price_of_map()));
	return (Datum) 0;
}
