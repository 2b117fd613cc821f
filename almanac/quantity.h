/* SPDX-License-Identifier: MIT */
/* quantity.h - an exact decimal, kept as it was reported */
#ifndef ALMANAC_QUANTITY_H
#define ALMANAC_QUANTITY_H

#include "fault.h"

#include <stdbool.h>

enum { QUANTITY_DIGITS = 34 }; /* as in an IEEE 754 decimal128 */

/* text: an optional '-', digits, optionally '.' and digits: no exponent, no leading zero,
 * trailing zeros as reported ("1.50" says more than "1.5"). Zero is never negative. */
struct quantity {
    char text[QUANTITY_DIGITS + 4];
};

/* Reads digits with an optional sign, point and exponent (1e8), without white space. Returns 0, or
 * -1 with a fault that says what was expected. */
int quantity_read(const char *text, struct quantity *quantity, struct fault *fault);

/* Multiplies by ten to the power of places: 12.50 by 3 is 12500, by -1 is 1.250. -1 with a fault,
 * and the quantity unchanged, if the result has too many digits. */
int quantity_shift(struct quantity *quantity, int places, struct fault *fault);

/* Numeric equality: 1.5 equals 1.50. */
bool quantity_equal(const struct quantity *a, const struct quantity *b);

/* Whether it is a power of ten; *places becomes which: of 100 it is 2, of 0.01 -2. */
bool quantity_is_power(const struct quantity *quantity, int *places);

#endif
