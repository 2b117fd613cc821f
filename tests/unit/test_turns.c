/* SPDX-License-Identifier: MIT */
/* test_turns.c - sources are asked in their time, again when they fail, and not all at once */
#include "../../collector/turns.h"

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
struct world {
    int64_t wall_ms, steady_ms;
    struct clock clock;
    struct settings settings;
    struct source_settings sources[MANY];
    char names[MANY][24];
    struct turns *turns;
};

static int64_t wall_of(void *owner)
{
    const struct world *world = owner;
    return world->wall_ms;
}

static int64_t steady_of(void *owner)
{
    const struct world *world = owner;
    return world->steady_ms;
}

static void begin(struct world *world, size_t count, int64_t every, bool once)
{
    world->wall_ms = midnight_ms;
    world->steady_ms = 5000;
    world->clock = (struct clock){ wall_of, steady_of, world };
    world->settings = (struct settings){ .sources = world->sources, .source_count = count };
    for (size_t i = 0; i < count; i++) {
        snprintf(world->names[i], sizeof world->names[i], "s%zu", i);
        world->sources[i] = (struct source_settings){ .name = world->names[i],
                                                      .every = every,
                                                      .calendar = { .at = -1 } };
    }
    world->turns = turns_open(&world->settings, &world->clock, once);
}

static void pass(struct world *world, int64_t ms)
{
    world->wall_ms += ms;
    world->steady_ms += ms;
}

/* Lets the time pass until one is asked; milliseconds from the beginning, -1: nobody is within two
 * days. */
static int64_t until_asked(struct world *world, long *index)
{
    int64_t limit = world->steady_ms + 48 * HOUR_MS;
    while ((*index = turns_take(world->turns)) < 0 && world->steady_ms < limit) {
        int64_t wait = turns_wait(world->turns, MINUTE_MS);
        assert_in_range(wait, 1, MINUTE_MS);
        pass(world, wait);
    }
    return *index < 0 ? -1 : world->steady_ms - 5000;
}

static void the_first_turns_come_one_shortly_after_the_other(void **state)
{
    static const struct {
        size_t count;
        int64_t most;
    } cases[] = { { 1, 0 }, { 10, 9 * TURNS_SPREAD_MS }, { MANY, TURNS_SPREAD_MOST_MS } };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        static struct world world;
        int64_t at = 0, before = 0;
        begin(&world, cases[c].count, HOUR, false);
        for (size_t i = 0; i < cases[c].count; i++, before = at) {
            long index;
            at = until_asked(&world, &index);
            assert_int_equal(index, i);
            assert_true(at >= before && at <= cases[c].most);
        }
        assert_true(at >= cases[c].most * 9 / 10);
        turns_close(world.turns);
    }
}

/* When each is asked within its hour, from the second turn on. */
static void live_for_hours(struct world *world, int hours, int64_t places[MANY])
{
    static int64_t last[MANY];
    size_t asked[60] = { 0 };
    begin(world, MANY, HOUR, false);
    for (int turn = 0; turn < hours * MANY; turn++) {
        long index;
        int64_t at = until_asked(world, &index);
        if (turn >= 2 * MANY)
            assert_int_equal(at - last[index], HOUR_MS);
        if (turn >= MANY)
            places[index] = at % HOUR_MS;
        if (turn >= MANY && turn < 2 * MANY)
            asked[at / MINUTE_MS % 60]++;
        last[index] = at;
        turns_done(world->turns, (size_t)index);
    }
    for (size_t i = 0; i < 60; i++)
        assert_true(asked[i] < MANY / 15);
    turns_close(world->turns);
}

static void then_a_thousand_are_spread_over_the_period_and_keep_their_places(void **state)
{
    static struct world world;
    static int64_t places[MANY], again[MANY];
    (void)state;
    live_for_hours(&world, 5, places);
    live_for_hours(&world, 2, again);
    assert_memory_equal(places, again, sizeof places);
}

static void who_is_under_way_is_not_asked_again(void **state)
{
    static struct world world;
    long index;
    (void)state;
    begin(&world, 1, 1, false);
    assert_int_equal(until_asked(&world, &index), 0);
    assert_int_equal(until_asked(&world, &index), -1);
    turns_close(world.turns);
}

/* Milliseconds before each further attempt of a turn that fails to its end; how many there were. */
static int fail_to_the_end(struct world *world, int64_t delays[BACKOFF_ATTEMPTS])
{
    long index;
    int further = 0;
    int64_t before = until_asked(world, &index), at;
    for (; turns_retry(world->turns, 0, 0); further++, before = at) {
        assert_true(further < BACKOFF_ATTEMPTS);
        at = until_asked(world, &index);
        delays[further] = at - before;
    }
    turns_done(world->turns, 0);
    return further;
}

static void one_that_fails_is_asked_again_after_growing_times(void **state)
{
    static struct world world;
    int64_t delays[BACKOFF_ATTEMPTS], largest[BACKOFF_ATTEMPTS] = { 0 };
    (void)state;
    begin(&world, 1, HOUR, false);
    for (int turn = 0; turn < 200; turn++) {
        assert_int_equal(fail_to_the_end(&world, delays), BACKOFF_ATTEMPTS - 1);
        for (int i = 0; i < BACKOFF_ATTEMPTS - 1; i++)
            if (delays[i] > largest[i])
                largest[i] = delays[i];
    }
    for (int i = 0; i < BACKOFF_ATTEMPTS - 1; i++)
        assert_in_range(largest[i], BACKOFF_FIRST_MS * 9 / 10 << i, BACKOFF_FIRST_MS << i);
    turns_close(world.turns);
}

static void a_server_that_says_when_is_not_asked_before(void **state)
{
    static const struct {
        int64_t every, retry_after, least;
    } cases[] = { { HOUR, 90, 90 },
                  { 1, 90, 90 },
                  { HOUR, 7 * HOUR, 7 * HOUR },
                  { HOUR, TURNS_RETRY_AFTER_MOST + 1, TURNS_RETRY_AFTER_MOST },
                  { HOUR, INT64_MAX, TURNS_RETRY_AFTER_MOST } };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static struct world world;
        long index;
        begin(&world, 1, cases[i].every, false);
        assert_int_equal(until_asked(&world, &index), 0);
        assert_true(turns_retry(world.turns, 0, cases[i].retry_after));
        int64_t at = until_asked(&world, &index), least = cases[i].least * 1000;
        assert_in_range(at, least, least + BACKOFF_FIRST_MS);
        turns_close(world.turns);
    }
}

/* Of a source that is asked every minute. */
static void it_waits_longer_than_its_turns(struct world *world, int64_t seconds)
{
    long index;
    int64_t from = world->steady_ms - 5000, at = until_asked(world, &index);
    assert_in_range(at, from + seconds * 1000, from + seconds * 1000 + MINUTE_MS);
    turns_done(world->turns, 0);
    int64_t next = until_asked(world, &index);
    assert_in_range(next, at + 1, at + MINUTE_MS);
    turns_done(world->turns, 0);
}

static void nor_where_its_answer_is_final(void **state)
{
    static struct world world;
    long index;
    (void)state;
    begin(&world, 1, 60, false);
    until_asked(&world, &index);
    turns_wait_as_told(world.turns, 0, 600);
    turns_done(world.turns, 0);
    it_waits_longer_than_its_turns(&world, 600);
    turns_close(world.turns);
}

static void nor_in_the_next_turn(void **state)
{
    static struct world world;
    long index;
    (void)state;
    begin(&world, 1, 60, false);
    until_asked(&world, &index);
    for (int i = 1; i < BACKOFF_ATTEMPTS; i++) {
        assert_true(turns_retry(world.turns, 0, 1));
        until_asked(&world, &index);
    }
    assert_false(turns_retry(world.turns, 0, HOUR));
    turns_done(world.turns, 0);
    it_waits_longer_than_its_turns(&world, HOUR);
    turns_close(world.turns);
}

static void nor_by_who_comes_after(void **state)
{
    static struct world world;
    long index;
    (void)state;
    begin(&world, 1, 60, false);
    until_asked(&world, &index);
    turns_retry(world.turns, 0, HOUR);
    int64_t held = turns_held(world.turns, 0);
    turns_close(world.turns);
    world.turns = turns_open(&world.settings, &world.clock, false);
    turns_hold(world.turns, 0, held);
    assert_int_equal(turns_held(world.turns, 0), held); /* for who comes after that */
    it_waits_longer_than_its_turns(&world, HOUR);
    turns_close(world.turns);
}

static void none_is_asked_again_where_its_next_turn_comes_before(void **state)
{
    static struct world world;
    long index;
    int given_up = 0;
    (void)state;
    begin(&world, 1, 1, false);
    for (int i = 0; i < 100; i++) {
        int64_t before = until_asked(&world, &index);
        if (turns_retry(world.turns, 0, 0)) {
            assert_in_range(until_asked(&world, &index) - before, 0, 999);
        } else {
            given_up++;
        }
        turns_done(world.turns, 0);
    }
    assert_in_range(given_up, 20, 80);
    turns_close(world.turns);
}

static void once_is_once_whether_it_fails_or_not(void **state)
{
    static struct world world;
    long index;
    (void)state;
    begin(&world, 2, HOUR, true);
    until_asked(&world, &index);
    assert_false(turns_retry(world.turns, (size_t)index, 0));
    turns_done(world.turns, (size_t)index);
    until_asked(&world, &index);
    turns_done(world.turns, (size_t)index);
    assert_int_equal(until_asked(&world, &index), -1);
    turns_close(world.turns);
}

static void a_calendar_keeps_to_the_wall_clock(void **state)
{
    static struct world world;
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    long index;
    (void)state;
    begin(&world, 1, HOUR, false);
    turns_close(world.turns);
    world.sources[0].calendar =
        (struct source_calendar){ .zone = zone_read("UTC", &arena, &fault), .at = 8 * HOUR };
    world.turns = turns_open(&world.settings, &world.clock, false);
    assert_int_equal(until_asked(&world, &index), 0); /* as all when the collector starts */
    turns_done(world.turns, 0);
    assert_int_equal(until_asked(&world, &index), 8 * HOUR_MS);
    turns_done(world.turns, 0);
    world.wall_ms += 2 * HOUR_MS; /* somebody sets it */
    turns_look_at_calendars(world.turns);
    assert_int_equal(until_asked(&world, &index), 8 * HOUR_MS + 22 * HOUR_MS);
    assert_int_equal(world.wall_ms, midnight_ms + 32 * HOUR_MS);
    assert_true(turns_retry(world.turns, 0, 0));
    turns_close(world.turns);
    arena_free(&arena);
}

/* When three sources are asked after the start, of which two keep a calendar, in milliseconds. */
static void ask_three(bool somebody_sets_the_clock, int64_t at[3])
{
    static struct world world;
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    long index;
    begin(&world, 3, 24 * HOUR, false);
    turns_close(world.turns);
    for (int i = 1; i < 3; i++)
        world.sources[i].calendar =
            (struct source_calendar){ .zone = zone_read("UTC", &arena, &fault),
                                      .at = (7 + i) * HOUR };
    world.turns = turns_open(&world.settings, &world.clock, false);
    for (int i = 0; i < 6; i++) {
        at[i % 3] = until_asked(&world, &index);
        assert_int_equal(index, i < 3 ? i : (i + 1) % 3); /* the interval's is the last one then */
        turns_done(world.turns, (size_t)index);
        if (i == 2 && somebody_sets_the_clock)
            world.wall_ms += 2 * HOUR_MS;
        turns_look_at_calendars(world.turns);
    }
    turns_close(world.turns);
    arena_free(&arena);
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
static void ask_by_calendar(struct world *world, size_t count, int64_t behind[])
{
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    long index;
    begin(world, count, HOUR, false);
    turns_close(world->turns);
    const struct zone *utc = zone_read("UTC", &arena, &fault);
    for (size_t i = 0; i < count; i++)
        world->sources[i].calendar = (struct source_calendar){ .zone = utc, .at = 8 * HOUR };
    world->turns = turns_open(&world->settings, &world->clock, false);
    for (size_t i = 0; i < 3 * count; i++) { /* at the start, today and tomorrow */
        turns_look_at_calendars(world->turns);
        int64_t at = until_asked(world, &index);
        turns_done(world->turns, (size_t)index);
        if (i >= 2 * count)
            assert_int_equal(at - 32 * HOUR_MS, behind[index]);
        else if (i >= count)
            behind[index] = at - 8 * HOUR_MS;
    }
    turns_close(world->turns);
    arena_free(&arena);
}

static void many_with_the_same_time_come_one_after_the_other(void **state)
{
    static struct world world;
    static int64_t behind[MANY];
    size_t each_second[TURNS_CALENDAR_MS / 1000] = { 0 };
    (void)state;
    ask_by_calendar(&world, MANY, behind);
    for (size_t i = 0; i < MANY; i++) {
        assert_in_range(behind[i], 0, TURNS_CALENDAR_MS - 1);
        assert_true(++each_second[behind[i] / 1000] < MANY / 15);
    }
    ask_by_calendar(&world, 1, behind);
    assert_int_equal(behind[0], 0);
}

static void without_sources_nobody_is_ever_asked(void **state)
{
    static struct world world;
    (void)state;
    begin(&world, 0, 1, false);
    turns_look_at_calendars(world.turns);
    assert_int_equal(turns_take(world.turns), -1);
    assert_int_equal(turns_wait(world.turns, 250), 250);
    turns_close(world.turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_turns_come_one_shortly_after_the_other),
        cmocka_unit_test(then_a_thousand_are_spread_over_the_period_and_keep_their_places),
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
    return cmocka_run_group_tests_name("turns", tests, NULL, NULL);
}
