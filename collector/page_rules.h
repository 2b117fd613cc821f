/* SPDX-License-Identifier: MIT */
/* page_rules.h - what OpenMetrics demands of the samples of each type of family */
#ifndef COLLECTOR_PAGE_RULES_H
#define COLLECTOR_PAGE_RULES_H

#include "page_scan.h"

/* Of the samples whose name is the family's and this ending. */
struct page_rule {
    enum page_type type;
    const char *ending;
    const char *label; /* tells samples of a point apart; "": is called like the family */
    unsigned demands;  /* on the value */
    bool exemplar;     /* may have one */
};
extern const struct page_rule page_rules[];
extern const size_t page_rule_count;

/* The rule of a sample's name; NULL: no sample of such a family has it. */
const struct page_rule *page_rule_of(const char *family, enum page_type type, const char *name);

/* The label's name; NULL where there need be none. */
const char *page_rule_label(const struct page_rule *rule, const char *family);

/* Whether the sample keeps the rule, or a complaint. */
bool page_check_sample(struct page_scan *scan, const struct page_rule *rule);

#endif
