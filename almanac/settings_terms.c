/* SPDX-License-Identifier: MIT */
/* settings_terms.c - what the columns of a source's table mean, and its words, from their mappings
 */
#include "naming.h"
#include "observation.h"
#include "settings_parts.h"

#include <string.h>

#include <string.h>

int settings_check_unsaid(const struct table_terms *terms, const char *name, struct fault *fault)
{
    const char *header = glossary_word(&terms->columns, name);
    if (naming_check_column(name, fault) != 0)
        return -1;
    if (header != NULL)
        return fault_set(fault, "the column '%s' says %s already; expected it said once", header,
                         name);
    if (glossary_find(&terms->constants, name) != NULL)
        return fault_set(fault, "a constant says %s already; expected it said once", name);
    for (size_t i = 0; i < terms->coded_count; i++)
        if (strcmp(terms->coded[i].says, name) == 0)
            return fault_set(fault, "codes of '%s' say %s already; expected it said once",
                             terms->coded[i].header, name);
    for (size_t i = 0; i < terms->coded_count; i++)
        if (strcmp(terms->coded[i].says, name) == 0)
            return fault_set(fault, "codes of '%s' say %s already; expected it said once",
                             terms->coded[i].header, name);
    return 0;
}

int settings_add_term(void *glossary, const struct yaml_entry *entry, struct fault *fault)
{
    const struct term term = { entry->key, entry->value, entry->line };
    return glossary_add(glossary, &term, entry->arena, fault);
}

int settings_add_column(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct table_terms *terms = target;
    if (entry->value[0] != '\0' && settings_check_unsaid(terms, entry->value, fault) != 0)
        return -1;
    return settings_add_term(&terms->columns, entry, fault);
}

int settings_add_constant(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct table_terms *terms = target;
    if (settings_check_unsaid(terms, entry->key, fault) != 0)
        return -1;
    if (entry->value[0] == '\0')
        return fault_set(fault, "'%s' is empty; expected what it is in every row", entry->key);
    return settings_add_term(&terms->constants, entry, fault);
}

static const struct yaml_row coded_rows[] = {
    { .key = "column",
      .offset = offsetof(struct coded_column, header),
      .type = YAML_STRING,
      .required = true,
      .expected = "the header of the column" },
    { .key = "says",
      .offset = offsetof(struct coded_column, says),
      .type = YAML_STRING,
      .required = true,
      .expected = "the field or label that the codes say" },
    { .key = "codes",
      .offset = offsetof(struct coded_column, codes),
      .type = YAML_ENTRIES,
      .required = true,
      .entry = settings_add_term,
      .expected = "a mapping of all texts of the column to what they say" },
    { 0 },
};

int settings_read_coded(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct table_terms *terms = target;
    struct coded_column coded = { .line = yaml_line(mapping, "says") };
    if (yaml_bind(mapping, coded_rows, &coded, fault) != 0)
        return -1;
    if (settings_check_unsaid(terms, coded.says, fault) != 0)
        return yaml_at(mapping, "says", fault);
    terms->coded = arena_grow(mapping->arena, terms->coded, terms->coded_count, sizeof coded);
    terms->coded[terms->coded_count++] = coded;
    return 0;
}

int settings_add_status(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct table_terms *terms = target;
    char ignored;
    if (entry->key[0] == '\0')
        return fault_set(fault, "'' is no code, and stays empty; expected a code of the source");
    if (status_read(entry->value, &ignored, fault) != 0)
        return fault_at(fault, "'%s': ", entry->key);
    return settings_add_term(&terms->statuses, entry, fault);
}

int settings_add_missing(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct table_terms *terms = target;
    const char *status = entry->value;
    enum status_value goes = status_value(status[0]);
    bool fits = goes == STATUS_WITHOUT_VALUE || goes == STATUS_EITHER;
    if (status[0] != '\0' && (!fits || status[1] != '\0'))
        return fault_set(fault,
                         "'%s' is '%s'; expected an obs_status that goes without a value, like O, "
                         "M or Q, or nothing",
                         entry->key, status);
    return settings_add_term(&terms->missing, entry, fault);
}
