/* SPDX-License-Identifier: MIT */
/* settings_figure.c - one figure of the configuration, from its mapping */
#include "naming.h"
#include "period.h"
#include "quantity.h"
#include "settings_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ROWS_LEAST = 100, ROWS_MOST = 20 * 1000 * 1000, UNIT_WORD_MOST = 60 };

struct figure_form {
    struct figure figure;
    struct word_list labels, preference;
    struct unit_word *unit_words;
    struct label_codes *codes;
    int kind, freq;
    int64_t due;
};

static const char *const kinds[] = { [FIGURE_STOCK] = "stock", [FIGURE_FLOW] = "flow", NULL };
static const char *const freqs[] = { "A", "S", "Q", "M", "W", "D", NULL };

static const struct yaml_row title_rows[] = {
    { .key = "en",
      .type = YAML_STRING,
      .offset = offsetof(struct figure_form, figure.title_en),
      .required = true,
      .expected = "the title in English" },
    { .key = "zh",
      .type = YAML_STRING,
      .offset = offsetof(struct figure_form, figure.title_zh),
      .required = true,
      .expected = "the title in Chinese" },
    { 0 },
};

static int add_unit_word(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    const char *word = entry->key, *amount = entry->value;
    struct figure_form *form = target;
    struct figure *figure = &form->figure;
    struct quantity quantity;
    struct fault ignored = { 0 };
    int scale;
    if (word[0] == '\0' || strlen(word) > UNIT_WORD_MOST || isdigit((unsigned char)word[0]))
        return fault_set(fault,
                         "'%.60s' is no word for a unit; expected up to %d bytes, and no digit in "
                         "front",
                         word, UNIT_WORD_MOST);
    if (quantity_read(amount, &quantity, &ignored) != 0 || !quantity_is_power(&quantity, &scale))
        return fault_set(fault, "'%s' is '%.60s'; expected a power of ten, like 1, 1000 or 0.001",
                         word, amount);
    for (size_t i = 0; i < figure->unit_word_count; i++)
        if (strcasecmp(form->unit_words[i].text, word) == 0)
            return fault_set(
                fault, "'%s' stands here twice, for case does not count; expected it once", word);
    form->unit_words = arena_grow(entry->arena, form->unit_words, figure->unit_word_count,
                                  sizeof *form->unit_words);
    form->unit_words[figure->unit_word_count++] = (struct unit_word){ word, scale };
    return 0;
}

/* Values of a label come together. */
static int add_code(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct figure_form *form = target;
    size_t *count = &form->figure.code_count;
    struct label_codes *codes = *count > 0 ? &form->codes[*count - 1] : NULL;
    if (codes == NULL || strcmp(codes->label, entry->key) != 0) {
        form->codes = arena_grow(entry->arena, form->codes, *count, sizeof *codes);
        codes = &form->codes[(*count)++];
        *codes = (struct label_codes){ .label = entry->key };
    }
    struct word_list *values = &codes->values;
    if (word_list_has(values, entry->value))
        return fault_set(fault, "'%s' stands here twice; expected it once", entry->value);
    values->items = arena_grow(entry->arena, values->items, values->count, sizeof *values->items);
    values->items[values->count++] = entry->value;
    return 0;
}

#define FIGURE_FIELD(name) .key = #name, .offset = offsetof(struct figure_form, figure.name)
#define FORM_FIELD(name)   .key = #name, .offset = offsetof(struct figure_form, name)

static const struct yaml_row figure_rows[] = {
    { FIGURE_FIELD(name), .type = YAML_STRING, .required = true, .check = naming_check_figure,
      .expected = "a metric name" },
    { FORM_FIELD(kind), .type = YAML_WORD, .required = true, .words = kinds,
      .expected = "stock or flow" },
    { FIGURE_FIELD(unit), .type = YAML_STRING, .check = naming_check_unit,
      .expected = "a base unit, like cny or seconds" },
    { .key = "unit_words",
      .type = YAML_ENTRIES,
      .entry = add_unit_word,
      .expected = "a mapping of words for the unit to how much of it each is, like MWh: 1000" },
    { FORM_FIELD(freq), .type = YAML_WORD, .words = freqs, .expected = "one of A, S, Q, M, W, D" },
    { FORM_FIELD(due), .type = YAML_INTEGER, .least = 0, .most = 3660,
      .expected = "a number of days, from 0 to 3660" },
    { FORM_FIELD(labels), .type = YAML_STRINGS, .most = 32, .check = naming_check_label,
      .expected = "a list of at most 32 label names" },
    { .key = "codes",
      .type = YAML_LISTS,
      .most = 32,
      .entry = add_code,
      .expected = "a mapping of at most 32 labels to lists of the values that they may have" },
    { FORM_FIELD(preference), .type = YAML_STRINGS, .most = 32,
      .expected = "a list of at most 32 sources, the best first" },
    { .key = "title",
      .type = YAML_MAPPING,
      .required = true,
      .rows = title_rows,
      .expected = "a mapping with en and zh" },
    { FIGURE_FIELD(help), .type = YAML_STRING, .required = true,
      .expected = "a sentence that says what is counted" },
    { FIGURE_FIELD(step), .type = YAML_DURATION, .least = 1, .most = PERIOD_YEAR,
      .expected = "a duration from 1s to 1y, like 15m, 6h or 1d" },
    { FIGURE_FIELD(keep), .type = YAML_DURATION, .least = 1, .most = 100LL * PERIOD_YEAR,
      .expected = "a duration of at most 100y, like 90d or 10y" },
    { 0 },
};

static int check_unit(const struct yaml_node *mapping, const struct figure *figure,
                      struct fault *fault)
{
    if (figure->unit == NULL)
        return 0;
    size_t name = strlen(figure->name), unit = strlen(figure->unit);
    if (name > unit + 1 && figure->name[name - unit - 1] == '_' &&
        strcmp(figure->name + name - unit, figure->unit) == 0)
        return 0;
    return yaml_refuse(mapping, "unit", fault,
                       "'unit' is '%s'; expected what the name '%s' ends in", figure->unit,
                       figure->name);
}

static int check_rows(const struct yaml_node *mapping, const struct figure *figure,
                      struct fault *fault)
{
    if (PERIOD_DAY % figure->step != 0 && figure->step % PERIOD_DAY != 0)
        return yaml_refuse(mapping, "step", fault,
                           "'step' is %llds; expected whole days or what divides a day",
                           (long long)figure->step);
    int64_t rows = figure->keep / figure->step;
    if (rows >= ROWS_LEAST && rows <= ROWS_MOST)
        return 0;
    return yaml_refuse(mapping, "keep", fault, "'keep' is %lld steps; expected from %d to %d",
                       (long long)rows, ROWS_LEAST, ROWS_MOST);
}

static int check_due(const struct yaml_node *mapping, const struct figure_form *form,
                     struct fault *fault)
{
    if (form->due < 0 || form->freq >= 0)
        return 0;
    return yaml_refuse(mapping, "due", fault, "'due' is of no rhythm; expected 'freq' as well");
}

static int check_codes(const struct yaml_node *mapping, const struct figure *figure,
                       struct fault *fault)
{
    for (size_t i = 0; i < figure->code_count; i++)
        if (!figure_has_label(figure, figure->codes[i].label))
            return yaml_refuse(mapping, "codes", fault,
                               "'codes' has '%s'; expected one of the labels",
                               figure->codes[i].label);
    return 0;
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const struct figure *settings_read_figure(const struct yaml_node *mapping, struct fault *fault)
{
    struct figure_form *form = arena_take(mapping->arena, 1, sizeof *form);
    struct figure *figure = &form->figure;
    figure->step = PERIOD_DAY;
    figure->keep = 10 * PERIOD_YEAR;
    form->freq = -1;
    form->due = -1;
    if (yaml_bind(mapping, figure_rows, form, fault) != 0 ||
        check_unit(mapping, figure, fault) != 0 || check_rows(mapping, figure, fault) != 0 ||
        check_due(mapping, form, fault) != 0)
        return NULL;
    figure->unit_words = form->unit_words;
    figure->kind = (enum figure_kind)form->kind;
    figure->freq = form->freq < 0 ? '\0' : freqs[form->freq][0];
    figure->due_days = (int)form->due;
    figure->labels = form->labels.items;
    figure->label_count = form->labels.count;
    figure->preference = form->preference.items;
    figure->preference_count = form->preference.count;
    if (figure->label_count > 1)
        qsort(figure->labels, figure->label_count, sizeof *figure->labels, compare_strings);
    figure->codes = form->codes;
    return check_codes(mapping, figure, fault) == 0 ? figure : NULL;
}
