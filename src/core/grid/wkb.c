/*
 * wkb.c - polygons as well-known binary: reading them with full suspicion.
 *
 * Relies on nothing: no byte behind the length is read, and a count is believed only when the bytes are there.
 */
#include "core/grid/wkb.h"

#include <string.h>

#define WKB_POLYGON 3
#define WKB_MULTIPOLYGON 6

typedef struct Cursor
{
	const uint8_t *at;
	size_t left;
	bool swap;
} Cursor;

static bool
machine_is_little(void)
{
	const uint16_t one = 1;
	uint8_t first;

	memcpy(&first, &one, 1);
	return first == 1;
}

static bool
read_word(Cursor *cursor, uint32_t *word)
{
	uint8_t bytes[4];

	if (cursor->left < 4)
		return false;
	for (int i = 0; i < 4; i++)
		bytes[i] = cursor->at[cursor->swap ? 3 - i : i];
	memcpy(word, bytes, 4);
	cursor->at += 4;
	cursor->left -= 4;
	return true;
}

double
wmo_wkb_read_double(const uint8_t *bytes, bool swap)
{
	uint8_t ordered[8];
	double value;

	for (int i = 0; i < 8; i++)
		ordered[i] = bytes[swap ? 7 - i : i];
	memcpy(&value, ordered, 8);
	return value + 0.0; /* one zero */
}

/* The byte order and the type that open a shape. */
static WmoGridError
read_opening(Cursor *cursor, uint32_t *type)
{
	if (cursor->left < 1)
		return WMO_GRID_WKB_SHORT;
	if (cursor->at[0] > 1)
		return WMO_GRID_WKB_TYPE;
	cursor->swap = (cursor->at[0] == 1) != machine_is_little();
	cursor->at++;
	cursor->left--;
	return read_word(cursor, type) ? WMO_GRID_OK : WMO_GRID_WKB_SHORT;
}

static WmoGridError
read_polygon(Cursor *cursor, const WmoWkbReader *reader)
{
	uint32_t rings;

	if (!read_word(cursor, &rings))
		return WMO_GRID_WKB_SHORT;
	for (uint32_t i = 0; i < rings; i++)
	{
		uint32_t count;
		WmoGridError error;

		if (!read_word(cursor, &count) || cursor->left / 16 < count)
			return WMO_GRID_WKB_SHORT;
		if (count < 4)
			return WMO_GRID_WKB_RING;
		error = reader->ring(reader->context, cursor->at, count, cursor->swap);
		if (error != WMO_GRID_OK)
			return error;
		cursor->at += 16 * (size_t) count;
		cursor->left -= 16 * (size_t) count;
	}
	return WMO_GRID_OK;
}

WmoGridError
wmo_wkb_read(const uint8_t *wkb, size_t length, const WmoWkbReader *reader)
{
	Cursor cursor = {wkb, length, false};
	uint32_t type;
	WmoGridError error = read_opening(&cursor, &type);

	if (error != WMO_GRID_OK)
		return error;
	if (type == WKB_POLYGON)
		error = read_polygon(&cursor, reader);
	else if (type == WKB_MULTIPOLYGON)
	{
		uint32_t parts;

		if (!read_word(&cursor, &parts))
			return WMO_GRID_WKB_SHORT;
		for (uint32_t i = 0; i < parts && error == WMO_GRID_OK; i++)
		{
			error = read_opening(&cursor, &type);
			if (error == WMO_GRID_OK)
				error = type == WKB_POLYGON ? read_polygon(&cursor, reader) : WMO_GRID_WKB_TYPE;
		}
	}
	else
		return WMO_GRID_WKB_TYPE;
	if (error == WMO_GRID_OK && cursor.left != 0)
		return WMO_GRID_WKB_SHORT;
	return error;
}
