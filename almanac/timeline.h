/* SPDX-License-Identifier: MIT */
/* timeline.h - which of a series' statements is in force when */
#ifndef ALMANAC_TIMELINE_H
#define ALMANAC_TIMELINE_H

#include "observation.h"

#define TIMELINE_OPEN INT64_MAX

/* The statement is in force in [from, until); TIMELINE_OPEN: until something else is reported. A
 * missing statement is a gap, and so is the time between segments. */
struct segment {
    int64_t from, until;
    const struct statement *statement; /* borrowed from the timeline */
};

/* Zero-initialise; timeline_clear keeps the room, timeline_free gives it back. */
struct timeline {
    struct statement *statements;
    struct segment *segments; /* in time order, apart from each other */
    size_t statement_count, segment_count, statement_room, segment_room;
};

/* Add the statement in force of each period, at most one a period; then settle, once. A stock holds
 * from the last day of its period until the next one holds; of two that begin together, the one of
 * the shorter period holds. A flow holds over its period; where periods overlap, the one that ends
 * later wins, then the shorter. */
void timeline_add(struct timeline *timeline, const struct statement *statement);
void timeline_settle(struct timeline *timeline, enum figure_kind kind);

/* The newest statement that has begun by now: the one a gauge shows. NULL if there is none.
 * *changes becomes the next moment at which the answer may be another, or TIMELINE_OPEN. */
const struct statement *timeline_newest(const struct timeline *timeline, int64_t now,
                                        int64_t *changes);

void timeline_clear(struct timeline *timeline);
void timeline_free(struct timeline *timeline);

#endif
