/* SPDX-License-Identifier: MIT */
/* csv.h - RFC 4180: records one after the other, and the place of each field */
#ifndef COLLECTOR_CSV_H
#define COLLECTOR_CSV_H

#include "../almanac/fault.h"

#include <stdbool.h>
#include <stddef.h>

enum { CSV_FIELDS = 256, CSV_RECORD = 64 * 1024 };

struct csv_field {
    const char *text; /* unquoted */
    size_t line;      /* where it begins */
};

/* Large: it belongs into an arena. Set the first part. */
struct csv {
    const char *at, *end; /* UTF-8 */
    size_t line;          /* of at, from 1 */
    char delimiter;       /* one that csv_delimiter knows */

    size_t record_line; /* where the record begins that was read last */
    struct csv_field fields[CSV_FIELDS];
    size_t field_count; /* those beyond CSV_FIELDS are counted, not kept */
    bool blank;
    struct fault fault; /* what is wrong with it, and where: */
    size_t fault_line, fault_field;

    char bytes[CSV_RECORD + 1]; /* from here on csv's own */
    size_t used;                /* of bytes, or more where they did not suffice */
};

/* "a comma", "a semicolon", "a bar" or "a tab"; NULL where it is no delimiter. */
const char *csv_delimiter(char c);

/* Reads the next record, whatever is wrong with it, so that the one behind it is found. False where
 * there is none; an empty line at the very end is none. */
bool csv_next(struct csv *csv);

/* Whether the record can be looked into, field by field, and has so many (0: any number). If not,
 * the fault says why; fault_field counts from 1 and is 0 for the record as a whole. */
bool csv_check(struct csv *csv, size_t fields);

#endif
