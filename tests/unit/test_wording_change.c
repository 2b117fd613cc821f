/* SPDX-License-Identifier: MIT */
/* test_wording_change.c - a fall is negative, and what a fall is compared with turns around */
#include "../../almanac/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 48 };

static const struct unit_word kwh_words[] = { { "千瓦时", 0 } };
static const struct figure ratio = { .unit = "ratio" };
static const struct figure cny = { .unit = "cny" };
static const struct figure count = { .unit = NULL };
static const struct figure kwh = { .unit = "kwh", .unit_words = kwh_words, .unit_word_count = 1 };

/* The comparator and the value, or the complaint. */
static void must_say(const struct figure *figure, const char *text, const char *expected)
{
    const struct wording_style style = { .units = figure->unit_words,
                                         .unit_count = figure->unit_word_count };
    struct fault fault = { 0 };
    struct wording wording;
    char said[sizeof fault.text];
    if (wording_read(text, &style, &wording, &fault) == 0 &&
        wording_check_unit(&wording, figure, &fault) == 0)
        snprintf(said, sizeof said, "%s%s", comparator_text(wording.comparator),
                 wording.value.text);
    else
        snprintf(said, sizeof said, "%s", fault.text);
    if (strcmp(said, expected) != 0)
        fail_msg("'%s' became '%s', not '%s'", text, said, expected);
}

struct change_case {
    const struct figure *figure;
    const char *text, *said;
};

static void must_say_all(const struct change_case *cases, size_t size)
{
    for (size_t i = 0; i < size; i++)
        must_say(cases[i].figure, cases[i].text, cases[i].said);
}
#define MUST_SAY(cases) must_say_all(cases, sizeof(cases) / sizeof *(cases))

static void every_word_of_a_change_has_its_sign(void **state)
{
    static const struct {
        const char *said, *words[WORDS];
    } cases[] = {
        { "-0.031",
          { "下降",
            "减少",
            "降低",
            "下跌",
            "回落",
            "缩减",
            "负",
            "同比下降",
            "环比下降",
            "比上年下降",
            "同比 减少",
            "負",
            "減少",
            "縮減",
            "負增長",
            "down ",
            "Down by ",
            "decrease of ",
            "a decrease of ",
            "decreased by ",
            "decline of ",
            "a decline of ",
            "declined by ",
            "fell by ",
            "fell ",
            "minus ",
            "负增长",
            "增长-",
            "增长负",
            "同比-",
            "同比负",
            "已下降" } },
        { "0.031",
          { "增长", "增加", "上升", "提高", "上涨", "同比增长", "环比增长", "環比增長", "上漲",
            "up ", "up by ", "growth of ", "a growth of ", "increase of ", "an increase of ",
            "rose by ", "rose ", "increased by ", "同比+" } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; cases[i].words[k] != NULL; k++) {
            char text[64];
            snprintf(text, sizeof text, "%s3.1%%", cases[i].words[k]);
            must_say(&ratio, text, cases[i].said);
        }
}

static void every_unit_of_a_ratio_may_change(void **state)
{
    static const struct change_case cases[] = {
        { &ratio, "下降3‰", "-0.003" },
        { &ratio, "下降三成", "-0.3" },
        { &ratio, "下降了3%", "-0.03" },
        { &ratio, "下降了超3%", "<-0.03" },
        { &ratio, "下降百分之三", "-0.03" },
        { &ratio, "负百分之三", "-0.03" },
        { &ratio, "down 3 percent", "-0.03" },
        { &ratio, "下降 3.1 ％", "-0.031" },
        { &ratio, "下降3.1", "-3.1" }, /* its unit is told beside it */
        { &ratio, "下降0%", "0.00" },
        { &ratio, "下降0.3个百分点",
          "'下降0.3个百分点': '百分点' are a difference of ratios; expected a ratio like 5.6%" },
    };
    (void)state;
    MUST_SAY(cases);
}

static void what_stays_level_has_no_number(void **state)
{
#define UNCHANGED                                                                                  \
    " says that nothing changed, not a number; expected one, like 0% where that is the change"
    static const struct change_case cases[] = {
        { &ratio, "持平", "'持平': '持平'" UNCHANGED },
        { &ratio, "與上年持平", "'與上年持平': '与上年持平'" UNCHANGED },
        { &ratio, "约持平", "'约持平': '持平'" UNCHANGED },
        { &cny, "持平", "'持平': '持平'" UNCHANGED },
        { &ratio, "3%持平", "'3%持平': '持平'" UNCHANGED },
    };
    (void)state;
    MUST_SAY(cases);
}

static void a_level_has_no_sign(void **state)
{
    static const char *const words[] = {
        "下降到",   "下降至",   "降到",     "降至",          "减少到",        "减少至",
        "降低到",   "降低至",   "下跌到",   "下跌至",        "跌至",          "回落到",
        "回落至",   "缩减到",   "缩减至",   "增长到",        "增长至",        "增至",
        "增加到",   "增加至",   "上升到",   "上升至",        "升至",          "提高到",
        "提高至",   "上涨到",   "上涨至",   "涨至",          "达到",          "同比下降到",
        "fell to ", "rose to ", "down to ", "increased to ", "decreased to ", "declined to ",
    };
    static const struct change_case cases[] = {
        { &ratio, "up to 3.1%", "<=0.031" },
        { &ratio, "降至约3.1%", "~0.031" },
        { &ratio, "降至3.1%以下", "<=0.031" },
        { &ratio, "fell to below 3.1%", "<0.031" },
        { &count, "增至160家", "160" },
        { &count, "下降到160", "160" },
        { &cny, "降至3亿元", "300000000" },
        { &count, "rose to 160 companies", "160" },
        { &ratio, "下降 到3%", "0.03" },
        { &ratio, "fell  to 3%",
          "'fell  to 3%': 'to' may lead to a second number; expected one number, not a range" },
        { &ratio, "up  to 3%",
          "'up  to 3%': 'to' may lead to a second number; expected one number, not a range" },
        { &ratio, "到3%",
          "'到3%': '到' may lead to a second number; expected one number, not a range" },
        { &ratio, "下降3%到",
          "'下降3%到': '到' may lead to a second number; expected one number, not a range" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s3.1%%", words[i]);
        must_say(&ratio, text, "0.031");
    }
    MUST_SAY(cases);
}

static void a_comparator_of_a_fall_is_mirrored(void **state)
{
    static const struct change_case cases[] = {
        { &ratio, "下降超3%", "<-0.03" },
        { &ratio, "下降超过3%", "<-0.03" },
        { &ratio, "下降>3%", "<-0.03" },
        { &ratio, "下降超3%以上", "<-0.03" },
        { &ratio, "超过下降3%", "<-0.03" },
        { &ratio, "down more than 3%", "<-0.03" },
        { &ratio, "fell by over 3%", "<-0.03" },
        { &ratio, "下降3%以上", "<=-0.03" },
        { &ratio, "下降3%多", "<=-0.03" },
        { &ratio, "下降三成多", "<=-0.3" },
        { &ratio, "下降10余%", "<=-0.10" },
        { &ratio, "下降至少3%", "<=-0.03" },
        { &ratio, "下降至多3%", ">=-0.03" },
        { &ratio, "增长至多3%", "<=0.03" },
        { &ratio, "至少下降3%", "<=-0.03" },
        { &ratio, "下降≥3%", "<=-0.03" },
        { &ratio, "down 3% or more", "<=-0.03" },
        { &ratio, "a decline of at least 3%", "<=-0.03" },
        { &ratio, "下降不到3%", ">-0.03" },
        { &ratio, "下降不足三成", ">-0.3" },
        { &ratio, "fell by less than 3%", ">-0.03" },
        { &ratio, "下降不超过3%", ">=-0.03" },
        { &ratio, "下降3%以内", ">=-0.03" },
        { &ratio, "下降3%以下", ">=-0.03" },
        { &ratio, "fell by up to 3%", ">=-0.03" },
        { &ratio, "down 3% or less", ">=-0.03" },
        { &ratio, "下降约3%", "~-0.03" },
        { &ratio, "约下降3%", "~-0.03" },
        { &ratio, "同比下降近3%", "~-0.03" },
        { &ratio, "下降3%左右", "~-0.03" },
        { &ratio, "down about 3%", "~-0.03" },
    };
    (void)state;
    MUST_SAY(cases);
}

static void a_comparator_of_a_rise_or_a_sign_is_not(void **state)
{
    static const struct change_case cases[] = {
        { &ratio, "增长超3%", ">0.03" },        { &ratio, "增长3%以上", ">=0.03" },
        { &ratio, "增长不到3%", "<0.03" },      { &ratio, "增长不超过3%", "<=0.03" },
        { &ratio, "up nearly 3%", "~0.03" },    { &ratio, "up more than 3%", ">0.03" },
        { &ratio, "增长超-3%", ">-0.03" },      { &ratio, "超过-3%", ">-0.03" },
        { &ratio, "超过负3%", ">-0.03" },       { &ratio, "低于负3%", "<-0.03" },
        { &ratio, "负3%以上", ">=-0.03" },      { &ratio, "minus 3% or less", "<=-0.03" },
        { &ratio, "minus about 3%", "~-0.03" },
    };
    (void)state;
    MUST_SAY(cases);
}

static void what_may_compare_the_fall_or_its_end_is_refused(void **state)
{
#define WHERE_TO                                                                                   \
    " may be how far it fell, or where to; expected that said, like 下降不到3% or 降至3%以下"
#define BEHIND_SIGN " stands between a sign and its number; expected it in front of the sign"
#define TWO_SIGNS   " says its sign twice; expected it once, like 下降3% or -3%"
    static const struct change_case cases[] = {
        { &ratio, "fell below 3%", "'fell below 3%': 'below'" WHERE_TO },
        { &ratio, "down under 3%", "'down under 3%': 'under'" WHERE_TO },
        { &ratio, "下降低于3%", "'下降低于3%': '低于'" WHERE_TO },
        { &ratio, "下降不高于3%", "'下降不高于3%': '不高于'" WHERE_TO },
        { &ratio, "高于下降3%", "'高于下降3%': '高于'" WHERE_TO },
        { &ratio, "down 3% or below", "'down 3% or below': 'or below'" WHERE_TO },
        { &ratio, "down 3% and above", "'down 3% and above': 'and above'" WHERE_TO },
        { &ratio, "负超3%", "'负超3%': '超'" BEHIND_SIGN },
        { &ratio, "minus more than 3%", "'minus more than 3%': 'more than'" BEHIND_SIGN },
        { &ratio, "下降-3%", "'下降-3%'" TWO_SIGNS },
        { &ratio, "下降+3%", "'下降+3%'" TWO_SIGNS },
        { &ratio, "下降负3%", "'下降负3%'" TWO_SIGNS },
        { &ratio, "负下降3%", "'负下降3%'" TWO_SIGNS },
        { &ratio, "负负3%", "'负负3%'" TWO_SIGNS },
        { &ratio, "minus -3%", "'minus -3%'" TWO_SIGNS },
        { &ratio, "增长下降3%", "'增长下降3%' says both 增长 and 下降; expected one of them" },
        { &ratio, "up down 3%", "'up down 3%' says both up and down; expected one of them" },
        { &ratio, "下降增至3%", "'下降增至3%' says both 下降 and 增至; expected one of them" },
        { &ratio, "同比3%",
          "'同比3%' does not say which way; expected 增长, 下降 or a sign behind '同比'" },
        { &ratio, "环比超3%",
          "'环比超3%' does not say which way; expected 增长, 下降 or a sign behind '环比'" },
        { &ratio, "下降", "'下降' ends where a number was expected, like 160, 3.5亿 or 一千二百" },
    };
    (void)state;
    MUST_SAY(cases);
}

static void a_change_is_no_value_of_another_unit(void **state)
{
#define CHANGE(word, expected) "says a change ('" word "'), not a value; expected " expected
    static const struct change_case cases[] = {
        { &cny, "下降3亿元", CHANGE("下降", "a value in cny") },
        { &cny, "增加3亿元", CHANGE("增加", "a value in cny") },
        { &cny, "下降3.1%", CHANGE("下降", "a value in cny") },
        { &cny, "下降3", CHANGE("下降", "a value in cny") },
        { &count, "增加160家", CHANGE("增加", "a plain count") },
        { &count, "fell by 160", CHANGE("fell by", "a plain count") },
        { &count, "up 160", CHANGE("up", "a plain count") },
        { &kwh, "减少3千瓦时", CHANGE("减少", "a value in 千瓦时") },
        { &cny, "同比-3亿元", CHANGE("同比", "a value in cny") },
        { &cny, "同比增至3亿元", "300000000" },
        { &ratio, "下降3亿元", "is in cny; expected ratio" },
        { &cny, "负3.1亿元", "-310000000" },
        { &cny, "minus RMB 3 million", "-3000000" },
        { &count, "负3", "-3" },
        { &count, "minus 3.1", "-3.1" },
        { &kwh, "负三点一千瓦时", "-3.1" },
    };
    (void)state;
    MUST_SAY(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_a_change_has_its_sign),
        cmocka_unit_test(every_unit_of_a_ratio_may_change),
        cmocka_unit_test(what_stays_level_has_no_number),
        cmocka_unit_test(a_level_has_no_sign),
        cmocka_unit_test(a_comparator_of_a_fall_is_mirrored),
        cmocka_unit_test(a_comparator_of_a_rise_or_a_sign_is_not),
        cmocka_unit_test(what_may_compare_the_fall_or_its_end_is_refused),
        cmocka_unit_test(a_change_is_no_value_of_another_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
