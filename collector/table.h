/* SPDX-License-Identifier: MIT */
/* table.h - a delivery in columns: what each of them says, and the reports that its rows make */
#ifndef COLLECTOR_TABLE_H
#define COLLECTOR_TABLE_H

#include "batch.h"
#include "csv.h"

/* What a column says: a field of the report, a label, or nothing that goes into it. */
struct column {
    const char *name;        /* as the catalogue has it; "": nothing, NULL: there is none such */
    enum report_field field; /* REPORT_FIELDS: a label */
    const char *constant;    /* what it is in every row; NULL: what stands there */
};

/* Lives in the batch's arena. Columns stand in the order of the rows' fields, constants last. */
struct table {
    struct batch *batch; /* borrowed */
    struct csv csv;
    struct column *columns;
    size_t column_count, constant_count;
    struct label *labels; /* room for those of a report, and one more */
};

void table_open(struct table *table, const char *bytes, size_t size, char delimiter,
                size_t constants, struct batch *batch);

/* The field or label of this name. */
struct column table_column(const struct table *table, const char *name);

/* While the header is the record: the next of its columns. It is refused where it says nothing
 * known (expected: the rest of that complaint) or what another one says. */
void table_add(struct table *table, struct column column, const char *expected);
void table_add_constant(struct table *table, struct column column);

/* Which column says the field or label, from 1; 0 where none does. */
size_t table_find(const struct table *table, const char *name);

/* column 0: the record as a whole; line 0: the delivery. */
void table_refuse(struct table *table, int cause, size_t line, size_t column, const char *reason);

/* Reads the next row that can be looked into; the others are refused. False behind the last, or
 * once the batch is full. */
bool table_next(struct table *table);

/* What the row says; borrowed from the table until the next. */
struct report table_report(struct table *table);

/* Takes the report in, or refuses it with the place of what is wrong, or else of this column.
 * False where no other report of the row is to be taken: it would be refused for the same, or the
 * batch is full. */
bool table_take(struct table *table, struct report *report, size_t column);

#endif
