/* SPDX-License-Identifier: MIT */
/* wording_number.h - the number in a wording: digits, Chinese numerals and multipliers */
#ifndef ALMANAC_WORDING_NUMBER_H
#define ALMANAC_WORDING_NUMBER_H

#include <stdbool.h>

enum { WORDING_MOST = 160, WORDING_PIECES = 24, WORDING_PLAIN = 2 * WORDING_MOST + 40 };

struct word;

/*  1亿 2000万 零 五      each is a piece; number.digits holds their digits, concatenated
 *  1e8 2000e4    5e0                                                                        */
struct wording_piece {
    int digits; /* before the point */
    int exponent;
    bool zero;       /* follows 零, which stands for skipped places */
    bool scientific; /* 1e3: nothing may follow */
    bool bare;       /* no multiplier, such as 五 in 一百五 */
};

/* A sum of pieces, kept as text: each must end above where the next begins. */
struct wording_number {
    bool negative;
    bool implied; /* 百余家: no digit says how many hundreds */
    char digits[WORDING_MOST];
    int size;
    int fraction; /* digits behind the point; only the last piece has any */
    struct wording_piece pieces[WORDING_PIECES];
    int count;
    const struct word *inside; /* 余 or 多; only multipliers may follow */
};

/* Reads the number at *at (folded, shorter than WORDING_MOST) and moves *at past it; count is 0 if
 * there is none. Returns NULL, or the reason for refusal, to follow the text. */
const char *wording_number_read(struct wording_number *number, const char **at, bool decimal_comma);

/* Writes the number times ten to the power of scale, in the syntax of quantity_read. out holds
 * WORDING_PLAIN bytes; false: too few. */
bool wording_number_write(const struct wording_number *number, int scale, char *out);

#endif
