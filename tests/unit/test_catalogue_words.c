/* SPDX-License-Identifier: MIT */
/* test_catalogue_words.c - values, units, periods and labels as people write them */
#include "../../almanac/catalogue.h"
#include "../../almanac/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const int64_t now = 1733011200 + 18 * 3600; /* 2024-12-01T18:00:00Z */

static const struct unit_word kwh_words[] = { { "千瓦时", 0 }, { "kWh", 0 }, { "MWh", 3 } };
static const struct unit_word land_words[] = { { "㎡", 0 }, { "km²", 6 }, { "公顷", 4 } };
static const struct unit_word water_words[] = { { "m3", 0 }, { "USD/m3", 0 } };
static const struct unit_word bed_words[] = { { "张床位", 0 }, { "床", 0 } };
static const char *area[] = { "area" };
static const char *owners[] = { "city", "区级" };
static const struct label_codes owner_codes = { "owner", { owners, 2 } };
static const char *owner[] = { "owner" };
static const struct figure figures[] = {
    { .name = "beds", .unit_words = bed_words, .unit_word_count = 2 },
    { .name = "floor_square_meters", .unit = "square_meters" },
    { .name = "fund_size_cny", .unit = "cny" },
    { .name = "halls", .labels = owner, .label_count = 1, .codes = &owner_codes, .code_count = 1 },
    { .name = "land_square_meters",
      .unit = "square_meters",
      .unit_words = land_words,
      .unit_word_count = 3 },
    { .name = "power_kwh", .unit = "kwh", .unit_words = kwh_words, .unit_word_count = 3 },
    { .name = "rank", .labels = area, .label_count = 1 },
    { .name = "share_ratio", .unit = "ratio" },
    { .name = "visits" },
    { .name = "water_m3", .unit = "cubic", .unit_words = water_words, .unit_word_count = 2 },
};
static const struct catalogue catalogue = { figures, sizeof figures / sizeof *figures };

static const struct wording_style words = { .decimal_comma = false };
static const struct wording_style comma = { .decimal_comma = true };

/* What the report says, ">=160", or the complaint, "obs_value: …". */
static void read_report(const struct report *report, char *said, size_t size)
{
    struct arena arena = { 0 };
    struct observation observation;
    struct complaint complaint = { 0 };
    const struct statement *statement = &observation.statement;
    if (catalogue_read(&catalogue, report, &arena, &observation, &complaint) == 0)
        snprintf(said, size, "%s%s", comparator_text(statement->comparator),
                 statement->missing ? "-" : statement->value.text);
    else
        snprintf(said, size, "%s: %s", complaint.name, complaint.fault.text);
    arena_free(&arena);
}

struct value_case {
    const char *figure, *value, *unit, *said;
};

static void must_say(const struct wording_style *style, const struct value_case *cases,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct report report = { .received = now, .wording = style };
        char said[768];
        report.fields[REPORT_FIGURE] = cases[i].figure;
        report.fields[REPORT_TIME_PERIOD] = "2023";
        report.fields[REPORT_OBS_VALUE] = cases[i].value;
        report.fields[REPORT_UNIT] = cases[i].unit;
        read_report(&report, said, sizeof said);
        if (strcmp(said, cases[i].said) != 0)
            fail_msg("%s '%s' '%s': %s", cases[i].figure, cases[i].value, cases[i].unit, said);
    }
}
#define MUST_SAY(style, cases) must_say(style, cases, sizeof(cases) / sizeof *(cases))
#define NO_WORDS                                                                                   \
    " is not understood; expected a unit in words, like 亿元, % or million CNY, or one of the "  \
    "figure's unit_words"
#define NO_UNIT " is of no unit; expected one behind it, or in the field unit, like "

static void values_in_words_have_a_unit_where_the_figure_has(void **state)
{
    static const struct value_case cases[] = {
        { "fund_size_cny", "超1亿元", NULL, ">100000000" },
        { "fund_size_cny", "3.5亿", NULL, "obs_value: '3.5亿'" NO_UNIT "cny" },
        { "fund_size_cny", "100", "", "obs_value: '100'" NO_UNIT "cny" },
        { "fund_size_cny", "15.2", "亿元", "1520000000" },
        { "fund_size_cny", "超1.2万", "元", ">12000" },
        { "fund_size_cny", "1.2万", "亿元", "1200000000000" },
        { "fund_size_cny", "16.1亿元", "亿元", "1610000000" },
        { "fund_size_cny", "-3", "万元", "-30000" },
        { "fund_size_cny", "1,200.5", "cny", "1200.5" },
        { "fund_size_cny", "3", "million CNY", "3000000" },
        { "fund_size_cny", "3", "亿美元", "unit: is in usd; expected cny" },
        { "fund_size_cny", "3亿元", "亿美元", "unit: is in usd; expected cny" },
        { "fund_size_cny", "100以上", "亿元", ">=10000000000" },
        { "fund_size_cny", "12", "000 yuan", "unit: '000 yuan'" NO_WORDS },
        { "fund_size_cny", "3", "十元以上", "unit: '十元以上'" NO_WORDS },
        { "fund_size_cny", "3", "五元", "unit: '五元'" NO_WORDS },
        { "fund_size_cny", "10家", NULL, "obs_value: is in 家; expected cny" },
        { "share_ratio", "56", "%", "0.56" },
        { "share_ratio", "五成", "%", "0.5" },
        { "share_ratio", "0.56", "ratio", "0.56" },
        { "visits", "1.5万", NULL, "15000" },
        { "visits", "1.5", "万人次", "15000" },
        { "visits", "160", "元", "unit: is in cny; expected a plain count" },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void plain_values_may_have_a_unit_beside_them(void **state)
{
    static const struct value_case cases[] = {
        { "fund_size_cny", "15.2", "亿元", "1520000000" },
        { "fund_size_cny", "15.2", "", "15.2" },
        { "fund_size_cny", "15.20", "cny", "15.20" },
        { "fund_size_cny", "15.2亿元", "亿元",
          "obs_value: '15.2亿元' is not a decimal number; expected digits with at most one point, "
          "like 1234.5" },
        { "fund_size_cny", "1", "天", "unit: '天'" NO_WORDS },
        { "power_kwh", "1.5", "MWh", "1500" },
        { "visits", "12", "家", "12" },
    };
    (void)state;
    MUST_SAY(NULL, cases);
}

static void a_figure_may_have_words_for_its_unit(void **state)
{
    static const struct value_case cases[] = {
        { "power_kwh", "1200千瓦时", NULL, "1200" },
        { "power_kwh", "1.2万千瓦时以上", NULL, ">=12000" },
        { "power_kwh", "1.5亿 kwh", NULL, "150000000" },
        { "power_kwh", "约 3 MWh", NULL, "~3000" },
        { "power_kwh", "MWh 3", NULL, "3000" },
        { "power_kwh", "1.5", "万千瓦时", "15000" },
        { "power_kwh", "1.5", NULL, "obs_value: '1.5'" NO_UNIT "千瓦时" },
        { "power_kwh", "3 MWhs", NULL,
          "obs_value: '3 MWhs': 'mwhs' is not understood; expected a number and at most a unit, "
          "like 160, 超160家, 3.5亿元 or 1.2 billion" },
        { "power_kwh", "3千瓦时元", NULL,
          "obs_value: '3千瓦时元' names two units, 千瓦时 and 元; expected one" },
        { "power_kwh", "3元", NULL, "obs_value: is in cny; expected 千瓦时" },
        { "beds", "360床", NULL, "360" },
        { "beds", "1.2万余张床位", NULL, ">=12000" },
        { "beds", "360", NULL, "360" },
        { "beds", "360人", NULL, "obs_value: is in 人; expected 张床位" },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void what_surrounds_a_unit_says_nothing(void **state)
{
    static const struct value_case cases[] = {
        { "fund_size_cny", "3", "（亿元）", "300000000" },
        { "fund_size_cny", "3", "(亿元)", "300000000" },
        { "fund_size_cny", "3", "（ 亿元 ）", "300000000" },
        { "fund_size_cny", "3", "　亿元 ", "300000000" },
        { "fund_size_cny", "3", "单位：亿元", "300000000" },
        { "fund_size_cny", "3", "单位: 亿元", "300000000" },
        { "fund_size_cny", "3", "計量單位：億元", "300000000" },
        { "fund_size_cny", "3", "（单位：亿元）", "300000000" },
        { "fund_size_cny", "3", "单位（亿元）", "300000000" },
        { "fund_size_cny", "3", "Unit: million CNY", "3000000" },
        { "fund_size_cny", "3", "(CNY)", "3" },
        { "fund_size_cny", "超3", "（亿元）", ">300000000" },
        { "fund_size_cny", "3万元", "（亿元）", "30000" },
        { "fund_size_cny", "3", "（亿美元）", "unit: is in usd; expected cny" },
        { "fund_size_cny", "3", "（亿元", "unit: '（亿元'" NO_WORDS },
        { "fund_size_cny", "3", "亿元（人民币）", "unit: '亿元（人民币）'" NO_WORDS },
        { "fund_size_cny", "3", "（亿元）（万元）", "unit: '（亿元）（万元）'" NO_WORDS },
        { "fund_size_cny", "3", "单位亿元", "unit: '单位亿元'" NO_WORDS },
        { "fund_size_cny", "3", "（）", "unit: '（）'" NO_WORDS },
        { "fund_size_cny", "3", "单位：", "unit: '单位：'" NO_WORDS },
        { "fund_size_cny", "3", " ", "obs_value: '3'" NO_UNIT "cny" },
        { "fund_size_cny", "3", "　", "obs_value: '3'" NO_UNIT "cny" },
        { "share_ratio", "56", "（%）", "0.56" },
        { "visits", "1.5", "（万人次）", "15000" },
        { "visits", "12", "单位：个", "12" },
        { "visits", "12", " ", "12" },
        { "power_kwh", "3", "（MWh）", "3000" },
        { "power_kwh", "3", "（kwh）", "3" },
        { "beds", "3", "单位：万张床位", "30000" },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void a_unit_may_have_a_power_of_ten_in_digits(void **state)
{
    static const struct value_case cases[] = {
        { "fund_size_cny", "3", "100 million yuan", "300000000" },
        { "fund_size_cny", "3.25", "(100 million yuan)", "325000000" },
        { "fund_size_cny", "3", "Unit: 100 million yuan", "300000000" },
        { "fund_size_cny", "3", "RMB 100 million", "300000000" },
        { "fund_size_cny", "3", "10,000 yuan", "30000" },
        { "fund_size_cny", "3", "10000元", "30000" },
        { "fund_size_cny", "3", "10亿元", "3000000000" },
        { "fund_size_cny", "3", "１００万元", "3000000" },
        { "fund_size_cny", "3", "US$ 100 million", "unit: is in usd; expected cny" },
        { "fund_size_cny", "3", "200 million yuan", "unit: '200 million yuan'" NO_WORDS },
        { "fund_size_cny", "3", "15 yuan", "unit: '15 yuan'" NO_WORDS },
        { "fund_size_cny", "3", "over 100 yuan", "unit: 'over 100 yuan'" NO_WORDS },
        { "fund_size_cny", "3", "100 yuan or more", "unit: '100 yuan or more'" NO_WORDS },
        { "fund_size_cny", "3", "yuan of 2015", "unit: 'yuan of 2015'" NO_WORDS },
        { "fund_size_cny", "3", "100", "unit: '100'" NO_WORDS },
        { "fund_size_cny", "3", "10.000 yuan", "unit: '10.000 yuan'" NO_WORDS },
        { "fund_size_cny", "3", "RMB 100", "unit: 'RMB 100'" NO_WORDS },
        { "visits", "1.5", "10,000 visits", "unit: '10,000 visits'" NO_WORDS },
        { "visits", "1.5", "10 thousand", "15000" },
        { "visits", "1.5", "1000人次", "1500" },
        { "power_kwh", "3", "100 MWh", "300000" },
        { "water_m3", "3", "10,000 m3", "30000" },
        { "water_m3", "3", "m3 10", "unit: 'm3 10'" NO_WORDS },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void a_currency_may_stand_before_what_it_counts(void **state)
{
    static const struct value_case cases[] = {
        { "fund_size_cny", "3", "人民币亿元", "300000000" },
        { "fund_size_cny", "3", "单位：人民币亿元", "300000000" },
        { "fund_size_cny", "3", "人民币元", "3" },
        { "fund_size_cny", "3", "RMB million", "3000000" },
        { "fund_size_cny", "3", "RMB", "3" },
        { "fund_size_cny", "3", "US$ million", "unit: is in usd; expected cny" },
        { "fund_size_cny", "3", "人民币亿美元", "unit: '人民币亿美元'" NO_WORDS },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void the_figures_own_words_may_have_digits(void **state)
{
    static const struct value_case cases[] = {
        { "water_m3", "3", "m3", "3" },
        { "water_m3", "3", "M3", "3" },
        { "water_m3", "3", "（万m3）", "30000" },
        { "water_m3", "3", "USD/m3", "3" },
        { "water_m3", "1.2万m3", NULL, "12000" },
        { "water_m3", "超5m3", NULL, ">5" },
        { "water_m3", "m33", NULL,
          "obs_value: 'm33': 'm' is a million to some and a thousand or metres to others; "
          "expected million" },
        { "water_m3", "3", "m2", "unit: is in square_meters; expected m3" },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void areas_have_signs(void **state)
{
    static const struct value_case cases[] = {
        { "land_square_meters", "3", "㎡", "3" },
        { "land_square_meters", "3", "万㎡", "30000" },
        { "land_square_meters", "3", "km²", "3000000" },
        { "land_square_meters", "3", "（KM²）", "3000000" },
        { "land_square_meters", "3", "公顷", "30000" },
        { "land_square_meters", "超3.5 km²", NULL, ">3500000" },
        { "land_square_meters", "1.2万㎡", NULL, "12000" },
        { "land_square_meters", "3", "㎢", "3000000" },
        { "land_square_meters", "3", "m2", "3" },
        { "floor_square_meters", "3", "（万㎡）", "30000" },
        { "floor_square_meters", "3.5km²", NULL, "3500000" },
        { "floor_square_meters", "3", "公顷", "30000" },
        { "floor_square_meters", "3", "亩", "unit: '亩'" NO_WORDS },
        { "floor_square_meters", "超3.5 sq km", NULL, ">3500000" },
        { "floor_square_meters", "3.5 m2", NULL, "3.5" },
        { "floor_square_meters", "3", "m2", "3" },
        { "floor_square_meters", "3", "Unit: M2", "3" },
        { "floor_square_meters", "3", "（万m2）", "30000" },
        { "floor_square_meters", "3", "10,000 m2", "30000" },
        { "floor_square_meters", "3", "km2", "3000000" },
        { "floor_square_meters", "3", "m2 10", "unit: 'm2 10'" NO_WORDS },
        { "floor_square_meters", "3", "m22", "unit: 'm22'" NO_WORDS },
        { "floor_square_meters", "3", "2 m2", "unit: '2 m2'" NO_WORDS },
        { "floor_square_meters", "3", "USD/m2", "unit: 'USD/m2'" NO_WORDS },
        { "floor_square_meters", "3", "10,000 square metres", "30000" },
        { "floor_square_meters", "3", "10,000 sq.m", "30000" },
        { "floor_square_meters", "3", "sq m", "3" },
        { "floor_square_meters", "3", "sq. m", "3" },
        { "floor_square_meters", "3", "sq km", "3000000" },
        { "floor_square_meters", "3", "1000 hectares", "30000000" },
        { "floor_square_meters", "3", "hectare", "30000" },
        { "visits", "3", "10,000 households", "30000" },
        { "visits", "3", "person", "3" },
        { "visits", "3", "unit", "3" },
        { "visits", "3", "unit: unit", "3" },
        { "visits", "3", "m2", "unit: is in square_meters; expected a plain count" },
        { "fund_size_cny", "3", "㎡", "unit: is in square_meters; expected cny" },
    };
    (void)state;
    MUST_SAY(&words, cases);
}

static void a_unit_stands_behind_a_decimal_comma_too(void **state)
{
    static const struct value_case cases[] = {
        { "power_kwh", "1.234,5", "MWh", "1234500" },
        { "fund_size_cny", "1,5", "cny", "1.5" },
    };
    (void)state;
    MUST_SAY(&comma, cases);
}

static void periods_and_dates_may_be_written_as_people_do(void **state)
{
    static const struct {
        const char *period, *released, *status, *said;
    } cases[] = {
        { "2024年6月", NULL, NULL, "2024-06" },
        { "二〇二三年上半年", NULL, NULL, "2023-S1" },
        { "Q3 2024", NULL, NULL, "2024-Q3" },
        { "2024年前三季度", NULL, NULL, "2024-01-01/P9M" },
        { "2024年6月", "2024年7月15日", NULL, "2024-06" },
        { "2024-06", "July 15, 2024", NULL, "2024-06" },
        { "2024-06", "2024年7月", NULL, "released: '2024年7月' is not a date; " },
        { "去年", NULL, NULL, "time_period: '去年' is no period: '去年' counts from a day that " },
        { "2024/6", NULL, NULL, "2024-06" },
        { "202406", "202407", NULL, "released: '202407' is not a date; " },
        { "202406", "20240715", NULL, "2024-06" },
        { "2023/2024", NULL, NULL, "2023/2024" },
        { "2024-06-30 10:00:00", NULL, NULL, "2024-06-30T10:00:00" },
        { "202406", "2024/7/15", NULL, "2024-06" },
        { "2024/5", NULL, NULL, "time_period: '2024/5' may be 2024-05 or a year like " },
        { "2023/24", NULL, NULL, "time_period: '2023/24' is no year of the calendar; " },
        { "2021/2023", NULL, NULL, "2021/2023" },
        { "2023-01-01/P1M", NULL, NULL, "2023-01-01/P1M" },
        { "2024-13", NULL, NULL, "time_period: '2024-13' is not a period; " },
        { "2026年", NULL, NULL, "time_period: '2026年' begins in the future; " },
        { "2026年", NULL, "F", "2026" },
        /* a day that has begun in the east already */
        { "2024-12-02", "2024-12-02", NULL, "2024-12-02" },
        { "2024-12-02T00:00:00", NULL, NULL, "time_period: '2024-12-02T00:00:00' begins in " },
        { "2024-12-03", NULL, NULL, "time_period: '2024-12-03' begins in the future; " },
        { "2024-06", "2024-12-03", NULL, "released: '2024-12-03' is in the future; " },
        { "2024-06", "2024-12-01T18:00:01Z", NULL, "released: '2024-12-01T18:00:01Z' is in the " },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report report = { .received = now };
        struct arena arena = { 0 };
        struct observation observation;
        struct complaint complaint = { 0 };
        char said[768];
        report.fields[REPORT_FIGURE] = "visits";
        report.fields[REPORT_TIME_PERIOD] = cases[i].period;
        report.fields[REPORT_OBS_VALUE] = "1";
        report.fields[REPORT_OBS_STATUS] = cases[i].status;
        report.fields[REPORT_RELEASED] = cases[i].released;
        if (catalogue_read(&catalogue, &report, &arena, &observation, &complaint) == 0)
            snprintf(said, sizeof said, "%s", observation.statement.period.text);
        else
            snprintf(said, sizeof said, "%s: %s", complaint.name, complaint.fault.text);
        if (strncmp(said, cases[i].said, strlen(cases[i].said)) != 0 ||
            (strchr(said, ':') == NULL && strcmp(said, cases[i].said) != 0))
            fail_msg("%s %s: %s", cases[i].period, cases[i].released, said);
        arena_free(&arena);
    }
}

static void a_history_has_the_two_years_that_were_read_before(void **state)
{
    struct report report = { .received = now, .history = true };
    struct arena arena = { 0 };
    struct observation observation;
    struct complaint complaint = { 0 };
    (void)state;
    report.fields[REPORT_FIGURE] = "visits";
    report.fields[REPORT_TIME_PERIOD] = "2023/2024";
    report.fields[REPORT_OBS_VALUE] = "1";
    assert_int_equal(catalogue_read(&catalogue, &report, &arena, &observation, &complaint), 0);
    assert_string_equal(observation.statement.period.text, "2023/2024");
    arena_free(&arena);
}

static void labels_that_look_equal_are_equal_and_keep_to_their_codes(void **state)
{
    static const struct {
        const char *figure;
        struct label label;
        const char *said;
    } cases[] = {
        { "rank", { "area", "福田" }, "1" },
        { "rank", { "area", " 福田" }, "area: has white space at an end; expected text without" },
        { "rank",
          { "area", "福\u200B田" },
          "area: has U+200B, which cannot be seen; expected text without" },
        { "halls", { "owner", "city" }, "1" },
        { "halls", { "owner", "区级" }, "1" },
        { "halls", { "owner", "City" }, "owner: is 'City'; expected one of its codes: city, 区级" },
        { "halls", { "owner", "区" }, "owner: is '区'; expected one of its codes: city, 区级" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report report = { .received = now, .labels = &cases[i].label, .label_count = 1 };
        char said[768];
        report.fields[REPORT_FIGURE] = cases[i].figure;
        report.fields[REPORT_TIME_PERIOD] = "2023";
        report.fields[REPORT_OBS_VALUE] = "1";
        read_report(&report, said, sizeof said);
        assert_string_equal(said, cases[i].said);
    }
}

/* What was recorded before there was a list. */
static void codes_keep_no_withdrawal_and_no_history_out(void **state)
{
    static const struct label label = { "owner", "citty" };
    (void)state;
    for (int history = 0; history < 2; history++) {
        struct report report = { .received = now, .labels = &label, .label_count = 1 };
        char said[768];
        report.history = history;
        report.fields[REPORT_FIGURE] = "halls";
        report.fields[REPORT_TIME_PERIOD] = "2023";
        report.fields[REPORT_OBS_VALUE] = history ? "1" : NULL;
        report.fields[REPORT_OBS_STATUS] = history ? NULL : "O";
        read_report(&report, said, sizeof said);
        assert_string_equal(said, history ? "1" : "-");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_in_words_have_a_unit_where_the_figure_has),
        cmocka_unit_test(plain_values_may_have_a_unit_beside_them),
        cmocka_unit_test(a_figure_may_have_words_for_its_unit),
        cmocka_unit_test(what_surrounds_a_unit_says_nothing),
        cmocka_unit_test(a_unit_may_have_a_power_of_ten_in_digits),
        cmocka_unit_test(a_currency_may_stand_before_what_it_counts),
        cmocka_unit_test(the_figures_own_words_may_have_digits),
        cmocka_unit_test(areas_have_signs),
        cmocka_unit_test(a_unit_stands_behind_a_decimal_comma_too),
        cmocka_unit_test(periods_and_dates_may_be_written_as_people_do),
        cmocka_unit_test(a_history_has_the_two_years_that_were_read_before),
        cmocka_unit_test(labels_that_look_equal_are_equal_and_keep_to_their_codes),
        cmocka_unit_test(codes_keep_no_withdrawal_and_no_history_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
