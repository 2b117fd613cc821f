/* SPDX-License-Identifier: MIT */
/* decode_csv.c - decodes CSV: a header, then an observation per row, or per cell of a wide table */
#include "../almanac/csv_mapping.h"
#include "../almanac/period_words.h"
#include "../almanac/text.h"
#include "../almanac/utf8.h"
#include "decode.h"
#include "marks.h"
#include "missing.h"
#include "sdmx_header.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

enum { QUOTED_LINE = 60 };

struct mapped {
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

static const struct csv_mapping plain = { .delimiter = ',' };

static const char known[] =
    "figure, time_period, obs_value, unit, comparator, obs_status, released, "
    "reference, comment or a label that a figure has";

static const struct column nothing = { .name = "", .field = REPORT_FIELDS };

/* An empty header may have a meaning of its own. */
static bool is_unnamed(const struct mapped *csv, const char *header)
{
    return header[0] == '\0' && glossary_find(&csv->mapping->terms.columns, header) == NULL &&
           glossary_find(&csv->mapping->wide, header) == NULL;
}

/* Whether something else than columns explains the header. */
static bool is_explained(const struct csv_mapping *mapping, const char *header)
{
    bool explained = glossary_find(&mapping->fixed, header) != NULL ||
                     (mapping->year_of != NULL && strcmp(mapping->year_of, header) == 0);
    for (size_t i = 0; i < mapping->terms.coded_count; i++)
        explained |= strcmp(mapping->terms.coded[i].header, header) == 0;
    return explained;
}

static struct column column_of(const struct mapped *csv, const char *header)
{
    const char *meaning = glossary_find(&csv->mapping->terms.columns, header);
    if (glossary_find(&csv->mapping->wide, header) != NULL || is_unnamed(csv, header))
        return nothing;
    if (meaning != NULL ? meaning[0] == '\0' : is_explained(csv->mapping, header))
        return nothing;
    return table_column(&csv->table, meaning != NULL ? meaning : header);
}

static bool is_header(struct mapped *csv)
{
    const struct csv *record = &csv->table.csv;
    for (size_t i = 0; i < record->field_count; i++) {
        const char *header = record->fields[i].text;
        if (!is_unnamed(csv, header) && column_of(csv, header).name != NULL)
            return true;
    }
    return false;
}

/* Uses the mapping's header, if it has one, in place of a first record. */
static bool give_header(struct mapped *csv)
{
    struct csv *record = &csv->table.csv;
    record->field_count = csv->mapping->header.count;
    for (size_t i = 0; i < record->field_count; i++)
        record->fields[i].text = csv->mapping->header.items[i];
    return record->field_count > 0;
}

/* begin: the start of the first line, which names no known column. */
static void complain_header(struct mapped *csv, const char *begin)
{
    const struct csv *record = &csv->table.csv;
    const char *names = "of the mapping", *between = csv_delimiter(csv->mapping->delimiter);
    const char *others = csv->table.batch->advice == ADVISE_SOURCE
                             ? ", or 'import --source' with a source that maps its own"
                             : "";
    size_t rest = (size_t)(record->end - begin), length = 0;
    if (csv->mapping == &plain)
        names = "like figure,time_period,obs_value";
    while (length < rest && length < QUOTED_LINE && strchr("\r\n", begin[length]) == NULL)
        length++;
    if (length == 0)
        table_refuse(&csv->table, REFUSED_DOCUMENT, 0,
                     "no header; expected names %s with %s in between%s", names, between, others);
    else
        table_refuse(&csv->table, REFUSED_DOCUMENT, 0,
                     "'%.*s' names no column; expected names %s with %s in between%s",
                     (int)utf8_until(begin, length), begin, names, between, others);
}

/* Whether there is a header; if not, refuses the document. */
static bool find_header(struct mapped *csv)
{
    struct csv *record = &csv->table.csv;
    const char *begin = record->at;
    if (csv->mapping == &plain && sdmx_header_begins(begin, (size_t)(record->end - begin)))
        return batch_refuse_at(csv->table.batch, REFUSED_DOCUMENT, record->line, 1,
                               "this is SDMX-CSV; expected it to be read as sdmx-csv");
    bool given = give_header(csv), found = given || csv_next(record);
    if (found && !record->blank && !table_check(&csv->table, 0))
        return false;
    found = given || (found && !record->blank && is_header(csv));
    if (!found)
        complain_header(csv, begin);
    return found;
}

static const struct glossary *passes_of(const struct mapped *csv, const char *header)
{
    const struct csv_mapping *mapping = csv->mapping;
    for (size_t i = 0; i < mapping->pass_count; i++)
        if (strcmp(mapping->passes[i].header, header) == 0)
            return &mapping->passes[i].texts;
    return NULL;
}

static void add_wide(struct mapped *csv, size_t index, const char *value)
{
    bool again = false;
    for (size_t i = 0; i < index && value != NULL; i++)
        again |= csv->wide[i] != NULL && strcmp(csv->wide[i], value) == 0;
    if (again)
        table_refuse(&csv->table, REFUSED_DOCUMENT, index + 1, "the column '%.60s' is there twice",
                     csv->table.csv.fields[index].text);
    csv->wide[index] = value;
}

static void add_columns(struct mapped *csv)
{
    const struct csv *record = &csv->table.csv;
    struct text expected = { 0 };
    text_printf(&expected, "%s%s", csv->mapping == &plain ? "" : "one of the mapping, or ", known);
    for (size_t i = 0; i < record->field_count; i++) {
        const char *header = record->fields[i].text;
        struct column column = column_of(csv, header);
        column.fixed = glossary_term(&csv->mapping->fixed, header);
        table_add(&csv->table, column, expected.bytes);
        add_wide(csv, i, glossary_find(&csv->mapping->wide, header));
        csv->unnamed[i] = is_unnamed(csv, header);
        csv->passes[i] = passes_of(csv, header);
    }
    text_free(&expected);
}

static void add_as(struct mapped *csv)
{
    if (csv->mapping->wide_as == NULL)
        return;
    csv->as = table_column(&csv->table, csv->mapping->wide_as);
    table_refuse_again(&csv->table, csv->mapping->wide_as, "the wide columns do");
    table_refuse_again(&csv->table, "obs_value", "the wide columns do");
}

static bool is_in_header(const struct mapped *csv, const char *header)
{
    return table_header(&csv->table, header) < csv->table.csv.field_count;
}

static bool is_said(const struct mapped *csv, const char *name)
{
    const struct csv_mapping *mapping = csv->mapping;
    bool said = false, wide = mapping->wide_as != NULL && (strcmp(name, mapping->wide_as) == 0 ||
                                                           strcmp(name, "obs_value") == 0);
    for (size_t i = 0; i < mapping->terms.coded_count; i++)
        said |= strcmp(mapping->terms.coded[i].says, name) == 0;
    return said || wide || table_find(&csv->table, name) != 0 ||
           glossary_find(&mapping->terms.constants, name) != NULL ||
           glossary_word(&mapping->terms.columns, name) != NULL;
}

static bool is_read(const struct mapped *csv, const char *header)
{
    const char *meaning = glossary_find(&csv->mapping->terms.columns, header);
    return passes_of(csv, header) != NULL || (meaning != NULL && meaning[0] != '\0');
}

static size_t require_header(struct mapped *csv, const char *header)
{
    table_require(&csv->table, is_in_header(csv, header), header);
    return table_header(&csv->table, header);
}

static void require_columns(struct mapped *csv)
{
    static const enum report_field required[] = { REPORT_FIGURE, REPORT_TIME_PERIOD,
                                                  REPORT_OBS_VALUE };
    const struct glossary *columns = &csv->mapping->terms.columns, *wide = &csv->mapping->wide;
    const struct word_list *fills = &csv->mapping->fill_down;
    bool any_wide = wide->count == 0;
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        table_require(&csv->table, is_said(csv, report_field_names[required[i]]),
                      report_field_names[required[i]]);
    for (size_t i = 0; i < columns->count; i++)
        if (is_read(csv, columns->terms[i].word))
            table_require(&csv->table, is_in_header(csv, columns->terms[i].word),
                          columns->terms[i].word);
    table_require_fixed(&csv->table, &csv->mapping->fixed);
    if (csv->mapping->year_of != NULL)
        csv->year = require_header(csv, csv->mapping->year_of);
    for (size_t i = 0; i < fills->count; i++) {
        csv->fills[i] = table_header(&csv->table, fills->items[i]);
        if (!is_read(csv, fills->items[i]) && !is_explained(csv->mapping, fills->items[i]))
            table_require(&csv->table, is_in_header(csv, fills->items[i]), fills->items[i]);
    }
    for (size_t i = 0; i < wide->count; i++)
        any_wide |= is_in_header(csv, wide->terms[i].word);
    if (!any_wide)
        table_refuse(&csv->table, REFUSED_DOCUMENT, 0, "none of the wide columns is in the header");
}

/* What stands in place of a value may end like one with a mark: ": c" beside "5 c". */
static enum missing_end read_missing(const struct mapped *csv, struct report *report)
{
    const struct glossary *words = &csv->mapping->terms.missing;
    enum missing_end end = missing_read(words, report);
    if (end != MISSING_NOT)
        return end;
    marks_cut(&csv->mapping->marks, report, &csv->table.batch->arena);
    return missing_read(words, report);
}

/* Gives a period without a year that of the row. One that stays without is refused with both. */
static void put_year(const struct mapped *csv, struct report *report)
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
static bool is_reported(const struct mapped *csv, struct report *report, const char *value)
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
static bool take_wide(struct mapped *csv, const struct report *row, size_t index)
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
static bool is_named(struct mapped *csv)
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

static bool is_passed_over(const struct mapped *csv)
{
    const struct csv_field *fields = csv->table.csv.fields;
    for (size_t i = 0; i < csv->table.column_count; i++)
        if (csv->passes[i] != NULL && glossary_find(csv->passes[i], fields[i].text) != NULL)
            return true;
    return false;
}

/* Always false. */
static bool refuse_fill(struct mapped *csv, size_t outer, size_t inner)
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
static bool fill_down(struct mapped *csv)
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

static void take_row(struct mapped *csv)
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
static void require_above(struct mapped *csv, const char *begin, const char *text)
{
    size_t size = (size_t)(csv->table.csv.at - begin);
    if (memmem(begin, size, text, strlen(text)) == NULL)
        batch_refuse_at(csv->table.batch, REFUSED_DOCUMENT, 1, 0,
                        "the lines above the header do not have '%.60s'; expected it in one of "
                        "them",
                        text);
}

/* Skips physical lines: what precedes a table is often not CSV. */
static void skip_lines(struct mapped *csv)
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
    struct mapped *csv = arena_take(&batch->arena, 1, sizeof *csv);
    csv->mapping = batch->form->csv != NULL ? batch->form->csv : &plain;
    csv->table.csv.delimiter = csv->mapping->delimiter;
    csv->table.terms = &csv->mapping->terms;
    csv->table.passes_empty = true;
    csv->table.trims = csv->mapping != &plain;
    csv->table.until = &csv->mapping->until;
    table_open(&csv->table, bytes, size, batch);
    skip_lines(csv);
    if (!find_header(csv))
        return;
    add_columns(csv);
    table_add_constants(&csv->table);
    add_as(csv);
    require_columns(csv);
    if (batch->refused > 0)
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
