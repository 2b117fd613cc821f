/* SPDX-License-Identifier: MIT */
/* csv_mapping.h - the syntax of a source's CSV, and the meaning of its columns */
#ifndef ALMANAC_CSV_MAPPING_H
#define ALMANAC_CSV_MAPPING_H

#include "table_terms.h"
#include "word_list.h"

#include <stdbool.h>
#include <stdint.h>

struct csv_pass {
    const char *header;    /* among the columns of the terms */
    size_t line;           /* in the configuration, as the terms have theirs */
    struct glossary texts; /* each to "": no report */
};

/* A column whose header is not mapped holds the field or label of the same name. */
struct csv_mapping {
    char delimiter;             /* , ; | or a tab */
    const char *encoding;       /* as charset.h names it; NULL: UTF-8 */
    int64_t skip;               /* lines above the header */
    struct word_list above;     /* texts that these must have */
    struct word_list header;    /* in place of the file's; none: the file has one */
    struct word_list fill_down; /* headers of cells that repeat the one above if they are empty */
    struct word_list until;     /* the table ends before a row whose first text begins with one */
    struct glossary fixed;      /* header to what its cells must be */
    const char *year_of;        /* the header of the year of periods without one; NULL: none */
    struct csv_pass *passes;    /* a row with one of their texts in its cell is passed over */
    size_t pass_count;
    struct table_terms terms;
    struct glossary marks; /* what may stand behind a value, to the status meant; "": none */
    struct glossary wide;  /* header to the value of wide_as for the cells below it */
    const char *wide_as;   /* a field or label; NULL: one observation per row */
    bool wide_periods;     /* headers that are periods, and no other column, say that they are */
    size_t wide_as_line;   /* in the configuration, as the terms have theirs */
};

#endif
