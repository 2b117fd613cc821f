/* SPDX-License-Identifier: MIT */
/* timeline.h - which statement of a series is in force when */
#ifndef ALMANAC_TIMELINE_H
#define ALMANAC_TIMELINE_H

#include "observation.h"

#define TIMELINE_OPEN INT64_MAX

/* The statement is in force in [from, until); TIMELINE_OPEN: until the next report. A missing
 * statement is a gap, and so is the time between segments. */
struct segment {
    int64_t from, until;
    const struct statement *statement; /* borrowed from the timeline */
};

/* Zero-initialise; timeline_clear keeps the memory, timeline_free frees it. */
struct timeline {
    struct statement *statements;
    struct segment *segments; /* in time order, disjoint */
    size_t statement_count, segment_count, statement_room, segment_room;
};

/* Add the statement in force of each period, at most one per period; then settle once. A stock is
 * in force from the last day of its period until the next one begins; of two that begin together,
 * the one with the shorter period counts. A flow is in force over its period; where periods
 * overlap, the one that ends later wins, then the shorter. */
void timeline_add(struct timeline *timeline, const struct statement *statement);
void timeline_settle(struct timeline *timeline, enum figure_kind kind);
/* When a statement of the period comes into force. */
int64_t timeline_begins(const struct period *period, enum figure_kind kind);

/* The newest statement that has begun by now, which a gauge shows; NULL: none. *changes becomes the
 * next moment at which the result may change, or TIMELINE_OPEN. */
const struct statement *timeline_newest(const struct timeline *timeline, int64_t now,
                                        int64_t *changes);

void timeline_clear(struct timeline *timeline);
void timeline_free(struct timeline *timeline);

#endif
