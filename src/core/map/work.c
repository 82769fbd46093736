/*
 * work.c - the working memory of a question, and its lines.
 *
 * The places of shapes and areas are a set without a beginning: a place is believed only when it is below the number of
 * what was found, and what stands there is that shape or area. So nothing need be cleared between two questions, and
 * what another map left there does no harm.
 */
#include "core/map/work.h"

#include <string.h>

void
wmo_work_grow(WmoAsker *asker, WmoAskerPiece piece, size_t count, size_t item)
{
	size_t size = (count + count / 2 + 16) * item;

	asker->memory[piece] = asker->resize(asker->context, asker->memory[piece], size);
	memset((char *) asker->memory[piece] + asker->room[piece], 0, size - asker->room[piece]);
	asker->room[piece] = size;
}

void
wmo_work_begin(Work *work, const WmoMap *map, const WmoQuestion *question, WmoAsker *asker)
{
	*work = (Work) {.map = map, .question = question, .asker = asker};
	asker->line_count = 0;
	wmo_work_set_service(work, question->service);
}

void
wmo_work_set_service(Work *work, int32_t service)
{
	const WmoMap *map = work->map;
	size_t services = map->count[WMO_SERVICE];

	work->nearness = room_for(work->asker, WMO_ASKER_NEARNESS, services, sizeof(int32_t));
	count_steps(work, services / 16);
	memset(work->nearness, 0xFF, services * sizeof(int32_t)); /* -1 */
	if (service < 0)
		return;
	count_rows(work, WMO_FAMILY, (uint32_t) service);
	for (uint32_t i = map->starts[WMO_FAMILY][service]; i < map->starts[WMO_FAMILY][service + 1]; i++)
	{
		const int32_t *member = wmo_map_row(map, WMO_FAMILY, i);

		if (work->nearness[member[FAMILY_MEMBER]] < 0)
			work->nearness[member[FAMILY_MEMBER]] = member[FAMILY_NEARNESS] |
				(member[FAMILY_INFERRED] ? NEARNESS_READ : 0);
	}
	work->nearness[service] = 0;
}

WmoLine *
wmo_work_add_line(Work *work)
{
	WmoAsker *asker = work->asker;
	WmoLine *line;

	asker->lines = room_for(asker, WMO_ASKER_LINES, (size_t) asker->line_count + 1, sizeof(WmoLine));
	line = &asker->lines[asker->line_count++];
	memset(line, 0, sizeof(*line));
	line->stay = WMO_STAYS_NOT;
	line->provider = line->service = line->contract = line->area = -1;
	return line;
}

/* Shell sort: answers are short, and the orders are total in all that shows. */
void
wmo_work_sort_lines(Work *work, int (*in_order)(const WmoMap *map, const WmoLine *first, const WmoLine *second))
{
	WmoLine *lines = work->asker->lines;
	uint32_t count = work->asker->line_count;

	for (uint32_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
		for (uint32_t i = gap; i < count; i++)
		{
			WmoLine line = lines[i];
			uint32_t j = i;

			for (; j >= gap && in_order(work->map, &lines[j - gap], &line) > 0; j -= gap)
				lines[j] = lines[j - gap];
			lines[j] = line;
			count_steps(work, 1 + (i - j) / gap);
		}
}
