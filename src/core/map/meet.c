/*
 * meet.c - which areas a place meets, over packed rows: wmo_works.areas_at and wmo_works.with_editions.
 *
 * Relies on a map that the checker has proved (map.c): every number of a row in it is one of a row that is there.
 */
#include "core/map/work.h"

static const WmoSide not_met = {false, false, false, false, 0};

WmoSide
wmo_match_side(WmoCovers covers, int32_t certainty, bool without_shape)
{
	return (WmoSide) {true, covers != WMO_COVERS_UNTOLD, covers == WMO_COVERS_WHOLE, !without_shape, certainty};
}

WmoMatch
wmo_match(uint32_t area, WmoSide side, bool pinned, bool follows)
{
	return (WmoMatch) {area, pinned ? side : not_met, follows ? side : not_met};
}

/* The surest meeting counts. */
static inline void
meet(WmoSide *side, WmoSide meeting)
{
	side->met |= meeting.met;
	side->told |= meeting.told;
	side->whole |= meeting.whole;
	side->faultless |= meeting.faultless;
	side->certainty = least(side->certainty, meeting.certainty);
}

uint32_t
wmo_match_add(WmoMatch *matches, uint32_t count, uint32_t *places, const WmoMatch *meeting)
{
	uint32_t place = places[meeting->area];

	if (place < count && matches[place].area == meeting->area)
	{
		meet(&matches[place].pinned, meeting->pinned);
		meet(&matches[place].follows, meeting->follows);
		return count;
	}
	places[meeting->area] = count;
	matches[count] = *meeting;
	return count + 1;
}

static void
add_match(Work *work, uint32_t area, WmoSide pinned, WmoSide follows)
{
	WmoMatch meeting = {area, pinned, follows};

	work->matches = room_for(work->asker, WMO_ASKER_MATCHES, (size_t) work->match_count + 1, sizeof(WmoMatch));
	work->match_count = wmo_match_add(work->matches, work->match_count, work->match_places, &meeting);
}

/* area: -1 for none, which is not matched. */
static bool
is_matched(const Work *work, int32_t area)
{
	uint32_t place = area < 0 ? work->match_count : work->match_places[area];

	return place < work->match_count && (int32_t) work->matches[place].area == area;
}

static bool
covers(const Work *work, uint32_t shape)
{
	uint32_t place = work->covering_places[shape];

	return place < work->covering_count && work->covering[place] == shape;
}

/* A number that stands in two columns, of which the lower one holds 31 bits. */
static inline int64_t
joined(int32_t high, int32_t low)
{
	return (int64_t) high * 0x80000000 + low;
}

static inline bool
divides_the_same(const int32_t *a, const int32_t *b)
{
	return a[LABEL_WHOLE] == b[LABEL_WHOLE] && a[LABEL_KIND] == b[LABEL_KIND];
}

/* Two places in one division that have no number in common, on some day that both have. */
static bool
are_apart(const int32_t *a, const int32_t *b)
{
	return divides_the_same(a, b) && a[LABEL_FROM] < b[LABEL_TO] && b[LABEL_FROM] < a[LABEL_TO] &&
		(joined(a[LABEL_LAST_HIGH], a[LABEL_LAST_LOW]) < joined(b[LABEL_FIRST_HIGH], b[LABEL_FIRST_LOW]) ||
		 joined(b[LABEL_LAST_HIGH], b[LABEL_LAST_LOW]) < joined(a[LABEL_FIRST_HIGH], a[LABEL_FIRST_LOW]));
}

/* Is an area, which is a part of several perhaps, in the very part that a label of another one names? */
static bool
is_in_part(const Work *work, int32_t area, const int32_t *label)
{
	const WmoMap *map = work->map;

	count_rows(work, WMO_LABEL, (uint32_t) area);
	for (uint32_t i = map->starts[WMO_LABEL][area]; i < map->starts[WMO_LABEL][area + 1]; i++)
	{
		const int32_t *own = wmo_map_row(map, WMO_LABEL, i);

		if (divides_the_same(own, label) && own[LABEL_FIRST_LOW] == label[LABEL_FIRST_LOW])
			return true;
	}
	return false;
}

/* Do the records say that two areas share no ground: wmo_works.records_apart. */
static bool
records_apart(const Work *work, int32_t area, int32_t other)
{
	const WmoMap *map = work->map;

	for (uint32_t i = map->starts[WMO_LABEL][area]; i < map->starts[WMO_LABEL][area + 1]; i++)
	{
		const int32_t *mine = wmo_map_row(map, WMO_LABEL, i);

		count_rows(work, WMO_LABEL, (uint32_t) other);
		for (uint32_t j = map->starts[WMO_LABEL][other]; j < map->starts[WMO_LABEL][other + 1]; j++)
		{
			const int32_t *theirs = wmo_map_row(map, WMO_LABEL, j);

			if (are_apart(mine, theirs) &&
				(mine[LABEL_WHOLE] == WMO_MAP_NULL ||
				 (!is_in_part(work, area, theirs) && !is_in_part(work, other, mine))))
				return true;
		}
	}
	return false;
}

/* A drawing keeps nothing out, nor does our reading of a source: by such a shape nothing is met for certain. */
static bool
is_boundary(const Work *work, uint32_t shape)
{
	const WmoMap *map = work->map;
	int32_t own = wmo_map_row(map, WMO_SHAPE, shape)[SHAPE_AREA];

	count_rows(work, WMO_WHOLE, shape);
	for (uint32_t i = map->starts[WMO_WHOLE][shape]; i < map->starts[WMO_WHOLE][shape + 1]; i++)
	{
		const int32_t *whole = wmo_map_row(map, WMO_WHOLE, i);

		if (whole[WHOLE_AREA] == own)
			return whole[WHOLE_CERTAINTY] == WMO_CERTAINTY_CERTAIN;
	}
	return false;
}

/* Does the place lie within a boundary that keeps it out of this area? */
static bool
is_kept_out(const Work *work, int32_t area)
{
	const WmoMap *map = work->map;

	for (uint32_t i = 0; i < work->covering_count; i++)
	{
		if (is_boundary(work, work->covering[i]) &&
			records_apart(work, wmo_map_row(map, WMO_SHAPE, work->covering[i])[SHAPE_AREA], area))
			return true;
	}
	return false;
}

typedef enum Possibility { ELSEWHERE, BESIDE_DRAWINGS, ANYWHERE } Possibility;

/* Can the place lie in an area of which no boundary is known, and has all of it that may hold the place a drawing? */
static Possibility
may_lie_in(const Work *work, uint32_t shapeless)
{
	const WmoMap *map = work->map;
	Possibility found = ELSEWHERE;

	for (uint32_t leaf = map->starts[WMO_LEAF][shapeless]; leaf < map->starts[WMO_LEAF][shapeless + 1]; leaf++)
	{
		uint32_t must = map->starts[WMO_MUST][leaf];

		count_rows(work, WMO_MUST, leaf);
		while (must < map->starts[WMO_MUST][leaf + 1] &&
			   covers(work, (uint32_t) wmo_map_row(map, WMO_MUST, must)[MUST_SHAPE]))
			must++;
		if (must == map->starts[WMO_MUST][leaf + 1] && !is_kept_out(work, wmo_map_row(map, WMO_LEAF, leaf)[LEAF_AREA]))
		{
			if (!wmo_map_row(map, WMO_LEAF, leaf)[LEAF_DRAWN])
				return ANYWHERE;
			found = BESIDE_DRAWINGS;
		}
	}
	return found;
}

/* The shapes that cover the place; bytes that were made to deceive can name one twice. */
static void
find_covering(Work *work)
{
	const WmoMap *map = work->map;
	WmoAsker *asker = work->asker;
	uint32_t found;

	work->covering = room_for(asker, WMO_ASKER_COVERING, (size_t) map->grid.most + 1, sizeof(uint32_t));
	work->covering_places = room_for(asker, WMO_ASKER_COVERING_PLACES, map->count[WMO_SHAPE], sizeof(uint32_t));
	found = wmo_grid_find(&map->grid, work->question->x, work->question->y, work->covering, &asker->tick);
	count_steps(work, found);
	for (uint32_t i = 0; i < found; i++)
	{
		uint32_t shape = work->covering[i];

		if (covers(work, shape))
			continue;
		work->covering_places[shape] = work->covering_count;
		work->covering[work->covering_count++] = shape;
	}
}

/*
 * A point that stands for a postcode tells of the rest of it by inference; and an area that it meets by a drawing, if
 * perhaps by other shapes too, it meets by a drawing (wmo_works.shares_of_grounds).
 */
static void
weaken_for_postcode(Work *work)
{
	const WmoMap *map = work->map;

	for (uint32_t i = 0; i < work->match_count; i++)
		work->matches[i].pinned.certainty = WMO_CERTAINTY_INFERRED;
	for (uint32_t i = 0; i < work->covering_count; i++)
	{
		uint32_t shape = work->covering[i];

		for (uint32_t j = map->starts[WMO_WHOLE][shape]; j < map->starts[WMO_WHOLE][shape + 1]; j++)
		{
			const int32_t *whole = wmo_map_row(map, WMO_WHOLE, j);

			if (whole[WHOLE_CERTAINTY] == WMO_CERTAINTY_SCHEMATIC)
				work->matches[work->match_places[whole[WHOLE_AREA]]].pinned.certainty = WMO_CERTAINTY_SCHEMATIC;
		}
	}
}

/* Has the processor fetch all at once what is asked of an area, one after the other: 3 % of a question. */
static inline void
fetch_ahead(const WmoMap *map, uint32_t area)
{
	__builtin_prefetch(map->starts[WMO_SCOPE] + area);
	__builtin_prefetch(map->starts[WMO_EDITION] + area);
	__builtin_prefetch(map->starts[WMO_COMPLETE] + area);
	__builtin_prefetch(wmo_map_row(map, WMO_AREA, area));
}

/* The areas of the covering shapes. */
static void
match_wholes(Work *work)
{
	const WmoMap *map = work->map;

	for (uint32_t i = 0; i < work->covering_count; i++)
	{
		uint32_t shape = work->covering[i];

		count_rows(work, WMO_WHOLE, shape);
		for (uint32_t j = map->starts[WMO_WHOLE][shape]; j < map->starts[WMO_WHOLE][shape + 1]; j++)
		{
			const int32_t *whole = wmo_map_row(map, WMO_WHOLE, j);

			fetch_ahead(map, (uint32_t) whole[WHOLE_AREA]);
			add_match(work, (uint32_t) whole[WHOLE_AREA],
					  wmo_match_side(WMO_COVERS_WHOLE, whole[WHOLE_CERTAINTY], false), not_met);
		}
	}
}

static bool
has_scope(const Work *work, uint32_t area)
{
	WmoScopeWalk walk = wmo_map_scopes(work->map, area);

	count_rows(work, WMO_SCOPE, area);
	return next_near_scope(work, &walk) != NULL;
}

static bool
is_drawn(const Work *work, uint32_t shapeless)
{
	const WmoMap *map = work->map;

	for (uint32_t leaf = map->starts[WMO_LEAF][shapeless]; leaf < map->starts[WMO_LEAF][shapeless + 1]; leaf++)
		if (!wmo_map_row(map, WMO_LEAF, leaf)[LEAF_DRAWN])
			return false;
	return true;
}

static WmoSide
untold_side(Possibility possible)
{
	return possible == ELSEWHERE ?
		not_met :
		wmo_match_side(WMO_COVERS_UNTOLD, possible == BESIDE_DRAWINGS ? WMO_CERTAINTY_SCHEMATIC : 0, true);
}

/*
 * Areas without a boundary in which the place may lie, although none of their drawings covers it. What lies beside a
 * drawing only keeps open what is declared complete: elsewhere nobody asks for it (8.5 us a question for 35 drawings, 3
 * us without them).
 */
static void
match_shapeless(Work *work)
{
	const WmoMap *map = work->map;
	bool declared = wmo_work_declared(work) != 0;

	count_steps(work, map->count[WMO_SHAPELESS]);
	for (uint32_t i = 0; i < map->count[WMO_SHAPELESS]; i++)
	{
		int32_t area = wmo_map_row(map, WMO_SHAPELESS, i)[SHAPELESS_AREA];
		WmoSide side;

		if (is_matched(work, area) || (!declared && is_drawn(work, i)) || !has_scope(work, (uint32_t) area))
			continue;
		side = untold_side(may_lie_in(work, i));
		if (side.met)
			add_match(work, (uint32_t) area, side, not_met);
	}
}

/* How the place may lie in an area without a boundary, whether it has scopes or not. */
static WmoSide
side_without_boundary(const Work *work, int32_t area)
{
	const WmoMap *map = work->map;

	count_steps(work, map->count[WMO_SHAPELESS]);
	for (uint32_t i = 0; i < map->count[WMO_SHAPELESS]; i++)
		if (wmo_map_row(map, WMO_SHAPELESS, i)[SHAPELESS_AREA] == area)
			return untold_side(may_lie_in(work, i));
	return not_met;
}

/* How far from a day an edition lies: none is nearer than one that exists, and what comes after it is the farthest. */
static int64_t
edition_order(const int32_t *row, int32_t on_date)
{
	if (on_date >= row[AREA_TO])
		return (int64_t) on_date - row[AREA_TO];
	return on_date >= row[AREA_FROM] ? -1 : (int64_t) row[AREA_FROM] - on_date + UINT32_MAX;
}

/* The edition that answers for the code of an area on the day: wmo.area_edition; -1: none, for no day was told. */
static int32_t
answering_edition(const Work *work, uint32_t area)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;
	int32_t found = (int32_t) area;
	int64_t order;

	if (on_date == WMO_MAP_NULL)
		return -1;
	order = edition_order(wmo_map_row(map, WMO_AREA, area), on_date);
	if (order < 0)
		return found;
	count_rows(work, WMO_EDITION, area);
	for (uint32_t i = map->starts[WMO_EDITION][area]; i < map->starts[WMO_EDITION][area + 1]; i++)
	{
		int32_t other = wmo_map_row(map, WMO_EDITION, i)[EDITION_OTHER];
		int64_t order_of_other = edition_order(wmo_map_row(map, WMO_AREA, (uint32_t) other), on_date);

		if (order_of_other < order)
		{
			found = other;
			order = order_of_other;
		}
	}
	return found;
}

/*
 * Scopes that follow a code meet the place by every edition of it, when the one that answers for it is met. Where that
 * one does not exist on the day, that its ground is meant is a reading; and before an area existed, so it is for all.
 */
static void
match_editions(Work *work)
{
	const WmoMap *map = work->map;
	int32_t on_date = work->question->on_date;
	uint32_t met = work->match_count;

	for (uint32_t i = 0; i < met; i++)
	{
		uint32_t area = work->matches[i].area;
		const int32_t *row = wmo_map_row(map, WMO_AREA, area);
		bool lives = on_date >= row[AREA_FROM] && on_date < row[AREA_TO];
		WmoSide meeting = work->matches[i].pinned;

		__builtin_prefetch(wmo_map_row(map, WMO_SCOPE, map->starts[WMO_SCOPE][area]));
		if (!lives && meeting.faultless)
			meeting.certainty = greatest(meeting.certainty, WMO_CERTAINTY_INFERRED);
		if (on_date != WMO_MAP_NULL && on_date < row[AREA_FROM])
			work->matches[i].pinned = meeting;
		if (answering_edition(work, area) != (int32_t) area)
			continue;
		add_match(work, area, not_met, meeting);
		count_rows(work, WMO_EDITION, area);
		for (uint32_t j = map->starts[WMO_EDITION][area]; j < map->starts[WMO_EDITION][area + 1]; j++)
			add_match(work, (uint32_t) wmo_map_row(map, WMO_EDITION, j)[EDITION_OTHER], not_met, meeting);
	}
}

/* The areas that were found elsewhere, each once. */
static void
take_matches(Work *work)
{
	const WmoQuestion *question = work->question;

	work->matches = room_for(work->asker, WMO_ASKER_MATCHES, question->match_count, sizeof(WmoMatch));
	count_steps(work, question->match_count);
	for (uint32_t i = 0; i < question->match_count; i++)
		work->match_count = wmo_match_add(work->matches, work->match_count, work->match_places, &question->matches[i]);
}

void
wmo_work_find_areas(Work *work)
{
	work->match_count = work->covering_count = 0;
	work->match_places = room_for(work->asker, WMO_ASKER_MATCH_PLACES, work->map->count[WMO_AREA], sizeof(uint32_t));
	if (!work->question->has_place)
		return;
	if (work->question->matches != NULL)
	{
		take_matches(work);
		return;
	}
	find_covering(work);
	match_wholes(work);
	if (work->question->for_postcode)
		weaken_for_postcode(work);
	match_shapeless(work);
	match_editions(work);
}

/* Besides its editions: how the place may lie in an area that has no boundary, in that of the day among them. */
static WmoSide
with_possibly(const Work *work, int32_t area, WmoSide side)
{
	int32_t answering;

	/* what was found elsewhere is all that is met */
	if (side.faultless || !work->question->has_place || work->question->matches != NULL)
		return side;
	meet(&side, side_without_boundary(work, area));
	answering = answering_edition(work, (uint32_t) area);
	if (answering >= 0 && answering != area)
		meet(&side, side_without_boundary(work, answering));
	return side;
}

WmoSide
wmo_work_side(const Work *work, int32_t area)
{
	WmoSide side = not_met;

	if (area < 0)
		return side;
	if (is_matched(work, area))
	{
		side = work->matches[work->match_places[area]].pinned;
		meet(&side, work->matches[work->match_places[area]].follows);
	}
	return with_possibly(work, area, side);
}

WmoSide
wmo_work_side_named(const Work *work, int32_t area)
{
	WmoSide side = not_met;

	if (area < 0)
		return side;
	if (is_matched(work, area))
	{
		WmoSide of_the_day = work->matches[work->match_places[area]].follows;

		side = work->matches[work->match_places[area]].pinned;
		if (of_the_day.faultless)
			of_the_day.certainty = greatest(of_the_day.certainty, WMO_CERTAINTY_INFERRED);
		if (!side.faultless)
			meet(&side, of_the_day);
	}
	return with_possibly(work, area, side);
}
