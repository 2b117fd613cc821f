/* SPDX-License-Identifier: MIT */
/* turns.c - when each source is asked: periods, calendars, and further attempts */
#include "turns.h"

#include "../almanac/arena.h"
#include "../almanac/hash.h"
#include "backoff.h"
#include "calendar.h"
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

enum { CALENDAR_MS = 24 * 3600 * 1000, CALENDAR_SLACK_MS = 2000 };

/* What is remembered of a source between its turns. */
struct memory {
    unsigned failures; /* attempts of the turn under way that failed */
    bool met;          /* its first turn is over */
};

struct turns {
    const struct settings *settings;
    const struct clock *clock;
    struct schedule schedule;
    struct memory *memories; /* one a source */
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

struct turns *turns_open(const struct settings *settings, const struct clock *clock, bool once)
{
    size_t room = 0, count = settings->source_count;
    struct turns *turns = array_reserve(NULL, &room, 1, sizeof *turns);
    int64_t spread = TURNS_SPREAD_MS * (int64_t)count;
    *turns = (struct turns){ .settings = settings, .clock = clock, .once = once };
    room = 0;
    turns->memories = array_reserve(NULL, &room, count + 1, sizeof *turns->memories);
    memset(turns->memories, 0, (count + 1) * sizeof *turns->memories);
    turns->backoff.state = (uint64_t)clock_wall_ms(clock);
    if (spread > TURNS_SPREAD_MOST_MS)
        spread = TURNS_SPREAD_MOST_MS;
    schedule_init(&turns->schedule, count);
    for (size_t i = 0; i < count; i++)
        schedule_set(&turns->schedule, i,
                     has_calendar(turns, i) ? CALENDAR_MS : source_at(turns, i)->every * 1000,
                     clock_steady_ms(clock) + (int64_t)i * spread / (int64_t)count);
    return turns;
}

void turns_close(struct turns *turns)
{
    if (turns == NULL)
        return;
    schedule_free(&turns->schedule);
    free(turns->memories);
    free(turns);
}

static void set_by_calendar(struct turns *turns, size_t index)
{
    int64_t now = clock_wall_ms(turns->clock);
    int64_t wait = calendar_next(&source_at(turns, index)->calendar, now / 1000) * 1000 - now;
    schedule_set(&turns->schedule, index, CALENDAR_MS, clock_steady_ms(turns->clock) + wait);
}

/* One that is due in a moment is left alone: the two clocks do not agree to the millisecond. */
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

/* By its name, so that a source keeps its place. */
static void end_first_turn(struct turns *turns, size_t index)
{
    const struct source_settings *source = source_at(turns, index);
    int64_t every = source->every * 1000, now = clock_steady_ms(turns->clock);
    uint64_t hash = hash_bytes(HASH_EMPTY, source->name, strlen(source->name));
    int64_t half = (int64_t)(hash % (uint64_t)(every / 2));
    schedule_set(&turns->schedule, index, every, now + every - half);
}

void turns_done(struct turns *turns, size_t index)
{
    struct memory *memory = &turns->memories[index];
    bool first = !memory->met;
    *memory = (struct memory){ .met = true };
    if (turns->once)
        schedule_set(&turns->schedule, index, 1, INT64_MAX);
    else if (has_calendar(turns, index))
        set_by_calendar(turns, index);
    else if (first)
        end_first_turn(turns, index);
    else
        schedule_done(&turns->schedule, index, clock_steady_ms(turns->clock));
}

bool turns_retry(struct turns *turns, size_t index, int64_t retry_after)
{
    int64_t now = clock_steady_ms(turns->clock);
    int64_t asked = retry_after < TURNS_RETRY_AFTER_MOST ? retry_after : TURNS_RETRY_AFTER_MOST;
    unsigned failures = ++turns->memories[index].failures;
    if (turns->once || failures >= BACKOFF_ATTEMPTS)
        return false;
    int64_t then = now + backoff_delay(&turns->backoff, failures);
    if (now + asked * 1000 > then)
        then = now + asked * 1000;
    if (!has_calendar(turns, index) && asked == 0 &&
        then >= schedule_next(&turns->schedule, index, now))
        return false;
    schedule_again(&turns->schedule, index, then);
    return true;
}

int64_t turns_wait(const struct turns *turns, int64_t limit)
{
    return schedule_wait(&turns->schedule, clock_steady_ms(turns->clock), limit);
}
