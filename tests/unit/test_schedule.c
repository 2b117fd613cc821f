/* SPDX-License-Identifier: MIT */
/* test_schedule.c - turns come when they are due, whatever the clock does */
#include "../../collector/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LIMIT = 60000 };

static void a_turn_is_taken_when_it_is_due_and_not_before(void **state)
{
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 1);
    schedule_set(&schedule, 0, 1000, 500);
    assert_int_equal(schedule_take(&schedule, 499), -1);
    assert_int_equal(schedule_wait(&schedule, 499, LIMIT), 1);
    assert_int_equal(schedule_take(&schedule, 500), 0);
    schedule_free(&schedule);
}

static void a_turn_under_way_is_not_taken_again(void **state)
{
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 1);
    schedule_set(&schedule, 0, 1000, 0);
    assert_int_equal(schedule_take(&schedule, 0), 0);
    assert_int_equal(schedule_take(&schedule, 5000), -1);
    assert_int_equal(schedule_wait(&schedule, 5000, LIMIT), LIMIT);
    schedule_done(&schedule, 0, 5000);
    assert_int_equal(schedule_wait(&schedule, 5000, LIMIT), 1000);
    schedule_free(&schedule);
}

/* A turn of every 1,000 ms that was due at 100, and was over at some time: when is the next? */
static void the_next_turn_keeps_to_the_interval(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t over, next;
    } cases[] = {
        { "at once", 100, 1100 },
        { "soon", 900, 1100 },
        { "just before the next", 1099, 1100 },
        { "as the next is due", 1100, 2100 },
        { "longer than its interval", 2500, 3100 },
        { "after a sleep of a year", 31536000250, 31536001100 },
        { "before it was due, on a clock that fails", 50, 1100 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct schedule schedule;
        schedule_init(&schedule, 1);
        schedule_set(&schedule, 0, 1000, 100);
        assert_int_equal(schedule_take(&schedule, 100), 0);
        schedule_done(&schedule, 0, cases[i].over);
        if (schedule.turns[0].due != cases[i].next)
            fail_msg("over %s: next due at %lld, not %lld", cases[i].what,
                     (long long)schedule.turns[0].due, (long long)cases[i].next);
        schedule_free(&schedule);
    }
}

static void after_a_long_sleep_each_turn_comes_once(void **state)
{
    (void)state;
    struct schedule schedule;
    int64_t now = 1000000000;
    schedule_init(&schedule, 3);
    for (size_t i = 0; i < 3; i++)
        schedule_set(&schedule, i, 1000 + (int64_t)i, 0);
    for (int taken = 0; taken < 3; taken++) {
        long index = schedule_take(&schedule, now);
        assert_in_range(index, 0, 2);
        schedule_done(&schedule, (size_t)index, now);
    }
    assert_int_equal(schedule_take(&schedule, now), -1);
    schedule_free(&schedule);
}

static void who_has_waited_longest_comes_first(void **state)
{
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 3);
    schedule_set(&schedule, 0, 1000, 30);
    schedule_set(&schedule, 1, 1000, 10);
    schedule_set(&schedule, 2, 1000, 20);
    assert_int_equal(schedule_take(&schedule, 100), 1);
    assert_int_equal(schedule_take(&schedule, 100), 2);
    assert_int_equal(schedule_take(&schedule, 100), 0);
    assert_int_equal(schedule_take(&schedule, 100), -1);
    schedule_free(&schedule);
}

static void five_hundred_sources_get_their_turns_for_a_day(void **state)
{
    (void)state;
    enum { SOURCES = 500, HOUR = 3600000 };
    static int turns[SOURCES];
    struct schedule schedule;
    schedule_init(&schedule, SOURCES);
    for (size_t i = 0; i < SOURCES; i++)
        schedule_set(&schedule, i, HOUR, (int64_t)i * 10);
    for (int64_t now = 0; now < 24 * (int64_t)HOUR;) {
        long index = schedule_take(&schedule, now);
        if (index >= 0) {
            turns[index]++;
            schedule_done(&schedule, (size_t)index, now + 5);
        } else {
            int64_t wait = schedule_wait(&schedule, now, LIMIT);
            assert_in_range(wait, 1, LIMIT);
            now += wait;
        }
    }
    for (size_t i = 0; i < SOURCES; i++)
        assert_int_equal(turns[i], 24);
    schedule_free(&schedule);
}

static void the_wait_is_never_longer_than_its_limit(void **state)
{
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 1);
    assert_int_equal(schedule_take(&schedule, INT64_MAX - 1), -1);
    assert_int_equal(schedule_wait(&schedule, 0, 250), 250);
    schedule_set(&schedule, 0, 1000, 251);
    assert_int_equal(schedule_wait(&schedule, 0, 250), 250);
    schedule_set(&schedule, 0, 1000, 249);
    assert_int_equal(schedule_wait(&schedule, 0, 250), 249);
    assert_int_equal(schedule_wait(&schedule, 1000, 250), 0);
    schedule_free(&schedule);
}

static void no_sources_means_nothing_is_ever_due(void **state)
{
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 0);
    assert_int_equal(schedule_take(&schedule, 0), -1);
    assert_int_equal(schedule_wait(&schedule, 0, LIMIT), LIMIT);
    schedule_free(&schedule);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_is_taken_when_it_is_due_and_not_before),
        cmocka_unit_test(a_turn_under_way_is_not_taken_again),
        cmocka_unit_test(the_next_turn_keeps_to_the_interval),
        cmocka_unit_test(after_a_long_sleep_each_turn_comes_once),
        cmocka_unit_test(who_has_waited_longest_comes_first),
        cmocka_unit_test(five_hundred_sources_get_their_turns_for_a_day),
        cmocka_unit_test(the_wait_is_never_longer_than_its_limit),
        cmocka_unit_test(no_sources_means_nothing_is_ever_due),
    };
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
