/* SPDX-License-Identifier: MIT */
/* marks.h - what the marks beside a value mean, in words */
#ifndef EXPORTER_MARKS_H
#define EXPORTER_MARKS_H

#include "../almanac/observation.h"

enum { MARKS_COMPARATORS = 5, MARKS = 19 }; /* the comparators come first, then the statuses */

extern const struct mark {
    const char *mark, *english, *chinese;
} marks[MARKS];

/* A bit for each of the marks that the statement has: none of a plain value. */
uint32_t marks_of(const struct statement *statement);

#endif
