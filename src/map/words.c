/*
 * words.c - the words of SQL as the numbers that a map has for them.
 *
 * The words and their numbers stand in the core. The numbers order certainties from strong to weak and reasons from
 * near to far, as the enums do in SQL, so both must have the same words in the same order.
 */
#include "map/words.h"

#include "catalog/namespace.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "server/table_scan.h"
#include "utils/catcache.h"
#include "utils/syscache.h"

const char *const wmo_covers_word[WMO_COVERS_PART + 1] =
	{[WMO_COVERS_UNTOLD] = NULL, [WMO_COVERS_WHOLE] = "whole", [WMO_COVERS_PART] = "part"};

/* Fills numbers; false when the enum has other words, or in another order. */
static bool
look_up_labels(const char *const *words, EnumNumbers *numbers)
{
	CatCList *labels = SearchSysCacheList1(ENUMTYPOIDNAME, ObjectIdGetDatum(numbers->type));
	float4 place[WMO_REASONS + 1];
	bool same = labels->n_members == numbers->count;

	memset(numbers->label, 0, sizeof(numbers->label));
	for (int i = 0; same && i < labels->n_members; i++)
	{
		Form_pg_enum label = (Form_pg_enum) GETSTRUCT(&labels->members[i]->tuple);
		int number = 1;

		while (number <= numbers->count && strcmp(NameStr(label->enumlabel), words[number]) != 0)
			number++;
		if ((same = number <= numbers->count))
		{
			numbers->label[number] = label->oid;
			place[number] = label->enumsortorder;
		}
	}
	for (int number = 2; same && number <= numbers->count; number++)
		same = place[number - 1] < place[number];
	ReleaseSysCacheList(labels);
	return same;
}

static void
look_up_enum(const char *type, const char *const *words, int count, EnumNumbers *numbers)
{
	numbers->type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(type),
									ObjectIdGetDatum(get_namespace_oid(WMO_FACE, false)));
	numbers->count = count;
	if (!look_up_labels(words, numbers))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s.%s has other words than this library", WMO_FACE, type),
				 errhint("Update the extension: ALTER EXTENSION wmo_contracts UPDATE.")));
}

void
wmo_words_look_up(WordNumbers *words)
{
	look_up_enum("certainty", wmo_certainty_word, WMO_CERTAINTIES, &words->certainty);
	look_up_enum("reason", wmo_reason_word, WMO_REASONS, &words->reason);
	look_up_enum("provider_role", wmo_role_word, WMO_ROLES, &words->role);
}

int32
wmo_enum_number(const EnumNumbers *numbers, Datum value)
{
	for (int number = 1; number <= numbers->count; number++)
		if (numbers->label[number] == DatumGetObjectId(value))
			return number;
	elog(ERROR, "%u is no value of enum %u", DatumGetObjectId(value), numbers->type);
}

int32
wmo_word_number(const char *const *words, int count, text *word)
{
	for (int number = 1; number <= count; number++)
		if (strlen(words[number]) == VARSIZE_ANY_EXHDR(word) &&
			memcmp(words[number], VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word)) == 0)
			return number;
	elog(ERROR, "a map has no number for \"%.*s\"", (int) VARSIZE_ANY_EXHDR(word), VARDATA_ANY(word));
}
