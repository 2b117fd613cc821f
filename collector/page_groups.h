/* SPDX-License-Identifier: MIT */
/* page_groups.h - what OpenMetrics demands of a family's order: metrics together, time ahead */
#ifndef COLLECTOR_PAGE_GROUPS_H
#define COLLECTOR_PAGE_GROUPS_H

#include "../almanac/id_map.h"
#include "../almanac/text.h"
#include "page_rules.h"

/* What a histogram said of one time. */
struct page_point {
    bool begun, has_infinity, has_count, has_sum, negative_bound, negative_sum;
    double bound, value, count; /* of the last bucket; of all */
};

/* A metric's samples, which differ in their endings and in le, quantile or state, are a group.
 * Zero-initialise. */
struct page_groups {
    struct text group, key; /* of the sample before; in the making */
    enum page_type type;
    bool begun, timed;
    double time;
    size_t line;        /* of the sample before */
    struct id_map seen; /* groups, and series without a time */
    struct page_point point;
};

/* Whether the sample may stand where it stands, or a complaint. */
bool page_groups_add(struct page_groups *groups, struct page_scan *scan,
                     const struct page_rule *rule);
/* Whether nothing is missing at the end of the family. Before the next one's first sample. */
bool page_groups_end(struct page_groups *groups, struct page_scan *scan);
void page_groups_free(struct page_groups *groups);

#endif
