/* SPDX-License-Identifier: MIT */
/* samples.h - chooses the samples that answer a Prometheus query, so that no value is missed */
#ifndef EXPORTER_SAMPLES_H
#define EXPORTER_SAMPLES_H

#include "../almanac/timeline.h"
#include "remote_query.h"

enum {
    SAMPLES_GRIDS = 8,
    SAMPLES_SPARE = 1000000, /* maximum of samples that only a hidden offset needs */
};

/* Milliseconds; all bounds are inclusive. A grid has the moments phase + k * step within its
 * bounds. */
struct samples_plan {
    int64_t from, until;
    struct samples_grid {
        int64_t phase, step, from, until;
    } grids[SAMPLES_GRIDS];
    size_t grid_count;
    bool last_moments; /* also sample a value's last moment */
    bool beyond;       /* evaluations continue after until, which is now */
    int64_t edges;     /* sample every midnight within this time after and before a gap; 0: none */
};

/* Besides the moments of change, a value in force is repeated
 * - where evaluations look back to: as long before each as the hints' start is before the first;
 * - for functions of a range, at every midnight (UTC), and at the ends of ranges if they need it;
 *   functions whose results do not depend on more samples get only as many as they need;
 * - without hints, where the query starts, and at every midnight.
 * If the evaluations may be those of a subquery, at multiples of its step, they get samples there
 * too. An offset moves them earlier. Hints do not state it, but if another part of the query
 * reaches later than this one, the difference is taken as the offset. Besides, if the step is some
 * days, as many series as SAMPLES_SPARE allows get a sample at every midnight. No sample is later
 * than now. */
void samples_plan(struct samples_plan *plan, const struct remote_query *query, int64_t now_ms,
                  size_t series);

typedef bool samples_visitor(void *owner, int64_t ms, double value); /* false: stop */

/* Visits in time order. If a value ends and none follows, visits Prometheus' staleness marker, a
 * NaN. false if the visitor stopped. */
bool samples_each(const struct samples_plan *plan, const struct timeline *timeline,
                  samples_visitor *visit, void *owner);

#endif
