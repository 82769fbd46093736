/*
 * rows.h - answers as rows of wmo.provider_row, and what a call site keeps from question to question.
 */
#ifndef WMO_MAP_ROWS_H
#define WMO_MAP_ROWS_H

#include "map/brief.h"

#include "access/tupdesc.h"

typedef struct CallSite
{
	MemoryContext context; /* lives as long as the query */
	WmoAsker asker;
	CoverageMapCache cache; /* of the map that is an argument */
	FmgrInfo transform; /* ST_Transform, when a place needed it */
	TupleDesc row; /* of wmo.provider_row, or of what the function returns */
	MemoryContext rows_context;
	MemoryContext brief_context; /* of what the last question to the tables met */
	BriefKeys keys;
	Datum *rows; /* the whole answer: the next question may come before its last row is read */
	uint32 row_count;
	uint32 next;
	bool answering; /* between the first and the last row of an answer */
} CallSite;

/* What this call site keeps. */
extern CallSite *wmo_call_site(FunctionCallInfo fcinfo);

/* The answer that the asker holds, in the words of wmo.answer_at. */
extern text *wmo_answer_text(const CallSite *site);

/* Begins an answer of a set-returning function; the rows follow. Returns the context in which they must live. */
extern MemoryContext wmo_begin_rows(FunctionCallInfo fcinfo, CallSite *site, uint32 row_count);

/* The answer that the asker holds. other_edition: lines with nothing graver to say say that. */
extern void wmo_rows_of_map(FunctionCallInfo fcinfo, CallSite *site, const WmoMap *map, const WmoQuestion *question,
							bool other_edition);

/* The next row, or the end of the answer. */
extern Datum wmo_next_row(FunctionCallInfo fcinfo, CallSite *site);

#endif
