/* SPDX-License-Identifier: MIT */
/* csv_mapped.h - other people's CSV by its mapping: its header, for the decoder of its rows */
#ifndef COLLECTOR_CSV_MAPPED_H
#define COLLECTOR_CSV_MAPPED_H

#include "../almanac/csv_mapping.h"
#include "table.h"

/* Lives in the batch's arena. */
struct csv_mapped {
    struct table table;
    const struct csv_mapping *mapping;
    struct column as;              /* in a wide table: the meaning of its headers */
    const char *wide[CSV_FIELDS];  /* the header's meaning; NULL: not a wide column */
    bool unnamed[CSV_FIELDS];      /* its header is empty, and so must be the cells below it */
    const char *above[CSV_FIELDS]; /* what an empty cell repeats; NULL: nothing */
    size_t fills[CSV_FIELDS];      /* the columns of such cells, as the mapping lists them */
    size_t year;                   /* the column of years, if the mapping has one */
    const struct glossary *passes[CSV_FIELDS]; /* the texts of rows passed over; NULL: none */
};

/* That of a document in our own words. */
extern const struct csv_mapping csv_plain;

/* Reads the header, or uses the mapping's. False if there is none; what else is wrong with it is
 * refused. */
bool csv_mapped_open(struct csv_mapped *csv);

#endif
