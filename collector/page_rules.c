/* SPDX-License-Identifier: MIT */
/* page_rules.c - OpenMetrics' rules for the samples of each type of family */
#include "page_rules.h"

#include <math.h>
#include <string.h>

enum demand { NOT_NAN = 1, NOT_NEGATIVE = 2, WHOLE = 4, TRUTH = 8, ONE = 16 };

const struct page_rule page_rules[] = {
    { PAGE_UNKNOWN, "", NULL, 0, false },
    { PAGE_GAUGE, "", NULL, 0, false },
    { PAGE_COUNTER, "_total", NULL, NOT_NAN | NOT_NEGATIVE, true },
    { PAGE_COUNTER, "_created", NULL, 0, false },
    { PAGE_HISTOGRAM, "_bucket", "le", NOT_NAN | NOT_NEGATIVE | WHOLE, true },
    { PAGE_HISTOGRAM, "_count", NULL, NOT_NAN | NOT_NEGATIVE | WHOLE, false },
    { PAGE_HISTOGRAM, "_sum", NULL, NOT_NAN | NOT_NEGATIVE, false },
    { PAGE_HISTOGRAM, "_created", NULL, 0, false },
    { PAGE_GAUGE_HISTOGRAM, "_bucket", "le", NOT_NAN | NOT_NEGATIVE | WHOLE, true },
    { PAGE_GAUGE_HISTOGRAM, "_gcount", NULL, NOT_NAN | NOT_NEGATIVE | WHOLE, false },
    { PAGE_GAUGE_HISTOGRAM, "_gsum", NULL, NOT_NAN, false },
    { PAGE_SUMMARY, "", "quantile", NOT_NEGATIVE, false },
    { PAGE_SUMMARY, "_count", NULL, NOT_NAN | NOT_NEGATIVE | WHOLE, false },
    { PAGE_SUMMARY, "_sum", NULL, NOT_NAN | NOT_NEGATIVE, false },
    { PAGE_SUMMARY, "_created", NULL, 0, false },
    { PAGE_INFO, "_info", NULL, ONE, false },
    { PAGE_STATESET, "", "", TRUTH, false },
};
const size_t page_rule_count = sizeof page_rules / sizeof *page_rules;

static bool is_not_nan(double value)
{
    return !isnan(value);
}

static bool is_not_negative(double value)
{
    return isnan(value) || value >= 0;
}

static bool is_whole(double value)
{
    return isfinite(value) && floor(value) == value;
}

static bool is_truth(double value)
{
    return value == 0 || value == 1;
}

static bool is_one(double value)
{
    return value == 1;
}

static const struct {
    enum demand demand;
    bool (*holds)(double value);
    const char *words;
} demands[] = {
    { NOT_NAN, is_not_nan, "a number" },
    { NOT_NEGATIVE, is_not_negative, "no less than 0" },
    { WHOLE, is_whole, "a whole number" },
    { TRUTH, is_truth, "0 or 1" },
    { ONE, is_one, "1" },
};

const struct page_rule *page_rule_of(const char *family, enum page_type type, const char *name)
{
    size_t length = strlen(family);
    if (strncmp(name, family, length) != 0)
        return NULL;
    for (size_t i = 0; i < page_rule_count; i++)
        if (page_rules[i].type == type && strcmp(page_rules[i].ending, name + length) == 0)
            return &page_rules[i];
    return NULL;
}

const char *page_rule_label(const struct page_rule *rule, const char *family)
{
    return rule->label != NULL && rule->label[0] == '\0' ? family : rule->label;
}

static bool check_bound(struct page_scan *scan, enum page_type type, const char *text)
{
    double bound;
    bool number = page_number(text, &bound) && !isnan(bound);
    if (type == PAGE_SUMMARY && (!number || bound < 0 || bound > 1))
        return page_refuse(scan, scan->begin,
                           "the label 'quantile' is '%.60s'; expected a number from 0 to 1", text);
    if (!number || (isinf(bound) && bound > 0 && strcmp(text, "+Inf") != 0))
        return page_refuse(scan, scan->begin,
                           "the label 'le' is '%.60s'; expected a number, or +Inf", text);
    return true;
}

static bool check_label(struct page_scan *scan, const struct page_rule *rule)
{
    const struct page_sample *sample = &scan->sample;
    const char *name = page_rule_label(rule, sample->family);
    if (name == NULL)
        return true;
    const char *value = label_value(sample->labels, sample->label_count, name);
    if (value != NULL)
        return rule->type == PAGE_STATESET || check_bound(scan, rule->type, value);
    return page_refuse(scan, scan->begin, "no label '%.60s'; expected it on a sample of a %s", name,
                       page_type_names[rule->type]);
}

bool page_check_sample(struct page_scan *scan, const struct page_rule *rule)
{
    const struct page_sample *sample = &scan->sample;
    if (!check_label(scan, rule))
        return false;
    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++)
        if ((rule->demands & demands[i].demand) != 0 && !demands[i].holds(scan->value))
            return page_refuse(scan, scan->begin, "'%.60s' of the %s is %.60s; expected %s",
                               sample->name, page_type_names[rule->type], sample->value,
                               demands[i].words);
    if (scan->exemplar != NULL && !rule->exemplar)
        return page_refuse(scan, scan->exemplar,
                           "an exemplar on '%.60s'; expected one on a counter's _total or a "
                           "histogram's _bucket only",
                           sample->name);
    return true;
}
