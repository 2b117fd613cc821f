/* SPDX-License-Identifier: MIT */
/* test_exposition.c - the same families in text 0.0.4 and in OpenMetrics */
#include "../../almanac/exposition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void must_write(enum exposition_format format, const struct family *family,
                       const struct label *labels, size_t label_count, const char *expected)
{
    struct exposition out = { .format = format };
    exposition_sample(&out, family, labels, label_count, "1");
    exposition_end(&out);
    assert_string_equal(out.page.bytes, expected);
    text_free(&out.page);
}

static void text_is_written_unless_openmetrics_is_liked_better(void **state)
{
    (void)state;
    assert_int_equal(exposition_choose(NULL), EXPOSITION_TEXT);
    assert_int_equal(exposition_choose("text/html"), EXPOSITION_TEXT);
    assert_int_equal(exposition_choose("text/plain"), EXPOSITION_TEXT);
    assert_int_equal(exposition_choose("application/openmetrics-text, text/plain;q=0.5"),
                     EXPOSITION_OPENMETRICS);
}

static void a_gauge_has_its_unit_in_openmetrics_only(void **state)
{
    static const struct family family = { "fund_size_cny", FAMILY_GAUGE, "cny", "Size." };
    (void)state;
    must_write(EXPOSITION_TEXT, &family, NULL, 0,
               "# HELP fund_size_cny Size.\n"
               "# TYPE fund_size_cny gauge\n"
               "fund_size_cny 1\n");
    must_write(EXPOSITION_OPENMETRICS, &family, NULL, 0,
               "# HELP fund_size_cny Size.\n"
               "# TYPE fund_size_cny gauge\n"
               "# UNIT fund_size_cny cny\n"
               "fund_size_cny 1\n"
               "# EOF\n");
}

static void a_counter_is_called_without_total_in_openmetrics(void **state)
{
    static const struct family family = { "cpu_seconds_total", FAMILY_COUNTER, "seconds",
                                          "Spent." };
    (void)state;
    must_write(EXPOSITION_TEXT, &family, NULL, 0,
               "# HELP cpu_seconds_total Spent.\n"
               "# TYPE cpu_seconds_total counter\n"
               "cpu_seconds_total 1\n");
    must_write(EXPOSITION_OPENMETRICS, &family, NULL, 0,
               "# HELP cpu_seconds Spent.\n"
               "# TYPE cpu_seconds counter\n"
               "# UNIT cpu_seconds seconds\n"
               "cpu_seconds_total 1\n"
               "# EOF\n");
}

static void an_info_is_a_gauge_where_there_is_no_info(void **state)
{
    static const struct family family = { "build_info", FAMILY_INFO, NULL, "Built." };
    static const struct label label = { "version", "1" };
    (void)state;
    must_write(EXPOSITION_TEXT, &family, &label, 1,
               "# HELP build_info Built.\n"
               "# TYPE build_info gauge\n"
               "build_info{version=\"1\"} 1\n");
    must_write(EXPOSITION_OPENMETRICS, &family, &label, 1,
               "# HELP build Built.\n"
               "# TYPE build info\n"
               "build_info{version=\"1\"} 1\n"
               "# EOF\n");
}

static void a_quote_is_escaped_in_help_by_openmetrics_only(void **state)
{
    static const struct family family = { "f", FAMILY_GAUGE, NULL,
                                          "a \\ and\na \"quote\", 基金\n" };
    (void)state;
    must_write(EXPOSITION_TEXT, &family, NULL, 0,
               "# HELP f a \\\\ and\\na \"quote\", 基金\\n\n# TYPE f gauge\nf 1\n");
    must_write(EXPOSITION_OPENMETRICS, &family, NULL, 0,
               "# HELP f a \\\\ and\\na \\\"quote\\\", 基金\\n\n# TYPE f gauge\nf 1\n# EOF\n");
}

static void label_values_escape_all_three_in_both(void **state)
{
    static const struct family family = { "f", FAMILY_GAUGE, NULL, "H." };
    static const struct label labels[] = { { "a", "" }, { "b", "\"x\"\\\ny" }, { "c", "福田" } };
    (void)state;
    must_write(EXPOSITION_TEXT, &family, labels, 3,
               "# HELP f H.\n# TYPE f gauge\n"
               "f{a=\"\",b=\"\\\"x\\\"\\\\\\ny\",c=\"福田\"} 1\n");
    must_write(EXPOSITION_OPENMETRICS, &family, labels, 3,
               "# HELP f H.\n# TYPE f gauge\n"
               "f{a=\"\",b=\"\\\"x\\\"\\\\\\ny\",c=\"福田\"} 1\n# EOF\n");
}

static void a_family_stands_in_front_of_its_first_sample_only(void **state)
{
    static const struct family a = { "a", FAMILY_GAUGE, NULL, "A." };
    static const struct family b = { "ab", FAMILY_GAUGE, NULL, "B." };
    struct exposition out = { .format = EXPOSITION_TEXT };
    (void)state;
    exposition_sample(&out, &a, NULL, 0, "-1234567890123456789012345678901234");
    exposition_sample(&out, &a, NULL, 0, "1.50");
    exposition_sample(&out, &b, NULL, 0, "3");
    assert_string_equal(out.page.bytes, "# HELP a A.\n# TYPE a gauge\n"
                                        "a -1234567890123456789012345678901234\na 1.50\n"
                                        "# HELP ab B.\n# TYPE ab gauge\nab 3\n");
    text_free(&out.page);
}

static void a_long_label_value_is_not_cut(void **state)
{
    enum { LENGTH = 100000 };
    static const struct family family = { "f", FAMILY_GAUGE, NULL, "H." };
    struct exposition out = { .format = EXPOSITION_TEXT };
    struct text value = { 0 };
    (void)state;
    for (int i = 0; i < LENGTH; i++)
        text_put(&value, "\n");
    const struct label label = { "l", value.bytes };
    exposition_sample(&out, &family, &label, 1, "1");
    assert_int_equal(out.page.size,
                     strlen("# HELP f H.\n# TYPE f gauge\nf{l=\"\"} 1\n") + 2 * LENGTH);
    text_free(&out.page);
    text_free(&value);
}

static void what_stands_before_the_value_can_be_had_alone(void **state)
{
    static const struct family family = { "funds", FAMILY_GAUGE, NULL, "Size." };
    static const struct label label = { "area", "福田" };
    struct exposition out = { .format = EXPOSITION_OPENMETRICS };
    (void)state;
    for (int time = 1; time <= 2; time++) {
        exposition_series(&out, &family, &label, 1);
        text_printf(&out.page, "1 %d\n", time);
    }
    assert_string_equal(out.page.bytes, "# HELP funds Size.\n"
                                        "# TYPE funds gauge\n"
                                        "funds{area=\"福田\"} 1 1\n"
                                        "funds{area=\"福田\"} 1 2\n");
    text_free(&out.page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_written_unless_openmetrics_is_liked_better),
        cmocka_unit_test(a_gauge_has_its_unit_in_openmetrics_only),
        cmocka_unit_test(a_counter_is_called_without_total_in_openmetrics),
        cmocka_unit_test(an_info_is_a_gauge_where_there_is_no_info),
        cmocka_unit_test(a_quote_is_escaped_in_help_by_openmetrics_only),
        cmocka_unit_test(label_values_escape_all_three_in_both),
        cmocka_unit_test(a_family_stands_in_front_of_its_first_sample_only),
        cmocka_unit_test(a_long_label_value_is_not_cut),
        cmocka_unit_test(what_stands_before_the_value_can_be_had_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
