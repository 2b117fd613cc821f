/* SPDX-License-Identifier: MIT */
/* csv_mapping.h - how a source's CSV is written, and what its columns mean */
#ifndef ALMANAC_CSV_MAPPING_H
#define ALMANAC_CSV_MAPPING_H

#include "glossary.h"

#include <stdint.h>

/* A column whose header is not in it says what a field or label of that name is. */
struct csv_mapping {
    char delimiter;            /* , ; | or a tab */
    const char *encoding;      /* as iconv names it; NULL: UTF-8 */
    int64_t skip;              /* lines above the header */
    const char *const *header; /* of a file that has none */
    size_t header_count;       /* 0: the file has its own */
    struct glossary columns;   /* a header: the field or label; "": it is not read */
    struct glossary constants; /* a field or label: what it is in every row */
    struct glossary wide;      /* a header: the value of wide_as of the values below it */
    const char *wide_as;       /* a field or label; NULL: an observation a row */
    struct glossary missing;   /* what stands for a value: the status that says why; "": nothing */
};

#endif
