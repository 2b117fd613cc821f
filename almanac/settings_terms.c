/* SPDX-License-Identifier: MIT */
/* settings_terms.c - what the columns of a source's table mean, and its words, from their mappings
 */
#include "naming.h"
#include "observation.h"
#include "settings_parts.h"

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
    return 0;
}

int settings_add_column(void *target, const char *header, const char *name, struct fault *fault)
{
    struct settings_terms *read = target;
    if (name[0] != '\0' && settings_check_unsaid(&read->terms, name, fault) != 0)
        return -1;
    return glossary_add(&read->terms.columns, header, name, read->arena, fault);
}

int settings_add_constant(void *target, const char *name, const char *value, struct fault *fault)
{
    struct settings_terms *read = target;
    if (settings_check_unsaid(&read->terms, name, fault) != 0)
        return -1;
    if (value[0] == '\0')
        return fault_set(fault, "'%s' is empty; expected what it is in every row", name);
    return glossary_add(&read->terms.constants, name, value, read->arena, fault);
}

int settings_add_status(void *target, const char *code, const char *status, struct fault *fault)
{
    struct settings_terms *read = target;
    char ignored;
    if (code[0] == '\0')
        return fault_set(fault, "'' is no code, and stays empty; expected a code of the source");
    if (status_read(status, &ignored, fault) != 0)
        return fault_at(fault, "'%s': ", code);
    return glossary_add(&read->terms.statuses, code, status, read->arena, fault);
}

int settings_add_missing(void *target, const char *word, const char *status, struct fault *fault)
{
    struct settings_terms *read = target;
    enum status_value goes = status_value(status[0]);
    bool fits = goes == STATUS_WITHOUT_VALUE || goes == STATUS_EITHER;
    if (status[0] != '\0' && (!fits || status[1] != '\0'))
        return fault_set(fault,
                         "'%s' is '%s'; expected an obs_status that goes without a value, like O, "
                         "M or Q, or nothing",
                         word, status);
    return glossary_add(&read->terms.missing, word, status, read->arena, fault);
}
