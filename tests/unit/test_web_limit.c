/* SPDX-License-Identifier: MIT */
/* test_web_limit.c - a bucket of tokens, by a clock of our own */
#include "../../almanac/web_limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* How many of ten requests at this moment pass. */
static int pass(struct web_limit *limit, int64_t now_ms)
{
    int passed = 0;
    for (int i = 0; i < 10; i++)
        passed += web_limit_take(limit, now_ms);
    return passed;
}

static void a_burst_passes_and_then_one_each_interval(void **state)
{
    struct web_limit limit;
    (void)state;
    web_limit_init(&limit, 100, 3, 5000);
    assert_int_equal(pass(&limit, 5000), 3);
    assert_int_equal(pass(&limit, 5099), 0);
    assert_int_equal(pass(&limit, 5100), 1);
    assert_int_equal(pass(&limit, 5350), 2);
    assert_int_equal(pass(&limit, 5400), 1);
    assert_int_equal(pass(&limit, 999999), 3);
    web_limit_free(&limit);
}

static void without_a_burst_there_is_one_each_interval(void **state)
{
    struct web_limit limit;
    (void)state;
    web_limit_init(&limit, 1000, 0, 0);
    assert_int_equal(pass(&limit, 0), 1);
    assert_int_equal(pass(&limit, 999), 0);
    assert_int_equal(pass(&limit, 1000), 1);
    web_limit_free(&limit);
}

static void without_an_interval_there_is_no_limit(void **state)
{
    struct web_limit limit;
    (void)state;
    web_limit_init(&limit, 0, 0, 0);
    assert_int_equal(pass(&limit, 0), 10);
    web_limit_free(&limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_passes_and_then_one_each_interval),
        cmocka_unit_test(without_a_burst_there_is_one_each_interval),
        cmocka_unit_test(without_an_interval_there_is_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
