/* SPDX-License-Identifier: MIT */
/* course.h - what is in force of a series over the span of a graph, as the ledger has it */
#ifndef EXPORTER_COURSE_H
#define EXPORTER_COURSE_H

#include "../almanac/timeline.h"
#include "snapshot.h"

/* A reported value; where it is withdrawn there is none. */
struct stretch {
    int64_t from, until;
    double value; /* what librrd makes of it */
    const struct statement *statement;
};

/* Zero-initialise; course_free. */
struct course {
    const struct snapshot_series *series;
    struct timeline timeline;
    struct stretch *stretches; /* in time order, apart from each other */
    size_t count, room;
    const struct statement *last; /* that has begun before the span's end, be it withdrawn or over;
                                     NULL: none */
};

/* Reads what is in force of the series; 0, or -1 with a fault. */
int course_read(struct course *course, const struct snapshot_series *series, struct ledger *ledger,
                struct fault *fault);
/* Leaves the stretches in [from, until). */
void course_cut(struct course *course, int64_t from, int64_t until);
void course_free(struct course *course);

/* Whether both have the same value at any time, and whether they have at all times. */
bool course_touches(const struct course *a, const struct course *b);
bool course_equals(const struct course *a, const struct course *b);

/* Whether the periods of what is left are of unlike length, more than months and years are. */
bool courses_unlike(const struct course *courses, size_t count);

#endif
