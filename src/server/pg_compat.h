/*
 * pg_compat.h - the one place that knows how PostgreSQL's majors differ.
 *
 * Built for 15 to 19; script/majors proves it on those that Debian has.
 */
#ifndef WMO_SERVER_PG_COMPAT_H
#define WMO_SERVER_PG_COMPAT_H

#include "postgres.h"

#if PG_VERSION_NUM < 160000
/* Before 16 the server leaves PGDLLEXPORT empty on Unix; under -fvisibility=hidden our entry points need it. */
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

#include "fmgr.h"

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
/* Soft errors: an input function reports through the caller's context where the server has one. */
#define wmo_return_error(context, ...) ereturn(context, (Datum) 0, __VA_ARGS__)
#else
#define wmo_return_error(context, ...) \
	do \
	{ \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		pg_unreachable(); \
	} while (0)
#endif

/* range_serialize: since 16 it has a context for soft errors. */
#if PG_VERSION_NUM >= 160000
#define wmo_range_serialize(type, lower, upper, empty) range_serialize(type, lower, upper, empty, NULL)
#else
#define wmo_range_serialize(type, lower, upper, empty) range_serialize(type, lower, upper, empty)
#endif

/* A scan of every row of a table; since 19 table_beginscan takes flags. */
#if PG_VERSION_NUM >= 190000
#define wmo_beginscan(table, snapshot) table_beginscan(table, snapshot, 0, NULL, SO_NONE)
#else
#define wmo_beginscan(table, snapshot) table_beginscan(table, snapshot, 0, NULL)
#endif

/*
 * The place of this process among as many as there can be backends, from 0, and by which number procsignal.h knows the
 * one in a place: since 17 both are the same.
 */
#if PG_VERSION_NUM >= 170000
#define wmo_backend_index() MyProcNumber
#define wmo_backend_id(index) (index)
#else
#define wmo_backend_index() (MyBackendId - 1)
#define wmo_backend_id(index) ((index) + 1)
#endif

/*
 * Declares an fmgr function and exports it: fmgr.h itself declares these functions without PGDLLEXPORT before 16, and
 * we build with -fvisibility=hidden so that nothing of ours can clash with a neighbour in the server.
 */
#define WMO_FUNCTION(name) \
	PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

#endif
