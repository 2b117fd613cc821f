/* SPDX-License-Identifier: MIT */
/* qualifier.c - the comparator or status of values that are not exact or not normal, over time */
#include "qualifier.h"

#include <string.h>

const struct family comparator_family = {
    "almanac_comparator_info", FAMILY_INFO, NULL,
    "How the true value compares with the reported one, where that is not exact."
};
const struct family obs_status_family = {
    "almanac_obs_status_info", FAMILY_INFO, NULL,
    "SDMX status of the reported value, where it is not A (normal)."
};

const struct qualifier qualifiers[QUALIFIERS] = {
    { &comparator_family, "comparator", "<" },  { &comparator_family, "comparator", "<=" },
    { &comparator_family, "comparator", ">=" }, { &comparator_family, "comparator", ">" },
    { &comparator_family, "comparator", "~" },  { &obs_status_family, "obs_status", "B" },
    { &obs_status_family, "obs_status", "D" },  { &obs_status_family, "obs_status", "E" },
    { &obs_status_family, "obs_status", "F" },  { &obs_status_family, "obs_status", "G" },
    { &obs_status_family, "obs_status", "I" },  { &obs_status_family, "obs_status", "J" },
    { &obs_status_family, "obs_status", "K" },  { &obs_status_family, "obs_status", "N" },
    { &obs_status_family, "obs_status", "P" },  { &obs_status_family, "obs_status", "S" },
    { &obs_status_family, "obs_status", "U" },  { &obs_status_family, "obs_status", "V" },
    { &obs_status_family, "obs_status", "W" },
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
    return (struct series){ series->id, qualifier->family->name, labels, count };
}

static bool has(const struct statement *statement, const struct qualifier *qualifier)
{
    const char status[] = { statement->status, '\0' };
    const char *word =
        qualifier->family == &comparator_family ? comparator_text(statement->comparator) : status;
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
