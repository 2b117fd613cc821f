/* SPDX-License-Identifier: MIT */
/* test_wording.c - numbers as people write them: read as exact decimals */
#include "../../almanac/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct wording_style decimal_point = { .decimal_comma = false };
static const struct wording_style decimal_comma = { .decimal_comma = true };

/* unit: "cny", or what is counted in parentheses: "(家)"; "" where neither is named. */
struct reading {
    const char *text, *comparator, *value, *unit;
};

static void must_read(const struct wording_style *style, const struct reading *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fault fault = { 0 };
        struct wording wording;
        char unit[32] = "";
        if (wording_read(cases[i].text, style, &wording, &fault) != 0)
            fail_msg("'%s' was refused: %s", cases[i].text, fault.text);
        if (wording.unit != NULL)
            snprintf(unit, sizeof unit, "%s", wording.unit);
        if (wording.counter != NULL)
            snprintf(unit + strlen(unit), sizeof unit - strlen(unit), "(%s)", wording.counter);
        if (strcmp(comparator_text(wording.comparator), cases[i].comparator) != 0 ||
            strcmp(wording.value.text, cases[i].value) != 0 || strcmp(unit, cases[i].unit) != 0)
            fail_msg("'%s' became %s '%s' %s, not %s '%s' %s", cases[i].text,
                     comparator_text(wording.comparator), wording.value.text, unit,
                     cases[i].comparator, cases[i].value, cases[i].unit);
    }
}

#define MUST_READ(style, cases) must_read(&(style), (cases), sizeof(cases) / sizeof *(cases))

static void digits_are_read_in_either_width_and_in_groups(void **state)
{
    static const struct reading cases[] = {
        { "0", "", "0", "" },
        { "160", "", "160", "" },
        { "007", "", "7", "" },
        { " 160\n", "", "160", "" },
        { "\t160\r\n", "", "160", "" },
        { "１２０", "", "120", "" },
        { "　１２０　", "", "120", "" },
        { "１，２３４．５０", "", "1234.50", "" },
        { "1.50", "", "1.50", "" },
        { "1,234", "", "1234", "" },
        { "12,345,678", "", "12345678", "" },
        { "12,34,56,789.5", "", "123456789.5", "" },
        { "123,456.5", "", "123456.5", "" },
        { "1 234", "", "1234", "" },
        { "1\u00A0234\u00A0567.25", "", "1234567.25", "" },
        { "12\u202F345", "", "12345", "" },
        { "1\u2009234", "", "1234", "" },
        { "1.234", "", "1.234", "" },
        { "-5", "", "-5", "" },
        { "\u22125.5", "", "-5.5", "" },
        { "+5", "", "5", "" },
        { "-0", "", "0", "" },
        { "1e8", "", "100000000", "" },
        { "1.2E+08", "", "120000000", "" },
        { "15e-3", "", "0.015", "" },
        { "9999999999999999999999999999999999", "", "9999999999999999999999999999999999", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void a_source_with_a_decimal_comma_is_read_so(void **state)
{
    static const struct reading cases[] = {
        { "1 234,5", "", "1234.5", "" },      { "1.234,5", "", "1234.5", "" },
        { "1,234", "", "1.234", "" },         { "1.234", "", "1234", "" },
        { "1.234.567", "", "1234567", "" },   { "1\u202F234\u202F567,25", "", "1234567.25", "" },
        { "1２，５", "", "12.5", "" },        { "5,6 %", "", "0.056", "ratio" },
        { "1,5 million", "", "1500000", "" }, { "3,5亿", "", "350000000", "" },
        { "-0,5", "", "-0.5", "" },           { "约5,6%", "~", "0.056", "ratio" },
    };
    (void)state;
    MUST_READ(decimal_comma, cases);
}

static void multipliers_scale_exactly(void **state)
{
    static const struct reading cases[] = {
        { "1亿", "", "100000000", "" },
        { "3.5亿", "", "350000000", "" },
        { "3.50亿", "", "350000000", "" },
        { "1.23456789亿", "", "123456789", "" },
        { "1.234567891亿", "", "123456789.1", "" },
        { "0.1亿", "", "10000000", "" },
        { "1,200万", "", "12000000", "" },
        { "1 200 万", "", "12000000", "" },
        { "１２０万", "", "1200000", "" },
        { "3千", "", "3000", "" },
        { "5百万", "", "5000000", "" },
        { "3.5千万", "", "35000000", "" },
        { "1.2万亿", "", "1200000000000", "" },
        { "2百亿", "", "20000000000", "" },
        { "3个亿", "", "300000000", "" },
        { "2万3千", "", "23000", "" },
        { "2万3000", "", "23000", "" },
        { "2万0300", "", "20300", "" },
        { "1亿2000万", "", "120000000", "" },
        { "1亿2000万3000", "", "120003000", "" },
        { "1亿 2.5万", "", "100025000", "" },
        { "3萬", "", "30000", "" },
        { "3億", "", "300000000", "" },
        { "-3万", "", "-30000", "" },
        { "1.2 billion", "", "1200000000", "" },
        { "1.2bn", "", "1200000000", "" },
        { "1.2 BN", "", "1200000000", "" },
        { "3 million", "", "3000000", "" },
        { "3mn", "", "3000000", "" },
        { "250 thousand", "", "250000", "" },
        { "250k", "", "250000", "" },
        { "2 hundred thousand", "", "200000", "" },
        { "0.5 trillion", "", "500000000000", "" },
        { "1 million 200 thousand", "", "1200000", "" },
        { "0.1234567890123456789012345678901亿", "", "12345678.90123456789012345678901", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void chinese_numerals_are_read(void **state)
{
    static const struct reading cases[] = {
        { "零", "", "0", "" },
        { "〇", "", "0", "" },
        { "五", "", "5", "" },
        { "两", "", "2", "" },
        { "十", "", "10", "" },
        { "十五", "", "15", "" },
        { "二十", "", "20", "" },
        { "一百零五", "", "105", "" },
        { "一百〇五", "", "105", "" },
        { "一百一十五", "", "115", "" },
        { "一百十五", "", "115", "" },
        { "一百五十", "", "150", "" },
        { "一千二百", "", "1200", "" },
        { "一千零二十", "", "1020", "" },
        { "一千二十", "", "1020", "" },
        { "一千零二", "", "1002", "" },
        { "两千零二十四", "", "2024", "" },
        { "一万零五百", "", "10500", "" },
        { "一万零五", "", "10005", "" },
        { "十万", "", "100000", "" },
        { "十二万三千四百五十六", "", "123456", "" },
        { "三十万五千", "", "305000", "" },
        { "三十万零五千", "", "305000", "" },
        { "一千二百万", "", "12000000", "" },
        { "一亿两千万", "", "120000000", "" },
        { "一亿零五十万", "", "100500000", "" },
        { "一亿零五", "", "100000005", "" },
        { "三万五千亿", "", "3500000000000", "" },
        { "一万亿", "", "1000000000000", "" },
        { "三点五", "", "3.5", "" },
        { "三点零五亿", "", "305000000", "" },
        { "三点五千万", "", "35000000", "" },
        { "二十点五", "", "20.5", "" },
        { "二十点五亿", "", "2050000000", "" },
        { "一百二十三点四五", "", "123.45", "" },
        { "一百点五", "", "100.5", "" },
        { "零点五", "", "0.5", "" },
        { "壹佰贰拾叁", "", "123", "" },
        { "伍萬元整", "", "50000", "cny" },
        { "兩百餘", ">=", "200", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void chinese_words_qualify(void **state)
{
    static const struct reading cases[] = {
        { "两百余", ">=", "200", "" },
        { "10余家", ">=", "10", "(家)" },
        { "十余家", ">=", "10", "(家)" },
        { "百余家", ">=", "100", "(家)" },
        { "二十多", ">=", "20", "" },
        { "1.5亿多", ">=", "150000000", "" },
        { "100多万", ">=", "1000000", "" },
        { "三十多亿元", ">=", "3000000000", "cny" },
        { "十余万元", ">=", "100000", "cny" },
        { "10元多", ">=", "10", "cny" },
        { "10来家", "~", "10", "(家)" },
        { "十来万", "~", "100000", "" },
        { "超160家", ">", "160", "(家)" },
        { "超 160 家", ">", "160", "(家)" },
        { "超过1,200万", ">", "12000000", "" },
        { "超1亿元", ">", "100000000", "cny" },
        { "超百亿元", ">", "10000000000", "cny" },
        { "過百億", ">", "10000000000", "" },
        { "逾三千", ">", "3000", "" },
        { "突破100亿元", ">", "10000000000", "cny" },
        { "多于5", ">", "5", "" },
        { "近三成", "~", "0.3", "ratio" },
        { "近千家", "~", "1000", "(家)" },
        { "接近100", "~", "100", "" },
        { "约5.6%", "~", "0.056", "ratio" },
        { "大约十", "~", "10", "" },
        { "10左右", "~", "10", "" },
        { "大约10家左右", "~", "10", "(家)" },
        { "不到三成", "<", "0.3", "ratio" },
        { "不足10家", "<", "10", "(家)" },
        { "少于5", "<", "5", "" },
        { "低于5%", "<", "0.05", "ratio" },
        { "至少3项", ">=", "3", "(项)" },
        { "不少于20", ">=", "20", "" },
        { "160家以上", ">=", "160", "(家)" },
        { "30%以上", ">=", "0.30", "ratio" },
        { "百万以上", ">=", "1000000", "" },
        { "10万以下", "<=", "100000", "" },
        { "5日元以内", "<=", "5", "jpy" },
        { "不超过50", "<=", "50", "" },
        { "最多8台", "<=", "8", "(台)" },
        { "共160家", "", "160", "(家)" },
        { "已超过160家", ">", "160", "(家)" },
        { "达到4", "", "4", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void signs_and_english_words_qualify(void **state)
{
    static const struct reading cases[] = {
        { ">160", ">", "160", "" },
        { "＞160", ">", "160", "" },
        { "> 1,200", ">", "1200", "" },
        { ">-5", ">", "-5", "" },
        { ">=5", ">=", "5", "" },
        { "≥5", ">=", "5", "" },
        { "<5", "<", "5", "" },
        { "≤5%", "<=", "0.05", "ratio" },
        { "~5", "~", "5", "" },
        { "～5", "~", "5", "" },
        { "≈5", "~", "5", "" },
        { "more than 160", ">", "160", "" },
        { "More than 160", ">", "160", "" },
        { "over 160", ">", "160", "" },
        { "over160", ">", "160", "" },
        { "in excess of 1.2 billion", ">", "1200000000", "" },
        { "at least 3", ">=", "3", "" },
        { "no fewer than 3", ">=", "3", "" },
        { "160 or more", ">=", "160", "" },
        { "160+", ">=", "160", "" },
        { "nearly 3 million", "~", "3000000", "" },
        { "about 12.50", "~", "12.50", "" },
        { "approx. 12", "~", "12", "" },
        { "some 160 companies", "~", "160", "(companies)" },
        { "up to 40", "<=", "40", "" },
        { "no more than 40", "<=", "40", "" },
        { "less than 40%", "<", "0.40", "ratio" },
        { "40 or fewer", "<=", "40", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void of_two_words_that_agree_the_stronger_holds(void **state)
{
    static const struct reading cases[] = {
        { "超160余家", ">", "160", "(家)" },
        { "超过160家以上", ">", "160", "(家)" },
        { "more than 160 or more", ">", "160", "" },
        { "不到10家以下", "<", "10", "(家)" },
        { "至少160余", ">=", "160", "" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static void units_are_known_by_their_names(void **state)
{
    static const struct reading cases[] = {
        { "1亿元", "", "100000000", "cny" },
        { "人民币1亿元", "", "100000000", "cny" },
        { "1亿元人民币", "", "100000000", "cny" },
        { "100万人民币", "", "1000000", "cny" },
        { "3 million yuan", "", "3000000", "cny" },
        { "RMB 3 million", "", "3000000", "cny" },
        { "about RMB 3 million", "~", "3000000", "cny" },
        { "RMB about 3 million yuan", "~", "3000000", "cny" },
        { "CNY1.2bn", "", "1200000000", "cny" },
        { "50万美元", "", "500000", "usd" },
        { "US$1.2bn", "", "1200000000", "usd" },
        { "USD 5", "", "5", "usd" },
        { "5 million US dollars", "", "5000000", "usd" },
        { "8亿港元", "", "800000000", "hkd" },
        { "€5", "", "5", "eur" },
        { "5.6%", "", "0.056", "ratio" },
        { "5.6 ％", "", "0.056", "ratio" },
        { "5.6 percent", "", "0.056", "ratio" },
        { "120%", "", "1.20", "ratio" },
        { "-0.3%", "", "-0.003", "ratio" },
        { "3‰", "", "0.003", "ratio" },
        { "百分之五", "", "0.05", "ratio" },
        { "百分之五点六", "", "0.056", "ratio" },
        { "百分之零点五", "", "0.005", "ratio" },
        { "百分之一百二十", "", "1.2", "ratio" },
        { "百分之95", "", "0.95", "ratio" },
        { "约百分之五", "~", "0.05", "ratio" },
        { "千分之三", "", "0.003", "ratio" },
        { "万分之一", "", "0.0001", "ratio" },
        { "十分之三", "", "0.3", "ratio" },
        { "三成", "", "0.3", "ratio" },
        { "三成多", ">=", "0.3", "ratio" },
        { "十成", "", "1", "ratio" },
        { "120万平方米", "", "1200000", "square_meters" },
        { "78.66平方公里", "", "78660000", "square_meters" },
        { "1.2万㎡", "", "12000", "square_meters" },
        { "78.66km²", "", "78660000", "square_meters" },
        { "3.5 sq km", "", "3500000", "square_meters" },
        { "120万m2以上", ">=", "1200000", "square_meters" },
        { "5km2", "", "5000000", "square_meters" },
        { "约3.5万公顷", "~", "350000000", "square_meters" },
        { "10组", "", "10", "(组)" },
        { "5所", "", "5", "(所)" },
        { "3支", "", "3", "(支)" },
        { "十個", "", "10", "(个)" },
        { "3.5万人次", "", "35000", "(人次)" },
        { "160 companies", "", "160", "(companies)" },
        { "1.2 million people", "", "1200000", "(people)" },
    };
    (void)state;
    MUST_READ(decimal_point, cases);
}

static const char *const chinese_digits[] = { "零", "一", "二", "三", "四",
                                              "五", "六", "七", "八", "九" };

/* Four digits, 零 where a place is skipped: 1020 is 一千零二十. */
static void write_section(unsigned section, bool *skipped, char *out)
{
    static const char *const places[] = { "千", "百", "十", "" };
    unsigned place = 1000;
    for (int i = 0; i < 4; i++, place /= 10) {
        unsigned digit = section / place % 10;
        if (digit != 0 && *skipped)
            strcat(out, "零");
        if (digit != 0) {
            strcat(out, chinese_digits[digit]);
            strcat(out, places[i]);
        }
        *skipped = digit == 0 && (*skipped || section / place != 0 || out[0] != '\0');
    }
}

static void write_chinese(uint64_t number, char *out)
{
    static const char *const sections[] = { "万", "亿", "万", "" };
    static const uint64_t sizes[] = { 1000000000000, 100000000, 10000, 1 };
    bool skipped = false;
    out[0] = '\0';
    for (int i = 0; i < 4; i++) {
        unsigned section = (unsigned)(number / sizes[i] % 10000);
        write_section(section, &skipped, out);
        if (section != 0 || (i == 1 && number >= sizes[0]))
            strcat(out, sections[i]);
    }
    if (number == 0)
        strcpy(out, "零");
}

static uint64_t next_random(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return *random >> 20;
}

/* Of every length, and with many zeros. */
static uint64_t random_number(uint64_t *random)
{
    uint64_t number = 0;
    for (uint64_t digits = next_random(random) % 13; digits > 0; digits--)
        number = number * 10 + (next_random(random) % 2 ? next_random(random) % 10 : 0);
    return number;
}

static void must_come_back(uint64_t number)
{
    char text[256], plain[32];
    write_chinese(number, text);
    snprintf(plain, sizeof plain, "%llu", (unsigned long long)number);
    struct reading back = { .text = text, .comparator = "", .value = plain, .unit = "" };
    must_read(&decimal_point, &back, 1);
}

static void what_is_written_in_chinese_numerals_reads_back_exactly(void **state)
{
    uint64_t random = 11;
    (void)state;
    for (uint64_t number = 0; number <= 12000; number++)
        must_come_back(number);
    for (uint64_t power = 1; power <= 1000000000000; power *= 10) {
        must_come_back(power);
        must_come_back(power - 1);
        must_come_back(power + 1);
    }
    for (int i = 0; i < 20000; i++)
        must_come_back(random_number(&random));
}

/* A source may turn this reader on without any plain value changing. */
static void plain_decimals_are_read_as_ever(void **state)
{
    uint64_t random = 5;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        char text[64];
        struct fault fault = { 0 };
        struct quantity quantity;
        struct wording wording;
        snprintf(text, sizeof text, "%s%u.%02ue%d", next_random(&random) % 2 ? "-" : "",
                 (unsigned)(next_random(&random) % 100000), (unsigned)(next_random(&random) % 100),
                 (int)(next_random(&random) % 20) - 10);
        assert_int_equal(quantity_read(text, &quantity, &fault), 0);
        assert_int_equal(wording_read(text, &decimal_point, &wording, &fault), 0);
        assert_string_equal(wording.value.text, quantity.text);
        assert_int_equal(wording.comparator, COMPARATOR_EXACT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_read_in_either_width_and_in_groups),
        cmocka_unit_test(a_source_with_a_decimal_comma_is_read_so),
        cmocka_unit_test(multipliers_scale_exactly),
        cmocka_unit_test(chinese_numerals_are_read),
        cmocka_unit_test(chinese_words_qualify),
        cmocka_unit_test(signs_and_english_words_qualify),
        cmocka_unit_test(of_two_words_that_agree_the_stronger_holds),
        cmocka_unit_test(units_are_known_by_their_names),
        cmocka_unit_test(what_is_written_in_chinese_numerals_reads_back_exactly),
        cmocka_unit_test(plain_decimals_are_read_as_ever),
    };
    return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
