/* SPDX-License-Identifier: MIT */
/* csv_mapped.c - the header of other people's CSV, and what the mapping makes of its columns */
#include "csv_mapped.h"

#include "../almanac/dating.h"
#include "../almanac/period_words.h"
#include "../almanac/text.h"
#include "../almanac/utf8.h"
#include "../almanac/visible.h"
#include "sdmx_header.h"

#include <string.h>

enum { QUOTED_LINE = 60 };

const struct csv_mapping csv_plain = { .delimiter = ',' };

static const char known[] =
    "figure, time_period, obs_value, unit, comparator, obs_status, released, "
    "reference, comment or a label that a figure has";

static const struct column nothing = { .name = "", .field = REPORT_FIELDS };

/* Whether the cells below the header are codes or years. */
static bool is_coded(const struct csv_mapping *mapping, const char *header)
{
    bool coded = mapping->year_of != NULL && strcmp(mapping->year_of, header) == 0;
    for (size_t i = 0; i < mapping->terms.coded_count; i++)
        coded |= strcmp(mapping->terms.coded[i].header, header) == 0;
    return coded;
}

/* Whether something else than columns explains the header. */
static bool is_explained(const struct csv_mapping *mapping, const char *header)
{
    return is_coded(mapping, header) || glossary_find(&mapping->fixed, header) != NULL;
}

/* A month beside the year, or a period with dates in the source's order. */
static bool is_period(const struct csv_mapped *csv, const char *header)
{
    const struct dating *dating = csv->table.batch->form->dating;
    enum dating_order order = dating != NULL ? dating->order : DATING_YEAR_FIRST;
    char respelt[PERIOD_TEXT], period[PERIOD_TEXT];
    struct fault ignored = { 0 };
    if (csv->mapping->year_of != NULL)
        return period_words_in_year(header, "2000", 'M', period);
    return period_words_read(dating_respell(order, header, respelt), 'M', period, &ignored) ==
           PERIOD_WORDS_READ;
}

/* What a wide column says; NULL: it is none. */
static const char *wide_value(const struct csv_mapped *csv, const char *header)
{
    const struct csv_mapping *mapping = csv->mapping;
    const char *value = glossary_find(&mapping->wide, header);
    if (value != NULL || !mapping->wide_periods || is_explained(mapping, header) ||
        glossary_find(&mapping->terms.columns, header) != NULL)
        return value;
    return is_period(csv, header) ? header : NULL;
}

/* An empty header may have a meaning of its own. */
static bool is_unnamed(const struct csv_mapped *csv, const char *header)
{
    return header[0] == '\0' && glossary_find(&csv->mapping->terms.columns, header) == NULL &&
           wide_value(csv, header) == NULL;
}

/* A unit that is fixed is still the unit. */
static struct column column_of(const struct csv_mapped *csv, const char *header)
{
    const char *meaning = glossary_find(&csv->mapping->terms.columns, header);
    if (wide_value(csv, header) != NULL || is_unnamed(csv, header))
        return nothing;
    if (meaning != NULL ? meaning[0] == '\0' : is_coded(csv->mapping, header))
        return nothing;
    struct column column = table_column(&csv->table, meaning != NULL ? meaning : header);
    return column.name == NULL && is_explained(csv->mapping, header) ? nothing : column;
}

static bool is_header(struct csv_mapped *csv)
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
static bool give_header(struct csv_mapped *csv)
{
    struct csv *record = &csv->table.csv;
    record->field_count = csv->mapping->header.count;
    for (size_t i = 0; i < record->field_count; i++)
        record->fields[i].text = csv->mapping->header.items[i];
    return record->field_count > 0;
}

/* A header that the mapping has as it stands, with its white space, is that one. */
static void trim_header(struct csv_mapped *csv)
{
    struct csv *record = &csv->table.csv;
    const struct csv_mapping *mapping = csv->mapping;
    for (size_t i = 0; i < record->field_count && i < CSV_FIELDS && mapping != &csv_plain; i++) {
        const char **header = &record->fields[i].text;
        if (!is_explained(mapping, *header) &&
            glossary_find(&mapping->terms.columns, *header) == NULL &&
            glossary_find(&mapping->wide, *header) == NULL)
            csv_cut(record, i, visible_trim(header));
    }
}

/* begin: the start of the first line, which names no known column. */
static void complain_header(struct csv_mapped *csv, const char *begin)
{
    const struct csv *record = &csv->table.csv;
    const char *names = "of the mapping", *between = csv_delimiter(csv->mapping->delimiter);
    const char *others = csv->table.batch->advice == ADVISE_SOURCE
                             ? ", or 'import --source' with a source that maps its own"
                             : "";
    size_t rest = (size_t)(record->end - begin), length = 0;
    if (csv->mapping == &csv_plain)
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
static bool find_header(struct csv_mapped *csv)
{
    struct csv *record = &csv->table.csv;
    const char *begin = record->at;
    if (csv->mapping == &csv_plain && sdmx_header_begins(begin, (size_t)(record->end - begin)))
        return batch_refuse_at(csv->table.batch, REFUSED_DOCUMENT, record->line, 1,
                               "this is SDMX-CSV; expected it to be read as sdmx-csv");
    bool given = give_header(csv), found = given || csv_next(record);
    if (found && !record->blank && !table_check(&csv->table, 0))
        return false;
    if (!given)
        trim_header(csv);
    found = given || (found && !record->blank && is_header(csv));
    if (!found)
        complain_header(csv, begin);
    return found;
}

static const struct glossary *passes_of(const struct csv_mapped *csv, const char *header)
{
    const struct csv_mapping *mapping = csv->mapping;
    for (size_t i = 0; i < mapping->pass_count; i++)
        if (strcmp(mapping->passes[i].header, header) == 0)
            return &mapping->passes[i].texts;
    return NULL;
}

static void add_wide(struct csv_mapped *csv, size_t index, const char *value)
{
    bool again = false;
    for (size_t i = 0; i < index && value != NULL; i++)
        again |= csv->wide[i] != NULL && strcmp(csv->wide[i], value) == 0;
    if (again)
        table_refuse(&csv->table, REFUSED_DOCUMENT, index + 1, "the column '%.60s' is there twice",
                     csv->table.csv.fields[index].text);
    csv->wide[index] = arena_string(&csv->table.batch->arena, value);
}

static void add_columns(struct csv_mapped *csv)
{
    const struct csv *record = &csv->table.csv;
    struct text expected = { 0 };
    text_printf(&expected, "%s%s", csv->mapping == &csv_plain ? "" : "one of the mapping, or ",
                known);
    for (size_t i = 0; i < record->field_count; i++) {
        const char *header = record->fields[i].text;
        struct column column = column_of(csv, header);
        column.fixed = glossary_term(&csv->mapping->fixed, header);
        table_add(&csv->table, column, expected.bytes);
        add_wide(csv, i, wide_value(csv, header));
        csv->unnamed[i] = is_unnamed(csv, header);
        csv->passes[i] = passes_of(csv, header);
    }
    text_free(&expected);
}

static void add_as(struct csv_mapped *csv)
{
    if (csv->mapping->wide_as == NULL)
        return;
    csv->as = table_column(&csv->table, csv->mapping->wide_as);
    table_refuse_again(&csv->table, csv->mapping->wide_as, "the wide columns do");
    table_refuse_again(&csv->table, "obs_value", "the wide columns do");
}

static bool is_in_header(const struct csv_mapped *csv, const char *header)
{
    return table_header(&csv->table, header) < csv->table.csv.field_count;
}

static bool is_said(const struct csv_mapped *csv, const char *name)
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

static bool is_read(const struct csv_mapped *csv, const char *header)
{
    const char *meaning = glossary_find(&csv->mapping->terms.columns, header);
    return passes_of(csv, header) != NULL || (meaning != NULL && meaning[0] != '\0');
}

static size_t require_header(struct csv_mapped *csv, const char *header)
{
    table_require(&csv->table, is_in_header(csv, header), header);
    return table_header(&csv->table, header);
}

static void require_columns(struct csv_mapped *csv)
{
    static const enum report_field required[] = { REPORT_FIGURE, REPORT_TIME_PERIOD,
                                                  REPORT_OBS_VALUE };
    const struct glossary *columns = &csv->mapping->terms.columns;
    const struct word_list *fills = &csv->mapping->fill_down;
    bool any_wide = csv->mapping->wide_as == NULL;
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
    for (size_t i = 0; i < csv->table.column_count; i++)
        any_wide |= csv->wide[i] != NULL;
    if (!any_wide)
        table_refuse(&csv->table, REFUSED_DOCUMENT, 0, "none of the wide columns is in the header");
}

bool csv_mapped_open(struct csv_mapped *csv)
{
    if (!find_header(csv))
        return false;
    add_columns(csv);
    table_add_constants(&csv->table);
    add_as(csv);
    require_columns(csv);
    return true;
}
