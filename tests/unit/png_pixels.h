/* SPDX-License-Identifier: MIT */
/* png_pixels.h - the pixels of a PNG of librrd's: 8 bits of red, green, blue and perhaps alpha */
#ifndef TESTS_PNG_PIXELS_H
#define TESTS_PNG_PIXELS_H

#include "../../almanac/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

static inline unsigned png_number(const unsigned char *at)
{
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

/* Of the filters of RFC 2083, section 6. */
static inline int png_predict(int filter, int left, int up, int corner)
{
    int to_left = abs(up - corner), to_up = abs(left - corner);
    int to_corner = abs(left + up - 2 * corner);
    switch (filter) {
    case 1: return left;
    case 2: return up;
    case 3: return (left + up) / 2;
    case 4:
        return to_left <= to_up && to_left <= to_corner ? left : to_up <= to_corner ? up : corner;
    default: return 0;
    }
}

/* Takes the filters off in place; each row begins with its own. */
static inline void png_unfilter(unsigned char *rows, size_t height, size_t stride, size_t pixel)
{
    for (size_t y = 0; y < height; y++)
        for (size_t x = 1; x < stride; x++) {
            size_t at = y * stride + x;
            bool first = x <= pixel;
            int left = first ? 0 : rows[at - pixel], up = y == 0 ? 0 : rows[at - stride];
            int corner = first || y == 0 ? 0 : rows[at - stride - pixel];
            rows[at] = (unsigned char)(rows[at] + png_predict(rows[y * stride], left, up, corner));
        }
}

/* The number of pixels of exactly this colour, 0x0072b2. */
static inline size_t png_count(const struct text *png, unsigned colour)
{
    const unsigned char *at = (const unsigned char *)png->bytes + 8, *header = at + 8;
    size_t width = png_number(header), height = png_number(header + 4), count = 0;
    size_t pixel = header[9] == 6 ? 4 : 3, stride = width * pixel + 1;
    struct text packed = { 0 };
    assert_int_equal(header[8], 8);
    for (unsigned size; memcmp(at + 4, "IEND", 4) != 0; at += size + 12) {
        size = png_number(at);
        if (memcmp(at + 4, "IDAT", 4) == 0)
            text_bytes(&packed, at + 8, size);
    }
    unsigned long all = height * stride;
    unsigned char *rows = malloc(all);
    assert_int_equal(
        uncompress(rows, &all, (const unsigned char *)packed.bytes, (unsigned long)packed.size),
        Z_OK);
    png_unfilter(rows, height, stride, pixel);
    for (size_t i = 0; i < width * height; i++) {
        const unsigned char *dot = rows + i / width * stride + 1 + i % width * pixel;
        count += ((unsigned)dot[0] << 16 | (unsigned)dot[1] << 8 | dot[2]) == colour;
    }
    free(rows);
    text_free(&packed);
    return count;
}

#endif
