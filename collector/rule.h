/* SPDX-License-Identifier: MIT */
/* rule.h - applies a rule of a text source: its matches and their reports */
#ifndef COLLECTOR_RULE_H
#define COLLECTOR_RULE_H

#include "../almanac/text_rules.h"
#include "batch.h"
#include "published.h"

/* The meaning of a pattern's group; name NULL: none. */
struct rule_group {
    const char *name;        /* of the report's field, or of the label */
    enum report_field field; /* REPORT_FIELDS: a label */
};

struct rule {
    const struct text_rule *text; /* borrowed */
    struct pattern *match, *period_of, *year_of;
    struct rule_group *groups; /* of match, from group 1; owned */
    size_t group_count;
};

/* 0, or -1 with a fault that has its place in the configuration. Call rule_close either way. */
int rule_open(struct rule *rule, const struct text_rule *text, struct fault *fault);
void rule_close(struct rule *rule);

/* The report of a match, without its groups; labels has room for all. */
struct report rule_report(const struct rule *rule, struct label *labels);

/* Adds an observation for each match to the batch; none if there are fewer than least or more than
 * most matches, or if one is bad: then that is refused. Returns whether to search the text for
 * other rules. */
bool rule_apply(const struct rule *rule, struct published *published, int64_t least, int64_t most,
                struct batch *batch);

#endif
