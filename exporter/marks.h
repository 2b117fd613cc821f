/* SPDX-License-Identifier: MIT */
/* marks.h - the marks beside a value, and their meaning in words */
#ifndef EXPORTER_MARKS_H
#define EXPORTER_MARKS_H

#include "../almanac/observation.h"

enum { MARKS_COMPARATORS = 5, MARKS = 19 }; /* comparators first, then statuses */

extern const struct mark {
    const char *mark, *english, *chinese;
} marks[MARKS];

/* A bit for each mark of the statement; 0 for a plain value. */
uint32_t marks_of(const struct statement *statement);

#endif
