/* SPDX-License-Identifier: MIT */
/* squeeze.h - joins characters and the gaps between them into paragraphs */
#ifndef COLLECTOR_SQUEEZE_H
#define COLLECTOR_SQUEEZE_H

#include "reduce.h"

#include <stdint.h>

/* From the weakest to the strongest; of several gaps only the strongest counts. */
enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH, GAP_ROW };

/* Set out, zero-initialise the rest. */
struct squeeze {
    struct reduced *out;
    /* Since the last character: */
    enum gap gap;
    size_t lines, cells;
    bool soft; /* a soft hyphen */
    /* The last two characters. */
    uint32_t last, before;
};

void squeeze_gap(struct squeeze *squeeze, enum gap gap);
void squeeze_cell(struct squeeze *squeeze); /* between two cells of a row */

/* Adds the UTF-8 character at bytes, at offset from in the original; white space is a GAP_BLANK,
 * invisible characters are skipped. Returns its length. */
size_t squeeze_character(struct squeeze *squeeze, const char *bytes, size_t from);

#endif
