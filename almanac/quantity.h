/* SPDX-License-Identifier: MIT */
/* quantity.h - an exact decimal, kept as it was reported */
#ifndef ALMANAC_QUANTITY_H
#define ALMANAC_QUANTITY_H

#include "fault.h"

#include <stdbool.h>

enum { QUANTITY_DIGITS = 34 }; /* as many as an IEEE 754 decimal128 holds */

/* text: an optional '-', digits, optionally '.' and digits: no exponent, no leading zero,
 * trailing zeros as reported ("1.50" says more than "1.5"). Zero is never negative. */
struct quantity {
    char text[QUANTITY_DIGITS + 4];
};

/* Reads digits with an optional sign, point and exponent (1e8), all of it, no white space.
 * Returns 0, or -1 with a fault that says what was expected. */
int quantity_read(const char *text, struct quantity *quantity, struct fault *fault);

/* Times ten to so many: 12.50 by 3 is 12500, by -1 is 1.250. -1 with a fault, and the quantity as
 * it was, where that has too many digits. */
int quantity_shift(struct quantity *quantity, int places, struct fault *fault);

/* The same number: 1.5 equals 1.50. */
bool quantity_equal(const struct quantity *a, const struct quantity *b);

#endif
