/* SPDX-License-Identifier: MIT */
/* schedule.h - a schedule of repeated turns on a steady clock */
#ifndef COLLECTOR_SCHEDULE_H
#define COLLECTOR_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Times are milliseconds of the steady clock. */
struct turn {
    int64_t every;
    int64_t due;   /* while it is under way: when it was due */
    int64_t again; /* time of a retry; 0: none */
    bool under_way;
};

struct schedule {
    struct turn *turns;
    size_t count;
};

/* Nothing is due until schedule_set sets a time; INT64_MAX: never. */
void schedule_init(struct schedule *schedule, size_t count);
void schedule_free(struct schedule *schedule);
void schedule_set(struct schedule *schedule, size_t index, int64_t every_ms, int64_t first_due);

/* Takes the turn that has been due longest and returns its index; -1: none is due. */
long schedule_take(struct schedule *schedule, int64_t now);
/* Ends the turn. The next is a whole number of intervals after the time it was due, and later than
 * now: missed turns are skipped, not made up for. */
void schedule_done(struct schedule *schedule, size_t index, int64_t now);
/* The turn failed and is retried at then; what comes due until then is part of it. */
void schedule_again(struct schedule *schedule, size_t index, int64_t then);
/* Delays a turn that is not under way until then. */
void schedule_hold(struct schedule *schedule, size_t index, int64_t until);
/* When the turn after the current one would be due. */
int64_t schedule_next(const struct schedule *schedule, size_t index, int64_t now);
/* Whether the turn is not under way, not due and not to be retried. */
bool schedule_is_waiting(const struct schedule *schedule, size_t index, int64_t now);
/* Milliseconds until the next turn, at most limit. */
int64_t schedule_wait(const struct schedule *schedule, int64_t now, int64_t limit);

#endif
