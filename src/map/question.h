/*
 * question.h - the arguments of a question, read for a map.
 */
#ifndef WMO_MAP_QUESTION_H
#define WMO_MAP_QUESTION_H

#include "map/rows.h"

/* Which argument of a function is what; NO_ARGUMENT where it has none. */
#define NO_ARGUMENT (-1)
/* As of the day on which the map was made. */
#define DAY_OF_MAP (-2)
typedef struct QuestionPlan
{
	int place;
	int service;
	int on_date;
	int age;
	int current_provider;
	int client_since;
	int as_of; /* without it: today; or DAY_OF_MAP */
	bool transforms; /* a place in another reference system than the map's */
} QuestionPlan;

/* What is wrong with an argument; the errors themselves are raised by who knows where the answer comes from. */
typedef enum QuestionFault {
	QUESTION_OK,
	PLACE_NOT_A_POINT,
	PLACE_WITHOUT_SRID,
	PLACE_ELSEWHERE, /* in another reference system than the map */
	PLACE_NOT_FINITE,
	SERVICE_UNKNOWN,
	ON_DATE_INFINITE,
	AGE_IMPOSSIBLE,
	AS_OF_INFINITE
} QuestionFault;

/* What a place says of itself: its reference system, and its type as PostGIS numbers them. */
typedef struct PlaceHead
{
	int32 srid;
	uint32 type;
} PlaceHead;

/*
 * Reads a question to the map, argument by argument in the order of QuestionFault, up to the first fault. place gets
 * what was found of the place. Damaged bytes of a place are an error.
 */
extern QuestionFault wmo_read_question(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site,
									   const WmoMap *map, WmoQuestion *question, PlaceHead *place);

/* A whole number, or the days of a date; null, and NO_ARGUMENT, as WMO_MAP_NULL. */
extern int32 wmo_read_number(FunctionCallInfo fcinfo, int argument);

/* One that may be any: the one that stands for null is moved to the next, which is nobody's. */
extern int32 wmo_read_any_number(FunctionCallInfo fcinfo, int argument);

/* The point of a MULTIPOINT that has one and no more, as its column stores it; false: it is another shape. */
extern bool wmo_read_lone_point(Datum value, double *x, double *y);

#endif
