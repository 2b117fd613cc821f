/* SPDX-License-Identifier: MIT */
/* test_exposition.c - the grammar of text 0.0.4 */
#include "../../exporter/exposition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void help_escapes_backslash_and_newline_only(void **state)
{
    struct text page = { 0 };
    (void)state;
    exposition_family(&page, "fund_size_cny", "gauge", "a \\ and\na \"quote\", 基金\n");
    assert_string_equal(page.bytes, "# HELP fund_size_cny a \\\\ and\\na \"quote\", 基金\\n\n"
                                    "# TYPE fund_size_cny gauge\n");
    text_free(&page);
}

static void a_sample_without_labels_has_no_braces(void **state)
{
    struct text page = { 0 };
    (void)state;
    exposition_sample(&page, "up", NULL, 0, "1");
    assert_string_equal(page.bytes, "up 1\n");
    text_free(&page);
}

static void label_values_escape_the_quote_too(void **state)
{
    static const struct label labels[] = { { "a", "" }, { "b", "\"x\"\\\ny" }, { "c", "福田" } };
    struct text page = { 0 };
    (void)state;
    exposition_sample(&page, "f", labels, 3, "1.50");
    assert_string_equal(page.bytes, "f{a=\"\",b=\"\\\"x\\\"\\\\\\ny\",c=\"福田\"} 1.50\n");
    text_free(&page);
}

static void the_value_is_written_as_it_is_given(void **state)
{
    struct text page = { 0 };
    (void)state;
    exposition_sample(&page, "f", NULL, 0, "-1234567890123456789012345678901234");
    assert_string_equal(page.bytes, "f -1234567890123456789012345678901234\n");
    text_free(&page);
}

static void a_long_label_value_is_not_cut(void **state)
{
    enum { LENGTH = 100000 };
    struct text page = { 0 }, value = { 0 };
    (void)state;
    for (int i = 0; i < LENGTH; i++)
        text_put(&value, "\n");
    const struct label label = { "l", value.bytes };
    exposition_sample(&page, "f", &label, 1, "1");
    assert_int_equal(page.size, strlen("f{l=\"\"} 1\n") + 2 * LENGTH);
    text_free(&page);
    text_free(&value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_escapes_backslash_and_newline_only),
        cmocka_unit_test(a_sample_without_labels_has_no_braces),
        cmocka_unit_test(label_values_escape_the_quote_too),
        cmocka_unit_test(the_value_is_written_as_it_is_given),
        cmocka_unit_test(a_long_label_value_is_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
