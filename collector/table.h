/* SPDX-License-Identifier: MIT */
/* table.h - a delivery in columns: their meaning, and the reports in the rows */
#ifndef COLLECTOR_TABLE_H
#define COLLECTOR_TABLE_H

#include "../almanac/table_terms.h"
#include "batch.h"
#include "csv.h"

struct word_list;

/* The meaning of a column: a field of the report, a label, or none. */
struct column {
    const char *name;                 /* as in the catalogue; "": ignored; NULL: unknown */
    enum report_field field;          /* REPORT_FIELDS: a label */
    const struct term *fixed;         /* what every cell must be; NULL: anything */
    const char *constant;             /* the value in every row; NULL: the cell's */
    const struct coded_column *coded; /* what the cell means; NULL: what it says */
    size_t index;                     /* of the cell, of a coded column */
};

/* Lives in the batch's arena. Columns are in the order of the rows' fields, coded ones and
 * constants last. */
struct table {
    struct csv csv;                  /* the caller sets its delimiter, and: */
    const struct table_terms *terms; /* borrowed */
    bool passes_empty;             /* rows of empty cells say nothing; otherwise they are refused */
    bool trims;                    /* white space around a cell says nothing */
    const struct word_list *until; /* it ends before a row whose first text begins with one */

    struct batch *batch; /* borrowed */
    struct column *columns;
    size_t column_count, constant_count;
    struct label *labels; /* room for those of a report, and one more */
};

void table_open(struct table *table, const char *bytes, size_t size, struct batch *batch);

/* The field or label of this name. */
struct column table_column(const struct table *table, const char *name);

/* While the header is the current record: adds the next column. Refuses a column that is unknown
 * (expected: the rest of that complaint) or has the meaning of another. */
void table_add(struct table *table, struct column column, const char *expected);
/* Then, the coded columns, whose headers must be there, and the constants. Refuses a column that
 * says what one of them says. */
void table_add_constants(struct table *table);
/* Refuses the column that says the field or label, which something else in the mapping does. */
void table_refuse_again(struct table *table, const char *name, const char *other);

/* While the header is the current record: the index of the column below it; their number: none. */
size_t table_header(const struct table *table, const char *header);
/* The column of the field or label, from 1; 0: none. */
size_t table_find(const struct table *table, const char *name);

/* Refuses the field of the record, from 1; column 0: the record as a whole. Always false. */
bool table_refuse(struct table *table, int cause, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Refuses the header unless the column is there, or all that are fixed. */
void table_require(struct table *table, bool there, const char *name);
void table_require_fixed(struct table *table, const struct glossary *fixed);

/* Whether the record passes csv_check; if not, refuses it. */
bool table_check(struct table *table, size_t fields);

/* Reads the next well-formed row; refuses the others. False at the end, or once the batch is
 * full. */
bool table_next(struct table *table);

/* Whether the row's cells are as they are fixed, and its codes known; if not, refuses it. */
bool table_check_cells(struct table *table);

/* The row's report; borrowed from the table until the next row. */
struct report table_report(struct table *table);

/* Accepts the report, or refuses it at the place of the error or, if that has none, at this column.
 * False if no further report of the row is to be taken: it would be refused for the same reason, or
 * the batch is full. */
bool table_take(struct table *table, struct report *report, size_t column);

#endif
