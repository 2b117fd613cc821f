/* SPDX-License-Identifier: MIT */
/* test_period_words.c - periods in words, and those that words leave open */
#include "../../almanac/period_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *words, *period;
} read_as[] = {
    { "2024-06", "2024-06" },
    { "2024-Q2", "2024-Q2" },
    { "2021/2023", "2021/2023" },
    { "2024-01-01/P9M", "2024-01-01/P9M" },
    { "2024", "2024" },
    { "2024年", "2024" },
    { "２０２４年", "2024" },
    { "2024年度", "2024" },
    { "2024年全年", "2024" },
    { "2024全年", "2024" },
    { "2024年底", "2024" },
    { "2024年末", "2024" },
    { "截至2024年年底", "2024" },
    { "二〇二四年", "2024" },
    { "二零二四年", "2024" },
    { "2024年6月", "2024-06" },
    { "2024年06月", "2024-06" },
    { "2024年6月份", "2024-06" },
    { "2024年6月底", "2024-06" },
    { "截至2024年6月末", "2024-06" },
    { "截止到2024年6月", "2024-06" },
    { "截止2024年6月", "2024-06" },
    { "截至到2024年6月", "2024-06" },
    { "2024 年 6 月", "2024-06" },
    { "２０２４年１２月", "2024-12" },
    { "二〇二四年六月", "2024-06" },
    { "二〇二四年十月", "2024-10" },
    { "二〇二四年十二月", "2024-12" },
    { "2024年6月30日", "2024-06-30" },
    { "2024年6月3号", "2024-06-03" },
    { "截至2024年6月30日", "2024-06-30" },
    { "二〇二四年六月三十日", "2024-06-30" },
    { "二〇二四年五月三十一日", "2024-05-31" },
    { "二〇二四年六月十八日", "2024-06-18" },
    { "2024.6.30", "2024-06-30" },
    { "2024/6/30", "2024-06-30" },
    { "2024-6-3", "2024-06-03" },
    { "2024/6", "2024-06" },
    { "2024/06", "2024-06" },
    { "2024/05", "2024-05" },
    { "2024 / 12", "2024-12" },
    { "２０２４／６", "2024-06" },
    { "2019/10", "2019-10" },
    { "202406", "2024-06" },
    { "199812", "1998-12" },
    { "200001", "2000-01" },
    { "201312", "2013-12" },
    { "2024年上半年", "2024-S1" },
    { "2024年下半年", "2024-S2" },
    { "2024上半年", "2024-S1" },
    { "二〇二四年上半年", "2024-S1" },
    { "2024年第三季度", "2024-Q3" },
    { "2024年三季度", "2024-Q3" },
    { "2024年第3季度", "2024-Q3" },
    { "2024年一季度末", "2024-Q1" },
    { "2024年Q3", "2024-Q3" },
    { "2024Q3", "2024-Q3" },
    { "2024年前三季度", "2024-01-01/P9M" },
    { "2024年前三个季度", "2024-01-01/P9M" },
    { "2024年前两季度", "2024-01-01/P6M" },
    { "2024年一至三季度", "2024-01-01/P9M" },
    { "2024年前四季度", "2024-01-01/P12M" },
    { "2024年一至四季度", "2024-01-01/P12M" },
    { "2024年第二季度至第三季度", "2024-04-01/P6M" },
    { "2024年前6个月", "2024-01-01/P6M" },
    { "2024年前十一个月", "2024-01-01/P11M" },
    { "2024年前12个月", "2024-01-01/P12M" },
    { "2024年1—6月", "2024-01-01/P6M" },
    { "2024年1—12月", "2024-01-01/P12M" },
    { "2024年1-6月", "2024-01-01/P6M" },
    { "2024年1～6月", "2024-01-01/P6M" },
    { "2024年1月至6月", "2024-01-01/P6M" },
    { "自2024年1月至2024年6月", "2024-01-01/P6M" },
    { "2021年7月到2024年6月", "2021-07-01/P36M" },
    { "2021—2023年", "2021/2023" },
    { "2021-2023", "2021/2023" },
    { "2021–2023", "2021/2023" },
    { "2021年至2023年", "2021/2023" },
    { "2021至2023年", "2021/2023" },
    { "从2021年到2023年", "2021/2023" },
    { "2021——2023年", "2021/2023" },
    { "2024年6月1日至6月30日", "2024-06-01/P30D" },
    { "2024年6月1日至30日", "2024-06-01/P30D" },
    { "2023年12月30日至2024年1月2日", "2023-12-30/P4D" },
    { "June 2024", "2024-06" },
    { "june 2024", "2024-06" },
    { "Jun. 2024", "2024-06" },
    { "Sept 2024", "2024-09" },
    { "June, 2024", "2024-06" },
    { "in June 2024", "2024-06" },
    { "May 2024", "2024-05" },
    { "the end of June 2024", "2024-06" },
    { "end-June 2024", "2024-06" },
    { "as of 30 June 2024", "2024-06-30" },
    { "30 June 2024", "2024-06-30" },
    { "30th of June 2024", "2024-06-30" },
    { "June 30, 2024", "2024-06-30" },
    { "June 3rd, 2024", "2024-06-03" },
    { "June 1st, 2024", "2024-06-01" },
    { "June 2nd, 2024", "2024-06-02" },
    { "Q3 2024", "2024-Q3" },
    { "2024 Q3", "2024-Q3" },
    { "the third quarter of 2024", "2024-Q3" },
    { "3rd quarter of 2024", "2024-Q3" },
    { "the first half of 2024", "2024-S1" },
    { "second half of 2024", "2024-S2" },
    { "H1 2024", "2024-S1" },
    { "1H2024", "2024-S1" },
    { "2024 H2", "2024-S2" },
    { "the first nine months of 2024", "2024-01-01/P9M" },
    { "the first three quarters of 2024", "2024-01-01/P9M" },
    { "the year 2024", "2024" },
    { "the end of 2024", "2024" },
    { "at the end of 2024", "2024" },
    { "2021 to 2023", "2021/2023" },
    { "from 2021 to 2023", "2021/2023" },
    { "between 2021 and 2023", "2021/2023" },
    { "January to June 2024", "2024-01-01/P6M" },
    { "Jan–Jun 2024", "2024-01-01/P6M" },
    { "from July 2021 through June 2024", "2021-07-01/P36M" },
    { "1-30 June 2024", "2024-06-01/P30D" },
    { "1 May to 30 June 2024", "2024-05-01/P61D" },
    { "June 1 to June 30, 2024", "2024-06-01/P30D" },
    { "June 1–30, 2024", "2024-06-01/P30D" },
    { "30 December 2023 to 2 January 2024", "2023-12-30/P4D" },
    { "2024 JAN", "2024-01" },
    { "2024Sep", "2024-09" },
    { "2024-Sep", "2024-09" },
    { "Sep-2024", "2024-09" },
    { "30-Jun-2024", "2024-06-30" },
    { "2024M06", "2024-06" },
    { "2024M6", "2024-06" },
    { "2024W01", "2024-W01" },
    { "2024-H1", "2024-S1" },
    { "Q3-2024", "2024-Q3" },
    { "20240630", "2024-06-30" },
    { "2024-06-30 10:00:00", "2024-06-30T10:00:00" },
    { "2023—2024年", "2023/2024" },
    { "2023 to 2024", "2023/2024" },
    { "2023至2024", "2023/2024" },
    { "2021—2023年度", "2021/2023" },
};

static void what_says_when_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof read_as / sizeof *read_as; i++) {
        struct fault fault = { 0 };
        char read[PERIOD_TEXT];
        if (period_words_read(read_as[i].words, '\0', read, &fault) != 0)
            fail_msg("%s", fault.text);
        assert_string_equal(read, read_as[i].period);
    }
}

static void every_month_and_number_in_words_has_its_place(void **state)
{
    static const char *const months[12][3] = {
        { "January", "Jan" },
        { "February", "Feb" },
        { "March", "Mar" },
        { "April", "Apr" },
        { "May" },
        { "June", "Jun" },
        { "July", "Jul" },
        { "August", "Aug" },
        { "September", "Sep", "Sept" },
        { "October", "Oct" },
        { "November", "Nov" },
        { "December", "Dec" },
    };
    static const char *const numbers[] = { "two",   "three", "four", "five", "six",
                                           "seven", "eight", "nine", "ten",  "eleven" };
    static const char *const quarters[] = { "first", "second", "third", "fourth" };
    char words[64], expected[32], read[PERIOD_TEXT];
    struct fault fault = { 0 };
    (void)state;
    for (int i = 0; i < 12; i++)
        for (int k = 0; k < 3 && months[i][k] != NULL; k++) {
            snprintf(words, sizeof words, "%s 2024", months[i][k]);
            snprintf(expected, sizeof expected, "2024-%02d", i + 1);
            assert_int_equal(period_words_read(words, '\0', read, &fault), 0);
            assert_string_equal(read, expected);
        }
    for (int i = 0; i < 10; i++) {
        snprintf(words, sizeof words, "the first %s months of 2024", numbers[i]);
        snprintf(expected, sizeof expected, "2024-01-01/P%dM", i + 2);
        assert_int_equal(period_words_read(words, '\0', read, &fault), 0);
        assert_string_equal(read, expected);
    }
    for (int i = 0; i < 4; i++) {
        snprintf(words, sizeof words, "the %s quarter of 2024", quarters[i]);
        snprintf(expected, sizeof expected, "2024-Q%d", i + 1);
        assert_int_equal(period_words_read(words, '\0', read, &fault), 0);
        assert_string_equal(read, expected);
    }
}

#define EXPECTED "expected one like 2024年6月, 2024年上半年, 2021—2023年, June 2024 or 2024-06-30"

static void must_refuse(const char *words, const char *why)
{
    char read[PERIOD_TEXT], expected[512];
    struct fault fault = { 0 };
    if (period_words_read(words, '\0', read, &fault) == 0)
        fail_msg("'%s' is read as %s", words, read);
    snprintf(expected, sizeof expected, "'%s' is no period%s; " EXPECTED, words, why);
    assert_string_equal(fault.text, expected);
}

static void what_leaves_open_when_is_refused_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        const char *words, *why;
    } cases[] = {
        { "近三年", ": '近' counts from a day that it does not name" },
        { "过去三年", ": '过去' counts from a day that it does not name" },
        { "去年", ": '去年' counts from a day that it does not name" },
        { "今年上半年", ": '今年' counts from a day that it does not name" },
        { "last year", ": 'last' counts from a day that it does not name" },
        { "the past three years", ": 'past' counts from a day that it does not name" },
        { "2021年以来", ": '以来' says where it begins, but not where it ends" },
        { "since 2021", ": 'since' says where it begins, but not where it ends" },
        { "FY2024", ": 'fy' is not a year of the calendar" },
        { "2024财年", ": '财年' is not a year of the calendar" },
        { "2024年初", ": '初' does not say exactly when" },
        { "2024年中", ": '中' does not say exactly when" },
        { "2024年6月上旬", ": '上旬' does not say exactly when" },
        { "mid 2024", ": 'mid' does not say exactly when" },
        { "early 2024", ": 'early' does not say exactly when" },
        { "late 2024", ": 'late' does not say exactly when" },
        { "2024年6月中旬", ": '中旬' does not say exactly when" },
        { "2024年6月下旬", ": '下旬' does not say exactly when" },
        { "fiscal year 2024", ": 'fiscal' is not a year of the calendar" },
        { "2024学年", ": '学年' is not a year of the calendar" },
        { "2024财政年度", ": '财政' is not a year of the calendar" },
        { "2024年起", ": '起' says where it begins, but not where it ends" },
        { "this year", ": 'this' counts from a day that it does not name" },
        { "the current quarter", ": 'current' counts from a day that it does not name" },
        { "the previous quarter", ": 'previous' counts from a day that it does not name" },
        { "recent months", ": 'recent' counts from a day that it does not name" },
        { "next June", ": 'next' counts from a day that it does not name" },
        { "本年6月", ": '本年' counts from a day that it does not name" },
        { "上年6月", ": '上年' counts from a day that it does not name" },
        { "明年6月", ": '明年' counts from a day that it does not name" },
        { "上月", ": '上月' counts from a day that it does not name" },
        { "本月", ": '本月' counts from a day that it does not name" },
        { "本季度", ": '本季度' counts from a day that it does not name" },
        { "截至目前", ": '目前' counts from a day that it does not name" },
        { "2024年同期", ": '同期' counts from a day that it does not name" },
        { "上半年", ": it does not say which year" },
        { "全年", ": it does not say which year" },
        { "年", ": it does not say which year" },
        { "6月", ": it does not say which year" },
        { "6月30日", ": it does not say which year" },
        { "June", ": it does not say which year" },
        { "24年6月", ": it does not say which year" },
        { "“十四五”期间", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_refuse(cases[i].words, cases[i].why);
}

static void what_is_no_period_or_may_be_two_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "soon",
        "月",
        "-",
        "2024年13月",
        "2024年0月",
        "2024年6月1日至0日",
        "2024年6月1日至00月5日",
        "2024年1月至0000年6月",
        "2024年2月30日",
        "2024年第五季度",
        "2024年前十三个月",
        "2024年前五季度",
        "2024年6个月",
        "2024年前6月",
        "2024年6月至3月",
        "2024年6月至13月",
        "2023—2021年",
        "自2021年",
        "2021 and 2023",
        "2021、2023年",
        "2024/13",
        "2024/00",
        "2024/006",
        "2024-6",
        "2024-5",
        "2024.6",
        "202400",
        "202413",
        "2024/6年",
        "202406年度",
        "the year 202406",
        "全年2024/6",
        "202406-09",
        "110101",
        "440304",
        "210012",
        "20240631",
        "20241301",
        "20232024",
        "44030400",
        "2024M13",
        "2024M00",
        "2024W54",
        "2024-H3",
        "Q5-2024",
        "2024-06-30 25:00:00",
        "2024-06-30 10:00:00.5",
        "2023 / 2025",
        "30/06/2024",
        "06/2024",
        "June 31, 2024",
        "the second nine months of 2024",
        "2024年一二月",
        "2024年百月",
        "20245年",
        "202年",
        "第三季度至第四季度2024年",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 2024",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char read[PERIOD_TEXT];
        struct fault fault = { 0 };
        if (period_words_read(cases[i], '\0', read, &fault) != PERIOD_WORDS_UNKNOWN)
            fail_msg("'%s' is read as %s", cases[i], read);
        assert_non_null(strstr(fault.text, EXPECTED));
    }
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char text[400], read[PERIOD_TEXT];
    struct fault fault = { 0 };
    memset(text, '2', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(period_words_read(text, '\0', read, &fault), PERIOD_WORDS_UNKNOWN);
    assert_string_equal(fault.text,
                        "'22222222222222222222…' is too long for a period; expected at most 255 "
                        "bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_when_is_read),
        cmocka_unit_test(every_month_and_number_in_words_has_its_place),
        cmocka_unit_test(what_leaves_open_when_is_refused_with_the_reason),
        cmocka_unit_test(what_is_no_period_or_may_be_two_is_refused),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
    };
    return cmocka_run_group_tests_name("period_words", tests, NULL, NULL);
}
