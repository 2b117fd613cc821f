/* SPDX-License-Identifier: MIT */
/* schedule.h - what is due when: intervals on one steady clock */
#ifndef COLLECTOR_SCHEDULE_H
#define COLLECTOR_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Times are the steady clock's milliseconds. */
struct turn {
    int64_t every;
    int64_t due;   /* of a turn under way: when it was due */
    int64_t again; /* another attempt at it, 0: none */
    bool under_way;
};

struct schedule {
    struct turn *turns;
    size_t count;
};

/* Nothing is due before schedule_set has said when: INT64_MAX is never. */
void schedule_init(struct schedule *schedule, size_t count);
void schedule_free(struct schedule *schedule);
void schedule_set(struct schedule *schedule, size_t index, int64_t every_ms, int64_t first_due);

/* The index of the turn that has been due longest, which then is under way; -1: none is due. */
long schedule_take(struct schedule *schedule, int64_t now);
/* The turn is over. Its next is a whole number of intervals behind the one that was due, and
 * later than now: what was slept through is left out, not made up for. */
void schedule_done(struct schedule *schedule, size_t index, int64_t now);
/* The turn failed, and is taken once more then; what comes due until then is part of it. */
void schedule_again(struct schedule *schedule, size_t index, int64_t then);
/* One that is not under way is not taken before then. */
void schedule_hold(struct schedule *schedule, size_t index, int64_t until);
/* When the turn that comes after the one under way would be due. */
int64_t schedule_next(const struct schedule *schedule, size_t index, int64_t now);
/* Not under way, not due, and not to be attempted again. */
bool schedule_is_waiting(const struct schedule *schedule, size_t index, int64_t now);
/* Milliseconds until the next turn, at most limit. */
int64_t schedule_wait(const struct schedule *schedule, int64_t now, int64_t limit);

#endif
