/* SPDX-License-Identifier: MIT */
/* course.h - the values of a series over the span of a graph, from the ledger */
#ifndef EXPORTER_COURSE_H
#define EXPORTER_COURSE_H

#include "../almanac/timeline.h"
#include "axis.h"
#include "snapshot.h"

/* A reported value in force; a withdrawn value has none. */
struct stretch {
    int64_t from, until;
    double value; /* as librrd reads it */
    const struct statement *statement;
};

/* Zero-initialise; free with course_free. */
struct course {
    const struct snapshot_series *series;
    struct timeline timeline;
    struct stretch *stretches; /* in time order, disjoint */
    size_t count, room;
    const struct statement *last; /* the last statement that began before the span's end, even if
                                     withdrawn or over; NULL: none */
    bool valued;                  /* something was reported with a value, even if it is withdrawn */
};

/* Reads the values in force by what was known at a time (see ledger_history.h); 0, or -1 with a
 * fault. */
int course_read(struct course *course, const struct snapshot_series *series, struct ledger *ledger,
                int64_t known_by, struct fault *fault);
/* Keeps only the stretches in [from, until). */
void course_cut(struct course *course, int64_t from, int64_t until);
void course_free(struct course *course);

/* Whether both have the same value at some time, and at all times. */
bool course_touches(const struct course *a, const struct course *b);
bool course_equals(const struct course *a, const struct course *b);

/* The range of all stretches. */
struct extent courses_extent(const struct course *courses, size_t count);

/* Whether the periods of the stretches differ in length by more than one month does from another,
 * or one year. */
bool courses_unlike(const struct course *courses, size_t count);

#endif
