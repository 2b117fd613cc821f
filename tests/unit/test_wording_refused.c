/* SPDX-License-Identifier: MIT */
/* test_wording_refused.c - what may be two numbers, or none, is refused and never guessed */
#include "../../almanac/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct wording_style decimal_point = { .decimal_comma = false };
static const struct wording_style decimal_comma = { .decimal_comma = true };

static void must_refuse(const struct wording_style *style, const char *text, const char *words)
{
    struct fault fault = { 0 };
    struct wording wording = { .value = { "untouched" } };
    if (wording_read(text, style, &wording, &fault) != -1)
        fail_msg("'%s' was taken as %s '%s'", text, comparator_text(wording.comparator),
                 wording.value.text);
    assert_string_equal(fault.text, words);
    assert_string_equal(wording.value.text, "untouched");
}

#define NO_NUMBER                                                                                  \
    " names no number; expected one, or an empty value with an obs_status that says why"
#define SIDE_BY_SIDE                                                                               \
    " has numbers side by side, which may be a range; expected one, like 35 or 三十五"
#define COLLOQUIAL                                                                                   \
    " does not say what its last digits count, as 一百五 may be 150 or 105; expected that said, " \
    "like 一百五十 or 一百零五"
#define OUT_OF_PLACE                                                                               \
    " has digits out of place; expected places that fall, and 零 only for those that are "        \
    "skipped, like 一千零二十"
#define SEVERAL " does not say how many; expected a number"
#define IMPLIED " does not say how many; expected a digit in front, like 一百"
#define RANGE   " may lead to a second number; expected one number, not a range"
#define RISE    " has multipliers that do not rise; expected them as in 百万 or 万亿"
#define NOT_UNDERSTOOD                                                                             \
    " is not understood; expected a number and at most a unit, like 160, 超160家, 3.5亿元 or " \
    "1.2 billion"
#define GROUPS                                                                                     \
    " stands where the source's style has none; expected one decimal point, and thousands in "     \
    "groups of three"
#define CURRENCY " is more than one currency's; expected one like CNY, 元, USD or 美元"
#define ENDS     " ends where a number was expected, like 160, 3.5亿 or 一千二百"
/* Each text with the words behind it. */
static const struct {
    const char *text, *words;
} refused[] = {
    { "", NO_NUMBER },
    { " ", NO_NUMBER },
    { "-", NO_NUMBER },
    { "－", NO_NUMBER },
    { "—", NO_NUMBER },
    { "——", NO_NUMBER },
    { "...", NO_NUMBER },
    { "…", NO_NUMBER },
    { "N/A", NO_NUMBER },
    { "#N/A", NO_NUMBER },
    { "NaN", NO_NUMBER },
    { "暂无", NO_NUMBER },
    { "--", NO_NUMBER },
    { "–", NO_NUMBER },
    { "/", NO_NUMBER },
    { "*", NO_NUMBER },
    { ".", NO_NUMBER },
    { "..", NO_NUMBER },
    { "……", NO_NUMBER },
    { "?", NO_NUMBER },
    { "na", NO_NUMBER },
    { "n.a.", NO_NUMBER },
    { "null", NO_NUMBER },
    { "none", NO_NUMBER },
    { "无", NO_NUMBER },
    { "不详", NO_NUMBER },
    { "未知", NO_NUMBER },
    { "unknown", NO_NUMBER },
    { "三五家", SIDE_BY_SIDE },
    { "三四百", SIDE_BY_SIDE },
    { "十七八", SIDE_BY_SIDE },
    { "二〇二四", SIDE_BY_SIDE },
    { "12 34", SIDE_BY_SIDE },
    { "2024 160", SIDE_BY_SIDE },
    { "1,234 567", SIDE_BY_SIDE },
    { "160\n200", SIDE_BY_SIDE },
    { "一百五", COLLOQUIAL },
    { "一万二", COLLOQUIAL },
    { "2万3", COLLOQUIAL },
    { "2万300", COLLOQUIAL },
    { "1亿2", COLLOQUIAL },
    { "1亿5000", COLLOQUIAL },
    { "一千五万", COLLOQUIAL },
    { "一万五亿", COLLOQUIAL },
    { "一百零五十", OUT_OF_PLACE },
    { "十零五", OUT_OF_PLACE },
    { "三十五十", OUT_OF_PLACE },
    { "三万五万", OUT_OF_PLACE },
    { "一百五千", OUT_OF_PLACE },
    { "一万零五千", OUT_OF_PLACE },
    { "1万20000", OUT_OF_PLACE },
    { "亿万", RISE },
    { "1万万", RISE },
    { "1 million thousand", RISE },
    { "百家", IMPLIED },
    { "千万", IMPLIED },
    { "亿元", IMPLIED },
    { "million", IMPLIED },
    { "上百", ": '上'" SEVERAL },
    { "数十", ": '数'" SEVERAL },
    { "几十家", ": '几'" SEVERAL },
    { "十几家", ": '几'" SEVERAL },
    { "多家", ": '多'" SEVERAL },
    { "若干", ": '若干'" SEVERAL },
    { "數十家", ": '数'" SEVERAL },
    { "幾十家", ": '几'" SEVERAL },
    { "成百", ": '成百'" SEVERAL },
    { "成千", ": '成千'" SEVERAL },
    { "dozens", ": 'dozens'" SEVERAL },
    { "hundreds", ": 'hundreds'" SEVERAL },
    { "thousands", ": 'thousands'" SEVERAL },
    { "millions", ": 'millions'" SEVERAL },
    { "billions", ": 'billions'" SEVERAL },
    { "several", ": 'several'" SEVERAL },
    { "160-170", ": '-'" RANGE },
    { "10%—20%", ": '—'" RANGE },
    { "10～20", ": '~'" RANGE },
    { "10至20家", ": '至'" RANGE },
    { "3 to 5", ": 'to'" RANGE },
    { "3 or 4", ": 'or'" RANGE },
    { "3 and 4", ": 'and'" RANGE },
    { "10–20", ": '–'" RANGE },
    { "10到20家", ": '到'" RANGE },
    { "3或4", ": '或'" RANGE },
    { "3、4", ": '、'" RANGE },
    { "between 3 and 5", ": 'between'" RANGE },
    { "1,23", ": ','" GROUPS },
    { "1,2000万", ": ','" GROUPS },
    { "0,123", ": ','" GROUPS },
    { "1,234,56", ": ','" GROUPS },
    { "1,23,45", ": ','" GROUPS },
    { "123,45,678", ": ','" GROUPS },
    { "1,23,456,789", ": ','" GROUPS },
    { "1,2345,6789", ": ','" GROUPS },
    { "1.234.567", ": '.'" GROUPS },
    { "5.", ": '.'" GROUPS },
    { ".5", ": '.'" GROUPS },
    { "1.234,5", ": ','" GROUPS },
    { "5200户，同比增长3.1%", ": ',同比增长3.1%'" NOT_UNDERSTOOD },
    { "1.2 billion, up 3%", ": ', up 3%'" NOT_UNDERSTOOD },
    { "$5", ": '$'" CURRENCY },
    { "￥100", ": '￥'" CURRENCY },
    { "¥100", ": '¥'" CURRENCY },
    { "5 dollars", ": 'dollars'" CURRENCY },
    { "1 dollar", ": 'dollar'" CURRENCY },
    { "三分之一",
      ": '分之' makes a fraction; expected a decimal, or one of 10, 100, 1000 or 10000" },
    { "一亿半", ": '半' is a fraction in words; expected a decimal like 0.5 or 50%" },
    { "半数", ": '半' is a fraction in words; expected a decimal like 0.5 or 50%" },
    { "5兆", ": '兆' is a million to some and 万亿 to others; expected 万, 亿 or 万亿" },
    { "3亩", ": '亩'" NOT_UNDERSTOOD },
    { "50m2 5", ": '5'" NOT_UNDERSTOOD },
    { "5 square", ": 'square'" NOT_UNDERSTOOD },
    { "5 units m2", " names two units, units and m2; expected one" },
    { "5m", ": 'm' is a million to some and a thousand or metres to others; expected million" },
    { "5b", ": 'b' is a billion to some and bytes to others; expected billion" },
    { "5.6个百分点", ": '百分点' are a difference of ratios; expected a ratio like 5.6%" },
    { "约160以上", " says both ~ and >=; expected one of them" },
    { "近160余", " says both ~ and >=; expected one of them" },
    { "超过10以下", " says both > and <=; expected one of them" },
    { "不到100多万", " says both < and >=; expected one of them" },
    { "1e3 500", SIDE_BY_SIDE },
    { "1e2 20", SIDE_BY_SIDE },
    { "5平方公里平方米", " names two units, 平方公里 and 平方米; expected one" },
    { "5 km² ㎡", " names two units, km² and ㎡; expected one" },
    { "1亿元美元", " names two units, 元 and 美元; expected one" },
    { "百分之五%", " names two units, 百分之 and %; expected one" },
    { "5家人", " names two units, 家 and 人; expected one" },
    { "约", ENDS },
    { "more than", ENDS },
    { "人民币", ENDS },
    { "超过160 museums", ": 'museums'" NOT_UNDERSTOOD },
    { "160 metres", ": 'metres'" NOT_UNDERSTOOD },
    { "家", ": '家'" NOT_UNDERSTOOD },
    { "abc", ": 'abc'" NOT_UNDERSTOOD },
    { "第一", ": '第一'" NOT_UNDERSTOOD },
    { "4家已建成", ": '已建成'" NOT_UNDERSTOOD },
    { "20+8", ": '8'" NOT_UNDERSTOOD },
    { "一百零", ": '零'" NOT_UNDERSTOOD },
    { "二十点", ": '点'" NOT_UNDERSTOOD },
    { "3.5亿2000万", ": '2000万'" NOT_UNDERSTOOD },
    { "一百多五十", ": '五十'" NOT_UNDERSTOOD },
    { "三成五", ": '五'" NOT_UNDERSTOOD },
    { "1e", ": 'e'" NOT_UNDERSTOOD },
    { "--5", ": '-'" RANGE },
    { "99999999999999999999999999999999999",
      " has too many digits; expected at most 34, which are kept exactly" },
    { "1e34", " has too many digits; expected at most 34, which are kept exactly" },
    { "1e999", " has too many digits; expected at most 34, which are kept exactly" },
    { "1e9亿", RISE },
};

static void what_is_ambiguous_or_no_number_is_refused_in_words(void **state)
{
    char words[512];
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        snprintf(words, sizeof words, "'%s'%s", refused[i].text, refused[i].words);
        for (char *at = words; (at = strchr(at, '\n')) != NULL;)
            *at = '?';
        must_refuse(&decimal_point, refused[i].text, words);
    }
    must_refuse(&decimal_comma, "1,234.5", "'1,234.5': '.'" GROUPS);
    must_refuse(&decimal_comma, "1.23", "'1.23': '.'" GROUPS);
}

static void a_text_beyond_159_bytes_is_refused_in_a_few_words(void **state)
{
    char text[161];
    (void)state;
    memset(text, '0', 160);
    text[160] = '\0';
    must_refuse(&decimal_point, text,
                "'00000000000000000000…' is too long for a number; expected at most 159 bytes");
    struct fault fault = { 0 };
    struct wording wording;
    text[159] = '\0';
    assert_int_equal(wording_read(text, &decimal_point, &wording, &fault), 0);
}

static void a_unit_must_be_the_figure_s(void **state)
{
    static const struct {
        const char *text, *unit, *words;
    } cases[] = {
        { "160", NULL, "" },
        { "160", "cny", "" },
        { "160家", NULL, "" },
        { "1亿元", "cny", "" },
        { "三成", "ratio", "" },
        { "1亿元", NULL, "is in cny; expected a plain count" },
        { "1亿元", "usd", "is in cny; expected usd" },
        { "5.6%", "cny", "is in ratio; expected cny" },
        { "5.6%", NULL, "is in ratio; expected a plain count" },
        { "160家", "cny", "is in 家; expected cny" },
        { "160 people", "ratio", "is in people; expected ratio" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct wording wording;
        assert_int_equal(wording_read(cases[i].text, &decimal_point, &wording, &fault), 0);
        int result =
            wording_check_unit(&wording, &(struct figure){ .unit = cases[i].unit }, &fault);
        assert_string_equal(fault.text, cases[i].words);
        assert_int_equal(result, cases[i].words[0] != '\0' ? -1 : 0);
    }
}

/* Every beginning of a text, also in the middle of a character. */
static void a_text_may_end_anywhere(void **state)
{
    static const char whole[] = "约人民币１，２３４．５万亿余元 more than 一百二十点五 e+5 ％";
    (void)state;
    for (size_t start = 0; start < sizeof whole; start++)
        for (size_t size = 0; start + size < sizeof whole; size++) {
            struct fault fault = { 0 };
            struct wording wording;
            char *text = strndup(whole + start, size);
            int result = wording_read(text, &decimal_point, &wording, &fault);
            assert_true(result == 0 || fault.text[0] != '\0');
            free(text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_ambiguous_or_no_number_is_refused_in_words),
        cmocka_unit_test(a_text_beyond_159_bytes_is_refused_in_a_few_words),
        cmocka_unit_test(a_unit_must_be_the_figure_s),
        cmocka_unit_test(a_text_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("wording_refused", tests, NULL, NULL);
}
