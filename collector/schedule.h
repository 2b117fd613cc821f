/* SPDX-License-Identifier: MIT */
/* schedule.h - what is due when: intervals on one steady clock */
#ifndef COLLECTOR_SCHEDULE_H
#define COLLECTOR_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

/* Times are the steady clock's milliseconds. The first turns are spread over the first seconds,
 * so that not everything starts at once. */
struct turn {
    int64_t every, due; /* due: INT64_MAX while it is under way */
};

struct schedule {
    struct turn *turns;
    size_t count;
};

void schedule_init(struct schedule *schedule, size_t count);
void schedule_free(struct schedule *schedule);
void schedule_set(struct schedule *schedule, size_t index, int64_t every_ms, int64_t first_due);

/* The index of a turn that is due by now, which then is under way; or -1. */
long schedule_take(struct schedule *schedule, int64_t now);
/* The turn is over; its next is every after the one that was due, or now if that has passed. */
void schedule_done(struct schedule *schedule, size_t index, int64_t now);
/* Milliseconds until the next turn, at most limit. */
int64_t schedule_wait(const struct schedule *schedule, int64_t now, int64_t limit);

#endif
