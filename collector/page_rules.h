/* SPDX-License-Identifier: MIT */
/* page_rules.h - OpenMetrics' rules for the samples of each type of family */
#ifndef COLLECTOR_PAGE_RULES_H
#define COLLECTOR_PAGE_RULES_H

#include "page_scan.h"

/* The rule for samples named by the family's name and this suffix. */
struct page_rule {
    enum page_type type;
    const char *ending;
    const char *label; /* tells a point's samples apart; "": named like the family */
    unsigned demands;  /* on the value */
    bool exemplar;     /* allowed */
};
extern const struct page_rule page_rules[];
extern const size_t page_rule_count;

/* The rule for a sample's name; NULL: the family has no such samples. */
const struct page_rule *page_rule_of(const char *family, enum page_type type, const char *name);

/* The label's name; NULL: none required. */
const char *page_rule_label(const struct page_rule *rule, const char *family);

/* Whether the sample satisfies the rule; otherwise a complaint. */
bool page_check_sample(struct page_scan *scan, const struct page_rule *rule);

#endif
