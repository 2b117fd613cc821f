/* SPDX-License-Identifier: MIT */
/* test_period.c - every form of a TIME_PERIOD is the span it says, anything else is refused */
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

static const struct {
    const char *text, *start, *end;
} spans[] = {
    /* years, months, days, moments */
    { "2025", "2025-01-01", "2026-01-01" },
    { "1970", "1970-01-01", "1971-01-01" },
    { "1969", "1969-01-01", "1970-01-01" },
    { "0001", "0001-01-01", "0002-01-01" },
    { "9999", "9999-01-01", "10000-01-01" },
    { "2025-03", "2025-03-01", "2025-04-01" },
    { "2025-12", "2025-12-01", "2026-01-01" },
    { "2024-02", "2024-02-01", "2024-03-01" },
    { "2025-03-31", "2025-03-31", "2025-04-01" },
    { "2024-02-29", "2024-02-29", "2024-03-01" },
    { "2000-02-29", "2000-02-29", "2000-03-01" },
    { "1900-02-28", "1900-02-28", "1900-03-01" },
    { "2025-12-31", "2025-12-31", "2026-01-01" },
    { "2025-03-31T10:00:00", "2025-03-31T10:00:00", "2025-03-31T10:00:01" },
    { "2025-03-31T23:59:59", "2025-03-31T23:59:59", "2025-04-01" },
    { "2025-03-31T00:00:00", "2025-03-31", "2025-03-31T00:00:01" },
    { "2025-03-31T10:00:00Z", "2025-03-31T10:00:00", "2025-03-31T10:00:01" },
    { "2025-03-31T10:00:00.000Z", "2025-03-31T10:00:00", "2025-03-31T10:00:01" },
    { "2025-03-31T10:00:00+08:00", "2025-03-31T02:00:00", "2025-03-31T02:00:01" },
    { "2025-03-31T02:00:00+08:00", "2025-03-30T18:00:00", "2025-03-30T18:00:01" },
    { "2025-12-31T20:30:00-05:30", "2026-01-01T02:00:00", "2026-01-01T02:00:01" },
    { "2025-03-31T10:00:00-00:00", "2025-03-31T10:00:00", "2025-03-31T10:00:01" },
    { "2025-03-31T10:00:00+14:00", "2025-03-30T20:00:00", "2025-03-30T20:00:01" },
    /* reporting periods */
    { "2025-A1", "2025-01-01", "2026-01-01" },
    { "2025-S1", "2025-01-01", "2025-07-01" },
    { "2025-S2", "2025-07-01", "2026-01-01" },
    { "2025-T1", "2025-01-01", "2025-05-01" },
    { "2025-T2", "2025-05-01", "2025-09-01" },
    { "2025-T3", "2025-09-01", "2026-01-01" },
    { "2025-Q1", "2025-01-01", "2025-04-01" },
    { "2025-Q3", "2025-07-01", "2025-10-01" },
    { "2025-Q4", "2025-10-01", "2026-01-01" },
    { "2025-M01", "2025-01-01", "2025-02-01" },
    { "2025-M09", "2025-09-01", "2025-10-01" },
    { "2025-M12", "2025-12-01", "2026-01-01" },
    { "2024-M02", "2024-02-01", "2024-03-01" },
    { "2025-D001", "2025-01-01", "2025-01-02" },
    { "2025-D045", "2025-02-14", "2025-02-15" },
    { "2024-D060", "2024-02-29", "2024-03-01" },
    { "2025-D060", "2025-03-01", "2025-03-02" },
    { "2025-D365", "2025-12-31", "2026-01-01" },
    { "2024-D366", "2024-12-31", "2025-01-01" },
    { "2000-D366", "2000-12-31", "2001-01-01" },
    /* ISO weeks: the first has the year's first Thursday in it */
    { "2025-W07", "2025-02-10", "2025-02-17" },
    { "2025-W01", "2024-12-30", "2025-01-06" },
    { "2024-W01", "2024-01-01", "2024-01-08" },
    { "2024-W52", "2024-12-23", "2024-12-30" },
    { "2021-W01", "2021-01-04", "2021-01-11" },
    { "2020-W01", "2019-12-30", "2020-01-06" },
    { "2020-W53", "2020-12-28", "2021-01-04" },
    { "2015-W53", "2015-12-28", "2016-01-04" },
    { "2016-W01", "2016-01-04", "2016-01-11" },
    { "2026-W53", "2026-12-28", "2027-01-04" },
    { "1970-W01", "1969-12-29", "1970-01-05" },
    { "1969-W01", "1968-12-30", "1969-01-06" },
    { "1900-W01", "1900-01-01", "1900-01-08" },
    { "1903-W53", "1903-12-28", "1904-01-04" },
    { "0001-W01", "0001-01-01", "0001-01-08" },
    /* a start and a duration; a day that a month does not have becomes its last */
    { "2025-01-01/P9M", "2025-01-01", "2025-10-01" },
    { "2025-01-01/P1Y", "2025-01-01", "2026-01-01" },
    { "2025-01-01/P1Y6M", "2025-01-01", "2026-07-01" },
    { "2025-01-31/P1M", "2025-01-31", "2025-02-28" },
    { "2024-01-31/P1M", "2024-01-31", "2024-02-29" },
    { "2025-01-31/P2M", "2025-01-31", "2025-03-31" },
    { "2025-03-31/P1M", "2025-03-31", "2025-04-30" },
    { "2024-02-29/P1Y", "2024-02-29", "2025-02-28" },
    { "2024-02-29/P4Y", "2024-02-29", "2028-02-29" },
    { "2025-11-30/P3M", "2025-11-30", "2026-02-28" },
    { "2025-12-15/P1M", "2025-12-15", "2026-01-15" },
    { "2025-01-01/P2W", "2025-01-01", "2025-01-15" },
    { "2025-01-01/P10D", "2025-01-01", "2025-01-11" },
    { "2025-01-31/P1M1D", "2025-01-31", "2025-03-01" },
    { "2025-01-01/PT36H", "2025-01-01", "2025-01-02T12:00:00" },
    { "2025-01-01/P1DT1H1M1S", "2025-01-01", "2025-01-02T01:01:01" },
    { "2025-01-01/PT90M", "2025-01-01", "2025-01-01T01:30:00" },
    { "2025-01-01T06:00:00/PT1H", "2025-01-01T06:00:00", "2025-01-01T07:00:00" },
    { "2025-01-31T06:00:00/P1M", "2025-01-31T06:00:00", "2025-02-28T06:00:00" },
    { "2025-01-01T06:00:00+08:00/P1D", "2024-12-31T22:00:00", "2025-01-01T22:00:00" },
    { "1968-02-29/P1Y", "1968-02-29", "1969-02-28" },
    { "9990-01-01/P10Y", "9990-01-01", "10000-01-01" },
    /* whole years, both included */
    { "2021/2023", "2021-01-01", "2024-01-01" },
    { "2021/2021", "2021-01-01", "2022-01-01" },
    { "1968/1972", "1968-01-01", "1973-01-01" },
};

static void every_form_is_the_span_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct fault fault = { 0 };
        struct period period;
        if (period_read(spans[i].text, &period, &fault) != 0)
            fail_msg("'%s' was refused: %s", spans[i].text, fault.text);
        if (period.start != moment(spans[i].start) || period.end != moment(spans[i].end))
            fail_msg("'%s' became %lld to %lld, not %s to %s", spans[i].text,
                     (long long)period.start, (long long)period.end, spans[i].start, spans[i].end);
        assert_string_equal(period.text, spans[i].text);
    }
}

static const char *const no_periods[] = {
    /* not of this calendar */
    "2024-13",
    "2024-00",
    "2023-02-29",
    "1900-02-29",
    "2025-04-31",
    "2025-01-00",
    "2025-01-32",
    "0000",
    "0000-01-01",
    "2025-00-10",
    "2025-13-10",
    "2023-D366",
    "2025-D000",
    "1900-D366",
    "2025-D367",
    "2021-W53",
    "2024-W53",
    "2025-W00",
    "2025-W54",
    "2025-A2",
    "2025-S0",
    "2025-S3",
    "2025-T4",
    "2025-Q0",
    "2025-Q5",
    "2025-M00",
    "2025-M13",
    "2025-01-01T24:00:00",
    "2025-01-01T10:60:00",
    "2025-01-01T10:00:60",
    "2025-01-01T10:00:00+15:00",
    "2025-01-01T10:00:00+14:01",
    "2025-01-01T10:00:00+08:60",
    "2023/2021",
    /* beyond the years there are */
    "0001-01-01T00:00:00+08:00",
    "9999-12-31/P2D",
    "9999-01-01/P9M4M",
    "2025-01-01/P9999Y",
    "2025-01-01/P999999W",
    "9999/9999Z",
    /* nearly */
    "25",
    "202",
    "20255",
    "2025-",
    "2025-3",
    "2025-003",
    "2025-3-1",
    "2025-03-1",
    "2025-03-",
    "2025-03-31T",
    "2025-03-31T10",
    "2025-03-31T10:00",
    "2025-03-31 10:00:00",
    "2025-03-31T10:00:00.5",
    "2025-03-31T10:00:00z",
    "2025-03-31t10:00:00",
    "2025-03-31T10:00:00+8:00",
    "2025-03-31T10:00:00+0800",
    "2025-03-31T10:00:00+08:00Z",
    "2025-03-31Z",
    "2025/",
    "2025/24",
    "2025/2026/2027",
    "2021-01/2023-12",
    "2021-2023",
    "2021/2023Z",
    "/2023",
    "2025-Q",
    "2025-Q11",
    "2025-q1",
    "2025Q1",
    "2025-M9",
    "2025-M009",
    "2025-W7",
    "2025-W007",
    "2025-w07",
    "2025-W07-1",
    "2025-D45",
    "2025-D0045",
    "2025-X1",
    "2025-A",
    "2025-A01",
    "2025-03-31/",
    "2025-03/P1M",
    "2025/P1Y",
    "2025-Q1/P1M",
    /* durations */
    "2025-01-01/P",
    "2025-01-01/PT",
    "2025-01-01/P1",
    "2025-01-01/PM",
    "2025-01-01/P1YT",
    "2025-01-01/P0M",
    "2025-01-01/P0DT0S",
    "2025-01-01/P1M1Y",
    "2025-01-01/P1M1M",
    "2025-01-01/P1H",
    "2025-01-01/PT1D",
    "2025-01-01/PT1S1M",
    "2025-01-01/P1.5M",
    "2025-01-01/-P1M",
    "2025-01-01/P-1M",
    "2025-01-01/P1m",
    "2025-01-01/1M",
    "2025-01-01/P1M ",
    "2025-01-01/P1M/P1M",
    "2025-01-01/PTT1H",
    "2025-01-01/P1000000D",
    "2025-01-01/2025-02-01",
    /* not even nearly */
    " 2025",
    "2025 ",
    "2025\n",
    "-2025",
    "+2025",
    "2O25",
    "２０２５",
    "2025年",
    "now",
    "last year",
    "2025-\xFF\xFE",
    "\xFF",
};

static void anything_else_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof no_periods / sizeof *no_periods; i++) {
        struct fault fault = { 0 };
        struct period period = { .text = "untouched" };
        if (period_read(no_periods[i], &period, &fault) != -1)
            fail_msg("'%s' was taken", no_periods[i]);
        assert_non_null(strstr(fault.text, "' is not a period; expected one like 2024, 2024-06, "));
        assert_string_equal(period.text, "untouched");
    }
}

static void a_refusal_says_what_was_expected(void **state)
{
    struct fault wrong = { 0 }, empty = { 0 };
    struct period period;
    (void)state;
    assert_int_equal(period_read("2024-13", &period, &wrong), -1);
    assert_string_equal(wrong.text, "'2024-13' is not a period; expected one like 2024, 2024-06, "
                                    "2024-Q2, 2025-W07, 2024-06-30 or 2021/2023");
    assert_int_equal(period_read("", &period, &empty), -1);
    assert_string_equal(empty.text, "an empty text is not a period; expected one like 2024, "
                                    "2024-06, 2024-Q2, 2025-W07 or 2024-06-30");
}

static void a_text_too_long_is_refused(void **state)
{
    char text[200] = "2025-01-01/P1M";
    struct fault fault = { 0 };
    struct period period;
    (void)state;
    memset(text + 11, '0', 150);
    memcpy(text + 11, "P", 1);
    text[161] = 'D';
    assert_int_equal(period_read(text, &period, &fault), -1);
}

static void a_figure_is_as_of_the_last_day_of_its_period(void **state)
{
    static const struct {
        const char *text, *as_of;
    } cases[] = {
        { "2024", "2024-12-31" },
        { "2024-02", "2024-02-29" },
        { "2024-Q2", "2024-06-30" },
        { "2024-06-30", "2024-06-30" },
        { "2020-W53", "2021-01-03" },
        { "2021/2023", "2023-12-31" },
        { "2024-06-30T10:00:00", "2024-06-30T10:00:00" },
        { "2024-06-30T10:00:00/PT23H", "2024-06-30T10:00:00" },
        { "2024-06-30T10:00:00/PT24H", "2024-06-30T10:00:00" },
        { "2024-06-30T10:00:00/PT25H", "2024-06-30T11:00:00" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct period period;
        assert_int_equal(period_read(cases[i].text, &period, &fault), 0);
        if (period_as_of(&period) != moment(cases[i].as_of))
            fail_msg("'%s' is not as of %s", cases[i].text, cases[i].as_of);
    }
}

static void every_day_of_the_calendar_reads_and_writes_as_itself(void **state)
{
    const int64_t first = moment("0001-01-01"), last = moment("9999-12-31");
    (void)state;
    for (int64_t day = first; day <= last; day += 97 * (int64_t)PERIOD_DAY) {
        char text[32];
        struct fault fault = { 0 };
        struct period period;
        period_write_time(day, text);
        if (period_read(text, &period, &fault) != 0 || period.start != day)
            fail_msg("%lld is written as '%s', which is another day", (long long)day, text);
    }
}

static void a_moment_is_written_in_utc(void **state)
{
    char text[32];
    (void)state;
    period_write_time(moment("2024-06-30"), text);
    assert_string_equal(text, "2024-06-30");
    period_write_time(moment("2024-06-30T10:00:00"), text);
    assert_string_equal(text, "2024-06-30T10:00:00Z");
    period_write_time(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
    period_write_time(moment("0009-02-03"), text);
    assert_string_equal(text, "0009-02-03");
}

static void every_week_follows_the_one_before_it(void **state)
{
    int64_t end = moment("1900-01-01");
    (void)state;
    for (int year = 1900; year < 2200; year++) {
        int weeks = 0;
        for (int week = 1; week <= 54; week++) {
            char text[32];
            struct fault fault = { 0 };
            struct period period;
            snprintf(text, sizeof text, "%04d-W%02d", year, week);
            if (period_read(text, &period, &fault) != 0)
                break;
            assert_true(period.start == end && period.end == end + 7 * PERIOD_DAY);
            end = period.end;
            weeks++;
        }
        assert_in_range(weeks, 52, 53);
    }
}

static void durations_have_one_number_and_one_unit(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        { "90s", 90 },   { "15m", 900 },        { "6h", 21600 },
        { "1d", 86400 }, { "2w", 1209600 },     { "1y", 31536000 },
        { "0s", 0 },     { "007d", 604800 },    { "999999999y", 31535999968464000 },
        { "", -1 },      { "d", -1 },           { "1", -1 },
        { "1h30m", -1 }, { "-1d", -1 },         { "+1d", -1 },
        { " 1d", -1 },   { "1d ", -1 },         { "1.5h", -1 },
        { "1M", -1 },    { "1D", -1 },          { "1ms", -1 },
        { "1é", -1 },    { "1000000000s", -1 }, { "99999999999999999999s", -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (duration_read(cases[i].text) != cases[i].seconds)
            fail_msg("'%s' became %lld", cases[i].text, (long long)duration_read(cases[i].text));
}

static void the_next_end_keeps_to_the_rhythm(void **state)
{
    static const struct {
        const char *period;
        char freq;
        const char *next; /* the day before which the next period ends */
    } cases[] = {
        { "2024", 'A', "2026-01-01" },           { "2021/2023", 'A', "2025-01-01" },
        { "2024-06", 'A', "2025-07-01" },        { "2024-S1", 'S', "2025-01-01" },
        { "2024-Q1", 'Q', "2024-07-01" },        { "2024-Q4", 'Q', "2025-04-01" },
        { "2024-01", 'M', "2024-03-01" },        { "2023-12", 'M', "2024-02-01" },
        { "2024-W52", 'W', "2025-01-06" },       { "2024-02-28", 'D', "2024-03-01" },
        { "2023-12-31", 'D', "2024-01-02" },     { "2024-01-30", 'M', "2024-02-29" },
        { "2023-12-01/P1M", 'Q', "2024-04-01" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period period, next;
        struct fault fault = { 0 };
        period_read(cases[i].period, &period, &fault);
        period_read(cases[i].next, &next, &fault);
        assert_string_equal(fault.text, "");
        if (period_next_end(&period, cases[i].freq) != next.start)
            fail_msg("%s, %c: %lld, not %s", cases[i].period, cases[i].freq,
                     (long long)period_next_end(&period, cases[i].freq), cases[i].next);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_the_span_it_says),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(a_refusal_says_what_was_expected),
        cmocka_unit_test(a_text_too_long_is_refused),
        cmocka_unit_test(a_figure_is_as_of_the_last_day_of_its_period),
        cmocka_unit_test(every_day_of_the_calendar_reads_and_writes_as_itself),
        cmocka_unit_test(a_moment_is_written_in_utc),
        cmocka_unit_test(every_week_follows_the_one_before_it),
        cmocka_unit_test(durations_have_one_number_and_one_unit),
        cmocka_unit_test(the_next_end_keeps_to_the_rhythm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
