/*
 * settings.c - what can be set about the maps behind questions. No setting changes an answer.
 */
#include "map/settings.h"

#include "utils/guc.h"
#include "utils/memutils.h"

#include <limits.h>

static const struct config_enum_entry modes[] = {{"auto", MAP_AUTO, false},
												 {"on", MAP_ON, false},
												 {"off", MAP_OFF, false},
												 {NULL, 0, false}};

static int mode = MAP_AUTO;
static int memory_limit = 256 * 1024; /* kB */
static int shared_limit = 512 * 1024; /* kB */

void
wmo_session_map_settings(void)
{
	DefineCustomEnumVariable("wmo_contracts.session_map", "When questions are answered from a coverage map in memory.",
							 "auto: once that pays; on: from the first question; off: never. The answers are the same.",
							 &mode, MAP_AUTO, modes, PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("wmo_contracts.session_map_memory", "How large the coverage map of a session may be.",
							"Of a registry with a larger map, questions are answered by SQL. Making a map takes some "
							"times its size for a moment.",
							&memory_limit, 256 * 1024, 0, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB, NULL, NULL, NULL);
	DefineCustomIntVariable("wmo_contracts.shared_map_memory",
							"How much shared memory the coverage maps of all databases may take together.",
							"Only where shared_preload_libraries names wmo_contracts. 0: none; then, and where a map "
							"does not fit, each session makes its own.",
							&shared_limit, 512 * 1024, 0, MAX_KILOBYTES, PGC_SIGHUP, GUC_UNIT_KB, NULL, NULL, NULL);
}

SessionMapMode
wmo_session_map_mode(void)
{
	return (SessionMapMode) mode;
}

Size
wmo_session_map_limit(void)
{
	return Min((Size) memory_limit * 1024, MaxAllocHugeSize);
}

Size
wmo_shared_map_limit(void)
{
	return (Size) shared_limit * 1024;
}
