/*
 * memory.c - memory of the host: arrays that grow, and asking whether to go on.
 *
 * Relies on nothing but the host. What is in an array stays where it is when there is no memory for more.
 */
#include "core/grid/memory.h"

#include <string.h>

void *
wmo_grid_alloc(const WmoGridHost *host, size_t count, size_t item)
{
	if (count > SIZE_MAX / item)
		return NULL;
	return host->alloc(host->context, count == 0 ? item : count * item);
}

void
wmo_grid_release(const WmoGridHost *host, void *memory)
{
	if (memory != NULL)
		host->release(host->context, memory);
}

bool
wmo_grid_grow(const WmoGridHost *host, WmoGridArray *array, size_t more, size_t item)
{
	size_t room = array->room == 0 ? 64 : array->room;
	void *items;

	if (more <= array->room - array->count)
		return true;
	if (more > SIZE_MAX / 4 - array->count)
		return false;
	while (room - array->count < more)
		room += room / 2;
	items = wmo_grid_alloc(host, room, item);
	if (items == NULL)
		return false;
	if (array->count > 0)
		memcpy(items, array->items, array->count * item);
	wmo_grid_release(host, array->items);
	array->items = items;
	array->room = room;
	return true;
}

bool
wmo_grid_tick(const WmoGridHost *host, size_t step, double done)
{
	return host->tick != NULL && step % 4096 == 0 && host->tick(host->context, done);
}
