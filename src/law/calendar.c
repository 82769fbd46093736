/*
 * calendar.c - working days, holidays and ages for SQL, and the one reader of the equated days.
 */
#include "law/calendar.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "law/words.h"
#include "server/snapshot_key.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

WMO_FUNCTION(wmo_sql_is_working_day);
WMO_FUNCTION(wmo_sql_next_working_day);
WMO_FUNCTION(wmo_sql_public_holidays);
WMO_FUNCTION(wmo_sql_calendar_is_complete);
WMO_FUNCTION(wmo_sql_age_on_date);

/* A growing array of days, and whether adding to it is still in one piece. */
typedef struct DayList
{
	WmoDay *days;
	int count;
	int room;
} DayList;

static WmoCalendar calendar;
static WmoDay *calendar_days = NULL;
static bool calendar_made = false;
static uint64 calendar_key = 0;

static void
add_day(DayList *list, WmoDay day)
{
	if (list->count == list->room)
	{
		list->room = list->room == 0 ? 64 : list->room * 2;
		list->days = list->days == NULL ? palloc(list->room * sizeof(WmoDay)) :
										  repalloc(list->days, list->room * sizeof(WmoDay));
	}
	list->days[list->count++] = day;
}

/* equated_day_shipped and equated_day_own: column 1 is the day, kept finite by a constraint. */
static void
collect_equated_day(TupleTableSlot *slot, void *arg)
{
	bool isnull;
	Datum value = slot_getattr(slot, 1, &isnull);

	if (!isnull && !DATE_NOT_FINITE(DatumGetDateADT(value)))
		add_day(arg, wmo_day_from_date(DatumGetDateADT(value), "equated day"));
}

static int
compare_days(const void *left, const void *right)
{
	WmoDay a = *(const WmoDay *) left;
	WmoDay b = *(const WmoDay *) right;

	return (a > b) - (a < b);
}

static void
read_calendar(uint64 key)
{
	DayList list = {NULL, 0, 0};
	int count = 0;

	wmo_scan_table(WMO_FACE, "equated_day_shipped", collect_equated_day, &list);
	wmo_scan_table(WMO_FACE, "equated_day_own", collect_equated_day, &list);
	if (list.count > 0)
		qsort(list.days, list.count, sizeof(WmoDay), compare_days);
	for (int i = 0; i < list.count; i++)
	{
		if (count == 0 || list.days[count - 1] != list.days[i])
			list.days[count++] = list.days[i];
	}

	if (!calendar_made || count != calendar.equated_count ||
		(count > 0 && memcmp(list.days, calendar.equated, count * sizeof(WmoDay)) != 0))
	{
		WmoDay *days = MemoryContextAlloc(TopMemoryContext, Max(count, 1) * sizeof(WmoDay));

		if (count > 0)
			memcpy(days, list.days, count * sizeof(WmoDay));
		wmo_calendar_make(&calendar, days, count);
		if (calendar_days != NULL)
			pfree(calendar_days);
		calendar_days = days;
		calendar_made = true;
	}
	if (list.days != NULL)
		pfree(list.days);
	calendar_key = key;
}

const WmoCalendar *
wmo_current_calendar(void)
{
	uint64 key = wmo_snapshot_key();

	if (unlikely(key != calendar_key))
		read_calendar(key);
	return &calendar;
}

/* Pairs of first and last day, of the rows that touch the days asked for. */
typedef struct KnownDays
{
	TypeCacheEntry *type;
	WmoDay from;
	WmoDay to;
	DayList found;
} KnownDays;

/* calendar_decree_shipped and calendar_decree_own: column 2 holds the days for which the decree is the whole answer. */
static void
collect_known_days(TupleTableSlot *slot, void *arg)
{
	KnownDays *known = arg;
	bool isnull;
	Datum value = slot_getattr(slot, 2, &isnull);
	RangeBound lower;
	RangeBound upper;
	bool empty;
	int64 first;
	int64 last;

	if (isnull)
		return;
	range_deserialize(known->type, DatumGetRangeTypeP(value), &lower, &upper, &empty);
	if (empty)
		return;
	first = lower.infinite ? WMO_DAY_MIN : wmo_date_to_day(DatumGetDateADT(lower.val));
	last = upper.infinite ? WMO_DAY_MAX : (int64) wmo_date_to_day(DatumGetDateADT(upper.val)) - 1;
	if (first > known->to || last < known->from)
		return;
	add_day(&known->found, (WmoDay) Max(first, known->from));
	add_day(&known->found, (WmoDay) Min(last, known->to));
}

bool
wmo_decrees_are_known(WmoDay first, WmoDay last)
{
	KnownDays known = {lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO), first, last, {NULL, 0, 0}};
	int64 reached = (int64) first - 1;

	wmo_scan_table(WMO_FACE, "calendar_decree_shipped", collect_known_days, &known);
	wmo_scan_table(WMO_FACE, "calendar_decree_own", collect_known_days, &known);
	if (known.found.count > 0)
		qsort(known.found.days, known.found.count / 2, 2 * sizeof(WmoDay), compare_days);
	for (int i = 0; i < known.found.count && known.found.days[i] <= reached + 1; i += 2)
		reached = Max(reached, known.found.days[i + 1]);
	return reached >= last;
}

typedef struct DecreeSearch
{
	DateADT date;
	char *decree;
} DecreeSearch;

/* Column 2 is the decree. */
static void
match_decree(TupleTableSlot *slot, void *arg)
{
	DecreeSearch *search = arg;
	bool isnull;
	Datum day = slot_getattr(slot, 1, &isnull);

	if (isnull || DatumGetDateADT(day) != search->date || search->decree != NULL)
		return;
	day = slot_getattr(slot, 2, &isnull);
	if (!isnull)
		search->decree = TextDatumGetCString(day);
}

char *
wmo_decree_of(WmoDay day)
{
	DecreeSearch search = {wmo_date_from_day(day), NULL};

	wmo_scan_table(WMO_FACE, "equated_day_shipped", match_decree, &search);
	if (search.decree == NULL)
		wmo_scan_table(WMO_FACE, "equated_day_own", match_decree, &search);
	return search.decree;
}

/* The free days of a rule that has any. */
static WmoFreeDays
free_days_from_text(text *name)
{
	WmoRule rule = wmo_rule_from_text(name);

	if (rule == WMO_RULE_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the rule \"none\" knows no working days"),
				 errhint("Ask for the rule atw or eu_1182_71.")));
	return wmo_rule_free_days(rule);
}

/* wmo.is_working_day(day date, rule text) -> boolean; null before 1965, whose holidays the Atw does not give. */
Datum
wmo_sql_is_working_day(PG_FUNCTION_ARGS)
{
	WmoDay day = wmo_day_from_date(PG_GETARG_DATEADT(0), "day");
	WmoFreeDays which = free_days_from_text(PG_GETARG_TEXT_PP(1));

	if (day < WMO_HOLIDAYS_KNOWN_FROM)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(!wmo_calendar_is_free(wmo_current_calendar(), which, day));
}

/* wmo.next_working_day(day date, rule text) -> date: the first one after the day; null before 1965. */
Datum
wmo_sql_next_working_day(PG_FUNCTION_ARGS)
{
	WmoDay day = wmo_day_from_date(PG_GETARG_DATEADT(0), "day");
	WmoFreeDays which = free_days_from_text(PG_GETARG_TEXT_PP(1));

	if (day < WMO_HOLIDAYS_KNOWN_FROM)
		PG_RETURN_NULL();
	if (day == WMO_DAY_MAX || !wmo_calendar_working_day_from(wmo_current_calendar(), which, day + 1, &day))
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("next working day out of range")));
	PG_RETURN_DATEADT(wmo_date_from_day(day));
}

/* wmo.public_holidays(year int) -> setof (day, name, basis): statutory holidays and equated days, by day. */
Datum
wmo_sql_public_holidays(PG_FUNCTION_ARGS)
{
	int32 year = PG_GETARG_INT32(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const WmoCalendar *current;
	WmoHolidayDay holidays[WMO_HOLIDAYS_MAX];
	WmoDay *equated;
	int64 first;
	int64 last;
	int statutory;
	int equated_count;
	int next_equated = 0;

	if (year < 1965 || year > 5874897)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("no public holidays are known of the year %d", year),
				 errdetail("The Algemene termijnenwet names the holidays since 1965; dates end in 5874897.")));
	InitMaterializedSRF(fcinfo, 0);

	statutory = wmo_holiday_list(year, holidays);
	first = wmo_day_from_civil(year, 1, 1);
	last = wmo_day_from_civil(year, 12, 31);

	/* Copied, for reading the decrees below may read the calendar anew. */
	current = wmo_current_calendar();
	equated_count = current->equated_count;
	equated = palloc(Max(equated_count, 1) * sizeof(WmoDay));
	if (equated_count > 0)
		memcpy(equated, current->equated, equated_count * sizeof(WmoDay));
	while (next_equated < equated_count && equated[next_equated] < first)
		next_equated++;

	for (int i = 0; i <= statutory; i++)
	{
		int64 limit = i < statutory ? holidays[i].day : last + 1;
		Datum values[3];
		bool nulls[3] = {false, false, false};

		for (; next_equated < equated_count && equated[next_equated] < limit; next_equated++)
		{
			char *decree = wmo_decree_of(equated[next_equated]);

			values[0] = DateADTGetDatum(wmo_date_from_day(equated[next_equated]));
			values[1] = CStringGetTextDatum("Gelijkgestelde dag");
			values[2] = CStringGetTextDatum(
				psprintf("Atw art. 3 lid 3: %s", decree != NULL ? decree : "decree unknown"));
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
		if (i == statutory)
			break;
		values[0] = DateADTGetDatum(wmo_date_from_day((WmoDay) holidays[i].day));
		values[1] = CStringGetTextDatum(wmo_holiday_name(holidays[i].holiday));
		values[2] = CStringGetTextDatum(wmo_holiday_article(holidays[i].holiday));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* wmo.calendar_is_complete(days daterange) -> boolean: are the decrees known for all these days? */
Datum
wmo_sql_calendar_is_complete(PG_FUNCTION_ARGS)
{
	RangeType *range = PG_GETARG_RANGE_P(0);
	TypeCacheEntry *type = range_get_typcache(fcinfo, RangeTypeGetOid(range));
	RangeBound lower;
	RangeBound upper;
	bool empty;

	range_deserialize(type, range, &lower, &upper, &empty);
	if (empty)
		PG_RETURN_BOOL(true);
	if (lower.infinite || upper.infinite || DATE_NOT_FINITE(DatumGetDateADT(lower.val)) ||
		DATE_NOT_FINITE(DatumGetDateADT(upper.val)))
		PG_RETURN_BOOL(false);
	PG_RETURN_BOOL(wmo_decrees_are_known(wmo_day_from_date(DatumGetDateADT(lower.val), "first day"),
										 wmo_day_from_date(DatumGetDateADT(upper.val), "end of the days") - 1));
}

/* wmo.age_on(birth date, on_date date) -> int: whole years; null before birth. */
Datum
wmo_sql_age_on_date(PG_FUNCTION_ARGS)
{
	WmoDay birth = wmo_day_from_date(PG_GETARG_DATEADT(0), "date of birth");
	WmoDay on_day = wmo_day_from_date(PG_GETARG_DATEADT(1), "day");
	int32 age;

	if (!wmo_age_on(birth, on_day, &age))
		PG_RETURN_NULL();
	PG_RETURN_INT32(age);
}
