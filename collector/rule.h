/* SPDX-License-Identifier: MIT */
/* rule.h - a rule of a text source at work: where it matches, and what each match says */
#ifndef COLLECTOR_RULE_H
#define COLLECTOR_RULE_H

#include "../almanac/text_rules.h"
#include "batch.h"
#include "published.h"

/* What a group of a pattern says; its name is NULL where it says nothing. */
struct rule_group {
    const char *name;        /* "value", "time_period", "released" or a label's */
    enum report_field field; /* REPORT_FIELDS: a label */
};

struct rule {
    const struct text_rule *text; /* borrowed */
    struct pattern *match, *period_of;
    struct rule_group *groups; /* of match, from 1; owned */
    size_t group_count;
};

/* 0, or -1 with a fault that has its place in the configuration. rule_close either way. */
int rule_open(struct rule *rule, const struct text_rule *text, struct fault *fault);
void rule_close(struct rule *rule);

/* The report of a match, without what its groups say; labels has room for all. */
struct report rule_report(const struct rule *rule, struct label *labels);

/* Takes each match into the batch; nothing where there are fewer than least or more than most, or
 * where one cannot be taken: then that is refused. Returns whether the text is to be searched on.
 */
bool rule_apply(const struct rule *rule, struct published *published, int64_t least, int64_t most,
                struct batch *batch);

#endif
