/* SPDX-License-Identifier: MIT */
/* missing.h - reports without a value: what stands for one, and the status that says why */
#ifndef COLLECTOR_MISSING_H
#define COLLECTOR_MISSING_H

#include "../almanac/catalogue.h"
#include "../almanac/glossary.h"

/* Whether the report has a status that does not go without a value. */
bool missing_is_excluded(const struct report *report);

/* Removes the value. The report's own status says why if it goes without one, or is unknown; else
 * this one does. */
void missing_set(struct report *report, const char *status);

enum missing_end {
    MISSING_NOT,         /* the value is none of the words */
    MISSING_SET,         /* the report has no value, and a status that says why */
    MISSING_PASSED_OVER, /* there is no report */
};

/* Looks obs_value up among words that may stand for one. */
enum missing_end missing_read(const struct glossary *words, struct report *report);

#endif
