/*
 * question.h - the arguments of a question, read for a map.
 */
#ifndef WMO_MAP_QUESTION_H
#define WMO_MAP_QUESTION_H

#include "map/rows.h"

/* What is wrong with an argument; the errors themselves are raised by who knows where the answer comes from. */
typedef enum PlaceFault
{
	PLACE_OK,
	PLACE_NOT_A_POINT,
	PLACE_WITHOUT_SRID,
	PLACE_ELSEWHERE, /* in another reference system than the map */
	PLACE_NOT_FINITE
} PlaceFault;

/*
 * Reads a point of PostGIS into x and y. has_place is false for an empty one. srid and type (a number of PostGIS) tell
 * what was given. Damaged bytes are an error.
 */
extern PlaceFault wmo_read_place(Datum place, int32 srid_of_map, WmoQuestion *question, int32 *srid, uint32 *type);

/* A day, or null as WMO_MAP_NULL; false when it is infinite. */
extern bool wmo_read_day(NullableDatum argument, int32 *day);

/* An age in whole years, or null as WMO_MAP_NULL; false when nobody has it. */
extern bool wmo_read_age(NullableDatum argument, int32 *age);

/* Whose client somebody is, and since when; the numbers that stand for null are nobody's. */
extern void wmo_read_client(NullableDatum current_provider, NullableDatum client_since, WmoQuestion *question);

/* The row of a service, kept from call to call; -1 for a code that the map does not know. */
extern int32 wmo_read_service(Asking *asking, const WmoMap *map, text *code);

#endif
