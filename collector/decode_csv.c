/* SPDX-License-Identifier: MIT */
/* decode_csv.c - decodes CSV: a header, then an observation per row, or per cell of a wide table */
#include "../almanac/period_words.h"
#include "csv_mapped.h"
#include "decode.h"
#include "marks.h"
#include "missing.h"

#include <stdio.h>
#include <string.h>

/* What stands in place of a value may end like one with a mark: ": c" beside "5 c". */
static enum missing_end read_missing(const struct csv_mapped *csv, struct report *report)
{
    const struct glossary *words = &csv->mapping->terms.missing;
    enum missing_end end = missing_read(words, report);
    if (end != MISSING_NOT)
        return end;
    marks_cut(&csv->mapping->marks, report, &csv->table.batch->arena);
    return missing_read(words, report);
}

/* Gives a period without a year that of the row. One that stays without is refused with both. */
static void put_year(const struct csv_mapped *csv, struct report *report)
{
    struct batch *batch = csv->table.batch;
    const char **words = &report->fields[REPORT_TIME_PERIOD];
    if (csv->mapping->year_of == NULL || *words == NULL || **words == '\0')
        return;
    const struct figure *figure = catalogue_find(batch->catalogue, report->fields[REPORT_FIGURE]);
    const char *year = csv->table.csv.fields[csv->year].text;
    char dated[2 * PERIOD_TEXT];
    if (!period_words_in_year(*words, year, figure == NULL ? '\0' : figure->freq, dated))
        snprintf(dated, sizeof dated, "%.60s %.60s", year, *words);
    *words = arena_string(&batch->arena, dated);
}

/* Whether the value is a report. In a wide table, an empty cell is none. */
static bool is_reported(const struct csv_mapped *csv, struct report *report, const char *value)
{
    report->fields[REPORT_OBS_VALUE] = value;
    put_year(csv, report);
    switch (read_missing(csv, report)) {
    case MISSING_PASSED_OVER: return false;
    case MISSING_SET: return true;
    default: return csv->mapping->wide_as == NULL || value[0] != '\0';
    }
}

/* False if the row's other cells would be refused for the same reason. */
static bool take_wide(struct csv_mapped *csv, const struct report *row, size_t index)
{
    struct report report = *row;
    struct label *label = &csv->table.labels[report.label_count];
    if (csv->as.field < REPORT_FIELDS)
        report.fields[csv->as.field] = csv->wide[index];
    else
        *label = (struct label){ csv->as.name, csv->wide[index] };
    report.label_count += csv->as.field == REPORT_FIELDS;
    return !is_reported(csv, &report, csv->table.csv.fields[index].text) ||
           table_take(&csv->table, &report, index + 1);
}

/* Whether no cell says something that nobody would read; if one does, refuses it. */
static bool is_named(struct csv_mapped *csv)
{
    const struct csv_field *fields = csv->table.csv.fields;
    for (size_t i = 0; i < csv->table.column_count; i++)
        if (csv->unnamed[i] && fields[i].text[0] != '\0')
            return table_refuse(
                &csv->table, REFUSED_DOCUMENT, i + 1,
                "'%.60s' stands below an empty header; expected the column's name there, or no "
                "cell below it",
                fields[i].text);
    return true;
}

static bool is_passed_over(const struct csv_mapped *csv)
{
    const struct csv_field *fields = csv->table.csv.fields;
    for (size_t i = 0; i < csv->table.column_count; i++)
        if (csv->passes[i] != NULL && glossary_find(csv->passes[i], fields[i].text) != NULL)
            return true;
    return false;
}

/* Always false. */
static bool refuse_fill(struct csv_mapped *csv, size_t outer, size_t inner)
{
    const char *const *headers = csv->mapping->fill_down.items;
    return table_refuse(
        &csv->table, REFUSED_DOCUMENT, csv->fills[inner] + 1,
        "'%.60s' is empty where '%.60s' is another than above; expected it said, or '%.60s' "
        "in front in fill_down",
        headers[inner], headers[outer], headers[inner]);
}

/* Whether the empty cells have what they repeat, if the row is not passed over. One that repeats
 * the city of another province would be wrong; if one does, refuses it. */
static bool fill_down(struct csv_mapped *csv)
{
    struct csv_field *fields = csv->table.csv.fields;
    size_t count = csv->mapping->fill_down.count, begun = count, wrong = count;
    for (size_t i = 0; i < count; i++) {
        const char **above = &csv->above[i], **cell = &fields[csv->fills[i]].text;
        bool other = (*cell)[0] != '\0' && (*above == NULL || strcmp(*cell, *above) != 0);
        if ((*cell)[0] == '\0' && *above != NULL && begun < count) {
            wrong = wrong == count ? i : wrong;
            *above = NULL;
        }
        begun = other && begun == count ? i : begun;
        if (other)
            *above = arena_string(&csv->table.batch->arena, *cell);
        else if (*above != NULL)
            *cell = *above;
    }
    return wrong == count || is_passed_over(csv) || refuse_fill(csv, begun, wrong);
}

static void take_row(struct csv_mapped *csv)
{
    struct report report = table_report(&csv->table);
    if (csv->mapping->wide_as == NULL) {
        if (is_reported(csv, &report, report.fields[REPORT_OBS_VALUE]))
            table_take(&csv->table, &report, 0);
        return;
    }
    for (size_t i = 0; i < csv->table.column_count; i++)
        if (csv->wide[i] != NULL && !take_wide(csv, &report, i))
            return;
}

/* The unit of a table is often above it, and could be another next year. */
static void require_above(struct csv_mapped *csv, const char *begin, const char *text)
{
    size_t size = (size_t)(csv->table.csv.at - begin);
    if (memmem(begin, size, text, strlen(text)) == NULL)
        batch_refuse_at(csv->table.batch, REFUSED_DOCUMENT, 1, 0,
                        "the lines above the header do not have '%.60s'; expected it in one of "
                        "them",
                        text);
}

/* Skips physical lines: what precedes a table is often not CSV. */
static void skip_lines(struct csv_mapped *csv)
{
    struct csv *record = &csv->table.csv;
    const char *begin = record->at;
    for (int64_t i = 0; i < csv->mapping->skip && record->at < record->end; i++, record->line++) {
        const char *end = memchr(record->at, '\n', (size_t)(record->end - record->at));
        record->at = end == NULL ? record->end : end + 1;
    }
    for (size_t i = 0; i < csv->mapping->above.count; i++)
        require_above(csv, begin, csv->mapping->above.items[i]);
}

static void decode_utf8(const char *bytes, size_t size, struct batch *batch)
{
    if (!decode_is_text(&bytes, &size, batch))
        return;
    struct csv_mapped *csv = arena_take(&batch->arena, 1, sizeof *csv);
    csv->mapping = batch->form->csv != NULL ? batch->form->csv : &csv_plain;
    csv->table.csv.delimiter = csv->mapping->delimiter;
    csv->table.terms = &csv->mapping->terms;
    csv->table.passes_empty = true;
    csv->table.trims = csv->mapping != &csv_plain;
    csv->table.until = &csv->mapping->until;
    table_open(&csv->table, bytes, size, batch);
    skip_lines(csv);
    if (!csv_mapped_open(csv) || batch->refused > 0)
        return;
    while (table_next(&csv->table))
        if (fill_down(csv) && !is_passed_over(csv) && is_named(csv) &&
            table_check_cells(&csv->table))
            take_row(csv);
}

void decode_csv(const char *bytes, size_t size, struct batch *batch)
{
    const struct csv_mapping *mapping = batch->form->csv;
    decode_from(mapping != NULL ? mapping->encoding : NULL, decode_utf8, bytes, size, batch);
}
