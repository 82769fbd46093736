/*
 * term_fuzz.c - libFuzzer target for the term law over hostile days, lengths and equated days.
 *
 * Holds every result against its promises: never before the raw end, never on a free day where the rule moves it, the
 * same traced and untraced, the bits equal to the rules, ages that only grow.
 */
#include <stdlib.h>
#include <string.h>

#include "core/term.h"

#define MUST(condition) \
	do \
	{ \
		if (!(condition)) \
			abort(); \
	} while (0)

#define EQUATED_MAX 64

typedef struct Input
{
	int32_t event;
	int32_t months;
	int32_t days;
	uint8_t rule;
	uint8_t narrow; /* keep the numbers small, where the law is */
	uint16_t first_equated;
	uint8_t equated[EQUATED_MAX];
} Input;

typedef struct Seen
{
	WmoDay raw;
	WmoDay result;
	WmoDay last_free;
	bool ended;
} Seen;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look(void *context, WmoTermStep step, WmoDay day)
{
	Seen *seen = context;

	MUST(!seen->ended);
	if (step == WMO_STEP_RAW_END)
		seen->raw = day;
	else if (step == WMO_STEP_FREE_DAY)
	{
		MUST(day >= seen->raw && day > seen->last_free);
		seen->last_free = day;
	}
	else if (step == WMO_STEP_RESULT)
	{
		seen->result = day;
		seen->ended = true;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static WmoCalendar calendar;
	Input input;
	WmoDay equated[EQUATED_MAX];
	WmoLength length;
	WmoRule rule;
	WmoDay day;
	WmoDay last;
	WmoDay untraced;
	Seen seen = {0, 0, INT32_MIN, false};
	WmoTermStatus status;
	WmoHoliday holidays[2];
	int32_t age;

	if (size < sizeof(input))
		return 0;
	memcpy(&input, data, sizeof(input));
	rule = (WmoRule) (input.rule % 3);
	day = input.event;
	length = (WmoLength) {input.months, input.days};
	if (input.narrow % 4 != 0)
	{
		day = day % 80000;
		length = (WmoLength) {input.months % 5, input.days % 100};
	}
	if (day < WMO_DAY_MIN || day > WMO_DAY_MAX)
		return 0;
	for (int i = 0; i < EQUATED_MAX; i++)
		equated[i] = (i == 0 ? (WmoDay) input.first_equated - 3000 : equated[i - 1]) + 1 + input.equated[i] * (i % 3);
	wmo_calendar_make(&calendar, equated, EQUATED_MAX);

	/* A day is free by the bits exactly when it is by the rules. */
	if (day >= WMO_BITS_FIRST && day < WMO_BITS_FIRST + WMO_BITS_DAYS)
	{
		int32_t weekday = wmo_day_weekday(day);
		bool eu = weekday == 0 || weekday == 6 || wmo_holiday_on(day, holidays) > 0;

		MUST(wmo_calendar_is_free(&calendar, WMO_FREE_EU, day) == eu);
		MUST(wmo_calendar_is_free(&calendar, WMO_FREE_ATW, day) == (eu || wmo_calendar_is_equated(&calendar, day)));
	}
	MUST(wmo_age_on(WMO_DAY_MIN, day, &age) && age >= 0);

	status = wmo_term_last_day(&calendar, day, length, rule, look, &seen, &last);
	MUST(wmo_term_last_day(&calendar, day, length, rule, NULL, NULL, &untraced) == status);
	MUST((status == WMO_TERM_OK) == seen.ended);
	if (status != WMO_TERM_OK)
		return 0;
	MUST(last == untraced && last == seen.result && last >= seen.raw);
	MUST(seen.last_free == INT32_MIN || seen.last_free < last);
	if (rule == WMO_RULE_NONE || length.months < 0 || length.days < 0)
		MUST(last == seen.raw);
	else if (last != seen.raw || seen.last_free != INT32_MIN)
		MUST(!wmo_calendar_is_free(&calendar, wmo_rule_free_days(rule), last));
	return 0;
}
