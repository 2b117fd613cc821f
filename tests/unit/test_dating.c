/* SPDX-License-Identifier: MIT */
/* test_dating.c - dates in another order, and days that stand for longer periods */
#include "../../almanac/dating.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_order_of_day_and_month_can_be_said(void **state)
{
    static const struct {
        const char *text, *day_first, *month_first;
    } cases[] = {
        { "01/09/2024", "2024-09-01", "2024-01-09" },
        { "1.9.2024", "2024-09-01", "2024-01-09" },
        { "1-9-2024", "2024-09-01", "2024-01-09" },
        { "30/06/2024", "2024-06-30", "2024-30-06" },
        { "01/09/2024 10:00:00", "2024-09-01 10:00:00", "2024-01-09 10:00:00" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[PERIOD_TEXT];
        const char *text = cases[i].text;
        assert_string_equal(dating_respell(DATING_DAY_FIRST, text, out), cases[i].day_first);
        assert_string_equal(dating_respell(DATING_MONTH_FIRST, text, out), cases[i].month_first);
        assert_ptr_equal(dating_respell(DATING_YEAR_FIRST, text, out), text);
    }
}

static void what_is_no_such_date_stays(void **state)
{
    static const char *const cases[] = {
        "",          "2024",       "2024-09-01",
        "01/09/24",  "01/09-2024", "001/09/2024",
        "1/9/20245", "01/2024",    "01 09 2024",
        "01/09/",    "01//2024",   "/09/2024",
        "2024/9/1",  "1/009/2024", "1/9/2024 and words that are too long",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[PERIOD_TEXT];
        assert_ptr_equal(dating_respell(DATING_DAY_FIRST, cases[i], out), cases[i]);
    }
}

static void a_day_stands_for_the_period_around_it(void **state)
{
    static const struct {
        const char *text;
        char around;
        const char *period;
    } cases[] = {
        { "2024-09-01", 'M', "2024-09" },
        { "2024-09-30", 'M', "2024-09" },
        { "2024-10-01", 'Q', "2024-Q4" },
        { "2024-10-01", 'S', "2024-S2" },
        { "2024-10-01", 'A', "2024" },
        { "2024-10-01", 'W', "2024-W40" },
        { "2024-10-01T00:00:00", 'D', "2024-10-01" },
        { "2024-10-01T00:00:00.000Z", 'M', "2024-10" },
        { "2024-10-01T00:00:00", '\0', "2024-10-01T00:00:00" },
        { "2024-10-01", '\0', "2024-10-01" },
        { "2024-W40", 'M', "2024-W40" },
        { "2024-Q3", 'M', "2024-Q3" },
        { "2024-09", 'A', "2024-09" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct dating dating = { .around = cases[i].around };
        struct period period;
        struct fault fault = { 0 };
        assert_int_equal(period_read(cases[i].text, &period, &fault), 0);
        assert_int_equal(dating_widen(&dating, &period, &fault), 0);
        assert_string_equal(period.text, cases[i].period);
    }
}

static void another_moment_stands_for_none(void **state)
{
    const struct dating dating = { .around = 'M' };
    struct period period;
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(period_read("2024-10-01T00:00:00+08:00", &period, &fault), 0);
    assert_int_equal(dating_widen(&dating, &period, &fault), -1);
    assert_string_equal(fault.text, "'2024-10-01T00:00:00+08:00' is a moment; expected a day, as "
                                    "'period' says");
}

static void periods_of_one_length_can_be_taken_alone(void **state)
{
    static const struct {
        const char *text;
        char only;
        bool taken;
    } cases[] = {
        { "2024-09", 'M', true },
        { "2024-M09", 'M', true },
        { "2024-09-01/P1M", 'M', true },
        { "2024", 'M', false },
        { "2024-Q3", 'M', false },
        { "2024-01-01/P9M", 'M', false },
        { "2024-09-01", 'M', false },
        { "2024-Q3", 'Q', true },
        { "2024", 'A', true },
        { "2024-W40", 'W', true },
        { "2024-09-01", 'D', true },
        { "2024-09-01T00:00:00", 'D', false },
        { "2024-01-01/P9M", '\0', true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct dating dating = { .only = cases[i].only };
        struct period period;
        struct fault fault = { 0 };
        assert_int_equal(period_read(cases[i].text, &period, &fault), 0);
        if (dating_takes(&dating, &period) != cases[i].taken)
            fail_msg("%s", cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_day_and_month_can_be_said),
        cmocka_unit_test(what_is_no_such_date_stays),
        cmocka_unit_test(a_day_stands_for_the_period_around_it),
        cmocka_unit_test(another_moment_stands_for_none),
        cmocka_unit_test(periods_of_one_length_can_be_taken_alone),
    };
    return cmocka_run_group_tests_name("dating", tests, NULL, NULL);
}
