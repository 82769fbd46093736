/*
 * test_grid_turn.c - on which side of a line a point lies, for every double.
 *
 *   gcc -std=c11 -O1 -g -ffp-contract=off -Isrc test/core/test_grid_turn.c $(find src/core -name "*.c") -lm && ./a.out
 */
#include "grid_shapes.h"

static void
test_turn(void)
{
	bool same = true, scaled = true;
	WmoVertex a = {0.5, 0.5}, b = {12, 12}, zero = {0, 0};
	WmoVertex huge = {1.7976931348623157e308, -1.7976931348623157e308}, tiny = {4.9406564584124654e-324, 0};

	/* small whole numbers: 64-bit arithmetic is the oracle */
	for (int i = 0; i < 200000; i++)
	{
		int64_t n[6];
		int64_t turn;
		WmoVertex from, to;
		double scale = ldexp(1, (int) (next_random() % 1800) - 900);
		int sign;

		for (int j = 0; j < 6; j++)
			n[j] = (int64_t) (next_random() % 2001) - 1000;
		turn = (n[2] - n[0]) * (n[5] - n[1]) - (n[3] - n[1]) * (n[4] - n[0]);
		sign = turn > 0 ? 1 : turn < 0 ? -1 : 0;
		from.x = (double) n[0] * scale, from.y = (double) n[1] * scale;
		to.x = (double) n[2] * scale, to.y = (double) n[3] * scale;
		same = same && wmo_grid_turn_exact(from, to, (double) n[4] * scale, (double) n[5] * scale) == sign;
		scaled = scaled && wmo_grid_turn(from, to, (double) n[4] * scale, (double) n[5] * scale) == sign;
	}
	ok(same, "the exact turn is that of whole numbers at every scale");
	ok(scaled, "and so is the filtered one");

	/* Kettner and others, 2008: a neighbourhood in which plain doubles err; on these steps the truth is y - x */
	same = true;
	for (int i = 0; i < 64; i++)
		for (int j = 0; j < 64; j++)
		{
			double x = 0.5 + i * 0x1p-53, y = 0.5 + j * 0x1p-53;
			int sign = (y > x) - (y < x);

			same = same && wmo_grid_turn(a, b, x, y) == sign && wmo_grid_turn(b, a, x, y) == -sign;
		}
	ok(same, "a neighbourhood in which plain doubles err");
	ok(wmo_grid_turn(zero, huge, huge.x, huge.y) == 0 && wmo_grid_turn(zero, huge, huge.x, 0) == 1 &&
		   wmo_grid_turn(huge, zero, huge.x, 0) == -1 && wmo_grid_turn(zero, tiny, 1, tiny.x) == 1 &&
		   wmo_grid_turn(zero, tiny, huge.x, 0) == 0 && wmo_grid_turn(tiny, zero, tiny.x, tiny.x) == -1,
	   "the largest and the smallest doubles");
}

int
main(void)
{
	test_turn();
	return finish();
}
