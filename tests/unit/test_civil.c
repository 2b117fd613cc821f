/* SPDX-License-Identifier: MIT */
/* test_civil.c - days and moments of the Gregorian calendar */
#include "../../almanac/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static void assert_at(int64_t seconds, const char *expected)
{
    char found[32];
    struct civil_moment at = civil_at(seconds);
    snprintf(found, sizeof found, "%04d-%02d-%02d %02d:%02d:%02d", at.year, at.month, at.day,
             at.hour, at.minute, at.second);
    assert_string_equal(found, expected);
}

static void moments_go_beyond_32_bits(void **state)
{
    (void)state;
    assert_at(0, "1970-01-01 00:00:00");
    assert_at(-1, "1969-12-31 23:59:59");
    assert_at(INT64_C(2147483648), "2038-01-19 03:14:08");
    assert_at(INT64_C(-2147483649), "1901-12-13 20:45:51");
    assert_at(INT64_C(253402300799), "9999-12-31 23:59:59");
    assert_at(INT64_C(253402300800), "10000-01-01 00:00:00");
    assert_at(INT64_C(-62135596800), "0001-01-01 00:00:00");
    assert_at(INT64_C(-62135596801), "0000-12-31 23:59:59");
}

static void every_day_is_on_its_date(void **state)
{
    (void)state;
    for (int year = 1; year <= 2401; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= civil_days_in_month(year, month); day++) {
                struct civil_moment at = civil_at(civil_day(year, month, day) * 86400 + 86399);
                assert_true(at.year == year && at.month == month && at.day == day);
                assert_true(at.hour == 23 && at.minute == 59 && at.second == 59);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_c_library),
        cmocka_unit_test(months_end_where_the_next_begins),
        cmocka_unit_test(leap_years_are_told),
        cmocka_unit_test(moments_go_beyond_32_bits),
        cmocka_unit_test(every_day_is_on_its_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
