/* SPDX-License-Identifier: MIT */
/* test_schedule.c - sources are asked in their time, again when they fail, and not all at once */
#include "../../collector/schedule.h"

#include "../../almanac/zone.h"
#include "../../collector/backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { MANY = 1000, MINUTE_MS = 60000, HOUR = 3600, HOUR_MS = HOUR * 1000 };

static const int64_t midnight_ms = INT64_C(1795392000000); /* 2026-11-23, UTC */

/* A world with a clock of its own, and as many sources as a test wants. */
static struct world {
    int64_t wall_ms, steady_ms;
    struct clock clock;
    struct settings settings;
    struct source_settings sources[MANY];
    char names[MANY][24];
    struct arena arena;
    struct schedule *schedule;
    long asked; /* who was asked last */
} world;

static int64_t wall_of(void *owner)
{
    (void)owner;
    return world.wall_ms;
}

static int64_t steady_of(void *owner)
{
    (void)owner;
    return world.steady_ms;
}

static void begin(size_t count, int64_t every, bool once)
{
    world.wall_ms = midnight_ms;
    world.steady_ms = 5000;
    world.clock = (struct clock){ wall_of, steady_of, NULL };
    world.settings = (struct settings){ .sources = world.sources, .source_count = count };
    for (size_t i = 0; i < count; i++) {
        snprintf(world.names[i], sizeof world.names[i], "s%zu", i);
        world.sources[i] = (struct source_settings){
            .name = world.names[i], .url = "file:///a", .every = every, .calendar = { .at = -1 }
        };
    }
    world.schedule = schedule_open(&world.settings, &world.clock, once);
}

/* The sources from first on keep a calendar, at this second of the day and so much apart. */
static void begin_by_calendar(size_t count, size_t first, int64_t at, int64_t apart)
{
    struct fault fault = { 0 };
    begin(count, 24 * HOUR, false);
    schedule_close(world.schedule);
    const struct zone *utc = zone_read("UTC", &world.arena, &fault);
    for (size_t i = first; i < count; i++, at += apart)
        world.sources[i].calendar = (struct source_calendar){ .zone = utc, .at = at };
    world.schedule = schedule_open(&world.settings, &world.clock, false);
}

static void end_by_calendar(void)
{
    schedule_close(world.schedule);
    arena_free(&world.arena);
}

static void pass(int64_t ms)
{
    world.wall_ms += ms;
    world.steady_ms += ms;
}

/* Lets the time pass until one is asked; milliseconds from the beginning, -1: nobody is within two
 * days. */
static int64_t until_asked(void)
{
    int64_t limit = world.steady_ms + 48 * HOUR_MS;
    while ((world.asked = schedule_take(world.schedule)) < 0 && world.steady_ms < limit) {
        int64_t wait = schedule_wait(world.schedule, MINUTE_MS);
        assert_in_range(wait, 1, MINUTE_MS);
        pass(wait);
    }
    return world.asked < 0 ? -1 : world.steady_ms - 5000;
}

/* The same; the turn is over at once. */
static int64_t until_done(void)
{
    int64_t at = until_asked();
    schedule_done(world.schedule, (size_t)world.asked);
    return at;
}

static void the_first_turns_come_one_shortly_after_the_other(void **state)
{
    static const struct {
        size_t count;
        int64_t most;
    } cases[] = { { 1, 0 }, { 10, 9 * SCHEDULE_SPREAD_MS }, { MANY, SCHEDULE_SPREAD_MOST_MS } };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int64_t at = 0, before = 0;
        begin(cases[c].count, HOUR, false);
        for (size_t i = 0; i < cases[c].count; i++, before = at) {
            at = until_asked();
            assert_int_equal(world.asked, i);
            assert_true(at >= before && at <= cases[c].most);
        }
        assert_true(at >= cases[c].most * 9 / 10);
        schedule_close(world.schedule);
    }
}

/* When each is asked within its hour, from the second turn on. */
static void live_for_hours(int hours, int64_t places[MANY])
{
    static int64_t last[MANY];
    size_t asked[60] = { 0 };
    begin(MANY, HOUR, false);
    for (int turn = 0; turn < hours * MANY; turn++) {
        int64_t at = until_done();
        if (turn >= 2 * MANY)
            assert_int_equal(at - last[world.asked], HOUR_MS);
        if (turn >= MANY)
            places[world.asked] = at % HOUR_MS;
        if (turn >= MANY && turn < 2 * MANY)
            asked[at / MINUTE_MS % 60]++;
        last[world.asked] = at;
    }
    for (size_t i = 0; i < 60; i++)
        assert_true(asked[i] < MANY / 15);
    schedule_close(world.schedule);
}

static void then_a_thousand_are_spread_over_the_period_and_keep_their_places(void **state)
{
    static int64_t places[MANY], again[MANY];
    (void)state;
    live_for_hours(5, places);
    live_for_hours(2, again);
    assert_memory_equal(places, again, sizeof places);
}

/* A source of every second whose third turn is over so long after it was due: when is the next? */
static void the_next_turn_keeps_to_the_interval(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t over, next;
    } cases[] = {
        { "at once", 0, 1000 },
        { "just before the next", 999, 1000 },
        { "as the next is due", 1000, 2000 },
        { "longer than its interval", 2400, 3000 },
        { "after a sleep of a year", 31536000250, 31536001000 },
        { "before it was due, on a clock that fails", -50, 1000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(1, 1, false);
        until_done();
        until_done();
        int64_t due = until_asked();
        pass(cases[i].over);
        schedule_done(world.schedule, 0);
        int64_t next = until_asked() - due;
        if (next != cases[i].next)
            fail_msg("over %s: the next comes after %lld, not %lld", cases[i].what, (long long)next,
                     (long long)cases[i].next);
        schedule_close(world.schedule);
    }
}

static void after_a_long_sleep_each_comes_once_and_who_has_waited_longest_first(void **state)
{
    (void)state;
    long first[3];
    begin(3, HOUR, false);
    for (int i = 0; i < 6; i++) { /* the first schedule, and the second ones */
        until_asked();
        first[i % 3] = world.asked;
        schedule_done(world.schedule, (size_t)world.asked);
    }
    pass(INT64_C(1000) * HOUR_MS);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(schedule_take(world.schedule), first[i]);
        schedule_done(world.schedule, (size_t)first[i]);
    }
    assert_int_equal(schedule_take(world.schedule), -1);
    schedule_close(world.schedule);
}

static void who_is_under_way_is_not_asked_again(void **state)
{
    (void)state;
    begin(1, 1, false);
    assert_int_equal(until_asked(), 0);
    assert_int_equal(until_asked(), -1);
    schedule_close(world.schedule);
}

/* Milliseconds before each further attempt of a turn that fails to its end; how many there were. */
static int fail_to_the_end(int64_t delays[BACKOFF_ATTEMPTS])
{
    int further = 0;
    int64_t before = until_asked(), at;
    for (; schedule_retry(world.schedule, 0); further++, before = at) {
        assert_true(further < BACKOFF_ATTEMPTS);
        at = until_asked();
        delays[further] = at - before;
    }
    schedule_done(world.schedule, 0);
    return further;
}

static void one_that_fails_is_asked_again_after_growing_times(void **state)
{
    int64_t delays[BACKOFF_ATTEMPTS], largest[BACKOFF_ATTEMPTS] = { 0 };
    (void)state;
    begin(1, HOUR, false);
    for (int turn = 0; turn < 200; turn++) {
        assert_int_equal(fail_to_the_end(delays), BACKOFF_ATTEMPTS - 1);
        for (int i = 0; i < BACKOFF_ATTEMPTS - 1; i++)
            if (delays[i] > largest[i])
                largest[i] = delays[i];
    }
    for (int i = 0; i < BACKOFF_ATTEMPTS - 1; i++)
        assert_in_range(largest[i], BACKOFF_FIRST_MS * 9 / 10 << i, BACKOFF_FIRST_MS << i);
    schedule_close(world.schedule);
}

static bool retry_after(int64_t seconds)
{
    schedule_wait_as_told(world.schedule, 0, seconds);
    return schedule_retry(world.schedule, 0);
}

static void a_server_that_says_when_is_not_asked_before(void **state)
{
    static const struct {
        int64_t every, retry_after, least;
    } cases[] = { { HOUR, 90, 90 },
                  { 1, 90, 90 },
                  { HOUR, 7 * HOUR, 7 * HOUR },
                  { HOUR, SCHEDULE_RETRY_AFTER_MOST + 1, SCHEDULE_RETRY_AFTER_MOST },
                  { HOUR, INT64_MAX, SCHEDULE_RETRY_AFTER_MOST } };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(1, cases[i].every, false);
        assert_int_equal(until_asked(), 0);
        assert_true(retry_after(cases[i].retry_after));
        int64_t at = until_asked(), least = cases[i].least * 1000;
        assert_in_range(at, least, least + BACKOFF_FIRST_MS);
        schedule_close(world.schedule);
    }
}

/* Of a source that is asked every minute. */
static void it_waits_longer_than_its_turns(int64_t seconds)
{
    int64_t from = world.steady_ms - 5000, at = until_done();
    assert_in_range(at, from + seconds * 1000, from + seconds * 1000 + MINUTE_MS);
    assert_in_range(until_done(), at + 1, at + MINUTE_MS);
}

static void nor_where_its_answer_is_final(void **state)
{
    (void)state;
    begin(1, 60, false);
    until_asked();
    schedule_wait_as_told(world.schedule, 0, 600);
    schedule_done(world.schedule, 0);
    it_waits_longer_than_its_turns(600);
    schedule_close(world.schedule);
}

static void nor_in_the_next_turn(void **state)
{
    (void)state;
    begin(1, 60, false);
    until_asked();
    for (int i = 1; i < BACKOFF_ATTEMPTS; i++) {
        assert_true(retry_after(1));
        until_asked();
    }
    assert_false(retry_after(HOUR));
    schedule_done(world.schedule, 0);
    it_waits_longer_than_its_turns(HOUR);
    schedule_close(world.schedule);
}

static void nor_by_who_comes_after(void **state)
{
    (void)state;
    begin(1, 60, false);
    until_asked();
    retry_after(HOUR);
    for (int i = 0; i < 2; i++) { /* and by who comes after that */
        struct schedule *before = world.schedule;
        world.schedule = schedule_open(&world.settings, &world.clock, false);
        schedule_go_on_waiting(world.schedule, before);
        schedule_close(before);
    }
    it_waits_longer_than_its_turns(HOUR);
    schedule_close(world.schedule);
}

static void none_is_asked_again_where_its_next_turn_comes_before(void **state)
{
    int given_up = 0;
    (void)state;
    begin(1, 1, false);
    for (int i = 0; i < 100; i++) {
        int64_t before = until_asked();
        if (schedule_retry(world.schedule, 0)) {
            assert_in_range(until_asked() - before, 0, 999);
        } else {
            given_up++;
        }
        schedule_done(world.schedule, 0);
    }
    assert_in_range(given_up, 20, 80);
    schedule_close(world.schedule);
}

static void once_is_once_whether_it_fails_or_not(void **state)
{
    (void)state;
    begin(2, HOUR, true);
    until_asked();
    assert_false(schedule_retry(world.schedule, (size_t)world.asked));
    schedule_done(world.schedule, (size_t)world.asked);
    until_done();
    assert_int_equal(until_asked(), -1);
    schedule_close(world.schedule);
}

static void a_calendar_keeps_to_the_wall_clock(void **state)
{
    (void)state;
    begin_by_calendar(1, 0, 8 * HOUR, 0);
    assert_int_equal(until_done(), 0); /* as all when the collector starts */
    assert_int_equal(until_done(), 8 * HOUR_MS);
    world.wall_ms += 2 * HOUR_MS; /* somebody sets it */
    schedule_look_at_calendars(world.schedule);
    assert_int_equal(until_asked(), 8 * HOUR_MS + 22 * HOUR_MS);
    assert_int_equal(world.wall_ms, midnight_ms + 32 * HOUR_MS);
    assert_true(schedule_retry(world.schedule, 0));
    end_by_calendar();
}

/* When three sources are asked after the start, of which two keep a calendar, in milliseconds. */
static void ask_three(bool somebody_sets_the_clock, int64_t at[3])
{
    begin_by_calendar(3, 1, 8 * HOUR, HOUR);
    for (int i = 0; i < 6; i++) {
        at[i % 3] = until_done();
        assert_int_equal(world.asked,
                         i < 3 ? i : (i + 1) % 3); /* the interval's is the last one then */
        if (i == 2 && somebody_sets_the_clock)
            world.wall_ms += 2 * HOUR_MS;
        schedule_look_at_calendars(world.schedule);
    }
    end_by_calendar();
}

static void who_sets_the_clock_moves_all_calendars_and_nothing_else(void **state)
{
    int64_t before[3], after[3];
    (void)state;
    ask_three(false, before);
    ask_three(true, after);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(before[i], (8 + i) * HOUR_MS);
        assert_int_equal(after[i], (6 + i) * HOUR_MS);
    }
    assert_int_equal(before[2], after[2]);
}

/* Of so many sources with a calendar: when each is asked behind 08:30, in milliseconds. */
static void ask_by_calendar(size_t count, int64_t behind[])
{
    begin_by_calendar(count, 0, 8 * HOUR, 0);
    for (size_t i = 0; i < 3 * count; i++) { /* at the start, today and tomorrow */
        schedule_look_at_calendars(world.schedule);
        int64_t at = until_done();
        if (i >= 2 * count)
            assert_int_equal(at - 32 * HOUR_MS, behind[world.asked]);
        else if (i >= count)
            behind[world.asked] = at - 8 * HOUR_MS;
    }
    end_by_calendar();
}

static void many_with_the_same_time_come_one_after_the_other(void **state)
{
    static int64_t behind[MANY];
    size_t each_second[SCHEDULE_CALENDAR_MS / 1000] = { 0 };
    (void)state;
    ask_by_calendar(MANY, behind);
    for (size_t i = 0; i < MANY; i++) {
        assert_in_range(behind[i], 0, SCHEDULE_CALENDAR_MS - 1);
        assert_true(++each_second[behind[i] / 1000] < MANY / 15);
    }
    ask_by_calendar(1, behind);
    assert_int_equal(behind[0], 0);
}

static void without_sources_nobody_is_ever_asked(void **state)
{
    (void)state;
    begin(0, 1, false);
    schedule_look_at_calendars(world.schedule);
    assert_int_equal(schedule_take(world.schedule), -1);
    assert_int_equal(schedule_wait(world.schedule, 250), 250);
    schedule_close(world.schedule);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_turns_come_one_shortly_after_the_other),
        cmocka_unit_test(then_a_thousand_are_spread_over_the_period_and_keep_their_places),
        cmocka_unit_test(the_next_turn_keeps_to_the_interval),
        cmocka_unit_test(after_a_long_sleep_each_comes_once_and_who_has_waited_longest_first),
        cmocka_unit_test(who_is_under_way_is_not_asked_again),
        cmocka_unit_test(one_that_fails_is_asked_again_after_growing_times),
        cmocka_unit_test(a_server_that_says_when_is_not_asked_before),
        cmocka_unit_test(nor_where_its_answer_is_final),
        cmocka_unit_test(nor_in_the_next_turn),
        cmocka_unit_test(nor_by_who_comes_after),
        cmocka_unit_test(none_is_asked_again_where_its_next_turn_comes_before),
        cmocka_unit_test(once_is_once_whether_it_fails_or_not),
        cmocka_unit_test(a_calendar_keeps_to_the_wall_clock),
        cmocka_unit_test(who_sets_the_clock_moves_all_calendars_and_nothing_else),
        cmocka_unit_test(many_with_the_same_time_come_one_after_the_other),
        cmocka_unit_test(without_sources_nobody_is_ever_asked),
    };
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
