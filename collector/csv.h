/* SPDX-License-Identifier: MIT */
/* csv.h - a parser for CSV (RFC 4180), with the place of each field */
#ifndef COLLECTOR_CSV_H
#define COLLECTOR_CSV_H

#include "../almanac/fault.h"

#include <stdbool.h>
#include <stddef.h>

enum { CSV_FIELDS = 256, CSV_RECORD = 64 * 1024 };

struct csv_field {
    const char *text; /* unquoted */
    size_t line;      /* of its beginning */
};

/* Large: allocate it in an arena. The caller sets the first part. */
struct csv {
    const char *at, *end; /* UTF-8 */
    size_t line;          /* of at, from 1 */
    char delimiter;       /* one that csv_delimiter accepts */

    size_t record_line; /* the first line of the last record */
    struct csv_field fields[CSV_FIELDS];
    size_t field_count; /* fields beyond CSV_FIELDS are counted, not stored */
    bool overlong;      /* the record did not fit; its fields are empty */
    bool blank;
    bool empty;         /* blank, or no field has a character */
    struct fault fault; /* what is wrong with the record, and where: */
    size_t fault_line, fault_field;

    char bytes[CSV_RECORD + 1]; /* from here on private */
    size_t used;                /* of bytes; more if the record did not fit */
};

/* "a comma", "a semicolon", "a bar" or "a tab"; NULL: not a delimiter. */
const char *csv_delimiter(char c);

/* Reads the next record to its end, even if it is malformed. False if there is none; an empty last
 * line is not a record. */
bool csv_next(struct csv *csv);

/* Whether the record is well-formed and has this many fields (0: any number up to CSV_FIELDS). If
 * not, fault says why; fault_field counts from 1, and is 0 for the whole record. */
bool csv_check(struct csv *csv, size_t fields);

/* Strips the record's fields of white space at both ends. */
void csv_trim(struct csv *csv);

/* Ends a field of the record after this many bytes. */
void csv_cut(struct csv *csv, size_t field, size_t length);

#endif
