/* SPDX-License-Identifier: MIT */
/* qualifier.c - the comparator or status of values that are not exact or not normal, over time */
#include "qualifier.h"

#include <string.h>

const struct qualifier qualifiers[QUALIFIERS] = {
    { COMPARATOR_FAMILY, "comparator", "<" },  { COMPARATOR_FAMILY, "comparator", "<=" },
    { COMPARATOR_FAMILY, "comparator", ">=" }, { COMPARATOR_FAMILY, "comparator", ">" },
    { COMPARATOR_FAMILY, "comparator", "~" },  { STATUS_FAMILY, "obs_status", "B" },
    { STATUS_FAMILY, "obs_status", "D" },      { STATUS_FAMILY, "obs_status", "E" },
    { STATUS_FAMILY, "obs_status", "F" },      { STATUS_FAMILY, "obs_status", "G" },
    { STATUS_FAMILY, "obs_status", "I" },      { STATUS_FAMILY, "obs_status", "J" },
    { STATUS_FAMILY, "obs_status", "K" },      { STATUS_FAMILY, "obs_status", "N" },
    { STATUS_FAMILY, "obs_status", "P" },      { STATUS_FAMILY, "obs_status", "S" },
    { STATUS_FAMILY, "obs_status", "U" },      { STATUS_FAMILY, "obs_status", "V" },
    { STATUS_FAMILY, "obs_status", "W" },
};

/* Inserts the label, so that they stay sorted; returns the new count. */
static size_t insert(struct label *labels, size_t count, const char *name, const char *value)
{
    size_t at = count;
    for (; at > 0 && strcmp(labels[at - 1].name, name) > 0; at--)
        labels[at] = labels[at - 1];
    labels[at] = (struct label){ name, value };
    return count + 1;
}

struct series qualifier_series(const struct qualifier *qualifier, const struct series *series,
                               struct label *labels)
{
    size_t count = 0;
    for (; count < series->label_count; count++)
        labels[count] = series->labels[count];
    count = insert(labels, count, "figure", series->figure);
    count = insert(labels, count, qualifier->label, qualifier->word);
    return (struct series){ series->id, qualifier->family, labels, count };
}

static bool has(const struct statement *statement, const struct qualifier *qualifier)
{
    const char status[] = { statement->status, '\0' };
    bool compares = strcmp(qualifier->family, COMPARATOR_FAMILY) == 0;
    const char *word = compares ? comparator_text(statement->comparator) : status;
    return !statement->missing && strcmp(word, qualifier->word) == 0;
}

bool qualifier_timeline(const struct qualifier *qualifier, const struct timeline *timeline,
                        enum figure_kind kind, struct timeline *info)
{
    bool any = false;
    timeline_clear(info);
    for (size_t i = 0; i < timeline->statement_count; i++) {
        struct statement statement = timeline->statements[i];
        statement.missing = !has(&statement, qualifier);
        statement.value = (struct quantity){ "1" };
        any |= !statement.missing;
        timeline_add(info, &statement);
    }
    if (any)
        timeline_settle(info, kind);
    return any;
}
