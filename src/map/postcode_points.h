/*
 * postcode_points.h - which postcodes have a place of their own, and the point of those that have only one.
 */
#ifndef WMO_MAP_POSTCODE_POINTS_H
#define WMO_MAP_POSTCODE_POINTS_H

#include "core/postcode.h"
#include "server/pg_compat.h"

typedef struct PostcodePoint
{
	WmoPostcode code;
	bool own; /* a place is known of it; of a PC4 that is here without one, of a PC6 of it */
	bool lone; /* one place is known of it, as a source states, and that is the point x, y in RD New */
	int32 from, to; /* of a lone point: the days for which it is recorded */
	double x, y;
} PostcodePoint;

typedef struct PostcodePoints PostcodePoints;

/*
 * Reads every place under the active snapshot, by the rights of whoever asks, into a context of its own that is deleted
 * with it: that one stands below context. NULL when they take more than room bytes.
 */
extern PostcodePoints *wmo_postcode_points_read(MemoryContext context, Size room);

/* What reading them will take, in milliseconds, by the size of the table. */
extern double wmo_postcode_points_price(void);

/* The place of this very postcode; NULL: none is known. */
extern const PostcodePoint *wmo_postcode_point(const PostcodePoints *points, WmoPostcode code);

/* Every PC4 of which, or of whose PC6, a place is known; *count says how many there are. Good as long as points is. */
extern const WmoPostcode *wmo_placed_pc4s(const PostcodePoints *points, uint32 *count);

/* A PC6 of this PC4 without a place of its own; 0: every one has. */
extern WmoPostcode wmo_pc6_without_place(const PostcodePoints *points, WmoPostcode pc4);

#endif
