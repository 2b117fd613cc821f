/* SPDX-License-Identifier: MIT */
/* schedule.c - when to fetch each source: intervals, calendars and retries */
#include "schedule.h"

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

struct schedule {
    const struct settings *settings;
    const struct clock *clock;
    struct turn *turns; /* each source's */
    struct backoff backoff;
    bool once;
};

static const struct source_settings *source_at(const struct schedule *schedule, size_t index)
{
    return &schedule->settings->sources[index];
}

static bool has_calendar(const struct schedule *schedule, size_t index)
{
    return source_at(schedule, index)->calendar.at >= 0;
}

/* Derived from the name, so that a source keeps its place. */
static int64_t place_of(const struct schedule *schedule, size_t index, int64_t within)
{
    const char *name = source_at(schedule, index)->name;
    return (int64_t)(hash_bytes(HASH_EMPTY, name, strlen(name)) % (uint64_t)within);
}

/* A source that is alone at its time has no delay. */
static void place_in_calendar(struct schedule *schedule, size_t index)
{
    size_t alike = 0;
    for (size_t i = 0; has_calendar(schedule, index) && i < schedule->settings->source_count; i++)
        alike += source_at(schedule, i)->calendar.at == source_at(schedule, index)->calendar.at;
    if (alike > 1)
        schedule->turns[index].place = place_of(schedule, index, SCHEDULE_CALENDAR_MS);
}

struct schedule *schedule_open(const struct settings *settings, const struct clock *clock,
                               bool once)
{
    size_t count = settings->source_count;
    struct schedule *schedule = array_new(1, sizeof *schedule);
    int64_t spread = SCHEDULE_SPREAD_MS * (int64_t)count;
    *schedule = (struct schedule){ .settings = settings, .clock = clock, .once = once };
    schedule->turns = array_new(count, sizeof *schedule->turns);
    schedule->backoff.state = (uint64_t)clock_wall_ms(clock);
    if (spread > SCHEDULE_SPREAD_MOST_MS)
        spread = SCHEDULE_SPREAD_MOST_MS;
    for (size_t i = 0; i < count; i++) {
        place_in_calendar(schedule, i);
        schedule->turns[i].due = clock_steady_ms(clock) + (int64_t)i * spread / (int64_t)count;
    }
    return schedule;
}

void schedule_close(struct schedule *schedule)
{
    free(schedule->turns);
    free(schedule);
}

static int64_t due_by_calendar(const struct schedule *schedule, size_t index)
{
    int64_t now = clock_wall_ms(schedule->clock) - schedule->turns[index].place;
    int64_t wait = calendar_next(&source_at(schedule, index)->calendar, now / 1000) * 1000 - now;
    return clock_steady_ms(schedule->clock) + wait;
}

/* A whole number of intervals after it was due, and later than now: what was missed is skipped, not
 * made up for. The second turn is at the source's own place. */
static int64_t due_by_interval(const struct schedule *schedule, size_t index)
{
    const struct turn *turn = &schedule->turns[index];
    int64_t every = source_at(schedule, index)->every * 1000,
            now = clock_steady_ms(schedule->clock);
    if (!turn->met)
        return now + every - place_of(schedule, index, every / 2);
    int64_t passed = now > turn->due ? (now - turn->due) / every : 0;
    return turn->due + (passed + 1) * every;
}

/* Leaves a source that is due in a moment alone, since the two clocks differ slightly. */
void schedule_look_at_calendars(struct schedule *schedule)
{
    int64_t soon = clock_steady_ms(schedule->clock) + CALENDAR_SLACK_MS;
    for (size_t i = 0; i < schedule->settings->source_count; i++) {
        struct turn *turn = &schedule->turns[i];
        if (has_calendar(schedule, i) && turn->met && !turn->under_way && turn->again == 0 &&
            turn->due > soon)
            turn->due = due_by_calendar(schedule, i);
    }
}

static int64_t comes_at(const struct turn *turn)
{
    int64_t at = turn->again != 0 ? turn->again : turn->due;
    return at > turn->held ? at : turn->held;
}

/* The earliest turn not under way, or NULL. */
static struct turn *next_turn(const struct schedule *schedule)
{
    struct turn *next = NULL;
    for (size_t i = 0; i < schedule->settings->source_count; i++) {
        struct turn *turn = &schedule->turns[i];
        if (!turn->under_way && (next == NULL || comes_at(turn) < comes_at(next)))
            next = turn;
    }
    return next;
}

long schedule_take(struct schedule *schedule)
{
    struct turn *next = next_turn(schedule);
    if (next == NULL || comes_at(next) > clock_steady_ms(schedule->clock))
        return -1;
    next->under_way = true;
    return next - schedule->turns;
}

int64_t schedule_wait(const struct schedule *schedule, int64_t limit)
{
    const struct turn *next = next_turn(schedule);
    int64_t now = clock_steady_ms(schedule->clock);
    if (next == NULL || comes_at(next) - limit > now)
        return limit;
    return comes_at(next) > now ? comes_at(next) - now : 0;
}

void schedule_done(struct schedule *schedule, size_t index)
{
    struct turn *turn = &schedule->turns[index];
    turn->due = schedule->once                  ? INT64_MAX
                : has_calendar(schedule, index) ? due_by_calendar(schedule, index)
                                                : due_by_interval(schedule, index);
    turn->again = 0;
    turn->failures = 0;
    turn->under_way = false;
    turn->met = true;
}

bool schedule_retry(struct schedule *schedule, size_t index)
{
    struct turn *turn = &schedule->turns[index];
    int64_t now = clock_steady_ms(schedule->clock);
    if (schedule->once || ++turn->failures >= BACKOFF_ATTEMPTS)
        return false;
    int64_t again = now + backoff_delay(&schedule->backoff, turn->failures);
    bool told = turn->held > now;
    if (!told && !has_calendar(schedule, index) && again >= due_by_interval(schedule, index))
        return false;
    turn->again = again;
    turn->under_way = false;
    return true;
}

void schedule_wait_as_told(struct schedule *schedule, size_t index, int64_t retry_after)
{
    if (retry_after > SCHEDULE_RETRY_AFTER_MOST)
        retry_after = SCHEDULE_RETRY_AFTER_MOST;
    if (retry_after > 0)
        schedule->turns[index].held = clock_steady_ms(schedule->clock) + retry_after * 1000;
}

void schedule_go_on_waiting(struct schedule *schedule, const struct schedule *before)
{
    for (size_t i = 0; i < schedule->settings->source_count; i++)
        for (size_t j = 0; j < before->settings->source_count; j++)
            if (strcmp(source_at(schedule, i)->name, source_at(before, j)->name) == 0 &&
                strcmp(source_at(schedule, i)->url, source_at(before, j)->url) == 0)
                schedule->turns[i].held = before->turns[j].held;
}
