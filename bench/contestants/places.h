/*
 * places.h - what the peers in C share: the areas and points that the database wrote with COPY (FORMAT binary), the
 * clock, and what they print. A program defines the two functions below and calls look_up_places.
 */
#ifndef BENCH_PLACES_H
#define BENCH_PLACES_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5

typedef struct Field
{
	const uint8_t *bytes;
	uint32_t size;
} Field;

typedef struct Place
{
	double x;
	double y;
} Place;

/* Builds what is looked up in; areas are WKB, number 1 and up. */
static void build(const Field *areas, size_t count);

/* The sum of the numbers of the areas that cover a point; adds how many there are to hits. */
static uint64_t look_up(double x, double y, uint64_t *hits);

static void
die(const char *what, const char *detail)
{
	fprintf(stderr, "%s: %s\n", what, detail);
	exit(1);
}

static void *
allocate(size_t size)
{
	void *memory = malloc(size > 0 ? size : 1);

	if (memory == NULL)
		die("malloc", "out of memory");
	return memory;
}

static double
seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static uint64_t
big_endian(const uint8_t *bytes, int size)
{
	uint64_t value = 0;

	for (int i = 0; i < size; i++)
		value = value << 8 | bytes[i];
	return value;
}

static uint8_t *
read_whole_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	long length;
	uint8_t *bytes;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0)
		die(path, "cannot be read");
	bytes = allocate((size_t) length);
	if (fread(bytes, 1, (size_t) length, file) != (size_t) length)
		die(path, "cannot be read");
	fclose(file);
	*size = (size_t) length;
	return bytes;
}

/* The fields of a binary COPY of rows of width columns without nulls, row by row. The bytes stay in memory. */
static Field *
read_copy(const char *path, int width, size_t *rows)
{
	size_t size, at = 19, room = 1024, count = 0;
	const uint8_t *bytes = read_whole_file(path, &size);
	Field *fields = allocate(room * sizeof(Field));

	if (size < 19 || memcmp(bytes, "PGCOPY\n\377\r\n", 11) != 0)
		die(path, "is no binary COPY");
	at += (size_t) big_endian(bytes + 15, 4);
	while (at + 2 <= size && big_endian(bytes + at, 2) == (uint64_t) width)
	{
		at += 2;
		for (int i = 0; i < width; i++)
		{
			uint32_t length = at + 4 <= size ? (uint32_t) big_endian(bytes + at, 4) : UINT32_MAX;

			at += 4;
			if (at > size || length > size - at)
				die(path, "ends too early or has a null");
			if (count == room && (fields = realloc(fields, (room *= 2) * sizeof(Field))) == NULL)
				die("realloc", "out of memory");
			fields[count++] = (Field) {bytes + at, length};
			at += length;
		}
	}
	if (at + 2 != size || big_endian(bytes + at, 2) != 0xFFFF)
		die(path, "is no binary COPY of the columns expected");
	*rows = count / (size_t) width;
	return fields;
}

static double
float8_of(Field field)
{
	uint64_t bits;
	double value;

	if (field.size != 8)
		die("places", "a coordinate is no float8");
	bits = big_endian(field.bytes, 8);
	memcpy(&value, &bits, sizeof value);
	return value;
}

/*
 * main: AREAS PLACES CHECKED. Prints a word and a number a line: build (seconds), places, round (seconds, for each
 * round), hits and sum over all places, and checked_hits and checked_sum over the first CHECKED of them. The sum is
 * that of place number x area number, modulo 2^64: who agrees on it agrees on which area covers which place.
 */
static int
look_up_places(int argc, char **argv)
{
	size_t area_count, place_count, checked;
	Field *areas, *fields;
	Place *places;
	double started;

	if (argc != 4)
		die("usage", "PROGRAM AREAS PLACES CHECKED");
	areas = read_copy(argv[1], 1, &area_count);
	fields = read_copy(argv[2], 2, &place_count);
	checked = (size_t) strtoul(argv[3], NULL, 10);
	places = allocate(place_count * sizeof(Place));
	for (size_t i = 0; i < place_count; i++)
		places[i] = (Place) {float8_of(fields[2 * i]), float8_of(fields[2 * i + 1])};

	started = seconds_now();
	build(areas, area_count);
	printf("build %.6f\nplaces %zu\n", seconds_now() - started, place_count);

	/* The first round is not timed: it warms up, and GEOS prepares a geometry when it is first asked. */
	for (int round = 0; round <= ROUNDS; round++)
	{
		uint64_t hits = 0, sum = 0, checked_hits = 0, checked_sum = 0;

		started = seconds_now();
		for (size_t i = 0; i < place_count; i++)
		{
			sum += (uint64_t) (i + 1) * look_up(places[i].x, places[i].y, &hits);
			if (i + 1 == checked)
			{
				checked_hits = hits;
				checked_sum = sum;
			}
		}
		if (round > 0)
			printf("round %.6f\n", seconds_now() - started);
		if (round == ROUNDS)
			printf("hits %llu\nsum %llu\nchecked_hits %llu\nchecked_sum %llu\n", (unsigned long long) hits,
				   (unsigned long long) sum, (unsigned long long) checked_hits, (unsigned long long) checked_sum);
	}
	return 0;
}

#endif
