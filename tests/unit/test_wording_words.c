/* SPDX-License-Identifier: MIT */
/* test_wording_words.c - every word beside a number means what people mean by it */
#include "../../almanac/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 64 };

/* "comparator value unit", or "refused". */
static void must_read(const char *text, const char *expected)
{
    static const struct wording_style decimal_point = { .decimal_comma = false };
    struct fault fault = { 0 };
    struct wording wording;
    char said[128] = "refused";
    if (wording_read(text, &decimal_point, &wording, &fault) == 0)
        snprintf(said, sizeof said, "%s %s %s", comparator_text(wording.comparator),
                 wording.value.text, wording.unit == NULL ? "-" : wording.unit);
    if (strcmp(said, expected) != 0)
        fail_msg("'%s' became '%s', not '%s' %s", text, said, expected, fault.text);
}

static void words_before_a_number_say_how_it_is_meant(void **state)
{
    static const struct {
        const char *expected, *words[WORDS];
    } cases[] = {
        { " 50 -", { "共", "共计", "共有", "合计", "总计", "已", "达", "达到", "總計", "達" } },
        { "< 50 -",
          { "<", "不到", "不足", "不满", "不及", "未达", "未达到", "未满", "少于", "低于", "小于",
            "less than", "fewer than", "lower than", "under", "below", "不滿", "未達到" } },
        { "<= 50 -",
          { "<=", "≤", "≦", "不超", "不超过", "未超过", "不多于", "不高于", "不大于", "至多",
            "最多", "up to", "at most", "no more than", "not more than", "not exceeding" } },
        { ">= 50 -",
          { ">=", "≥", "≧", "至少", "最少", "不少于", "不低于", "不小于", "不下", "不下于",
            "at least", "no less than", "not less than", "no fewer than", "not fewer than",
            "a minimum of" } },
        { "> 50 -",
          { ">", "超", "超过", "超出", "过", "逾", "突破", "多于", "高于", "大于", "more than",
            "greater than", "higher than", "in excess of", "exceeding", "over", "above", "多於" } },
        { "~ 50 -",
          { "~",    "≈",     "约",     "约为",    "大约",          "大概",   "近",      "接近",
            "将近", "about", "around", "roughly", "approximately", "approx", "approx.", "circa",
            "ca.",  "some",  "nearly", "almost",  "close to",      "約",     "將近" } },
        { "refused", { "几", "若干", "成百", "成千", "several", "dozens", "between", "幾", "數" } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; cases[i].words[k] != NULL; k++) {
            char text[64];
            snprintf(text, sizeof text, "%s 50", cases[i].words[k]);
            must_read(text, cases[i].expected);
        }
}

static void words_behind_a_number_say_how_it_is_meant(void **state)
{
    static const struct {
        const char *expected, *words[WORDS];
    } cases[] = {
        { ">= 50 -",
          { "余", "多", "餘", "以上", "及以上", "或以上", "+", "plus", "or more", "or above",
            "and more", "and above", "and over" } },
        { "<= 50 -",
          { "以下", "及以下", "或以下", "以内", "之内", "or less", "or fewer", "or below",
            "and below" } },
        { "~ 50 -", { "来", "來", "左右", "上下", "or so" } },
        { "refused",
          { "-60",      "–60",    "—60",     "~60",    "至60",     "到60",      "或60",
            "、60",     "to 60",  "or 60",   "and 60", "hundreds", "thousands", "millions",
            "billions", "dollar", "dollars", "m",      "b",        "兆",        "半",
            "百分点",   "分之一", "数十",    "几" } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; cases[i].words[k] != NULL; k++) {
            char text[64];
            snprintf(text, sizeof text, "50 %s", cases[i].words[k]);
            must_read(text, cases[i].expected);
        }
}

static void every_numeral_and_multiplier_has_its_value(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "玖仟捌佰柒拾陆万伍仟肆佰叁拾贰", " 98765432 -" },
        { "玖仟捌佰柒拾陸萬伍仟肆佰參拾貳", " 98765432 -" },
        { "壹拾", " 10 -" },
        { "五點六", " 5.6 -" },
        { "2 hundred", " 200 -" },
        { "2 thousand", " 2000 -" },
        { "2k", " 2000 -" },
        { "2 million", " 2000000 -" },
        { "2mn", " 2000000 -" },
        { "2mln", " 2000000 -" },
        { "2 billion", " 2000000000 -" },
        { "2bn", " 2000000000 -" },
        { "2bln", " 2000000000 -" },
        { "2 trillion", " 2000000000000 -" },
        { "2tn", " 2000000000000 -" },
        { "2trn", " 2000000000000 -" },
        { "1\u2007234", " 1234 -" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_read(cases[i].text, cases[i].expected);
}

static void every_currency_and_ratio_is_known(void **state)
{
    static const struct {
        const char *expected, *words[WORDS];
    } before[] = {
        { " 50 cny", { "人民币", "人民幣", "RMB", "CNY", "yuan" } },
        { " 50 usd", { "美元", "USD", "US$" } },
        { " 50 hkd", { "港元", "港币", "HKD", "HK$" } },
        { " 50 eur", { "欧元", "EUR", "€" } },
        { " 50 jpy", { "日元", "JPY" } },
        { " 50 gbp", { "英镑", "GBP" } },
        { " 5.0 ratio", { "十分之" } },
        { " 0.50 ratio", { "百分之" } },
        { " 0.050 ratio", { "千分之" } },
        { " 0.0050 ratio", { "万分之" } },
        { "refused", { "$", "¥", "￥" } },
    }, behind[] = {
        { " 50 cny", { "元", "圆", "圓", "元人民币", "人民币元", "元整", "人民币", "yuan", "RMB" } },
        { " 50 usd", { "美元", "美金", "US dollars", "U.S. dollars", "USD" } },
        { " 50 hkd", { "港元", "港币", "HKD" } },
        { " 50 eur", { "欧元", "euro", "euros", "EUR", "€" } },
        { " 50 jpy", { "日元", "yen", "JPY", "円" } },
        { " 50 gbp", { "英镑", "pounds sterling", "GBP" } },
        { " 5.0 ratio", { "成" } },
        { " 0.50 ratio", { "%", "％", "percent", "per cent", "pct" } },
        { " 0.050 ratio", { "‰" } },
        { " 50 -",
          { "个", "家", "项", "组", "所", "支", "只", "座", "台", "套", "辆", "架", "艘", "件",
            "条", "处", "宗", "笔", "批", "期", "场", "次", "种", "类", "份", "例", "本", "册",
            "篇", "部", "张", "间", "栋", "户", "名", "位", "人", "人次", "個", "項", "組", "間",
            "種", "類", " cases", " companies", " enterprises", " firms", " items", " people",
            " persons", " pieces", " projects", " units" } },
        { " 50 -",
          { " case", " company", " enterprise", " firm", " household", " households", " item",
            " person", " piece", " project", " unit", "戶", "名" } },
        { " 50 square_meters",
          { "平方米", "㎡", "m²", "M²", "m2", " M2", " square meters", " square metres",
            " square meter", " square metre", " sq m", " sq.m", " sq. m" } },
        { " 50000000 square_meters",
          { "平方公里", "㎢", "km²", "km2", " KM2", " square kilometers", " square kilometres",
            " square kilometer", " square kilometre", " sq km", " sq.km", " sq. km" } },
        { " 500000 square_meters", { "公顷", "公頃", " hectare", " hectares" } },
        { "refused",
          { "亩", "m", "m3", "m22", " m 2", "km", " sq", " sq mi", " square miles", " hectar", "ha" } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        for (size_t k = 0; before[i].words[k] != NULL; k++) {
            char text[64];
            snprintf(text, sizeof text, "%s50", before[i].words[k]);
            must_read(text, before[i].expected);
        }
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        for (size_t k = 0; behind[i].words[k] != NULL; k++) {
            char text[64];
            snprintf(text, sizeof text, "50%s", behind[i].words[k]);
            must_read(text, behind[i].expected);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_before_a_number_say_how_it_is_meant),
        cmocka_unit_test(words_behind_a_number_say_how_it_is_meant),
        cmocka_unit_test(every_numeral_and_multiplier_has_its_value),
        cmocka_unit_test(every_currency_and_ratio_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
