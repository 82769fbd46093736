/*
 * geos_tree.c - the library peer: GEOS prepared geometries behind an STRtree, through its re-entrant C interface:
 * geos_tree AREAS PLACES CHECKED
 */
#include "places.h"

#include <geos_c.h>
#include <stdarg.h>

typedef struct Area
{
	const GEOSPreparedGeometry *prepared;
	uint64_t number;
} Area;

typedef struct Search
{
	const GEOSGeometry *point;
	uint64_t hits;
	uint64_t sum;
} Search;

static GEOSContextHandle_t geos;
static GEOSSTRtree *tree;

static void
on_message(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static void
build(const Field *areas, size_t count)
{
	GEOSWKBReader *reader;
	Area *list = allocate(count * sizeof(Area));

	geos = GEOS_init_r();
	GEOSContext_setErrorHandler_r(geos, on_message);
	reader = GEOSWKBReader_create_r(geos);
	tree = GEOSSTRtree_create_r(geos, 10);
	for (size_t i = 0; i < count; i++)
	{
		GEOSGeometry *shape = GEOSWKBReader_read_r(geos, reader, areas[i].bytes, areas[i].size);

		if (shape == NULL || (list[i].prepared = GEOSPrepare_r(geos, shape)) == NULL)
			die("GEOS", "cannot read an area");
		list[i].number = (uint64_t) i + 1;
		GEOSSTRtree_insert_r(geos, tree, shape, &list[i]);
	}
	GEOSWKBReader_destroy_r(geos, reader);
}

/* For a point, intersecting an area is being covered by it; GEOS has its fastest way for that question. */
static void
meet(void *item, void *context)
{
	const Area *area = item;
	Search *search = context;
	char answer = GEOSPreparedIntersects_r(geos, area->prepared, search->point);

	if (answer == 2)
		die("GEOS", "cannot tell whether a point lies in an area");
	search->hits += (uint64_t) answer;
	search->sum += (uint64_t) answer * area->number;
}

static uint64_t
look_up(double x, double y, uint64_t *hits)
{
	GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, x, y);
	Search search = {point, 0, 0};

	if (point == NULL)
		die("GEOS", "cannot make a point");
	GEOSSTRtree_query_r(geos, tree, point, meet, &search);
	GEOSGeom_destroy_r(geos, point);
	*hits += search.hits;
	return search.sum;
}

int
main(int argc, char **argv)
{
	return look_up_places(argc, argv);
}
