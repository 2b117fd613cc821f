/* SPDX-License-Identifier: MIT */
/* test_naming.c - names that promtool would complain about are refused, others are not */
#include "../../almanac/naming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef int checker(const char *name, struct fault *fault);

struct refusal {
    const char *name, *complaint;
};

static void must_accept(checker *check, const char *const *names)
{
    for (; *names != NULL; names++) {
        struct fault fault = { 0 };
        if (check(*names, &fault) != 0)
            fail_msg("'%s' is refused: %s", *names, fault.text);
    }
}

static void must_refuse(checker *check, const struct refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fault fault = { 0 };
        if (check(cases[i].name, &fault) != -1)
            fail_msg("'%s' is not refused", cases[i].name);
        assert_string_equal(fault.text, cases[i].complaint);
    }
}

#define must_refuse_all(check, cases) must_refuse(check, cases, sizeof(cases) / sizeof *(cases))

static void a_gauge_may_be_called_so(void **state)
{
    static const char *const names[] = {
        "pilot_platforms",
        "fund_size_cny",
        "a",
        "_a",
        "x2",
        "air_celsius",
        "works_seconds",
        "x_grams",
        "x_percent",
        "x_ratio",
        "thermometers",
        "gauge_x",
        "s_x",
        "x_gauges",
        "x_days2",
        "x_kilowatts",
        "total_x",
        "x_total_y",
        "x_kwh",
        "x_untyped",
        "x_metres",
        "x_info_y",
        "x_second",
        "x_years",
        "x_watt_seconds",
        NULL,
    };
    (void)state;
    must_accept(naming_check_figure, names);
}

static void a_gauge_may_not_be_called_so(void **state)
{
#define FORM " is not in snake_case; expected a-z, 0-9 and '_', not beginning with a digit"
    static const struct refusal cases[] = {
        { "", "''" FORM },
        { "2x", "'2x'" FORM },
        { "x:y", "'x:y'" FORM },
        { "Xy", "'Xy'" FORM },
        { "x-y", "'x-y'" FORM },
        { "平台", "'平台'" FORM },
        { "x_total", "'x_total' ends in '_total', as no gauge may; expected another ending" },
        { "x_count", "'x_count' ends in '_count', as no gauge may; expected another ending" },
        { "x_sum", "'x_sum' ends in '_sum', as no gauge may; expected another ending" },
        { "x_bucket", "'x_bucket' ends in '_bucket', as no gauge may; expected another ending" },
        { "x_info", "'x_info' ends in '_info', as no gauge may; expected another ending" },
        { "x_gauge_y", "'x_gauge_y' has the metric type 'gauge' in it; expected it without" },
        { "x_histogram", "'x_histogram' has the metric type 'histogram' in it; expected it "
                         "without" },
        { "x_minutes", "'x_minutes' is in minutes; expected the base unit seconds" },
        { "days_x", "'days_x' is in days; expected the base unit seconds" },
        { "x_watt_hours", "'x_watt_hours' is in watt_hours; expected the base unit joules" },
        { "kilowatt_days", "'kilowatt_days' is in kilowatt_days; expected the base unit joules" },
        { "x_ampere_hours", "'x_ampere_hours' is in hours; expected the base unit seconds" },
        { "x_milliseconds", "'x_milliseconds' is in milliseconds; expected the base unit seconds" },
        { "x_mebibytes", "'x_mebibytes' is in mebibytes; expected the base unit bytes" },
        { "x_bits", "'x_bits' is in bits; expected the base unit bytes" },
        { "x_kilocalories", "'x_kilocalories' is in kilocalories; expected the base unit joules" },
        { "x_ms", "'x_ms' has the abbreviated unit 'ms'; expected a unit in full" },
        { "x_b_y", "'x_b_y' has the abbreviated unit 'b'; expected a unit in full" },
        { "almanac_x",
          "'almanac_x' begins with 'almanac_', which is kept for Almanac and Prometheus; "
          "expected another beginning" },
        { "up", "'up' is kept for Prometheus; expected another name" },
        { "scrape_x", "'scrape_x' begins with 'scrape_', which is kept for Almanac and Prometheus; "
                      "expected another beginning" },
        { "process_x",
          "'process_x' begins with 'process_', which is kept for Almanac and Prometheus; "
          "expected another beginning" },
    };
    (void)state;
    must_refuse_all(naming_check_figure, cases);
}

static void every_unit_has_its_base(void **state)
{
    static const struct {
        const char *unit, *base;
    } cases[] = {
        { "amperes", "amperes" },    { "bytes", "bytes" },     { "celsius", "celsius" },
        { "grams", "grams" },        { "joules", "joules" },   { "kelvin", "kelvin" },
        { "meters", "meters" },      { "metres", "metres" },   { "seconds", "seconds" },
        { "volts", "volts" },        { "minutes", "seconds" }, { "hours", "seconds" },
        { "days", "seconds" },       { "weeks", "seconds" },   { "kelvins", "kelvin" },
        { "fahrenheit", "celsius" }, { "rankine", "celsius" }, { "inches", "meters" },
        { "yards", "meters" },       { "miles", "meters" },    { "bits", "bytes" },
        { "calories", "joules" },    { "pounds", "grams" },    { "ounces", "grams" },
    };
    static const char *const prefixes[] = { "", "milli", "mega" };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = strcmp(cases[i].unit, cases[i].base) == 0; k < 3; k++) {
            char unit[32], name[40], complaint[120];
            snprintf(unit, sizeof unit, "%s%s", prefixes[k], cases[i].unit);
            snprintf(name, sizeof name, "x_%s", unit);
            snprintf(complaint, sizeof complaint, "'%s' is in %s; expected the base unit %s", name,
                     unit, cases[i].base);
            must_refuse(naming_check_figure, &(const struct refusal){ name, complaint }, 1);
        }
}

static void units_are_base_units_in_full(void **state)
{
    static const char *const names[] = {
        "cny", "usd",  "seconds",        "bytes", "cny_per_person", "ratio", "square_meters",
        "kwh", "beds", "units_of_blood", NULL
    };
    static const struct refusal cases[] = {
        { "KWh", "'KWh'" FORM },
        { "hours", "'hours' is in hours; expected the base unit seconds" },
        { "cny_per_hours", "'cny_per_hours' is in hours; expected the base unit seconds" },
        { "kilowatt_hours",
          "'kilowatt_hours' is in kilowatt_hours; expected the base unit joules" },
        { "ms", "'ms' is an abbreviated unit; expected it in full" },
#define UNIT(word, unit) "'" word "' is a word for " unit "; expected the unit " unit
#define COUNT(word)                                                                                \
    "'" word "' is what is counted; expected no unit (a count), with unit_words like {" word       \
    ": 1} if the words matter"
        { "yuan", UNIT("yuan", "cny") },
        { "CNY", UNIT("CNY", "cny") },
        { "元", UNIT("元", "cny") },
        { "亿元", UNIT("亿元", "cny") },
        { "million_usd", UNIT("million_usd", "usd") },
        { "rmb", UNIT("rmb", "cny") },
        { "euros", UNIT("euros", "eur") },
        { "us_dollars", UNIT("us_dollars", "usd") },
        { "pounds_sterling", UNIT("pounds_sterling", "gbp") },
        { "percent", UNIT("percent", "ratio") },
        { "%", UNIT("%", "ratio") },
        { "per_cent", UNIT("per_cent", "ratio") },
        { "pct", UNIT("pct", "ratio") },
        { "hectares", UNIT("hectares", "square_meters") },
        { "square_metres", UNIT("square_metres", "square_meters") },
        { "square_kilometers", UNIT("square_kilometers", "square_meters") },
        { "km2", UNIT("km2", "square_meters") },
        { "persons", COUNT("persons") },
        { "people", COUNT("people") },
        { "万人",
          "'万人' is what is counted; expected no unit (a count), with unit_words like {人: 1} "
          "if the words matter" },
        { "household", COUNT("household") },
        { "units", COUNT("units") },
        { "cny_per_m", "'cny_per_m' has the abbreviated unit 'm'; expected a unit in full" },
    };
    (void)state;
    must_accept(naming_check_unit, names);
    must_refuse_all(naming_check_unit, cases);
}

static void labels_are_those_that_prometheus_takes(void **state)
{
#define LABEL                                                                                      \
    " is not a label name; expected letters, digits and '_', not beginning with a digit and not "  \
    "in camelCase"
    static const char *const names[] = { "ref_area", "_x",        "REF_AREA", "Stage", "x1",
                                         "les",      "quantiles", "jobs",     NULL };
    static const struct refusal cases[] = {
        { "", "''" LABEL },
        { "1x", "'1x'" LABEL },
        { "ref-area", "'ref-area'" LABEL },
        { "refArea", "'refArea'" LABEL },
        { "a:b", "'a:b'" LABEL },
        { "__name__", "'__name__' is kept for Prometheus; expected another label name" },
        { "le", "'le' is kept for Prometheus; expected another label name" },
        { "quantile", "'quantile' is kept for Prometheus; expected another label name" },
#define SCRAPED                                                                                    \
    " is a label that Prometheus itself puts on what it scrapes; expected another label name"
        { "job", "'job'" SCRAPED },
        { "instance", "'instance'" SCRAPED },
        { "figure", "'figure' is a field of every report; expected another label name" },
        { "obs_status", "'obs_status' is a field of every report; expected another label name" },
    };
    (void)state;
    must_accept(naming_check_label, names);
    must_refuse_all(naming_check_label, cases);
}

static void a_column_says_a_field_or_a_label(void **state)
{
    static const char *const names[] = {
        "figure", "obs_value", "comment", "ref_area", "AREA", NULL
    };
    static const struct refusal cases[] = {
        { "ref-area", "'ref-area'" LABEL },
        { "", "''" LABEL },
        { "le", "'le' is kept for Prometheus; expected another label name" },
    };
    (void)state;
    must_accept(naming_check_column, names);
    must_refuse_all(naming_check_column, cases);
}

static void a_name_has_room_for_128_characters(void **state)
{
    char name[130];
    struct fault fault = { 0 };
    (void)state;
    memset(name, 'x', sizeof name);
    name[128] = '\0';
    assert_int_equal(naming_check_figure(name, &fault), 0);
    assert_int_equal(naming_check_label(name, &fault), 0);
    name[128] = 'x';
    name[129] = '\0';
    assert_int_equal(naming_check_figure(name, &fault), -1);
    assert_string_equal(fault.text, "the name has 129 bytes; expected at most 128");
    assert_int_equal(naming_check_label(name, &fault), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gauge_may_be_called_so),
        cmocka_unit_test(a_gauge_may_not_be_called_so),
        cmocka_unit_test(every_unit_has_its_base),
        cmocka_unit_test(units_are_base_units_in_full),
        cmocka_unit_test(labels_are_those_that_prometheus_takes),
        cmocka_unit_test(a_column_says_a_field_or_a_label),
        cmocka_unit_test(a_name_has_room_for_128_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
