/* SPDX-License-Identifier: MIT */
/* schedule.c - what is due when: intervals on one steady clock */
#include "schedule.h"

#include "../almanac/arena.h"

#include <stdlib.h>

void schedule_init(struct schedule *schedule, size_t count)
{
    size_t room = 0;
    schedule->turns = array_reserve(NULL, &room, count, sizeof *schedule->turns);
    schedule->count = count;
    for (size_t i = 0; i < count; i++)
        schedule_set(schedule, i, 1, INT64_MAX);
}

void schedule_free(struct schedule *schedule)
{
    free(schedule->turns);
    *schedule = (struct schedule){ 0 };
}

void schedule_set(struct schedule *schedule, size_t index, int64_t every_ms, int64_t first_due)
{
    schedule->turns[index] = (struct turn){ .every = every_ms, .due = first_due };
}

/* The earliest turn that is not under way, or NULL. */
static struct turn *next_turn(const struct schedule *schedule)
{
    struct turn *next = NULL;
    for (size_t i = 0; i < schedule->count; i++) {
        struct turn *turn = &schedule->turns[i];
        if (!turn->under_way && (next == NULL || turn->due < next->due))
            next = turn;
    }
    return next;
}

long schedule_take(struct schedule *schedule, int64_t now)
{
    struct turn *next = next_turn(schedule);
    if (next == NULL || next->due > now)
        return -1;
    next->under_way = true;
    return next - schedule->turns;
}

void schedule_done(struct schedule *schedule, size_t index, int64_t now)
{
    struct turn *turn = &schedule->turns[index];
    int64_t passed = now > turn->due ? (now - turn->due) / turn->every : 0;
    turn->due += (passed + 1) * turn->every;
    turn->under_way = false;
}

int64_t schedule_wait(const struct schedule *schedule, int64_t now, int64_t limit)
{
    const struct turn *next = next_turn(schedule);
    if (next == NULL || next->due - limit > now)
        return limit;
    return next->due > now ? next->due - now : 0;
}
