/* SPDX-License-Identifier: MIT */
/* columns.h - cells aligned in columns, for people at a terminal */
#ifndef ALMANAC_COLUMNS_H
#define ALMANAC_COLUMNS_H

#include "arena.h"

#include <stdio.h>

/* Zero-initialise but for count and right, put the cells row by row, the first row as headings,
 * and print. A column in which no row says anything is left out. */
struct columns {
    size_t count; /* of columns */
    size_t right; /* the column that is aligned to the right */
    const char **cells;
    size_t cell_count, room;
    struct arena arena;
};

/* Well-formed UTF-8, copied; NULL is an empty cell. Control characters become spaces. */
void columns_put(struct columns *columns, const char *text);
void columns_print(const struct columns *columns, FILE *out);
void columns_free(struct columns *columns);

/* How many places of a terminal the text takes: CJK two, combining marks none. */
size_t columns_width(const char *text);

#endif
