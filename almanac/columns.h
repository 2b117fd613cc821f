/* SPDX-License-Identifier: MIT */
/* columns.h - a table with aligned columns, for a terminal */
#ifndef ALMANAC_COLUMNS_H
#define ALMANAC_COLUMNS_H

#include "arena.h"
#include "text.h"

/* Set count and right, zero-initialise the rest, put the cells row by row, headings first, and
 * print. A column that is empty in every row is left out. */
struct columns {
    size_t count; /* of columns */
    size_t right; /* the right-aligned column */
    const char **cells;
    size_t cell_count, room;
    struct arena arena;
};

/* text is well-formed UTF-8 and is copied; NULL is an empty cell. Control characters become
 * spaces. */
void columns_put(struct columns *columns, const char *text);
void columns_print(const struct columns *columns, struct text *out);
void columns_free(struct columns *columns);

/* The width of the text in terminal columns: a CJK character takes two, a combining mark none. */
size_t columns_width(const char *text);

#endif
