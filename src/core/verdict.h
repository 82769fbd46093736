/*
 * verdict.h - an answer that can be withheld: what is not known is neither yes nor no. Null in SQL.
 */
#ifndef WMO_CORE_VERDICT_H
#define WMO_CORE_VERDICT_H

typedef enum WmoVerdict { WMO_NO = 0, WMO_YES = 1, WMO_CANNOT_TELL = 2 } WmoVerdict;

#endif
