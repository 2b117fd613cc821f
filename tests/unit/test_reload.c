/* SPDX-License-Identifier: MIT */
/* test_reload.c - whoever asks for a reload is told how it went, and so are the metrics */
#include "../../almanac/reload.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int64_t now_ms = 1000000;

static int64_t now(void *owner)
{
    (void)owner;
    return now_ms;
}

static const struct clock given = { now, now, NULL };

/* One that asks, on a thread of its own. */
struct asking {
    struct reload *reload;
    pthread_t thread;
    struct fault fault;
    int result;
};

static void *ask(void *argument)
{
    struct asking *asking = argument;
    asking->result = reload_ask(asking->reload, &asking->fault);
    return NULL;
}

static void start_asking(struct asking *asking, struct reload *reload)
{
    *asking = (struct asking){ .reload = reload, .result = 2 };
    assert_int_equal(pthread_create(&asking->thread, NULL, ask, asking), 0);
}

static void wait_for_signal(void)
{
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    assert_int_equal(sigwait(&set, &number), 0);
}

static void must_be_told(struct asking *asking, int result, const char *words)
{
    pthread_join(asking->thread, NULL);
    assert_int_equal(asking->result, result);
    assert_string_equal(asking->fault.text, words);
}

/* Whose main thread waits. */
static struct reload *open_started(void)
{
    struct reload *reload = reload_open(&given);
    reload_start(reload);
    return reload;
}

static void end(struct reload *reload, const char *refusal)
{
    struct fault fault = { 0 };
    fault_set(&fault, "%s", refusal);
    reload_end(reload, *refusal == '\0' ? NULL : &fault);
}

static void who_asks_is_told_how_it_went(void **state)
{
    static const char *const refusals[] = { "", "almanac.yaml:3: unknown key 'colour'", "" };
    struct reload *reload = open_started();
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct asking asking;
        start_asking(&asking, reload);
        wait_for_signal();
        reload_begin(reload);
        end(reload, refusals[i]);
        must_be_told(&asking, *refusals[i] == '\0' ? 0 : -1, refusals[i]);
    }
    reload_close(reload);
}

static void a_reading_that_had_begun_before_is_not_the_one_asked_for(void **state)
{
    struct reload *reload = open_started();
    struct asking asking;
    (void)state;
    reload_begin(reload);
    start_asking(&asking, reload);
    wait_for_signal();
    end(reload, "the file was not written yet");
    reload_begin(reload);
    end(reload, "");
    must_be_told(&asking, 0, "");
    reload_close(reload);
}

static void one_reading_is_enough_for_many(void **state)
{
    enum { MANY = 5 };
    struct reload *reload = open_started();
    struct asking asking[MANY];
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        start_asking(&asking[i], reload);
        wait_for_signal();
    }
    reload_begin(reload);
    end(reload, "no");
    for (size_t i = 0; i < MANY; i++)
        must_be_told(&asking[i], -1, "no");
    reload_close(reload);
}

static void nobody_waits_for_a_program_that_stops(void **state)
{
    struct reload *reload = open_started();
    struct asking asking;
    (void)state;
    start_asking(&asking, reload);
    wait_for_signal();
    reload_stop(reload);
    must_be_told(&asking, 1, "the server is stopping");
    reload_close(reload);
}

/* A start that fails would wait for whoever waits for it. */
static void nobody_waits_for_a_program_that_starts(void **state)
{
    struct reload *reload = reload_open(&given);
    struct asking asking;
    (void)state;
    start_asking(&asking, reload);
    must_be_told(&asking, 1, "the server is starting; try again shortly");
    reload_close(reload);
}

static void must_write(struct reload *reload, const char *good, const char *when)
{
    struct exposition out = { .format = EXPOSITION_TEXT };
    reload_write(reload, &out, NULL, "x_successful", "x_timestamp_seconds");
    assert_non_null(strstr(out.page.bytes, good));
    assert_non_null(strstr(out.page.bytes, when));
    text_free(&out.page);
}

static void a_refusal_shows_and_the_time_stays_that_of_the_last_good_one(void **state)
{
    struct reload *reload = reload_open(&given);
    (void)state;
    must_write(reload, "\nx_successful 1\n", "\nx_timestamp_seconds 1000\n");
    now_ms = 2000000;
    reload_begin(reload);
    end(reload, "no");
    must_write(reload, "\nx_successful 0\n", "\nx_timestamp_seconds 1000\n");
    reload_begin(reload);
    end(reload, "");
    must_write(reload, "\nx_successful 1\n", "\nx_timestamp_seconds 2000\n");
    reload_close(reload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_is_told_how_it_went),
        cmocka_unit_test(a_reading_that_had_begun_before_is_not_the_one_asked_for),
        cmocka_unit_test(one_reading_is_enough_for_many),
        cmocka_unit_test(nobody_waits_for_a_program_that_stops),
        cmocka_unit_test(nobody_waits_for_a_program_that_starts),
        cmocka_unit_test(a_refusal_shows_and_the_time_stays_that_of_the_last_good_one),
    };
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
