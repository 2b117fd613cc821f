/* SPDX-License-Identifier: MIT */
/* qualifier.c - values that are not exact or not normal: their marks, in words and over time */
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

#define COMPARATOR &comparator_family, "comparator"
#define STATUS     &obs_status_family, "obs_status"

const struct qualifier qualifiers[QUALIFIERS] = {
    { COMPARATOR, "<", "less than", "少于" },
    { COMPARATOR, "<=", "at most", "至多" },
    { COMPARATOR, ">=", "at least", "至少" },
    { COMPARATOR, ">", "more than", "超过" },
    { COMPARATOR, "~", "about", "约" },
    { STATUS, "B", "break in the series", "序列中断" },
    { STATUS, "D", "definition differs", "定义不同" },
    { STATUS, "E", "estimated", "估计" },
    { STATUS, "F", "forecast", "预测" },
    { STATUS, "G", "experimental", "试验" },
    { STATUS, "I", "imputed", "插补" },
    { STATUS, "J", "derogation", "豁免" },
    { STATUS, "K", "included in another category", "计入其他类别" },
    { STATUS, "N", "not significant", "不显著" },
    { STATUS, "P", "provisional", "暂定" },
    { STATUS, "S", "special event", "特殊事件" },
    { STATUS, "U", "low reliability", "可靠性低" },
    { STATUS, "V", "unvalidated", "未经核实" },
    { STATUS, "W", "includes another category", "含其他类别" },
};

/* The statuses that only what has no value can have. */
static const struct qualifier gaps[] = {
    { STATUS, "H", "holiday", "假日" },
    { STATUS, "L", "not collected", "未收集" },
    { STATUS, "M", "cannot exist", "不可能存在" },
    { STATUS, "O", "withdrawn", "已撤回" },
    { STATUS, "Q", "suppressed", "不予公布" },
};
static const struct qualifier never_valued = { STATUS, "O", "no value", "无数值" };

static const struct qualifier *find_status(const struct qualifier *rows, size_t count, char status)
{
    for (size_t i = 0; i < count; i++)
        if (*rows[i].word == status)
            return &rows[i];
    return NULL;
}

const struct qualifier *qualifier_of_gap(const struct statement *missing, bool valued)
{
    const struct qualifier *found = find_status(gaps, sizeof gaps / sizeof *gaps, missing->status);
    if (found == NULL)
        found = find_status(qualifiers, QUALIFIERS, missing->status);
    return found == NULL || (missing->status == 'O' && !valued) ? &never_valued : found;
}

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

_Static_assert(QUALIFIERS <= 32, "one bit each");

uint32_t qualifiers_of(const struct statement *statement)
{
    uint32_t set = 0;
    if (statement->comparator == COMPARATOR_EXACT && statement->status == 'A')
        return 0;
    for (size_t i = 0; i < QUALIFIERS; i++)
        set |= (uint32_t)has(statement, &qualifiers[i]) << i;
    return set;
}

uint32_t qualifiers_in(const struct timeline *timeline)
{
    uint32_t set = 0;
    for (size_t i = 0; i < timeline->statement_count; i++)
        set |= qualifiers_of(&timeline->statements[i]);
    return set;
}

void qualifier_timeline(const struct qualifier *qualifier, const struct timeline *timeline,
                        enum figure_kind kind, struct timeline *info)
{
    timeline_clear(info);
    for (size_t i = 0; i < timeline->statement_count; i++) {
        struct statement statement = timeline->statements[i];
        statement.missing = !has(&statement, qualifier);
        statement.value = (struct quantity){ "1" };
        timeline_add(info, &statement);
    }
    timeline_settle(info, kind);
}
