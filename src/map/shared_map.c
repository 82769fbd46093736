/*
 * shared_map.c - what stands in shared memory, for people.
 */
#include "map/shared.h"

#include "catalog/pg_authid.h"
#include "commands/dbcommands.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

WMO_FUNCTION(wmo_sql_describe_shared_maps);

/* One line of the description, copied so that nothing is looked up under the lock. */
typedef struct Line
{
	Oid database;
	const char *piece;
	const char *standing;
	Size bytes;
	int users; /* -1: it has none yet */
	bool has_origin;
	bool of_edition;
	TimestampTz since;
} Line;

static int
users_of(int number)
{
	const SharedPiece *piece = &wmo_shared->piece[number];
	int users = (int) piece->uses - piece->current;

	for (int i = 0; piece->grid < 0 && i < WMO_SHARED_PIECES; i++)
		users -= OidIsValid(wmo_shared->piece[i].database) && wmo_shared->piece[i].grid == number;
	for (int i = 0; piece->grid < 0 && i < WMO_SHARED_REGISTRIES; i++)
		users -= OidIsValid(wmo_shared->registry[i].database) && wmo_shared->registry[i].grid == number;
	return users;
}

/* All that there is, in lines with room for it. Returns how many there are. */
static int
copy_lines(Line *lines)
{
	int count = 0;

	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	for (int i = 0; i < WMO_SHARED_PIECES; i++)
	{
		const SharedPiece *piece = &wmo_shared->piece[i];

		if (OidIsValid(piece->database))
			lines[count++] = (Line) {piece->database,
									 piece->grid < 0 ? "areas" : "rows",
									 piece->old ? "old" : "current",
									 piece->size,
									 users_of(i),
									 true,
									 piece->of_edition,
									 piece->made_at};
	}
	for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
	{
		const SharedRegistry *registry = &wmo_shared->registry[i];

		if (OidIsValid(registry->database) && registry->order != 0)
			lines[count++] = (Line) {.database = registry->database,
									 .piece = "map",
									 .standing = "being made",
									 .bytes = registry->reserved,
									 .users = -1,
									 .since = registry->ordered_at};
	}
	LWLockRelease(wmo_shared_lock);
	return count;
}

/*
 * wmo.describe_shared_maps() -> setof (database, piece, standing, bytes, users, made_of, since): of this database, or
 * of all for who may read the statistics of others.
 */
Datum
wmo_sql_describe_shared_maps(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	bool all = has_privs_of_role(GetUserId(), ROLE_PG_READ_ALL_STATS);
	Line *lines;
	int count;

	InitMaterializedSRF(fcinfo, 0);
	if (wmo_shared == NULL)
		return (Datum) 0;
	lines = palloc((WMO_SHARED_PIECES + WMO_SHARED_REGISTRIES) * sizeof(Line));
	count = copy_lines(lines);
	for (int i = 0; i < count; i++)
	{
		const Line *line = &lines[i];
		char *database = line->database == MyDatabaseId || all ? get_database_name(line->database) : NULL;
		Datum values[7];
		bool nulls[7] = {false};

		if (line->database != MyDatabaseId && !all)
			continue;
		nulls[0] = database == NULL;
		values[0] = nulls[0] ? (Datum) 0 : CStringGetTextDatum(database);
		values[1] = CStringGetTextDatum(line->piece);
		values[2] = CStringGetTextDatum(line->standing);
		values[3] = Int64GetDatum((int64) line->bytes);
		nulls[4] = line->users < 0;
		values[4] = Int32GetDatum(line->users);
		nulls[5] = !line->has_origin;
		values[5] = nulls[5] ? (Datum) 0 : CStringGetTextDatum(line->of_edition ? "an edition" : "the tables");
		values[6] = TimestampTzGetDatum(line->since);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
