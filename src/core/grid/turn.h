/*
 * turn.h - on which side of a line does a point lie? Exact, whatever the doubles.
 */
#ifndef WMO_CORE_GRID_TURN_H
#define WMO_CORE_GRID_TURN_H

#include <stdbool.h>

typedef struct WmoVertex
{
	double x;
	double y;
} WmoVertex;

/* The sign of the turn a, b, p, exact for all finite doubles: 1 when p lies left of a to b, -1 right, 0 on the line. */
int wmo_grid_turn(WmoVertex a, WmoVertex b, double px, double py);

/* The same without the filter in doubles in front: for the tests, and for when the filter cannot tell. */
int wmo_grid_turn_exact(WmoVertex a, WmoVertex b, double px, double py);

/* Does a to b cross the height just above y? A vertex at y itself counts as below. */
static inline bool
wmo_grid_spans(double a, double b, double y)
{
	return (a <= y) != (b <= y);
}

/*
 * For an edge that spans y: does it cross that height to the right of (x, y)? A point of the grid's own is moved by
 * next to nothing to the right and by far less upwards, so that it lies on no border: an edge through it crosses left.
 */
static inline bool
wmo_grid_crosses_right(WmoVertex a, WmoVertex b, double x, double y)
{
	if (a.x > x && b.x > x)
		return true;
	if (a.x < x && b.x < x)
		return false;
	return a.y < b.y ? wmo_grid_turn(a, b, x, y) > 0 : wmo_grid_turn(b, a, x, y) > 0;
}

#endif
