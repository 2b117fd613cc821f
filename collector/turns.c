/* SPDX-License-Identifier: MIT */
/* turns.c - when to fetch each source: intervals, calendars and retries */
#include "turns.h"

#include "../almanac/arena.h"
#include "../almanac/hash.h"
#include "backoff.h"
#include "calendar.h"
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

enum { CALENDAR_MS = 24 * 3600 * 1000, CALENDAR_SLACK_MS = 2000 };

/* The state of a source between turns. */
struct memory {
    unsigned failures; /* failed attempts in the current turn */
    bool met;          /* its first turn is over */
    int64_t held;      /* not fetched before; steady milliseconds */
    int64_t place;     /* milliseconds after its calendar time */
};

struct turns {
    const struct settings *settings;
    const struct clock *clock;
    struct schedule schedule;
    struct memory *memories; /* one per source */
    struct backoff backoff;
    bool once;
};

static const struct source_settings *source_at(const struct turns *turns, size_t index)
{
    return &turns->settings->sources[index];
}

static bool has_calendar(const struct turns *turns, size_t index)
{
    return source_at(turns, index)->calendar.at >= 0;
}

/* Derived from the name, so that a source keeps its place. */
static int64_t place_of(const struct turns *turns, size_t index, int64_t within)
{
    const char *name = source_at(turns, index)->name;
    return (int64_t)(hash_bytes(HASH_EMPTY, name, strlen(name)) % (uint64_t)within);
}

/* A source that is alone at its time has no delay. */
static void place_in_calendar(struct turns *turns, size_t index)
{
    size_t alike = 0;
    for (size_t i = 0; has_calendar(turns, index) && i < turns->settings->source_count; i++)
        alike += source_at(turns, i)->calendar.at == source_at(turns, index)->calendar.at;
    if (alike > 1)
        turns->memories[index].place = place_of(turns, index, TURNS_CALENDAR_MS);
}

struct turns *turns_open(const struct settings *settings, const struct clock *clock, bool once)
{
    size_t count = settings->source_count;
    struct turns *turns = array_new(1, sizeof *turns);
    int64_t spread = TURNS_SPREAD_MS * (int64_t)count;
    *turns = (struct turns){ .settings = settings, .clock = clock, .once = once };
    turns->memories = array_new(count, sizeof *turns->memories);
    turns->backoff.state = (uint64_t)clock_wall_ms(clock);
    if (spread > TURNS_SPREAD_MOST_MS)
        spread = TURNS_SPREAD_MOST_MS;
    schedule_init(&turns->schedule, count);
    for (size_t i = 0; i < count; i++) {
        place_in_calendar(turns, i);
        schedule_set(&turns->schedule, i,
                     has_calendar(turns, i) ? CALENDAR_MS : source_at(turns, i)->every * 1000,
                     clock_steady_ms(clock) + (int64_t)i * spread / (int64_t)count);
    }
    return turns;
}

void turns_close(struct turns *turns)
{
    schedule_free(&turns->schedule);
    free(turns->memories);
    free(turns);
}

static void set_by_calendar(struct turns *turns, size_t index)
{
    int64_t now = clock_wall_ms(turns->clock) - turns->memories[index].place;
    int64_t wait = calendar_next(&source_at(turns, index)->calendar, now / 1000) * 1000 - now;
    schedule_set(&turns->schedule, index, CALENDAR_MS, clock_steady_ms(turns->clock) + wait);
}

/* Leaves a source that is due in a moment alone, since the two clocks differ slightly. */
void turns_look_at_calendars(struct turns *turns)
{
    int64_t soon = clock_steady_ms(turns->clock) + CALENDAR_SLACK_MS;
    for (size_t i = 0; i < turns->schedule.count; i++)
        if (has_calendar(turns, i) && turns->memories[i].met &&
            schedule_is_waiting(&turns->schedule, i, soon))
            set_by_calendar(turns, i);
}

long turns_take(struct turns *turns)
{
    return schedule_take(&turns->schedule, clock_steady_ms(turns->clock));
}

static void end_first_turn(struct turns *turns, size_t index)
{
    int64_t every = source_at(turns, index)->every * 1000, now = clock_steady_ms(turns->clock);
    schedule_set(&turns->schedule, index, every, now + every - place_of(turns, index, every / 2));
}

void turns_done(struct turns *turns, size_t index)
{
    struct memory *memory = &turns->memories[index];
    bool first = !memory->met;
    memory->failures = 0;
    memory->met = true;
    if (turns->once)
        schedule_set(&turns->schedule, index, 1, INT64_MAX);
    else if (has_calendar(turns, index))
        set_by_calendar(turns, index);
    else if (first)
        end_first_turn(turns, index);
    else
        schedule_done(&turns->schedule, index, clock_steady_ms(turns->clock));
    schedule_hold(&turns->schedule, index, memory->held);
}

int64_t turns_held(const struct turns *turns, size_t index)
{
    return turns->memories[index].held;
}

void turns_hold(struct turns *turns, size_t index, int64_t until)
{
    turns->memories[index].held = until;
    schedule_hold(&turns->schedule, index, until);
}

void turns_wait_as_told(struct turns *turns, size_t index, int64_t retry_after)
{
    if (retry_after > TURNS_RETRY_AFTER_MOST)
        retry_after = TURNS_RETRY_AFTER_MOST;
    if (retry_after > 0)
        turns->memories[index].held = clock_steady_ms(turns->clock) + retry_after * 1000;
}

bool turns_retry(struct turns *turns, size_t index, int64_t retry_after)
{
    struct memory *memory = &turns->memories[index];
    int64_t now = clock_steady_ms(turns->clock);
    turns_wait_as_told(turns, index, retry_after);
    if (turns->once || ++memory->failures >= BACKOFF_ATTEMPTS)
        return false;
    int64_t then = now + backoff_delay(&turns->backoff, memory->failures);
    if (!has_calendar(turns, index) && retry_after <= 0 &&
        then >= schedule_next(&turns->schedule, index, now))
        return false;
    schedule_again(&turns->schedule, index, then);
    schedule_hold(&turns->schedule, index, memory->held);
    return true;
}

int64_t turns_wait(const struct turns *turns, int64_t limit)
{
    return schedule_wait(&turns->schedule, clock_steady_ms(turns->clock), limit);
}
