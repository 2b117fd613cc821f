/* SPDX-License-Identifier: MIT */
/* settings_csv.c - a source's CSV syntax and columns, from their mapping */
#include "csv_mapping.h"
#include "observation.h"
#include "settings_parts.h"
#include "text.h"
#include "visible.h"
#include "wording.h"

#include <string.h>

enum { SKIP_MOST = 1000, HEADER_MOST = 256, TEXTS_MOST = 20 };

struct csv_form {
    struct csv_mapping mapping;
    int delimiter, encoding, wide_periods;
};

static const char *const delimiters[] = { ",", ";", "|", "tab", NULL };
static const char delimiter_bytes[] = { ',', ';', '|', '\t' };

/* GBK and GB2312 are parts of GB18030; Windows reads Big5, Shift_JIS and EUC-KR as CP950,
 * CP932 and CP949. */
const char *const settings_encodings[] = { "utf-8",        "gb18030",      "gbk",    "gb2312",
                                           "big5",         "shift_jis",    "euc-kr", "windows-1250",
                                           "windows-1251", "windows-1252", "utf-16", NULL };
const char *const settings_encoding_names[] = { NULL,           "GB18030",      "GB18030",
                                                "GB18030",      "CP950",        "CP932",
                                                "CP949",        "WINDOWS-1250", "WINDOWS-1251",
                                                "WINDOWS-1252", "UTF-16" };
const char settings_encodings_expected[] =
    "utf-8, gb18030 (or gbk, gb2312), big5, shift_jis, euc-kr, windows-1250, windows-1251, "
    "windows-1252 or utf-16";

static int check_not_wide(const struct csv_mapping *mapping, const char *name, struct fault *fault)
{
    if (mapping->wide_as != NULL &&
        (strcmp(mapping->wide_as, name) == 0 || strcmp("obs_value", name) == 0))
        return fault_set(fault, "the wide columns say %s already; expected it said once", name);
    return 0;
}

static int add_column(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    return check_not_wide(&form->mapping, entry->value, fault) != 0
               ? -1
               : settings_add_column(&form->mapping.terms, entry, fault);
}

static int add_constant(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    return check_not_wide(&form->mapping, entry->key, fault) != 0
               ? -1
               : settings_add_constant(&form->mapping.terms, entry, fault);
}

static int add_wide(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    const char *header = entry->key, *value = entry->value;
    const char *same = glossary_word(&form->mapping.wide, value);
    if (value[0] == '\0')
        return fault_set(fault, "'%s' is empty; expected what the column's values are of", header);
    if (same != NULL && strcmp(same, header) != 0)
        return fault_set(fault, "'%s' is of '%s', as '%s' is; expected each once", header, value,
                         same);
    return settings_add_term(&form->mapping.wide, entry, fault);
}

/* Without the 万 of 3万, or the 以上 of 3以上, the number would be another. */
static bool is_of_number(const char *mark)
{
    const struct wording_style style = { 0 };
    const struct quantity one = { .text = "1" };
    struct wording wording;
    struct fault ignored = { 0 };
    struct text marked = { 0 };
    text_printf(&marked, "1%s", mark);
    bool read = wording_read(marked.bytes, &style, &wording, &ignored) == 0;
    text_free(&marked);
    return read &&
           (wording.comparator != COMPARATOR_EXACT || !quantity_equal(&wording.value, &one));
}

/* What could be part of a number is none. */
static int add_mark(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    const char *mark = entry->key, *status = entry->value;
    enum status_value goes = status_value(status[0]);
    bool fits = status[0] == '\0' ||
                (status[1] == '\0' && (goes == STATUS_WITH_VALUE || goes == STATUS_EITHER));
    if (mark[0] == '\0' || strpbrk(mark, "0123456789") != NULL ||
        strspn(mark, "+-.,%") == strlen(mark) || is_of_number(mark))
        return fault_set(
            fault, "'%s' is no mark; expected one like *, (p) or ①, and no part of a number", mark);
    if (!fits)
        return fault_set(fault,
                         "'%s' is '%s'; expected an obs_status that goes with a value, like P or "
                         "E, or nothing",
                         mark, status);
    return settings_add_term(&form->mapping.marks, entry, fault);
}

/* Texts of a header come together. */
static int add_pass(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    size_t *count = &form->mapping.pass_count;
    struct csv_pass **passes = &form->mapping.passes;
    const struct term text = { entry->value, "", entry->line };
    if (*count == 0 || strcmp((*passes)[*count - 1].header, entry->key) != 0) {
        *passes = arena_grow(entry->arena, *passes, *count, sizeof **passes);
        (*passes)[(*count)++] = (struct csv_pass){ .header = entry->key, .line = entry->line };
    }
    return glossary_add(&(*passes)[*count - 1].texts, &text, entry->arena, fault);
}

static const struct yaml_row wide_rows[] = {
    { .key = "as",
      .offset = offsetof(struct csv_form, mapping.wide_as),
      .type = YAML_STRING,
      .required = true,
      .expected = "the field or label that the columns' headers say, like time_period" },
    { .key = "columns",
      .type = YAML_KEYS,
      .entry = add_wide,
      .expected = "a list of at most 1000 headers" },
    { .key = "values",
      .type = YAML_ENTRIES,
      .entry = add_wide,
      .expected = "a mapping of headers to what they mean" },
    { .key = "periods", .offset = offsetof(struct csv_form, wide_periods), YAML_TRUTH },
    { 0 },
};

/* Checks 'as' against the rest of the mapping. */
static int check_as(const struct table_terms *terms, const char *as, struct fault *fault)
{
    if (strcmp(as, "obs_value") == 0)
        return fault_set(fault, "'as' is obs_value, which the cells say; expected what the headers "
                                "say");
    return settings_check_unsaid(terms, as, fault) != 0
               ? -1
               : settings_check_unsaid(terms, "obs_value", fault);
}

static int read_wide(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct csv_form *form = target;
    if (yaml_bind(mapping, wide_rows, form, fault) != 0)
        return -1;
    if (check_as(&form->mapping.terms, form->mapping.wide_as, fault) != 0)
        return yaml_at(mapping, "as", fault);
    form->mapping.wide_as_line = yaml_line(mapping, "as");
    form->mapping.wide_periods = form->wide_periods == 1;
    bool dated = strcmp(form->mapping.wide_as, "time_period") == 0;
    if (form->mapping.wide_periods && !dated)
        return yaml_refuse(mapping, "periods", fault,
                           "'periods' are time_period; expected that under 'as'");
    if (form->mapping.wide.count > 0 || form->mapping.wide_periods)
        return 0;
    return yaml_refuse(mapping, "columns", fault,
                       "there are no wide columns; expected some under columns or values%s",
                       dated ? ", or 'periods: true'" : "");
}

/* Cells are read without white space around them: a word with some would never be found. */
static int check_trimmed(const char *word, const struct yaml_node *node, const char *key,
                         struct fault *fault)
{
    const char *inside = word;
    if (visible_trim(&inside) == strlen(word))
        return 0;
    return yaml_refuse(node, key, fault,
                       "'%s' has white space at an end, as no cell has; expected it without", word);
}

static int check_cells(const struct glossary *words, const struct yaml_node *node, const char *key,
                       struct fault *fault)
{
    for (size_t i = 0; i < words->count; i++)
        if (check_trimmed(words->terms[i].word, node, key, fault) != 0)
            return -1;
    return 0;
}

static int add_fixed(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct csv_form *form = target;
    const char *inside = entry->value;
    if (visible_trim(&inside) != strlen(entry->value))
        return fault_set(fault,
                         "'%s' has white space at an end, as no cell has; expected it without",
                         entry->value);
    return settings_add_term(&form->mapping.fixed, entry, fault);
}

static int read_coded(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct csv_form *form = target;
    struct table_terms *terms = &form->mapping.terms;
    if (settings_read_coded(terms, mapping, fault) != 0)
        return -1;
    const struct coded_column *coded = &terms->coded[terms->coded_count - 1];
    return check_not_wide(&form->mapping, coded->says, fault) != 0
               ? yaml_at(mapping, "says", fault)
               : check_cells(&coded->codes, mapping, "codes", fault);
}

static const struct yaml_row csv_rows[] = {
    { .key = "delimiter",
      .offset = offsetof(struct csv_form, delimiter),
      .type = YAML_WORD,
      .words = delimiters,
      .expected = "',', ';', '|' or tab" },
    { .key = "encoding",
      .offset = offsetof(struct csv_form, encoding),
      .type = YAML_WORD,
      .words = settings_encodings,
      .expected = settings_encodings_expected },
    { .key = "skip",
      .offset = offsetof(struct csv_form, mapping.skip),
      .type = YAML_INTEGER,
      .least = 0,
      .most = SKIP_MOST,
      .expected = "a number of lines, from 0 to 1000" },
    { .key = "above",
      .offset = offsetof(struct csv_form, mapping.above),
      .type = YAML_STRINGS,
      .most = TEXTS_MOST,
      .expected = "a list of at most 20 texts" },
    { .key = "until",
      .offset = offsetof(struct csv_form, mapping.until),
      .type = YAML_STRINGS,
      .most = TEXTS_MOST,
      .expected = "a list of at most 20 texts" },
    { .key = "fill_down",
      .offset = offsetof(struct csv_form, mapping.fill_down),
      .type = YAML_STRINGS,
      .most = HEADER_MOST,
      .expected = "a list of at most 256 headers" },
    { .key = "pass_over",
      .type = YAML_LISTS,
      .most = HEADER_MOST,
      .entry = add_pass,
      .expected = "a mapping of at most 256 headers to lists of texts, at least one each" },
    { .key = "header",
      .offset = offsetof(struct csv_form, mapping.header),
      .type = YAML_STRINGS,
      .most = HEADER_MOST,
      .expected = "a list of at most 256 names for the columns" },
    { .key = "columns",
      .type = YAML_ENTRIES,
      .entry = add_column,
      .expected = "a mapping of headers to fields and labels" },
    { .key = "coded",
      .type = YAML_LIST,
      .most = HEADER_MOST,
      .reader = read_coded,
      .expected = "a list of at most 256 mappings with column, says and codes" },
    { .key = "fixed",
      .type = YAML_ENTRIES,
      .entry = add_fixed,
      .expected = "a mapping of headers to what the cells are" },
    { .key = "year_of",
      .offset = offsetof(struct csv_form, mapping.year_of),
      .type = YAML_STRING,
      .expected = "the header of the column of years" },
    { .key = "constants",
      .type = YAML_ENTRIES,
      .entry = add_constant,
      .expected = "a mapping of fields and labels to what they are" },
    { .key = "wide",
      .type = YAML_MAPPING,
      .reader = read_wide,
      .expected = "a mapping with as, and columns or values" },
    { .key = "statuses",
      .offset = offsetof(struct csv_form, mapping.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_status,
      .expected = "a mapping of the source's codes of a status to an obs_status" },
    { .key = "marks",
      .type = YAML_ENTRIES,
      .entry = add_mark,
      .expected = "a mapping of what stands behind a value to an obs_status" },
    { .key = "missing",
      .offset = offsetof(struct csv_form, mapping.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_missing,
      .expected = "a mapping of what stands for a value to an obs_status" },
    { 0 },
};

static int check_headers(const struct csv_mapping *mapping, const char *path, struct fault *fault)
{
    for (size_t i = 0; i < mapping->wide.count; i++) {
        const struct term *term = &mapping->wide.terms[i];
        if (glossary_find(&mapping->terms.columns, term->word) != NULL)
            return fault_set(fault,
                             "%s:%zu: '%s' is under columns as well; expected it in one place",
                             path, term->line, term->word);
    }
    return 0;
}

static bool holds_values(const struct csv_mapping *mapping, const char *header)
{
    const char *meaning = glossary_find(&mapping->terms.columns, header);
    return glossary_find(&mapping->wide, header) != NULL ||
           strcmp(meaning != NULL ? meaning : header, "obs_value") == 0;
}

static int check_lists(const struct csv_mapping *mapping, const struct yaml_node *node,
                       struct fault *fault)
{
    for (size_t i = 0; i < mapping->fill_down.count; i++) {
        const char *header = mapping->fill_down.items[i];
        if (holds_values(mapping, header))
            return yaml_refuse(
                node, "fill_down", fault,
                "'%s' has values, which nobody reported for another row; expected another column",
                header);
    }
    if (mapping->above.count == 0 || mapping->skip > 0)
        return 0;
    return yaml_refuse(node, "above", fault,
                       "there are no lines above the header; expected 'skip' as well");
}

static bool is_coded(const struct csv_mapping *mapping, const char *header)
{
    bool found = mapping->year_of != NULL && strcmp(mapping->year_of, header) == 0;
    for (size_t i = 0; i < mapping->terms.coded_count; i++)
        found |= strcmp(mapping->terms.coded[i].header, header) == 0;
    return found;
}

static int check_passes(const struct csv_mapping *mapping, const struct yaml_node *node,
                        struct fault *fault)
{
    for (size_t i = 0; i < mapping->pass_count; i++) {
        const struct csv_pass *pass = &mapping->passes[i];
        const char *meaning = glossary_find(&mapping->terms.columns, pass->header);
        if (meaning == NULL && !is_coded(mapping, pass->header))
            return fault_set(fault, "%s:%zu: '%s' is not under columns; expected a header of those",
                             node->path, pass->line, pass->header);
        if (meaning != NULL && strcmp(meaning, "obs_value") == 0)
            return fault_set(fault,
                             "%s:%zu: '%s' has values; expected another column, or the texts "
                             "under missing",
                             node->path, pass->line, pass->header);
        if (check_cells(&pass->texts, node, "pass_over", fault) != 0)
            return -1;
    }
    return 0;
}

int settings_read_csv(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct csv_form *form = arena_take(mapping->arena, 1, sizeof *form);
    if (yaml_bind(mapping, csv_rows, form, fault) != 0)
        return -1;
    if (check_headers(&form->mapping, mapping->path, fault) != 0 ||
        check_lists(&form->mapping, mapping, fault) != 0 ||
        check_cells(&form->mapping.terms.missing, mapping, "missing", fault) != 0 ||
        check_cells(&form->mapping.terms.statuses, mapping, "statuses", fault) != 0 ||
        check_cells(&form->mapping.marks, mapping, "marks", fault) != 0 ||
        check_passes(&form->mapping, mapping, fault) != 0)
        return -1;
    for (size_t i = 0; i < form->mapping.until.count; i++)
        if (check_trimmed(form->mapping.until.items[i], mapping, "until", fault) != 0)
            return -1;
    form->mapping.delimiter = delimiter_bytes[form->delimiter];
    form->mapping.encoding = settings_encoding_names[form->encoding];
    ((struct form *)target)->csv = &form->mapping;
    return 0;
}
