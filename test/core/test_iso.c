/*
 * test_iso.c - days and lengths of ISO 8601: what is read, what is refused and where, and what is written.
 *
 *   gcc -std=c11 -O1 -g -Isrc test/core/test_iso.c $(find src/core -name "*.c") -lm && ./a.out
 *
 * The numbers of days are those of PostgreSQL: SELECT date '2020-02-29' - date '1970-01-01'.
 */
#include "core/iso.h"
#include "tap.h"

#include <string.h>

static bool
day_is(const char *text, WmoIsoFault fault, WmoDay day, size_t behind)
{
	const char *at = text;
	WmoDay found = 0;

	return wmo_iso_parse_day(&at, text + strlen(text), &found) == fault && found == day && at == text + behind;
}

static bool
length_is(const char *text, bool any_case, WmoIsoFault fault, int32_t months, int32_t days, size_t behind)
{
	const char *at = text;
	WmoLength found = {0, 0};

	return wmo_iso_parse_length(&at, text + strlen(text), 65535, any_case, &found) == fault && found.months == months &&
		found.days == days && at == text + behind;
}

static bool
is_written(int32_t months, int32_t days, bool with_years, const char *expected)
{
	char text[WMO_ISO_LENGTH_TEXT];
	size_t size = wmo_iso_print_length((WmoLength) {months, days}, with_years, text);

	return size == strlen(expected) && strcmp(text, expected) == 0;
}

int
main(void)
{
	char text[WMO_ISO_DAY_TEXT];

	ok(day_is("1970-01-01", WMO_ISO_OK, 0, 10) && day_is("2020-02-29)", WMO_ISO_OK, 18321, 10) &&
		   day_is("0001-01-01", WMO_ISO_OK, WMO_ISO_DAY_MIN, 10) &&
		   day_is("9999-12-31", WMO_ISO_OK, WMO_ISO_DAY_MAX, 10),
	   "days are read");
	ok(day_is("2021-02-29", WMO_ISO_NO_SUCH_DAY, 0, 0) && day_is("0000-01-01", WMO_ISO_NO_SUCH_DAY, 0, 0) &&
		   day_is("2020-13-01", WMO_ISO_NO_SUCH_DAY, 0, 0) && day_is("2020-00-00", WMO_ISO_NO_SUCH_DAY, 0, 0),
	   "days that do not exist are refused");
	ok(day_is("", WMO_ISO_NOT_A_DAY, 0, 0) && day_is("2020-2-29", WMO_ISO_NOT_A_DAY, 0, 0) &&
		   day_is("2020-02-2", WMO_ISO_NOT_A_DAY, 0, 0) && day_is("2020-02-291", WMO_ISO_NOT_A_DAY, 0, 0) &&
		   day_is("2020/02/29", WMO_ISO_NOT_A_DAY, 0, 0),
	   "and what is no day");
	ok(wmo_iso_print_day(18321, text) == 10 && strcmp(text, "2020-02-29") == 0 &&
		   wmo_iso_print_day(WMO_DAY_MAX, text) == 13 && strcmp(text, "5874897-12-31") == 0,
	   "days are written");
	ok(length_is("P1Y2M3W4D", false, WMO_ISO_OK, 14, 25, 9) && length_is("P6W,", false, WMO_ISO_OK, 0, 42, 3) &&
		   length_is("p2y", true, WMO_ISO_OK, 24, 0, 3) && length_is("P0D", false, WMO_ISO_OK, 0, 0, 3),
	   "lengths are read");
	ok(length_is("2Y", false, WMO_ISO_NOT_A_LENGTH, 0, 0, 0) &&
		   length_is("p2y", false, WMO_ISO_NOT_A_LENGTH, 0, 0, 0) &&
		   length_is("P", false, WMO_ISO_NOT_A_NUMBER, 0, 0, 1) &&
		   length_is("P2", false, WMO_ISO_NOT_A_UNIT, 0, 0, 2) &&
		   length_is("P1M1Y", false, WMO_ISO_NOT_A_UNIT, 0, 0, 4) &&
		   length_is("P1DT5H", false, WMO_ISO_HOURS, 0, 0, 3) && length_is("PT5H", false, WMO_ISO_HOURS, 0, 0, 1),
	   "what is no length is refused where it is wrong");
	ok(length_is("P65535M65535D", false, WMO_ISO_OK, 65535, 65535, 13) &&
		   length_is("P65536D", false, WMO_ISO_TOO_LONG, 0, 0, 5) &&
		   length_is("P5462Y", false, WMO_ISO_TOO_LONG, 0, 0, 6) &&
		   length_is("P99999999999999999999D", false, WMO_ISO_TOO_LONG, 0, 0, 5),
	   "and what is too long");
	ok(is_written(14, 3, true, "P1Y2M3D") && is_written(14, 3, false, "P14M3D") && is_written(24, 0, true, "P2Y") &&
		   is_written(0, 42, false, "P42D") && is_written(0, 0, true, "P0D"),
	   "lengths are written");
	return finish();
}
