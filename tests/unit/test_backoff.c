/* SPDX-License-Identifier: MIT */
/* test_backoff.c - delays grow, have a limit, and are spread over all that is below it */
#include "../../collector/backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MANY = 10000 };

/* The largest and the mean of many delays after so many failures. */
static void look(unsigned failures, int64_t *largest, int64_t *mean)
{
    struct backoff backoff = { 1 };
    int64_t sum = 0;
    *largest = 0;
    for (int i = 0; i < MANY; i++) {
        int64_t delay = backoff_delay(&backoff, failures);
        assert_true(delay >= 0);
        sum += delay;
        if (delay > *largest)
            *largest = delay;
    }
    *mean = sum / MANY;
}

static void they_double_up_to_a_limit_and_are_spread_evenly(void **state)
{
    (void)state;
    static const struct {
        unsigned failures;
        int64_t most;
    } cases[] = { { 1, 2000 },   { 2, 4000 },   { 3, 8000 },        { 7, 128000 },
                  { 8, 256000 }, { 9, 300000 }, { 1000000, 300000 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t largest, mean, most = cases[i].most;
        look(cases[i].failures, &largest, &mean);
        assert_true(largest <= most && largest > most * 99 / 100);
        assert_true(mean > most * 48 / 100 && mean < most * 52 / 100);
    }
}

static void the_same_beginning_gives_the_same_delays(void **state)
{
    (void)state;
    struct backoff one = { 7 }, same = { 7 }, other = { 8 };
    int64_t first = backoff_delay(&one, 5);
    assert_int_equal(first, backoff_delay(&same, 5));
    assert_int_not_equal(first, backoff_delay(&other, 5));
    assert_int_not_equal(first, backoff_delay(&one, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_double_up_to_a_limit_and_are_spread_evenly),
        cmocka_unit_test(the_same_beginning_gives_the_same_delays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
