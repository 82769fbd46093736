/*
 * followed.h - which contracts were changed between two states of the registry.
 */
#ifndef WMO_REGISTRY_FOLLOWED_H
#define WMO_REGISTRY_FOLLOWED_H

#include "server/pg_compat.h"

#include "utils/array.h"
#include "utils/snapshot.h"

typedef struct NamedToken
{
	uint64 token;
	bool named; /* it stands for changes of the contracts that are named under it, and of nothing else */
} NamedToken;

/* A list in the memory context of the first that was added. */
typedef struct NamedTokens
{
	NamedToken *list; /* NULL: empty */
	uint32 count;
	uint32 room;
} NamedTokens;

extern void wmo_add_token(NamedTokens *tokens, uint64 token, bool named);
extern void wmo_sort_tokens(NamedTokens *tokens);

/* The tokens that the active snapshot sees, in order. */
extern void wmo_registry_tokens(NamedTokens *tokens);

/*
 * May so many contracts more be named in this transaction, and under which token? False: it names none.
 */
extern bool wmo_may_name(uint32 more, uint64 *token);

/* From now on this transaction has changed whatever there is. */
extern void wmo_name_none(void);

/* Removes the names under tokens that are removed. */
extern void wmo_forget_names(const NamedTokens *tokens, Snapshot snapshot);

/*
 * The contracts that were changed since a snapshot saw no tokens but these, in order, each once, as the active snapshot
 * sees it; *difference: the exclusive or of the tokens since. NULL: it was more than contracts, or cannot be told.
 */
extern ArrayType *wmo_changed_contracts(const uint64 *before, uint32 count, uint64 *difference);

#endif
