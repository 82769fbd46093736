/*
 * period.h - how long a contract runs: a first term, extension options, an extension notice, an early end.
 *
 * Three things that lists of contracts confuse are kept apart: a known end, no end (open) and an end nobody wrote
 * down (unknown). A first day can be unknown too. Contract days are whole civil days and never shift for holidays;
 * every one lies in the years that ISO 8601 writes in four digits.
 */
#ifndef WMO_CORE_PERIOD_H
#define WMO_CORE_PERIOD_H

#include "core/iso.h"
#include "core/verdict.h"

#define WMO_OPTIONS_MAX 100
#define WMO_PERIOD_LENGTH_MAX 65535 /* months, and days */

/* Large enough for the text, the wire form and the stored form of any period. */
#define WMO_PERIOD_TEXT_SIZE 4096
#define WMO_PERIOD_WIRE_SIZE (3 + 4 * 4 + 5 * WMO_OPTIONS_MAX)
#define WMO_PERIOD_PACKED_SIZE (14 + 4 + 4 + 5 * WMO_OPTIONS_MAX)

/* A half-open run of days [first, end); empty when first >= end. */
typedef struct WmoDays
{
	WmoDay first;
	WmoDay end;
} WmoDays;

typedef enum WmoEndKind {
	WMO_END_DAY = 0,
	WMO_END_OPEN = 1, /* agreed without an end */
	WMO_END_UNKNOWN = 2 /* there is an end, but it is not known */
} WmoEndKind;

typedef enum WmoOptionState {
	/* stored */
	WMO_OPTION_OPEN = 0,
	WMO_OPTION_EXERCISED = 1,
	WMO_OPTION_EXERCISED_LATE = 2, /* received after the last day for it, and taken all the same */
	WMO_OPTION_DECLINED = 3,
	WMO_OPTION_AGREED = 4, /* no option of the contract: an extension that the parties agreed on later */
	WMO_OPTION_AGREED_LATE = 5, /* agreed after the end that it moves */
	/* derived only */
	WMO_OPTION_LAPSED = 6,
	WMO_OPTION_UNKNOWN = 7
} WmoOptionState;

typedef enum WmoContractStatus {
	WMO_STATUS_NOT_STARTED,
	WMO_STATUS_FIRST_TERM,
	WMO_STATUS_EXTENDED,
	WMO_STATUS_ENDED,
	WMO_STATUS_TERMINATED,
	WMO_STATUS_UNKNOWN
} WmoContractStatus;

typedef struct WmoOption
{
	WmoLength length;
	WmoOptionState state;
} WmoOption;

typedef struct WmoPeriod
{
	bool start_known;
	bool has_notice;
	bool terminated;
	WmoEndKind first_end_kind;
	WmoDay start; /* when start_known */
	WmoDay first_end; /* exclusive end of the first term, when first_end_kind is WMO_END_DAY */
	WmoDay early_end; /* exclusive, when terminated */
	WmoLength notice; /* when has_notice; zero means: until the last day itself */
	int32_t option_count;
	WmoOption options[WMO_OPTIONS_MAX];
} WmoPeriod;

typedef enum WmoPeriodCode {
	WMO_PERIOD_OK = 0,
	/* text and binary forms */
	WMO_PERIOD_SYNTAX, /* offset and expected say where and what */
	WMO_PERIOD_NO_SUCH_DAY, /* offset */
	WMO_PERIOD_WIRE, /* expected says what */
	/* the invariants of a period: wmo_period_check */
	WMO_PERIOD_DAY_RANGE,
	WMO_PERIOD_EMPTY,
	WMO_PERIOD_LENGTH_RANGE,
	WMO_PERIOD_OPTION_ZERO, /* option_no */
	WMO_PERIOD_TOO_MANY_OPTIONS,
	WMO_PERIOD_OPTION_ORDER, /* option_no */
	WMO_PERIOD_OPTION_OF_OPEN_END,
	WMO_PERIOD_NOTICE_RANGE,
	WMO_PERIOD_TERMINATED_BEFORE_START,
	WMO_PERIOD_TERMINATED_AFTER_END,
	/* changes that are refused */
	WMO_PERIOD_NO_OPTION_LEFT,
	WMO_PERIOD_OPTION_LAPSED, /* an earlier option was declined; option_no is the option asked for */
	WMO_PERIOD_IS_TERMINATED,
	WMO_PERIOD_IS_NOT_TERMINATED,
	WMO_PERIOD_NO_END_TO_EXTEND,
	WMO_PERIOD_NOT_LONGER, /* day: the new last day */
	WMO_PERIOD_RECEIVED_LATE /* option_no and day: the last day on which it was in time */
} WmoPeriodCode;

typedef struct WmoPeriodError
{
	WmoPeriodCode code;
	int32_t option_no; /* from 1, agreed extensions not counted */
	size_t offset; /* bytes into the text */
	const char *expected; /* a noun phrase */
	WmoDay day;
} WmoPeriodError;

/* One option as the contract gives it, or as it stands on a day. */
typedef struct WmoOptionTerm
{
	bool has_term; /* false where the end before it is unknown */
	bool has_notice_day; /* false where that end is unknown or no notice time is stated */
	bool has_other_last_day; /* months added to last days instead of exclusive ends would end it on another day */
	WmoDays term;
	WmoDay notice_by; /* the last day on which the notice is in time */
	WmoDay other_last_day;
	int32_t option_no; /* from 1; 0 for an agreed extension, which is no option */
	WmoOptionState state;
	bool late;
} WmoOptionTerm;

/* ---- period.c: the rules ---- */

/* Fills error (with the code and nothing else) and returns false: the one way in which a period is refused. */
bool wmo_period_refuse(WmoPeriodError *error, WmoPeriodCode code);

/* True when every invariant holds; otherwise false with the first one that fails in *error. */
bool wmo_period_check(const WmoPeriod *period, WmoPeriodError *error);

/* Which end the contract has now: exercised options and an early end taken into account. *end only for WMO_END_DAY. */
WmoEndKind wmo_period_current_end(const WmoPeriod *period, WmoDay *end);

/* The same if every option that can still be exercised is exercised. */
WmoEndKind wmo_period_maximum_end(const WmoPeriod *period, WmoDay *end);

/* The days on which the contract may run now: an unknown bound counts as none. Never leaves out a day that it runs. */
WmoDays wmo_period_possible(const WmoPeriod *period);

/* The days on which it runs for certain; the same days when both bounds are known, empty when nothing is certain. */
WmoDays wmo_period_certain(const WmoPeriod *period);

/* Does the contract run on this day (its current term)? The day may be infinite. */
WmoVerdict wmo_period_contains(const WmoPeriod *period, WmoDay day);

/* Does the contract run on any of these days? No days, no overlap. */
WmoVerdict wmo_period_overlaps(const WmoPeriod *period, WmoDays days);

/* Do two contracts run on a common day? */
WmoVerdict wmo_period_overlaps_period(const WmoPeriod *one, const WmoPeriod *other);

/* The index (from 0) of the next option that can still be exercised, or -1. */
int32_t wmo_period_next_option(const WmoPeriod *period);

/*
 * The option with this index (from 0) as the contract gives it, apart from any day: exercised, declined, open, or
 * lapsed because an earlier one was declined or the contract was terminated. Terms are as agreed: an early end
 * does not shorten them.
 */
WmoOptionTerm wmo_period_option(const WmoPeriod *period, int32_t index);

/*
 * The same as it stands on a day. An open option has lapsed when its notice day has passed, or that of an earlier
 * open one. It is unknown when the end before it is unknown, or when no notice time is stated and the term that it
 * (or an earlier open one) would extend has ended.
 */
WmoOptionTerm wmo_period_option_on(const WmoPeriod *period, int32_t index, WmoDay day);

/*
 * Where the contract stands on a day, by what is recorded in it. After its last day it is WMO_STATUS_UNKNOWN instead of
 * ended as long as an open option without a stated notice time may have extended it.
 */
WmoContractStatus wmo_period_status(const WmoPeriod *period, WmoDay day);

/*
 * Exercises the next option. received (when has_received) must not lie after the notice day, or without a stated
 * notice time after the last day of the term before, unless allow_late: then the option is marked as late. Without
 * a day to judge by, allow_late marks it as late on the caller's word.
 */
bool wmo_period_exercise(WmoPeriod *period, bool has_received, WmoDay received, bool allow_late, WmoPeriodError *error);

/* Declines the next option that is neither exercised nor declined. */
bool wmo_period_decline(WmoPeriod *period, WmoPeriodError *error);

/*
 * Extends the contract up to and including last_day by agreement, outside its options: kept apart from them, so that it
 * can be warned about. The options that are left follow the new end. Agreed on a day (when has_agreed) on which the
 * contract had ended, it is marked as late.
 */
bool wmo_period_agree(WmoPeriod *period, bool has_agreed, WmoDay agreed, WmoDay last_day, WmoPeriodError *error);

/* Ends the contract early, after last_day; a second time only still earlier. A refused change may leave its mark. */
bool wmo_period_terminate(WmoPeriod *period, WmoDay last_day, WmoPeriodError *error);

/* Takes an early end back: the contract runs again as if it had never been ended early. */
bool wmo_period_revoke_termination(WmoPeriod *period, WmoPeriodError *error);

/* A total order over every field: by first day (unknown first), current end, then the rest. -1, 0 or 1. */
int wmo_period_compare(const WmoPeriod *one, const WmoPeriod *other);

/* ---- period_text.c ---- */

/* Reads the text form (grammar in period_text.c) of length bytes, in any state that wmo_period_check accepts. */
bool wmo_period_parse(const char *text, size_t length, WmoPeriod *period, WmoPeriodError *error);

/* Writes the canonical text and a closing NUL into out (WMO_PERIOD_TEXT_SIZE bytes); returns the length without it. */
size_t wmo_period_print(const WmoPeriod *period, char *out);

/* ---- period_binary.c ---- */

/* The wire form, independent of machine and storage. out: WMO_PERIOD_WIRE_SIZE bytes. Returns the length. */
size_t wmo_period_to_wire(const WmoPeriod *period, uint8_t *out);

/* Reads the wire form with full suspicion: exact length, known bits only, every invariant. */
bool wmo_period_from_wire(const uint8_t *bytes, size_t length, WmoPeriod *period, WmoPeriodError *error);

/*
 * The stored form. One period has one stored form, so equal periods are equal bytes. The layout is in period_binary.c;
 * the three head fields below serve the hot operators without unpacking.
 */
size_t wmo_period_pack(const WmoPeriod *period, uint8_t *out);

/* Reads the stored form; false when the bytes cannot be one (a damaged page, another release). */
bool wmo_period_unpack(const uint8_t *bytes, size_t length, WmoPeriod *period);

/* The shortest stored form. */
#define WMO_PERIOD_PACKED_MIN 14

/* Bits of the first stored byte. */
#define WMO_PACKED_START_UNKNOWN 0x01
#define WMO_PACKED_END_KIND 0x06
#define WMO_PACKED_END_SHIFT 1
#define WMO_PACKED_NOTICE 0x08
#define WMO_PACKED_TERMINATED 0x10
#define WMO_PACKED_UNCERTAIN 0x20 /* the possible days are more than the certain ones */
#define WMO_PACKED_RESERVED 0xC0 /* zero in this format */

/* Offsets of the possible days (two int32 in the machine's order). */
#define WMO_PACKED_FIRST 2
#define WMO_PACKED_END 6

#endif
