/*
 * rule.c - the one reader of the regimes.
 */
#include "law/term.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "server/snapshot_key.h"
#include "server/table_scan.h"
#include "server/words.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

/* The columns of term_rule_shipped and term_rule_own that are read here. */
enum {
	COLUMN_REGIME = 1,
	COLUMN_KIND,
	COLUMN_VALID,
	COLUMN_LENGTH,
	COLUMN_RULE,
	COLUMN_LATEST_RULE,
	COLUMN_POSTING_RULE,
	COLUMN_CITATION,
	COLUMN_WARNING
};

typedef struct RuleList
{
	TypeCacheEntry *range_type;
	WmoTermRule *rules;
	int count;
	int room;
} RuleList;

static MemoryContext rules_context = NULL;
static RuleList rules;
static uint64 rules_key = 0;

/* Makes a rule of a row; returns false for a validity that is empty. */
static bool
rule_from_slot(TupleTableSlot *slot, TypeCacheEntry *range_type, WmoTermRule *rule)
{
	bool isnull;
	text *name;
	RangeBound lower;
	RangeBound upper;
	bool empty;
	Datum length;

	memset(rule, 0, sizeof(*rule));
	name = DatumGetTextPP(slot_getattr(slot, COLUMN_REGIME, &isnull));
	rule->regime_size = Min(VARSIZE_ANY_EXHDR(name), WMO_REGIME_MAX);
	memcpy(rule->regime, VARDATA_ANY(name), rule->regime_size);
	rule->decision = strcmp(TextDatumGetCString(slot_getattr(slot, COLUMN_KIND, &isnull)), "decision") == 0;
	range_deserialize(range_type, DatumGetRangeTypeP(slot_getattr(slot, COLUMN_VALID, &isnull)), &lower, &upper,
					  &empty);
	if (empty)
		return false;
	rule->valid_from = lower.infinite ? PG_INT64_MIN : wmo_date_to_day(DatumGetDateADT(lower.val));
	rule->valid_until = upper.infinite ? PG_INT64_MAX : wmo_date_to_day(DatumGetDateADT(upper.val));
	length = slot_getattr(slot, COLUMN_LENGTH, &isnull);
	rule->has_length = !isnull;
	if (!isnull)
		rule->length = wmo_length_from_interval(DatumGetIntervalP(length));
	rule->rule = wmo_rule_from_text(DatumGetTextPP(slot_getattr(slot, COLUMN_RULE, &isnull)));
	rule->latest_rule = wmo_rule_from_text(DatumGetTextPP(slot_getattr(slot, COLUMN_LATEST_RULE, &isnull)));
	rule->posting_rule = DatumGetBool(slot_getattr(slot, COLUMN_POSTING_RULE, &isnull));
	return true;
}

static void
collect_rule(TupleTableSlot *slot, void *arg)
{
	RuleList *list = arg;
	WmoTermRule rule;

	if (!rule_from_slot(slot, list->range_type, &rule))
		return;
	if (list->count == list->room)
	{
		list->room *= 2;
		list->rules = repalloc(list->rules, list->room * sizeof(WmoTermRule));
	}
	list->rules[list->count++] = rule;
}

static void
collect_rules_of(const char *table, RuleList *list)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "wmo term rules being read",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);

	wmo_scan_table(WMO_FACE, table, collect_rule, list);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
}

static void
read_rules(void)
{
	uint64 key = wmo_snapshot_key();
	MemoryContext context;

	if (likely(key == rules_key))
		return;
	rules_key = 0;
	if (rules_context != NULL)
		MemoryContextDelete(rules_context);
	rules_context = NULL;
	rules.count = 0;

	/* Filled below this call's context, and handed over only when whole. */
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo term rules", ALLOCSET_SMALL_SIZES);
	rules.range_type = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	rules.room = 16;
	rules.rules = MemoryContextAlloc(context, rules.room * sizeof(WmoTermRule));
	collect_rules_of("term_rule_shipped", &rules);
	collect_rules_of("term_rule_own", &rules);
	MemoryContextSetParent(context, TopMemoryContext);
	rules_context = context;
	rules_key = key;
}

static bool
is_regime(const WmoTermRule *rule, const char *regime, size_t size)
{
	return rule->regime_size == size && memcmp(rule->regime, regime, size) == 0;
}

const WmoTermRule *
wmo_term_rule_named(const char *regime, size_t size)
{
	read_rules();
	for (int i = 0; i < rules.count; i++)
	{
		if (is_regime(&rules.rules[i], regime, size))
			return &rules.rules[i];
	}
	return NULL;
}

static void
append_day(StringInfo days, int64 day)
{
	char iso[WMO_ISO_DAY_TEXT];

	wmo_iso_print_day((WmoDay) day, iso);
	appendStringInfoString(days, iso);
}

/* "2010-02-19 to 2013-03-31 and from 2013-04-01", of the rules in order of their rows. */
static char *
days_covered(const char *regime, size_t size)
{
	StringInfoData days;

	initStringInfo(&days);
	for (int i = 0; i < rules.count; i++)
	{
		const WmoTermRule *rule = &rules.rules[i];

		if (!is_regime(rule, regime, size))
			continue;
		if (days.len > 0)
			appendStringInfoString(&days, " and ");
		if (rule->valid_until == PG_INT64_MAX)
		{
			appendStringInfoString(&days, "from ");
			append_day(&days, rule->valid_from);
			continue;
		}
		if (rule->valid_from == PG_INT64_MIN)
			appendStringInfoString(&days, "up");
		else
			append_day(&days, rule->valid_from);
		appendStringInfoString(&days, " to ");
		append_day(&days, rule->valid_until - 1);
	}
	return days.data;
}

void
wmo_unknown_regime(const char *regime, size_t size)
{
	StringInfoData known;

	read_rules();
	initStringInfo(&known);
	for (int i = 0; i < rules.count; i++)
	{
		bool named_before = false;

		for (int j = 0; j < i && !named_before; j++)
			named_before = is_regime(&rules.rules[j], rules.rules[i].regime, rules.rules[i].regime_size);
		if (!named_before)
			appendStringInfo(&known, "%s%s", known.len > 0 ? ", " : "", rules.rules[i].regime);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown regime \"%.*s\"", (int) size, regime),
			 errdetail("The regimes are %s.", known.data), errhint("Add a regime of your own to wmo.term_rule_own.")));
}

const WmoTermRule *
wmo_term_rule_on(const char *regime, size_t size, WmoDay day, bool no_error)
{
	bool exists = false;

	read_rules();
	for (int i = 0; i < rules.count; i++)
	{
		const WmoTermRule *rule = &rules.rules[i];

		if (!is_regime(rule, regime, size))
			continue;
		if (day >= rule->valid_from && day < rule->valid_until)
			return rule;
		exists = true;
	}
	if (no_error)
		return NULL;
	if (!exists)
		wmo_unknown_regime(regime, size);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("regime \"%.*s\" is not in force on %s", (int) size, regime, wmo_day_in_english(day)),
			 errdetail("It covers events %s.", days_covered(regime, size)),
			 errhint("The law of the event's day decides: look in wmo.term_rule for the regime of that day.")));
}

typedef struct TextSearch
{
	const WmoTermRule *wanted;
	TypeCacheEntry *range_type;
	WmoTermRuleTexts texts;
} TextSearch;

static void
match_texts(TupleTableSlot *slot, void *arg)
{
	TextSearch *search = arg;
	WmoTermRule rule;
	bool isnull;
	Datum value;

	if (!rule_from_slot(slot, search->range_type, &rule) || rule.valid_from != search->wanted->valid_from ||
		!is_regime(&rule, search->wanted->regime, search->wanted->regime_size))
		return;
	value = slot_getattr(slot, COLUMN_CITATION, &isnull);
	search->texts.citation = isnull ? NULL : pstrdup(wmo_known_words(TextDatumGetCString(value)));
	value = slot_getattr(slot, COLUMN_WARNING, &isnull);
	search->texts.warning = isnull ? NULL : pstrdup(wmo_known_words(TextDatumGetCString(value)));
}

WmoTermRuleTexts
wmo_term_rule_texts(const WmoTermRule *rule)
{
	TextSearch search = {rule, lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO), {NULL, NULL}};

	wmo_scan_table(WMO_FACE, "term_rule_shipped", match_texts, &search);
	wmo_scan_table(WMO_FACE, "term_rule_own", match_texts, &search);
	return search.texts;
}
