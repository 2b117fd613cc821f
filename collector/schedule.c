/* SPDX-License-Identifier: MIT */
/* schedule.c - a schedule of repeated turns on a steady clock */
#include "schedule.h"

#include "../almanac/arena.h"

#include <stdlib.h>

void schedule_init(struct schedule *schedule, size_t count)
{
    schedule->turns = array_new(count, sizeof *schedule->turns);
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

static int64_t due_of(const struct turn *turn)
{
    return turn->again != 0 ? turn->again : turn->due;
}

/* The earliest turn not under way, or NULL. */
static struct turn *next_turn(const struct schedule *schedule)
{
    struct turn *next = NULL;
    for (size_t i = 0; i < schedule->count; i++) {
        struct turn *turn = &schedule->turns[i];
        if (!turn->under_way && (next == NULL || due_of(turn) < due_of(next)))
            next = turn;
    }
    return next;
}

long schedule_take(struct schedule *schedule, int64_t now)
{
    struct turn *next = next_turn(schedule);
    if (next == NULL || due_of(next) > now)
        return -1;
    next->under_way = true;
    return next - schedule->turns;
}

int64_t schedule_next(const struct schedule *schedule, size_t index, int64_t now)
{
    const struct turn *turn = &schedule->turns[index];
    int64_t passed = now > turn->due ? (now - turn->due) / turn->every : 0;
    return turn->due + (passed + 1) * turn->every;
}

void schedule_done(struct schedule *schedule, size_t index, int64_t now)
{
    struct turn *turn = &schedule->turns[index];
    turn->due = schedule_next(schedule, index, now);
    turn->again = 0;
    turn->under_way = false;
}

void schedule_again(struct schedule *schedule, size_t index, int64_t then)
{
    schedule->turns[index].again = then;
    schedule->turns[index].under_way = false;
}

void schedule_hold(struct schedule *schedule, size_t index, int64_t until)
{
    struct turn *turn = &schedule->turns[index];
    if (!turn->under_way && due_of(turn) < until)
        turn->again = until;
}

bool schedule_is_waiting(const struct schedule *schedule, size_t index, int64_t now)
{
    const struct turn *turn = &schedule->turns[index];
    return !turn->under_way && turn->again == 0 && turn->due > now;
}

int64_t schedule_wait(const struct schedule *schedule, int64_t now, int64_t limit)
{
    const struct turn *next = next_turn(schedule);
    if (next == NULL || due_of(next) - limit > now)
        return limit;
    return due_of(next) > now ? due_of(next) - now : 0;
}
