/* SPDX-License-Identifier: MIT */
/* test_period_around.c - the period that a moment is in, as SDMX calls it */
#include "../../almanac/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* "2024-06-30" or "2024-06-30T10:00:00" by libc's calendar, which the module does not use. */
static int64_t moment(const char *text)
{
    struct tm utc = { 0 };
    int fields = sscanf(text, "%d-%d-%dT%d:%d:%d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
                        &utc.tm_hour, &utc.tm_min, &utc.tm_sec);
    assert_true(fields == 3 || fields == 6);
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    return timegm(&utc);
}

/* Every hundredth day and some hours, and what each period around it is called. */
static void the_period_around_a_moment_has_it_in_it(void **state)
{
    static const struct {
        char freq;
        int64_t least, most; /* days */
    } cases[] = { { 'A', 365, 366 }, { 'S', 181, 184 }, { 'Q', 90, 92 },
                  { 'M', 28, 31 },   { 'W', 7, 7 },     { 'D', 1, 1 } };
    int64_t end = moment("9999-12-26");
    (void)state;
    for (int64_t at = moment("0001-01-01"); at < end; at += 100 * PERIOD_DAY + 34567)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char text[32];
            struct period period;
            struct fault fault = { 0 };
            assert_true(period_write_around(at, cases[i].freq, text));
            assert_int_equal(period_read(text, &period, &fault), 0);
            int64_t length = (period.end - period.start) / PERIOD_DAY;
            if (at < period.start || at >= period.end || length < cases[i].least ||
                length > cases[i].most)
                fail_msg("%lld is not in %s", (long long)at, text);
        }
}

static void the_period_around_a_moment_is_called_as_sdmx_does(void **state)
{
    static const struct {
        const char *moment;
        char freq;
        const char *text;
    } cases[] = {
        { "2024-06-30T23:59:59", 'A', "2024" },
        { "2024-06-30T23:59:59", 'S', "2024-S1" },
        { "2024-07-01T00:00:00", 'S', "2024-S2" },
        { "2024-06-30T23:59:59", 'Q', "2024-Q2" },
        { "2024-07-01T00:00:00", 'Q', "2024-Q3" },
        { "2024-07-01T00:00:00", 'M', "2024-07" },
        { "2024-12-31T00:00:00", 'W', "2025-W01" },
        { "2023-01-01T00:00:00", 'W', "2022-W52" },
        { "1969-12-31T23:59:59", 'D', "1969-12-31" },
        { "2024-06-30T00:00:00", '\0', "2024-06-30T00:00:00Z" },
        { "0009-06-30T10:11:12", '\0', "0009-06-30T10:11:12Z" },
    };
    char text[32];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(period_write_around(moment(cases[i].moment), cases[i].freq, text));
        assert_string_equal(text, cases[i].text);
    }
    assert_false(period_write_around(moment("0001-01-01") - 1, 'D', text));
    assert_false(period_write_around(moment("9999-12-31") + PERIOD_DAY, 'D', text));
    assert_false(period_write_around(INT64_MAX, 'D', text));
    assert_false(period_write_around(INT64_MIN, 'D', text));
}

static void the_last_second_of_a_day_is_the_day(void **state)
{
    static const struct {
        const char *until, *last;
    } cases[] = {
        { "2024-07-01", "2024-06-30" },
        { "1970-01-01", "1969-12-31" },
        { "2024-06-30T00:00:01", "2024-06-30T00:00:00Z" },
        { "2024-06-30T10:00:00", "2024-06-30T09:59:59Z" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        period_write_last(moment(cases[i].until) - 1, text);
        assert_string_equal(text, cases[i].last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_period_around_a_moment_has_it_in_it),
        cmocka_unit_test(the_period_around_a_moment_is_called_as_sdmx_does),
        cmocka_unit_test(the_last_second_of_a_day_is_the_day),
    };
    return cmocka_run_group_tests_name("period_around", tests, NULL, NULL);
}
