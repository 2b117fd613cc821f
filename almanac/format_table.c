/* SPDX-License-Identifier: MIT */
/* format_table.c - observations as a table with aligned columns, for people */
#include "columns.h"
#include "format.h"

#include <stdio.h>

static const char *const headings[] = { "time_period", "obs_value", "obs_status", "released",
                                        "recorded",    "source",    "reference",  "comment" };
enum { HEADINGS = sizeof headings / sizeof *headings };

static void begin(struct writer *writer)
{
    struct columns *columns = arena_take(&writer->arena, 1, sizeof *columns);
    columns->count = writer->label_count + HEADINGS;
    columns->right = writer->label_count + 1; /* obs_value */
    for (size_t i = 0; i < writer->label_count; i++)
        columns_put(columns, writer->labels[i]);
    for (size_t i = 0; i < HEADINGS; i++)
        columns_put(columns, headings[i]);
    writer->state = columns;
}

static void put_value(struct writer *writer, const struct statement *statement)
{
    char value[8 + sizeof statement->value.text] = "";
    if (!statement->missing)
        snprintf(value, sizeof value, "%s%s", comparator_text(statement->comparator),
                 statement->value.text);
    columns_put(writer->state, value);
}

static void put_row(struct writer *writer, const struct row *row)
{
    struct columns *columns = writer->state;
    writer->rows++;
    char released[PERIOD_TIME], recorded[PERIOD_TIME], status[2] = { row->statement->status, '\0' };
    period_write_time(row->recorded, recorded);
    for (size_t i = 0; i < writer->label_count; i++)
        columns_put(columns, format_label(row->subject, writer->labels[i]));
    columns_put(columns, row->statement->period.text);
    put_value(writer, row->statement);
    columns_put(columns, status);
    columns_put(columns, format_released(row, released));
    columns_put(columns, writer->provenance ? recorded : "");
    columns_put(columns, writer->provenance ? row->source : "");
    columns_put(columns, row->reference);
    columns_put(columns, row->comment);
}

static void end(struct writer *writer)
{
    if (writer->rows == 0)
        text_put(&writer->out, "no observations\n");
    else
        columns_print(writer->state, &writer->out);
    columns_free(writer->state);
}

const struct format format_table = { .begin = begin, .row = put_row, .end = end };
