/* SPDX-License-Identifier: MIT */
/* table.c - a delivery in columns: their meaning, and the reports in the rows */
#include "table.h"

#include "../almanac/csv_mapping.h"
#include "../almanac/text.h"

#include <string.h>

void table_open(struct table *table, const char *bytes, size_t size, struct batch *batch)
{
    size_t columns = CSV_FIELDS + table->terms->coded_count + table->terms->constants.count;
    table->batch = batch;
    table->csv.at = bytes;
    table->csv.end = bytes + size;
    table->csv.line = 1;
    table->columns = arena_take(&batch->arena, columns, sizeof *table->columns);
    table->labels = arena_take(&batch->arena, columns + 1, sizeof *table->labels);
    batch->by_line = true;
}

struct column table_column(const struct table *table, const char *name)
{
    enum report_field field = report_field_of(name);
    if (field != REPORT_FIELDS)
        return (struct column){ .name = report_field_names[field], .field = field };
    return (struct column){ .name = catalogue_label(table->batch->catalogue, name),
                            .field = REPORT_FIELDS };
}

size_t table_find(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return i + 1;
    return 0;
}

static int check_column(const struct table *table, const struct column *column,
                        const char *expected, struct fault *fault)
{
    const char *header = table->csv.fields[table->column_count].text;
    if (column->name == NULL)
        return fault_set(fault, "unknown column '%.60s'; expected %s", header, expected);
    if (!table->batch->history &&
        (column->field == REPORT_SOURCE || column->field == REPORT_RECORDED))
        return fault_set(fault,
                         "the column '%.60s' is what an export says of itself; expected it in a "
                         "file for 'import --history' alone",
                         header);
    size_t other = column->name[0] == '\0' ? 0 : table_find(table, column->name);
    if (other == 0)
        return 0;
    const char *first = table->csv.fields[other - 1].text;
    if (strcmp(first, header) == 0)
        return fault_set(fault, "the column '%.60s' is there twice", header);
    return fault_set(fault, "the column '%.60s' says %s, as '%.60s' does; expected it said once",
                     header, column->name, first);
}

void table_add(struct table *table, struct column column, const char *expected)
{
    struct fault fault = { 0 };
    if (check_column(table, &column, expected, &fault) != 0) {
        table_refuse(table, REFUSED_DOCUMENT, table->column_count + 1, "%s", fault.text);
        column.name = "";
    }
    table->columns[table->column_count++] = column;
}

void table_refuse_again(struct table *table, const char *name, const char *other)
{
    size_t column = table_find(table, name);
    if (column > 0)
        table_refuse(table, REFUSED_DOCUMENT, column,
                     "the column '%.60s' says %s, as %s; expected it said once",
                     table->csv.fields[column - 1].text, name, other);
}

size_t table_header(const struct table *table, const char *header)
{
    const struct csv *record = &table->csv;
    size_t i = 0;
    while (i < record->field_count && strcmp(record->fields[i].text, header) != 0)
        i++;
    return i;
}

static void add_coded(struct table *table, const struct coded_column *coded)
{
    struct column column = table_column(table, coded->says);
    column.coded = coded;
    column.index = table_header(table, coded->header);
    table_require(table, column.index < table->csv.field_count, coded->header);
    table_refuse_again(table, coded->says, "codes do");
    table->columns[table->column_count + table->constant_count++] = column;
}

void table_add_constants(struct table *table)
{
    for (size_t i = 0; i < table->terms->coded_count; i++)
        add_coded(table, &table->terms->coded[i]);
    const struct glossary *constants = &table->terms->constants;
    for (size_t i = 0; i < constants->count; i++) {
        struct column column = table_column(table, constants->terms[i].word);
        column.constant = constants->terms[i].meaning;
        table_refuse_again(table, constants->terms[i].word, "a constant does");
        table->columns[table->column_count + table->constant_count++] = column;
    }
}

bool table_refuse(struct table *table, int cause, size_t column, const char *format, ...)
{
    const struct csv *csv = &table->csv;
    struct fault reason = { 0 };
    va_list args;
    va_start(args, format);
    fault_vset(&reason, format, args);
    va_end(args);
    return batch_refuse_at(table->batch, cause,
                           column == 0 ? csv->record_line : csv->fields[column - 1].line, column,
                           "%s", reason.text);
}

void table_require(struct table *table, bool there, const char *name)
{
    if (!there)
        table_refuse(table, REFUSED_DOCUMENT, 0, "no column '%.60s' in the header", name);
}

void table_require_fixed(struct table *table, const struct glossary *fixed)
{
    for (size_t i = 0; i < fixed->count; i++) {
        bool there = false;
        for (size_t k = 0; k < table->column_count; k++)
            there |= table->columns[k].fixed == &fixed->terms[i];
        table_require(table, there, fixed->terms[i].word);
    }
}

/* The record's first text; "" if it has none. */
static const char *first_text(const struct csv *csv)
{
    size_t kept = csv->field_count < CSV_FIELDS ? csv->field_count : CSV_FIELDS, first = 0;
    while (first + 1 < kept && csv->fields[first].text[0] == '\0')
        first++;
    return csv->fields[first].text;
}

static bool is_over(const struct table *table)
{
    const struct word_list *until = table->until;
    const char *text = first_text(&table->csv);
    for (size_t i = 0; until != NULL && i < until->count; i++)
        if (strncmp(text, until->items[i], strlen(until->items[i])) == 0)
            return true;
    return false;
}

bool table_check(struct table *table, size_t fields)
{
    struct csv *csv = &table->csv;
    return csv_check(csv, fields) ||
           batch_refuse_at(table->batch, REFUSED_DOCUMENT, csv->fault_line, csv->fault_field, "%s",
                           csv->fault.text);
}

bool table_next(struct table *table)
{
    struct csv *csv = &table->csv;
    while (!batch_is_full(table->batch) && csv_next(csv)) {
        if (table->trims)
            csv_trim(csv);
        if (table->passes_empty && csv->empty)
            continue;
        if (is_over(table))
            break;
        if (table_check(table, table->column_count))
            return true;
    }
    return false;
}

/* A constant is in our words already. */
static const char *said_in(const struct table *table, size_t index)
{
    const struct column *column = &table->columns[index];
    if (column->constant != NULL)
        return column->constant;
    if (column->coded != NULL)
        return glossary_find(&column->coded->codes, table->csv.fields[column->index].text);
    const char *text = table->csv.fields[index].text, *status = NULL;
    if (column->field == REPORT_OBS_STATUS)
        status = glossary_find(&table->terms->statuses, text);
    return status != NULL ? status : text;
}

static bool check_fixed(struct table *table, size_t index)
{
    const struct term *fixed = table->columns[index].fixed;
    const char *text = table->csv.fields[index].text;
    return fixed == NULL || strcmp(text, fixed->meaning) == 0 ||
           table_refuse(table, REFUSED_DOCUMENT, index + 1,
                        "%.60s: is '%.60s'; expected '%s', as in every row", fixed->word, text,
                        fixed->meaning);
}

static bool check_code(struct table *table, size_t index)
{
    const struct column *column = &table->columns[index];
    return said_in(table, index) != NULL ||
           table_refuse(table, REFUSED_DOCUMENT, column->index + 1,
                        "%s: '%.60s' is none of the codes of '%.60s'; expected one of them",
                        column->name, table->csv.fields[column->index].text, column->coded->header);
}

bool table_check_cells(struct table *table)
{
    size_t cells = table->column_count;
    for (size_t i = 0; i < cells; i++)
        if (!check_fixed(table, i))
            return false;
    for (size_t i = 0; i < table->constant_count; i++)
        if (!check_code(table, cells + i))
            return false;
    return true;
}

struct report table_report(struct table *table)
{
    struct report report = { .labels = table->labels };
    for (size_t i = 0; i < table->column_count + table->constant_count; i++) {
        const struct column *column = &table->columns[i];
        const char *said = said_in(table, i);
        if (column->field < REPORT_FIELDS)
            report.fields[column->field] = said;
        else if (column->name[0] != '\0')
            table->labels[report.label_count++] = (struct label){ column->name, said };
    }
    return report;
}

/* The column of the cell that says the field or label; 0: none does. */
static size_t cell_of(const struct table *table, const char *name)
{
    size_t found = table_find(table, name), count = table->column_count + table->constant_count;
    for (size_t i = table->column_count; i < count && found == 0; i++)
        if (table->columns[i].coded != NULL && strcmp(table->columns[i].name, name) == 0)
            found = table->columns[i].index + 1;
    return found;
}

bool table_take(struct table *table, struct report *report, size_t column)
{
    struct complaint complaint = { 0 };
    table->batch->mark = table->csv.record_line;
    if (batch_take(table->batch, report, &complaint) == 0)
        return true;
    size_t found = cell_of(table, complaint.name);
    table_refuse(table, complaint.field, found != 0 ? found : column, "%s: %s", complaint.name,
                 complaint.fault.text);
    return found == 0 && !batch_is_full(table->batch);
}
