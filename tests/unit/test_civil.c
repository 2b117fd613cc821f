/* SPDX-License-Identifier: MIT */
/* test_civil.c - days of the Gregorian calendar */
#include "../../almanac/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

static void days_are_those_of_the_c_library(void **state)
{
    (void)state;
    for (int year = 1; year <= 9999; year += 7)
        for (int month = 1; month <= 12; month++) {
            struct tm date = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = 17 };
            assert_int_equal(civil_day(year, month, 17) * 86400, timegm(&date));
        }
}

static void months_end_where_the_next_begins(void **state)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    (void)state;
    for (int month = 1; month <= 12; month++) {
        assert_int_equal(civil_days_in_month(2023, month), days[month - 1]);
        assert_int_equal(civil_days_in_month(2024, month), days[month - 1] + (month == 2));
    }
    assert_int_equal(civil_day(2023, 13, 1), civil_day(2024, 1, 1));
    assert_int_equal(civil_day(2023, 27, 1), civil_day(2025, 3, 1));
}

static void leap_years_are_told(void **state)
{
    (void)state;
    assert_true(civil_is_leap(2024));
    assert_true(civil_is_leap(2000));
    assert_false(civil_is_leap(1900));
    assert_false(civil_is_leap(2023));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_c_library),
        cmocka_unit_test(months_end_where_the_next_begins),
        cmocka_unit_test(leap_years_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
