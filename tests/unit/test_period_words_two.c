/* SPDX-License-Identifier: MIT */
/* test_period_words_two.c - what may be two periods, and what decides between them */
#include "../../almanac/period_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void two_years_that_may_be_one_are_left_open(void **state)
{
    static const char *const cases[] = { "2023-2024", "2023–2024", "2023/2024年", "2023-2024年度" };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char read[PERIOD_TEXT], expected[256];
        struct fault fault = { 0 };
        assert_int_equal(period_words_read(cases[i], 'A', read, &fault), PERIOD_WORDS_OPEN);
        snprintf(expected, sizeof expected,
                 "'%s' may be the years 2023/2024 or a year like 2023-07-01/P1Y; expected one "
                 "of these",
                 cases[i]);
        assert_string_equal(fault.text, expected);
    }
}

/* In the figure's rhythm; '-': it has none. */
static void a_year_and_a_number_are_a_month_where_they_can_be_nothing_else(void **state)
{
    static const struct {
        char freq;
        const char *words, *month, *other; /* NULL: it is the month */
    } cases[] = {
        { '-', "2024/5", "2024-05", "a year like 2024-07-01/P1Y" },
        { 'A', "2024/5", "2024-05", "a year like 2024-07-01/P1Y" },
        { 'M', "2024/5", "2024-05", NULL },
        { '-', "2004/05", "2004-05", "a year like 2004-07-01/P1Y" },
        { '-', "2011/12", "2011-12", "a year like 2011-07-01/P1Y" },
        { '-', "2010/12", "2010-12", "the years 2010/2012" },
        { 'M', "2011/12", "2011-12", NULL },
        { '-', "2012/12", "2012-12", NULL },
        { '-', "201206", "2012-06", "the day 2020-12-06" },
        { '-', "200101", "2001-01", "the day 2020-01-01" },
        { '-', "190812", "1908-12", "the day 2019-08-12" },
        { 'M', "201206", "2012-06", NULL },
        { 'W', "202406", "2024-06", "the week 2024-W06" },
        { 'W', "2024/06", "2024-06", "the week 2024-W06" },
        { 'Q', "2024/6", "2024-06", NULL },
        { 'Q', "202412", "2024-12", NULL },
        { 'S', "2024/6", "2024-06", NULL },
        { 'D', "202406", "2024-06", NULL },
        { 'Q', "2024/4", "2024-04", "the quarter 2024-Q4" },
        { 'Q', "202401", "2024-01", "the quarter 2024-Q1" },
        { 'S', "2024/2", "2024-02", "the half-year 2024-S2" },
        { 'M', "2024.6", "2024-06", NULL },
        { 'M', "2024.06", "2024-06", NULL },
        { 'M', "2024.12", "2024-12", NULL },
        { 'M', "2024.01", "2024-01", NULL },
        { 'M', "2024.1", "2024-01", "the month 2024-10, cut by a spreadsheet" },
        { 'W', "2024年6月", "2024-06", NULL },
        { 'W', "2024/6/3", "2024-06-03", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char read[PERIOD_TEXT], expected[256];
        struct fault fault = { 0 };
        char freq = cases[i].freq == '-' ? '\0' : cases[i].freq;
        int end = period_words_read(cases[i].words, freq, read, &fault);
        snprintf(expected, sizeof expected, "'%s' may be %s or %s; expected one of these",
                 cases[i].words, cases[i].month, cases[i].other);
        assert_string_equal(fault.text, cases[i].other == NULL ? "" : expected);
        assert_string_equal(read, cases[i].month);
        assert_int_equal(end, cases[i].other == NULL ? PERIOD_WORDS_READ : PERIOD_WORDS_OPEN);
    }
}

static void what_a_word_calls_a_year_is_no_month(void **state)
{
    static const char *const cases[] = { "2011.12年度", "2024.6年", "year 2024.6", "2024年.6" };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char read[PERIOD_TEXT];
        struct fault fault = { 0 };
        if (period_words_read(cases[i], 'M', read, &fault) == PERIOD_WORDS_READ)
            fail_msg("'%s' is read as %s", cases[i], read);
    }
}

static void a_year_that_ends_in_the_next_says_when_it_begins(void **state)
{
    static const char *const cases[] = {
        "2023/24",     "2023-24",      "2024–25",   "2010/15",
        "2011/12年度", "year 2011/12", "2011/12年", "全年2011/12"
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char read[PERIOD_TEXT], expected[256];
        struct fault fault = { 0 };
        assert_int_equal(period_words_read(cases[i], 'M', read, &fault), PERIOD_WORDS_OPEN);
        snprintf(expected, sizeof expected,
                 "'%s' is no year of the calendar; expected its first day and its length, like "
                 "2023-07-01/P1Y",
                 cases[i]);
        assert_string_equal(fault.text, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_that_may_be_one_are_left_open),
        cmocka_unit_test(a_year_and_a_number_are_a_month_where_they_can_be_nothing_else),
        cmocka_unit_test(what_a_word_calls_a_year_is_no_month),
        cmocka_unit_test(a_year_that_ends_in_the_next_says_when_it_begins),
    };
    return cmocka_run_group_tests_name("period_words_two", tests, NULL, NULL);
}
