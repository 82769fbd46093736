/*
 * ask_met.c - questions whose areas are known already, for explanations: the answer, and every candidate with the
 * verdict of each rule, as they were weighed.
 */
#include "map/by_tables.h"
#include "map/words.h"

#include "access/htup_details.h"
#include "core/map/work.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

WMO_FUNCTION(wmo_sql_answer);
WMO_FUNCTION(wmo_sql_candidates);
WMO_FUNCTION(wmo_sql_is_declared_complete);

#define MET_ALREADY \
	{ \
		.query = "SELECT $1, false, ARRAY[wmo.service_id($2)], NULL::pg_catalog.int4[]" \
	}

static const QuestionPlan full_plan =
	{.place = NO_ARGUMENT, .service = 1, .on_date = 2, .age = 3, .current_provider = 4, .client_since = 5, .as_of = 6};
static const QuestionPlan declared_plan = {.place = NO_ARGUMENT,
										   .service = 1,
										   .on_date = 2,
										   .age = NO_ARGUMENT,
										   .current_provider = NO_ARGUMENT,
										   .client_since = NO_ARGUMENT,
										   .as_of = NO_ARGUMENT};

/*
 * wmo_works.answer(matches area_match[], service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_answer(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_ALREADY;
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		bool other_edition;
		const WmoMap *map = wmo_ask_tables(fcinfo, &full_plan, site, &met, &question, &other_edition);

		wmo_rows_of_map(fcinfo, site, map, &question, false);
	}
	return wmo_next_row(fcinfo, site);
}

/* ---- candidates ---- */

/* The columns of the rows of wmo_works.candidates. */
enum {
	OF_CONTRACT,
	OF_SCOPE,
	OF_SUBCONTRACT,
	OF_AREA,
	OF_COVERS,
	OF_SERVICE,
	OF_PROVIDER,
	OF_ROLE,
	OF_AGE_FROM,
	OF_AGE_TO,
	OF_AGE_MISSED,
	OF_CERTAINTY,
	OF_CAUTION,
	OF_STOPPED,
	OF_STOP_UNTOLD,
	OF_CLIENT_FAULT,
	OF_AGE_FAULT,
	OF_STANDING_FAULT,
	OF_PLACE_FAULT,
	OF_BESIDE,
	OF_OPEN,
	OF_FAULTS,
	OF_NOES,
	OF_COLUMNS
};

typedef struct Row
{
	Datum values[OF_COLUMNS];
	bool nulls[OF_COLUMNS];
} Row;

static void
set_number(Row *row, int column, int32 number)
{
	row->nulls[column] = number == WMO_MAP_NULL;
	row->values[column] = Int32GetDatum(number);
}

static void
set_key(Row *row, int column, const WmoMap *map, WmoMapSection section, int32 number)
{
	set_number(row, column, number < 0 ? WMO_MAP_NULL : wmo_map_row(map, section, (uint32) number)[0]);
}

static void
set_flag(Row *row, int column, bool flag)
{
	row->nulls[column] = false;
	row->values[column] = BoolGetDatum(flag);
}

static void
set_word(Row *row, int column, const EnumNumbers *words, int32 number)
{
	row->nulls[column] = number == 0;
	row->values[column] = ObjectIdGetDatum(number == 0 ? InvalidOid : words->label[number]);
}

static Datum
candidate_row(const CallSite *site, const WmoMap *map, const Candidate *candidate, const WordNumbers *words)
{
	const int32 *standing = candidate->standing;
	Row row;

	set_key(&row, OF_CONTRACT, map, WMO_CONTRACT, candidate->scope[SCOPE_CONTRACT]);
	set_number(&row, OF_SCOPE, candidate->scope[SCOPE_ID]);
	set_number(&row, OF_SUBCONTRACT, standing[STANDING_SUBCONTRACT_ID]);
	set_key(&row, OF_AREA, map, WMO_AREA, candidate->area);
	row.nulls[OF_COVERS] = candidate->covers == WMO_COVERS_UNTOLD;
	if (!row.nulls[OF_COVERS])
		row.values[OF_COVERS] = CStringGetTextDatum(wmo_covers_word[candidate->covers]);
	set_key(&row, OF_SERVICE, map, WMO_SERVICE, standing[STANDING_SERVICE]);
	set_key(&row, OF_PROVIDER, map, WMO_PARTY, standing[STANDING_PROVIDER]);
	set_word(&row, OF_ROLE, &words->role, standing[STANDING_ROLE]);
	set_number(&row, OF_AGE_FROM, standing[STANDING_AGE_FROM]);
	set_number(&row, OF_AGE_TO, standing[STANDING_AGE_TO] == PG_INT32_MAX ? WMO_MAP_NULL : standing[STANDING_AGE_TO]);
	set_flag(&row, OF_AGE_MISSED, candidate->age_missed);
	set_word(&row, OF_CERTAINTY, &words->certainty, candidate->certainty);
	set_word(&row, OF_CAUTION, &words->reason, candidate->caution);
	set_flag(&row, OF_STOPPED, candidate->stopped == WMO_YES);
	row.nulls[OF_STOPPED] = candidate->stopped == WMO_CANNOT_TELL;
	set_word(&row, OF_STOP_UNTOLD, &words->reason, candidate->stop_untold);
	set_word(&row, OF_CLIENT_FAULT, &words->reason, candidate->client_fault);
	set_word(&row, OF_AGE_FAULT, &words->reason, candidate->age_fault);
	set_word(&row, OF_STANDING_FAULT, &words->reason,
			 standing[STANDING_CERTAINTY] == 0 ? standing[STANDING_REASON] : 0);
	set_word(&row, OF_PLACE_FAULT, &words->reason, candidate->place_fault);
	set_flag(&row, OF_BESIDE, candidate->beside);
	set_flag(&row, OF_OPEN, standing[STANDING_OPEN] != 0);
	set_number(&row, OF_FAULTS, candidate->faults);
	set_number(&row, OF_NOES, candidate->noes);
	return HeapTupleGetDatum(heap_form_tuple(site->row, row.values, row.nulls));
}

/*
 * wmo_works.candidates(matches area_match[], service text, on_date date, age int, current_provider int, client_since
 * date, as_of date) -> setof record
 */
Datum
wmo_sql_candidates(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_ALREADY;
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		bool remark;
		const WmoMap *map = wmo_tables_map(fcinfo, &full_plan, NO_ARGUMENT, site, &met, &question, &remark);
		uint32 count;
		const Candidate *candidates = wmo_map_weigh(map, &question, &site->asker, &count);
		MemoryContext caller = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, site, count));
		WordNumbers words;

		wmo_words_look_up(&words);
		if (site->row->natts != OF_COLUMNS)
			elog(ERROR, "function %u must return %d columns", fcinfo->flinfo->fn_oid, OF_COLUMNS);
		for (uint32 i = 0; i < count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			site->rows[i] = candidate_row(site, map, &candidates[i], &words);
		}
		MemoryContextSwitchTo(caller);
	}
	return wmo_next_row(fcinfo, site);
}

/* wmo_works.is_declared_complete(matches area_match[], service text, on_date date) -> boolean */
Datum
wmo_sql_is_declared_complete(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_ALREADY;
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	bool remark;
	const WmoMap *map = wmo_tables_map(fcinfo, &declared_plan, NO_ARGUMENT, site, &met, &question, &remark);

	PG_RETURN_BOOL(wmo_map_is_declared(map, &question, &site->asker));
}
