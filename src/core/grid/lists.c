/*
 * lists.c - lists of numbers, each kept once.
 *
 * The words hold the lists one after the other, each behind its marked count, so that all of them can be walked. At
 * least half of the slots are empty: every search comes to an end.
 */
#include "core/grid/lists.h"

#include <string.h>

static uint64_t
hash_list(const uint32_t *values, uint32_t count)
{
	uint64_t hash = count;

	for (uint32_t i = 0; i < count; i++)
		hash = wmo_grid_mix(hash, values[i]);
	return wmo_grid_mix(hash, count);
}

static bool
make_slots(const WmoGridHost *host, WmoGridLists *lists)
{
	size_t count = lists->slot_count == 0 ? 1024 : lists->slot_count * 2;
	const uint32_t *words = lists->words.items;
	uint32_t *slots = wmo_grid_alloc(host, count, sizeof(uint32_t));

	if (slots == NULL)
		return false;
	memset(slots, 0, count * sizeof(uint32_t));
	for (size_t at = 0; at < lists->words.count; at += 1 + (words[at] & ~WMO_SET_MARK))
	{
		size_t slot = hash_list(words + at + 1, words[at] & ~WMO_SET_MARK) & (count - 1);

		while (slots[slot] != 0)
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t) at + 1;
	}
	wmo_grid_release(host, lists->slots);
	lists->slots = slots;
	lists->slot_count = count;
	return true;
}

bool
wmo_grid_lists_intern(const WmoGridHost *host, WmoGridLists *lists, const uint32_t *values, uint32_t count,
					  uint32_t *place)
{
	uint32_t *words;
	size_t slot;

	if (lists->used * 2 >= lists->slot_count && !make_slots(host, lists))
		return false;
	slot = hash_list(values, count) & (lists->slot_count - 1);
	for (; lists->slots[slot] != 0; slot = (slot + 1) & (lists->slot_count - 1))
	{
		words = (uint32_t *) lists->words.items + lists->slots[slot] - 1;
		if ((words[0] & ~WMO_SET_MARK) == count && memcmp(words + 1, values, count * sizeof(uint32_t)) == 0)
		{
			*place = lists->slots[slot] - 1;
			return true;
		}
	}
	if (lists->words.count + count + 1 > WMO_ENTRY_VALUE - 1 ||
		!wmo_grid_grow(host, &lists->words, (size_t) count + 1, sizeof(uint32_t)))
		return false;
	words = (uint32_t *) lists->words.items + lists->words.count;
	words[0] = WMO_SET_MARK | count;
	memcpy(words + 1, values, count * sizeof(uint32_t));
	*place = (uint32_t) lists->words.count;
	lists->slots[slot] = *place + 1;
	lists->words.count += (size_t) count + 1;
	lists->used++;
	return true;
}
