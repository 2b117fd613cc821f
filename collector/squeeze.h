/* SPDX-License-Identifier: MIT */
/* squeeze.h - characters and what lies between them, put together to paragraphs */
#ifndef COLLECTOR_SQUEEZE_H
#define COLLECTOR_SQUEEZE_H

#include "reduce.h"

/* From the weakest to the strongest: of several only the strongest counts. */
enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH, GAP_ROW };

/* Zero-initialised but for out. */
struct squeeze {
    struct reduced *out;
    /* What has come since the last character. */
    enum gap gap;
    size_t lines, cells;
    bool soft; /* a hyphen that shows only where a line ends */
    /* The last two characters. */
    uint32_t last, before;
};

void squeeze_gap(struct squeeze *squeeze, enum gap gap);
void squeeze_cell(struct squeeze *squeeze); /* from one cell of a row to the next */

/* The UTF-8 character at bytes, which the original has at from; white space is a GAP_BLANK, what
 * cannot be seen is nothing. Returns its length. */
size_t squeeze_character(struct squeeze *squeeze, const char *bytes, size_t from);

#endif
