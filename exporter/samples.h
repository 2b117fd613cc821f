/* SPDX-License-Identifier: MIT */
/* samples.h - which samples of a series answer a query of Prometheus, so that no value is missed */
#ifndef EXPORTER_SAMPLES_H
#define EXPORTER_SAMPLES_H

#include "../almanac/timeline.h"
#include "remote_query.h"

enum {
    SAMPLES_GRIDS = 8,
    SAMPLES_SPARE = 1000000, /* at most so many are given that only a hidden offset needs */
};

/* Milliseconds, all bounds included. A grid has the moments phase + k * step between its bounds. */
struct samples_plan {
    int64_t from, until;
    struct samples_grid {
        int64_t phase, step, from, until;
    } grids[SAMPLES_GRIDS];
    size_t grid_count;
    bool last_moments; /* a value's last moment as well as its first */
    bool beyond;       /* evaluations go on after until, which is now */
    int64_t edges;     /* at every midnight so long behind and before a gap; 0: not there */
};

/* Beside the moments of change, a value in force is repeated
 * - where evaluations look back to: so long before each as the hints' start is before the first;
 * - for functions of a range, at every midnight (UTC), and where they need it at the ranges' ends;
 *   those whose results more samples do not change get only as many as they need;
 * - without hints, where the query starts, and at every midnight.
 * Where evaluations may be a subquery's, which keep to the multiples of its step, there as well.
 * They may have an offset, by which they are earlier. Hints do not tell it, but where another part
 * of the query reaches later than this one it is taken to be by the offset. Besides, where the step
 * is some days, so many series get a sample at every midnight as SAMPLES_SPARE allows.
 * Nothing is later than now. */
void samples_plan(struct samples_plan *plan, const struct remote_query *query, int64_t now_ms,
                  size_t series);

typedef bool samples_visitor(void *owner, int64_t ms, double value); /* false: no more of them */

/* In time order. Where a value ends and none follows there is Prometheus' mark for stale, a NaN.
 * false if the visitor ended it. */
bool samples_each(const struct samples_plan *plan, const struct timeline *timeline,
                  samples_visitor *visit, void *owner);

#endif
