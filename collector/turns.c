/* SPDX-License-Identifier: MIT */
/* turns.c - when to fetch each source: intervals, calendars and retries */
#include "turns.h"

#include "../almanac/arena.h"
#include "../almanac/hash.h"
#include "backoff.h"
#include "calendar.h"

#include <stdlib.h>
#include <string.h>

enum { CALENDAR_SLACK_MS = 2000 };

/* A source's turn. Times are milliseconds of the steady clock. */
struct turn {
    int64_t due;       /* while it is under way: when it was due; INT64_MAX: never */
    int64_t again;     /* time of a retry; 0: none */
    int64_t held;      /* not before this: the server has asked for that */
    int64_t place;     /* milliseconds after its calendar time */
    unsigned failures; /* failed attempts in this turn */
    bool under_way;
    bool met; /* the first turn is over */
};

struct turns {
    const struct settings *settings;
    const struct clock *clock;
    struct turn *of; /* each source */
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
        turns->of[index].place = place_of(turns, index, TURNS_CALENDAR_MS);
}

struct turns *turns_open(const struct settings *settings, const struct clock *clock, bool once)
{
    size_t count = settings->source_count;
    struct turns *turns = array_new(1, sizeof *turns);
    int64_t spread = TURNS_SPREAD_MS * (int64_t)count;
    *turns = (struct turns){ .settings = settings, .clock = clock, .once = once };
    turns->of = array_new(count, sizeof *turns->of);
    turns->backoff.state = (uint64_t)clock_wall_ms(clock);
    if (spread > TURNS_SPREAD_MOST_MS)
        spread = TURNS_SPREAD_MOST_MS;
    for (size_t i = 0; i < count; i++) {
        place_in_calendar(turns, i);
        turns->of[i].due = clock_steady_ms(clock) + (int64_t)i * spread / (int64_t)count;
    }
    return turns;
}

void turns_close(struct turns *turns)
{
    free(turns->of);
    free(turns);
}

static int64_t due_by_calendar(const struct turns *turns, size_t index)
{
    int64_t now = clock_wall_ms(turns->clock) - turns->of[index].place;
    int64_t wait = calendar_next(&source_at(turns, index)->calendar, now / 1000) * 1000 - now;
    return clock_steady_ms(turns->clock) + wait;
}

/* A whole number of intervals after it was due, and later than now: what was missed is skipped, not
 * made up for. The second turn is at the source's own place. */
static int64_t due_by_interval(const struct turns *turns, size_t index)
{
    const struct turn *turn = &turns->of[index];
    int64_t every = source_at(turns, index)->every * 1000, now = clock_steady_ms(turns->clock);
    if (!turn->met)
        return now + every - place_of(turns, index, every / 2);
    int64_t passed = now > turn->due ? (now - turn->due) / every : 0;
    return turn->due + (passed + 1) * every;
}

/* Leaves a source that is due in a moment alone, since the two clocks differ slightly. */
void turns_look_at_calendars(struct turns *turns)
{
    int64_t soon = clock_steady_ms(turns->clock) + CALENDAR_SLACK_MS;
    for (size_t i = 0; i < turns->settings->source_count; i++) {
        struct turn *turn = &turns->of[i];
        if (has_calendar(turns, i) && turn->met && !turn->under_way && turn->again == 0 &&
            turn->due > soon)
            turn->due = due_by_calendar(turns, i);
    }
}

static int64_t comes_at(const struct turn *turn)
{
    int64_t at = turn->again != 0 ? turn->again : turn->due;
    return at > turn->held ? at : turn->held;
}

/* The earliest turn not under way, or NULL. */
static struct turn *next_turn(const struct turns *turns)
{
    struct turn *next = NULL;
    for (size_t i = 0; i < turns->settings->source_count; i++) {
        struct turn *turn = &turns->of[i];
        if (!turn->under_way && (next == NULL || comes_at(turn) < comes_at(next)))
            next = turn;
    }
    return next;
}

long turns_take(struct turns *turns)
{
    struct turn *next = next_turn(turns);
    if (next == NULL || comes_at(next) > clock_steady_ms(turns->clock))
        return -1;
    next->under_way = true;
    return next - turns->of;
}

int64_t turns_wait(const struct turns *turns, int64_t limit)
{
    const struct turn *next = next_turn(turns);
    int64_t now = clock_steady_ms(turns->clock);
    if (next == NULL || comes_at(next) - limit > now)
        return limit;
    return comes_at(next) > now ? comes_at(next) - now : 0;
}

void turns_done(struct turns *turns, size_t index)
{
    struct turn *turn = &turns->of[index];
    turn->due = turns->once                  ? INT64_MAX
                : has_calendar(turns, index) ? due_by_calendar(turns, index)
                                             : due_by_interval(turns, index);
    turn->again = 0;
    turn->failures = 0;
    turn->under_way = false;
    turn->met = true;
}

bool turns_retry(struct turns *turns, size_t index)
{
    struct turn *turn = &turns->of[index];
    int64_t now = clock_steady_ms(turns->clock);
    if (turns->once || ++turn->failures >= BACKOFF_ATTEMPTS)
        return false;
    int64_t again = now + backoff_delay(&turns->backoff, turn->failures);
    bool told = turn->held > now;
    if (!told && !has_calendar(turns, index) && again >= due_by_interval(turns, index))
        return false;
    turn->again = again;
    turn->under_way = false;
    return true;
}

void turns_wait_as_told(struct turns *turns, size_t index, int64_t retry_after)
{
    if (retry_after > TURNS_RETRY_AFTER_MOST)
        retry_after = TURNS_RETRY_AFTER_MOST;
    if (retry_after > 0)
        turns->of[index].held = clock_steady_ms(turns->clock) + retry_after * 1000;
}

void turns_go_on_waiting(struct turns *turns, const struct turns *before)
{
    for (size_t i = 0; i < turns->settings->source_count; i++)
        for (size_t j = 0; j < before->settings->source_count; j++)
            if (strcmp(source_at(turns, i)->name, source_at(before, j)->name) == 0 &&
                strcmp(source_at(turns, i)->url, source_at(before, j)->url) == 0)
                turns->of[i].held = before->of[j].held;
}
