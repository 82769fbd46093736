/*
 * turn.c - on which side of a line does a point lie? Exact for every finite double.
 *
 * Relies on doubles of IEEE 754 that are rounded to double after every operation (-ffp-contract=off). A filter in
 * doubles answers nearly always; where its doubt is larger than the turn, the sum of products is made exactly.
 */
#include "core/grid/turn.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/*
 * A fixed-point number that holds any sum of a few products of two doubles: the least bit of a product of two doubles
 * weighs 2^-2148, the greatest less than 2^2048. Two's complement in limbs of 32 bits, lowest first.
 */
#define LIMBS 136

typedef struct Sum
{
	uint32_t limb[LIMBS];
} Sum;

/* The 53 bits of a double and the power of two, above that of the least subnormal, by which they are multiplied. */
static uint64_t
take_apart(double value, uint32_t *power, bool *negative)
{
	uint64_t bits;
	uint32_t exponent;

	memcpy(&bits, &value, sizeof(bits));
	exponent = (uint32_t) (bits >> 52) & 0x7FF;
	*negative = bits >> 63 != 0;
	*power = exponent == 0 ? 0 : exponent - 1;
	bits &= ((uint64_t) 1 << 52) - 1;
	return exponent == 0 ? bits : bits | (uint64_t) 1 << 52;
}

/* Adds the limbs to the sum from the given limb on, or subtracts them. */
static void
add_at(Sum *sum, uint32_t at, const uint32_t parts[5], bool subtract)
{
	int64_t carry = 0;

	for (uint32_t i = 0; at + i < LIMBS && (i < 5 || carry != 0); i++)
	{
		int64_t part = i < 5 ? (int64_t) parts[i] : 0;
		int64_t value = (int64_t) sum->limb[at + i] + (subtract ? -part : part) + carry;

		sum->limb[at + i] = (uint32_t) ((uint64_t) value & 0xFFFFFFFFu);
		carry = value < 0 ? -1 : value >> 32;
	}
}

static void
add_product(Sum *sum, double a, double b, bool subtract)
{
	uint32_t power_a, power_b, shift;
	bool negative_a, negative_b;
	uint64_t first = take_apart(a, &power_a, &negative_a);
	uint64_t second = take_apart(b, &power_b, &negative_b);
	uint64_t low = (first & 0xFFFFFFFFu) * (second & 0xFFFFFFFFu);
	uint64_t middle_a = (first >> 32) * (second & 0xFFFFFFFFu);
	uint64_t middle_b = (first & 0xFFFFFFFFu) * (second >> 32);
	uint64_t high = (first >> 32) * (second >> 32);
	uint64_t digit[4];
	uint64_t carry;
	uint32_t parts[5] = {0, 0, 0, 0, 0};

	digit[0] = low & 0xFFFFFFFFu;
	carry = (low >> 32) + (middle_a & 0xFFFFFFFFu) + (middle_b & 0xFFFFFFFFu);
	digit[1] = carry & 0xFFFFFFFFu;
	carry = (carry >> 32) + (middle_a >> 32) + (middle_b >> 32) + (high & 0xFFFFFFFFu);
	digit[2] = carry & 0xFFFFFFFFu;
	digit[3] = (carry >> 32) + (high >> 32);

	shift = power_a + power_b;
	for (int i = 0; i < 4; i++)
	{
		uint64_t moved = digit[i] << (shift & 31);

		parts[i] |= (uint32_t) (moved & 0xFFFFFFFFu);
		parts[i + 1] = (uint32_t) (moved >> 32);
	}
	add_at(sum, shift >> 5, parts, subtract != (negative_a != negative_b));
}

int
wmo_grid_turn_exact(WmoVertex a, WmoVertex b, double px, double py)
{
	Sum sum;

	/* (bx - ax)(py - ay) - (by - ay)(px - ax), multiplied out; ax ay cancels */
	memset(&sum, 0, sizeof(sum));
	add_product(&sum, b.x, py, false);
	add_product(&sum, b.x, a.y, true);
	add_product(&sum, a.x, py, true);
	add_product(&sum, b.y, px, true);
	add_product(&sum, b.y, a.x, false);
	add_product(&sum, a.y, px, false);
	if (sum.limb[LIMBS - 1] >> 31 != 0)
		return -1;
	for (int i = 0; i < LIMBS; i++)
		if (sum.limb[i] != 0)
			return 1;
	return 0;
}

int
wmo_grid_turn(WmoVertex a, WmoVertex b, double px, double py)
{
	double left = (b.x - a.x) * (py - a.y);
	double right = (b.y - a.y) * (px - a.x);
	double turn = left - right;
	/*
	 * Each product carries at most three roundings, the difference one more: 3.4e-16 relative to the sum of both is
	 * more than enough. The constant covers products so small that they lose bits; a product that overflows makes
	 * the comparison false.
	 */
	double doubt = 1e-15 * (fabs(left) + fabs(right)) + 1e-290;

	if (turn > doubt)
		return 1;
	if (-turn > doubt)
		return -1;
	return wmo_grid_turn_exact(a, b, px, py);
}
