/*
 * objection_fuzz.c - libFuzzer target for the text form of objection periods (and the lengths inside it).
 *
 * Whatever is accepted keeps every invariant, prints within its buffer, and reads back as the same value from its own
 * text, which is a fixed point.
 */
#include <stdlib.h>
#include <string.h>

#include "core/objection.h"

#define MUST(condition) \
	do \
	{ \
		if (!(condition)) \
			abort(); \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_length(const char *text, size_t size, int32_t most, bool any_case)
{
	const char *cursor = text;
	WmoLength length;
	WmoLength again;
	char printed[WMO_ISO_LENGTH_TEXT];
	const char *reread = printed;
	size_t printed_size;

	if (wmo_iso_parse_length(&cursor, text + size, most, any_case, &length) != WMO_ISO_OK)
	{
		MUST(cursor >= text && cursor <= text + size);
		return;
	}
	MUST(cursor > text && cursor <= text + size);
	MUST(length.months >= 0 && length.days >= 0 && length.months <= most && length.days <= most);
	printed_size = wmo_iso_print_length(length, any_case, printed);
	MUST(printed_size > 0 && printed_size < WMO_ISO_LENGTH_TEXT && printed[printed_size] == '\0');
	MUST(wmo_iso_parse_length(&reread, printed + printed_size, most, false, &again) == WMO_ISO_OK);
	MUST(reread == printed + printed_size);
	MUST(again.months == length.months && again.days == length.days);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of exactly this size, so that reading one byte too far is caught. */
	char *text = malloc(size > 0 ? size : 1);
	WmoObjection period;
	const char *regime;
	size_t regime_size;
	WmoObjectionFault fault;

	MUST(text != NULL);
	memcpy(text, data, size);
	fault = wmo_objection_parse(text, size, &period, &regime, &regime_size);
	MUST(wmo_objection_fault_text(fault) != NULL);
	if (fault == WMO_OBJECTION_OK)
	{
		char printed[WMO_OBJECTION_TEXT];
		char printed_again[WMO_OBJECTION_TEXT];
		WmoObjection again;
		const char *regime_again;
		size_t regime_again_size;
		int printed_size;

		MUST(wmo_objection_check(&period) == WMO_OBJECTION_OK);
		MUST(wmo_regime_name_is_valid(regime, regime_size));
		printed_size = wmo_objection_print(&period, regime, regime_size, printed);
		MUST(printed_size > 0 && printed_size < (int) sizeof(printed));
		MUST(wmo_objection_parse(printed, (size_t) printed_size, &again, &regime_again, &regime_again_size) ==
			 WMO_OBJECTION_OK);
		MUST(wmo_objection_compare(&period, &again) == 0);
		MUST(regime_size == regime_again_size && memcmp(regime, regime_again, regime_size) == 0);
		MUST(wmo_objection_print(&again, regime_again, regime_again_size, printed_again) == printed_size);
		MUST(memcmp(printed, printed_again, (size_t) printed_size) == 0);
	}
	check_length(text, size, INT32_MAX, false);
	check_length(text, size, 65535, true);

	/* The same bytes as the binary form: five integers, then a name. Only the check stands between them and a value. */
	if (size >= sizeof(period))
	{
		char printed[WMO_OBJECTION_TEXT];

		memcpy(&period, data, sizeof(period));
		regime = text + sizeof(period);
		regime_size = size - sizeof(period);
		if (wmo_objection_check(&period) == WMO_OBJECTION_OK && wmo_regime_name_is_valid(regime, regime_size))
			MUST(wmo_objection_print(&period, regime, regime_size, printed) < (int) sizeof(printed));
	}
	free(text);
	return 0;
}
