/* SPDX-License-Identifier: MIT */
/* decode_csv.c - RFC 4180: a header, then one observation a row */
#include "../almanac/text.h"
#include "decode.h"

#include <stdio.h>
#include <string.h>

enum { ROW_BYTES = 64 * 1024, COLUMNS = 256, QUOTED_NAME = 60 };

struct cell {
    const char *text; /* unquoted */
    size_t line;      /* where it begins */
};

/* A report field, or else a label. */
struct column {
    const char *name;
    enum report_field field; /* REPORT_FIELDS: a label */
};

struct csv {
    struct batch *batch;
    const char *at, *end;
    size_t line; /* of at, from 1 */

    struct column columns[COLUMNS];
    size_t column_count;

    /* The row that was read last. */
    size_t row_line;
    struct cell cells[COLUMNS];
    size_t cell_count; /* those beyond COLUMNS are counted, not kept */
    char bytes[ROW_BYTES + 1];
    size_t used; /* of bytes, or more where they did not suffice */
    bool blank;
    struct fault fault; /* what is wrong with the quotes or line ends in it */
    size_t fault_line, fault_column;
};

/* column 0: the row as a whole. */
static void refuse(struct csv *csv, size_t line, size_t column, const char *reason)
{
    char place[64];
    if (column == 0)
        snprintf(place, sizeof place, ":%zu", line);
    else
        snprintf(place, sizeof place, ":%zu:%zu", line, column);
    batch_refuse(csv->batch, place, reason);
}

/* The row is still read to its end, so that the next one is found. */
static void find_fault(struct csv *csv, size_t line, const char *reason)
{
    if (csv->fault.text[0] != '\0')
        return;
    fault_set(&csv->fault, "%s", reason);
    csv->fault_line = line;
    csv->fault_column = csv->cell_count;
}

static void keep(struct csv *csv, const char *bytes, size_t size)
{
    if (csv->used + size <= sizeof csv->bytes)
        memcpy(csv->bytes + csv->used, bytes, size);
    csv->used += size;
}

/* From the opening quote to behind the closing one: "say ""so"", then". */
static void read_quoted(struct csv *csv)
{
    size_t opened = csv->line;
    do {
        csv->at++;
        const char *quote = memchr(csv->at, '"', (size_t)(csv->end - csv->at));
        const char *stop = quote == NULL ? csv->end : quote + 1;
        for (const char *c = csv->at; c < stop; c++)
            csv->line += *c == '\n';
        if (quote == NULL) {
            csv->at = csv->end;
            find_fault(
                csv, opened,
                "the quote that opens here is never closed; expected another at the field's end");
            return;
        }
        /* Kept with its quote, which stays if it proves to be doubled. */
        keep(csv, csv->at, (size_t)(stop - csv->at));
        csv->at = stop;
    } while (csv->at < csv->end && *csv->at == '"');
    csv->used--;
}

static bool at_line_end(const struct csv *csv)
{
    if (csv->at == csv->end || *csv->at == '\n')
        return true;
    return *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n';
}

static void read_plain(struct csv *csv)
{
    const char *begin = csv->at;
    for (; csv->at < csv->end && *csv->at != ',' && !at_line_end(csv); csv->at++) {
        if (*csv->at == '"')
            find_fault(csv, csv->line,
                       "a quote inside a field; expected the whole field in "
                       "quotes, and the quote in it doubled");
        else if (*csv->at == '\r')
            find_fault(csv, csv->line,
                       "a carriage return alone; expected lines that end with "
                       "LF or CR LF");
    }
    keep(csv, begin, (size_t)(csv->at - begin));
}

/* Returns whether another cell follows in the row. */
static bool read_cell(struct csv *csv)
{
    size_t column = csv->cell_count++;
    if (column < COLUMNS && csv->used < sizeof csv->bytes)
        csv->cells[column] = (struct cell){ csv->bytes + csv->used, csv->line };
    if (csv->at < csv->end && *csv->at == '"') {
        read_quoted(csv);
        if (!at_line_end(csv) && *csv->at != ',')
            find_fault(csv, csv->line,
                       "text behind the closing quote; expected a comma or the "
                       "end of the line");
    }
    read_plain(csv);
    keep(csv, "", 1);
    if (csv->at < csv->end && *csv->at == ',') {
        csv->at++;
        return true;
    }
    return false;
}

static void read_row(struct csv *csv)
{
    csv->row_line = csv->line;
    csv->cell_count = 0;
    csv->used = 0;
    csv->fault.text[0] = '\0';
    csv->blank = at_line_end(csv);
    while (read_cell(csv))
        continue;
    if (csv->at < csv->end) {
        csv->at += *csv->at == '\r' ? 2 : 1;
        csv->line++;
    }
}

/* Whether the row can be looked into cell by cell; if not, it is refused. */
static bool check_row(struct csv *csv)
{
    struct fault fault = { 0 };
    if (csv->fault.text[0] != '\0') {
        refuse(csv, csv->fault_line, csv->fault_column, csv->fault.text);
        return false;
    }
    if (csv->used > sizeof csv->bytes)
        fault_set(&fault, "the row is longer than %d bytes", ROW_BYTES);
    else if (csv->blank)
        fault_set(&fault, "a blank line; expected an observation");
    else if (csv->column_count > 0 && csv->cell_count != csv->column_count)
        fault_set(&fault, "the row has %zu field%s; expected %zu, as in the header",
                  csv->cell_count, csv->cell_count == 1 ? "" : "s", csv->column_count);
    if (fault.text[0] != '\0')
        refuse(csv, csv->row_line, 0, fault.text);
    return fault.text[0] == '\0';
}

/* The name as the catalogue has it, or NULL where no figure has such a label. */
static const char *find_label(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct figure *figure = &catalogue->figures[i];
        for (size_t k = 0; k < figure->label_count; k++)
            if (strcmp(figure->labels[k], name) == 0)
                return figure->labels[k];
    }
    return NULL;
}

/* Its name is NULL where there can be no such column. */
static struct column column_of(const struct catalogue *catalogue, const char *name)
{
    for (enum report_field field = 0; field < REPORT_FIELDS; field++)
        if (strcmp(report_field_names[field], name) == 0)
            return (struct column){ report_field_names[field], field };
    return (struct column){ find_label(catalogue, name), REPORT_FIELDS };
}

/* The position of the column, from 1; 0 where the header does not have it. */
static size_t find_column(const struct csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->column_count; i++)
        if (strcmp(csv->columns[i].name, name) == 0)
            return i + 1;
    return 0;
}

static void add_column(struct csv *csv, const struct cell *cell, size_t position)
{
    struct column column = column_of(csv->batch->catalogue, cell->text);
    struct fault fault = { 0 };
    int shown = (int)text_utf8_until(cell->text, strnlen(cell->text, QUOTED_NAME));
    if (column.name == NULL)
        fault_set(&fault,
                  "unknown column '%.*s'; expected figure, time_period, obs_value, comparator, "
                  "obs_status, released, reference, comment or a label that a figure has",
                  shown, cell->text);
    else if (find_column(csv, column.name) != 0)
        fault_set(&fault, "the column '%s' is there twice", column.name);
    else
        csv->columns[csv->column_count++] = column;
    if (fault.text[0] != '\0')
        refuse(csv, cell->line, position, fault.text);
}

static void require_columns(struct csv *csv)
{
    static const enum report_field required[] = { REPORT_FIGURE, REPORT_TIME_PERIOD,
                                                  REPORT_OBS_VALUE };
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const char *name = report_field_names[required[i]];
        struct fault fault = { 0 };
        if (find_column(csv, name) != 0)
            continue;
        fault_set(&fault, "no column '%s' in the header", name);
        refuse(csv, csv->row_line, 0, fault.text);
    }
}

static bool is_header(const struct csv *csv)
{
    size_t kept = csv->cell_count < COLUMNS ? csv->cell_count : COLUMNS;
    for (size_t i = 0; i < kept; i++)
        if (column_of(csv->batch->catalogue, csv->cells[i].text).name != NULL)
            return true;
    return false;
}

static void read_header(struct csv *csv)
{
    read_row(csv);
    bool sound = csv->blank || check_row(csv);
    if (!sound)
        return;
    if (csv->blank || !is_header(csv)) {
        refuse(csv, csv->row_line, 0,
               "no header; expected the columns' names in the first line, as in "
               "figure,time_period,obs_value");
        return;
    }
    if (csv->cell_count > COLUMNS) {
        refuse(csv, csv->row_line, 0, "the header has more than 256 columns");
        return;
    }
    for (size_t i = 0; i < csv->cell_count; i++)
        add_column(csv, &csv->cells[i], i + 1);
    require_columns(csv);
}

static void refuse_field(struct csv *csv, struct complaint *complaint)
{
    size_t column = find_column(csv, complaint->field);
    fault_at(&complaint->fault, "%s: ", complaint->field);
    refuse(csv, column == 0 ? csv->row_line : csv->cells[column - 1].line, column,
           complaint->fault.text);
}

static void take_row(struct csv *csv)
{
    struct label labels[COLUMNS];
    struct report report = { .labels = labels };
    for (size_t i = 0; i < csv->column_count; i++) {
        const struct column *column = &csv->columns[i];
        if (column->field == REPORT_FIELDS)
            labels[report.label_count++] = (struct label){ column->name, csv->cells[i].text };
        else
            report.fields[column->field] = csv->cells[i].text;
    }
    struct complaint complaint = { 0 };
    csv->batch->mark = csv->row_line;
    if (batch_take(csv->batch, &report, &complaint) != 0)
        refuse_field(csv, &complaint);
}

void decode_csv(const char *bytes, size_t size, struct batch *batch)
{
    if (!decode_is_text(&bytes, &size, batch))
        return;
    struct csv *csv = arena_take(&batch->arena, 1, sizeof *csv);
    csv->batch = batch;
    batch->by_line = true;
    csv->at = bytes;
    csv->end = bytes + size;
    csv->line = 1;
    read_header(csv);
    if (batch->refused > 0)
        return;
    while (csv->at < csv->end) {
        read_row(csv);
        bool empty_last_line = csv->blank && csv->at == csv->end;
        if (!empty_last_line && check_row(csv))
            take_row(csv);
    }
}
