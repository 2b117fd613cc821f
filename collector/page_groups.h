/* SPDX-License-Identifier: MIT */
/* page_groups.h - OpenMetrics' rules for the order of samples: grouped metrics, ascending times */
#ifndef COLLECTOR_PAGE_GROUPS_H
#define COLLECTOR_PAGE_GROUPS_H

#include "../almanac/id_map.h"
#include "../almanac/text.h"
#include "page_rules.h"

/* A histogram's samples at one time. */
struct page_point {
    bool begun, has_infinity, has_count, has_sum, negative_bound, negative_sum;
    double bound, value, count; /* bound and value of the last bucket; the count of all */
};

/* A group is the samples of one metric, which differ only in their suffixes and in le, quantile or
 * state. Zero-initialise. */
struct page_groups {
    struct text group, key; /* of the previous sample; being built */
    enum page_type type;
    bool begun, timed;
    double time;
    size_t line;        /* of the previous sample */
    struct id_map seen; /* groups seen, and series without a time */
    struct page_point point;
};

/* Whether the sample may follow the previous one; otherwise a complaint. */
bool page_groups_add(struct page_groups *groups, struct page_scan *scan,
                     const struct page_rule *rule);
/* Whether the family is complete; call it before the next family's first sample. */
bool page_groups_end(struct page_groups *groups, struct page_scan *scan);
void page_groups_free(struct page_groups *groups);

#endif
