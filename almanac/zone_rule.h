/* SPDX-License-Identifier: MIT */
/* zone_rule.h - POSIX rules for a zone's future, "CET-1CEST,M3.5.0,M10.5.0/3" */
#ifndef ALMANAC_ZONE_RULE_H
#define ALMANAC_ZONE_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The date of a clock change within a year. */
struct zone_date {
    char form;            /* 'M': month, week, day of the week; 'J': day 1-365, never a leap day;
                             '0': day 0-365 */
    int month, week, day; /* for 'M'; the other forms use day only */
    int64_t seconds;      /* of that day, by the clock before the change */
};

/* Zero-initialised: UTC. */
struct zone_rule {
    int64_t standard, summer; /* seconds ahead of UTC */
    bool has_summer;
    struct zone_date begin, end; /* of summer time */
};

bool zone_rule_read(const char *text, size_t size, struct zone_rule *rule);
int64_t zone_rule_offset(const struct zone_rule *rule, int64_t moment);

#endif
