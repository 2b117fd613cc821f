/* SPDX-License-Identifier: MIT */
/* wording_number.h - the number inside a wording: digits, Chinese numerals and multipliers */
#ifndef ALMANAC_WORDING_NUMBER_H
#define ALMANAC_WORDING_NUMBER_H

#include <stdbool.h>

enum { WORDING_MOST = 160, WORDING_PIECES = 24, WORDING_PLAIN = 2 * WORDING_MOST + 40 };

struct word;

/*  1亿 2000万 零 五      each a piece; their digits stand one behind the other in number.digits
 *  1e8 2000e4    5e0                                                                        */
struct wording_piece {
    int digits; /* in front of the point */
    int exponent;
    bool zero; /* behind 零, which stands for places that are skipped */
    bool bare; /* nothing says what it counts, as 五 in 一百五 */
};

/* A sum of pieces, without ever adding: each must end above where the next begins. */
struct wording_number {
    bool negative;
    bool implied; /* 百余家: no digit says how many hundreds */
    char digits[WORDING_MOST];
    int size;
    int fraction; /* how many of the digits stand behind the point, which only the last piece has */
    struct wording_piece pieces[WORDING_PIECES];
    int count;
    const struct word *inside; /* 余 or 多, behind which nothing but multipliers may come */
};

/* Reads the number that *at (folded, shorter than WORDING_MOST) begins with and moves *at behind
 * it; count is 0 if there is none. Returns NULL, or why it is refused, to stand behind the text. */
const char *wording_number_read(struct wording_number *number, const char **at, bool decimal_comma);

/* Times ten to the power of scale, in the form that quantity_read takes. out holds WORDING_PLAIN
 * bytes; false: that is too few. */
bool wording_number_write(const struct wording_number *number, int scale, char *out);

#endif
