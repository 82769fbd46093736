/*
 * settings.h - what can be set about the maps behind questions.
 */
#ifndef WMO_MAP_SETTINGS_H
#define WMO_MAP_SETTINGS_H

#include "server/pg_compat.h"

typedef enum SessionMapMode {
	MAP_AUTO, /* once that pays */
	MAP_ON, /* from the first question */
	MAP_OFF
} SessionMapMode;

/* Defines the settings. Called once, when the library is loaded. */
extern void wmo_session_map_settings(void);

/* wmo_contracts.session_map */
extern SessionMapMode wmo_session_map_mode(void);

/* wmo_contracts.session_map_memory, in bytes: what a map and all that is kept beside it may take. */
extern Size wmo_session_map_limit(void);

/* wmo_contracts.shared_map_memory, in bytes: what the maps of all sessions may take together. */
extern Size wmo_shared_map_limit(void);

#endif
