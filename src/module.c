/*
 * module.c - the module itself: its magic block and its version.
 */
#include "server/pg_compat.h"

#include "map/settings.h"
#include "map/shared.h"
#include "server/words.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "wmo_contracts", .version = WMO_VERSION);
#else
PG_MODULE_MAGIC;
#endif

WMO_FUNCTION(wmo_sql_version);

PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	wmo_language_setting();
	wmo_session_map_settings();
	MarkGUCPrefixReserved("wmo_contracts");
	wmo_shared_request();
}

/* wmo.version() -> text: the version that the control file gave when this library was built. */
Datum
wmo_sql_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(WMO_VERSION));
}
