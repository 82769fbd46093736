/*
 * tick.h - long work that its host can give up.
 */
#ifndef WMO_CORE_TICK_H
#define WMO_CORE_TICK_H

#include <stddef.h>
#include <stdint.h>

/*
 * Who is asked, after every WMO_TICK_STEPS steps or so, whether to go on: tick comes back, or leaves by longjmp. Then
 * the memory that the work was given is as good as before, and the next piece of work can begin with it. NULL: nobody.
 */
typedef struct WmoTick
{
	void (*tick)(void *context);
	void *context;
	size_t steps; /* since it was asked last */
} WmoTick;

#define WMO_TICK_STEPS 4096

/* Counts steps of work: a row that is looked at, a vertex, some bytes that are compared. */
static inline void
wmo_tick_count(WmoTick *tick, size_t steps)
{
	tick->steps += steps;
	if (tick->steps >= WMO_TICK_STEPS)
	{
		tick->steps = 0;
		if (tick->tick != NULL)
			tick->tick(tick->context);
	}
}

#endif
