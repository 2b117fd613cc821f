/* SPDX-License-Identifier: MIT */
/* settings_page.c - the families that a source takes from a metrics page, from their mapping */
#include "naming.h"
#include "page_choice.h"
#include "settings_parts.h"

struct page_form {
    struct page_choice choice;
    int period, exposition;
};

static const char *const periods[] = { "instant", "day",       "week", "month",
                                       "quarter", "half-year", "year", NULL };
static const char frequencies[] = { PAGE_INSTANT, 'D', 'W', 'M', 'Q', 'S', 'A' };

/* In the order of enum exposition_format. */
static const char *const expositions[] = { "text", "openmetrics", NULL };

static int add_family(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct page_form *form = target;
    if (naming_check_figure(entry->value, fault) != 0)
        return -1;
    return settings_add_term(&form->choice.families, entry, fault);
}

/* Checks that nothing else provides the label yet. */
static int check_free(const struct page_choice *choice, const char *label, struct fault *fault)
{
    const char *other = glossary_word(&choice->labels, label);
    if (naming_check_label(label, fault) != 0)
        return -1;
    if (other != NULL)
        return fault_set(fault, "the page's label '%s' says %s already; expected it said once",
                         other, label);
    if (glossary_find(&choice->constants, label) != NULL)
        return fault_set(fault, "a constant says %s already; expected it said once", label);
    return 0;
}

static int add_label(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct page_form *form = target;
    if (entry->value[0] != '\0' && check_free(&form->choice, entry->value, fault) != 0)
        return -1;
    return settings_add_term(&form->choice.labels, entry, fault);
}

static int add_constant(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct page_form *form = target;
    if (check_free(&form->choice, entry->key, fault) != 0)
        return -1;
    if (entry->value[0] == '\0')
        return fault_set(fault, "'%s' is empty; expected what it is in every sample", entry->key);
    return settings_add_term(&form->choice.constants, entry, fault);
}

static const struct yaml_row page_rows[] = {
    { .key = "families",
      .type = YAML_TERMS,
      .required = true,
      .entry = add_family,
      .expected = "a list of families that are called like figures, or a mapping of families to "
                  "figures" },
    { .key = "labels",
      .type = YAML_ENTRIES,
      .entry = add_label,
      .expected = "a mapping of the page's labels to those of the figures" },
    { .key = "constants",
      .type = YAML_ENTRIES,
      .entry = add_constant,
      .expected = "a mapping of labels to what they are" },
    { .key = "period",
      .offset = offsetof(struct page_form, period),
      .type = YAML_WORD,
      .words = periods,
      .expected = "instant, day, week, month, quarter, half-year or year" },
    { .key = "exposition",
      .offset = offsetof(struct page_form, exposition),
      .type = YAML_WORD,
      .words = expositions,
      .expected = "text or openmetrics" },
    { 0 },
};

int settings_read_page(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct page_form *form = arena_take(mapping->arena, 1, sizeof *form);
    form->period = -1;
    form->exposition = EXPOSITION_FORMATS;
    if (yaml_bind(mapping, page_rows, form, fault) != 0)
        return -1;
    if (form->choice.families.count == 0)
        return yaml_refuse(mapping, "families", fault,
                           "'families' is empty; expected at least one");
    form->choice.freq = form->period < 0 ? PAGE_FIGURE_FREQ : frequencies[form->period];
    form->choice.exposition = form->exposition;
    ((struct form *)target)->page = &form->choice;
    return 0;
}
