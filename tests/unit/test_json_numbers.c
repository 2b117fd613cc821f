/* SPDX-License-Identifier: MIT */
/* test_json_numbers.c - numbers are copied in another way where they are numbers, and nowhere else
 */
#include "../../collector/json_numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void must_become(const char *json, size_t digits, const char *expected)
{
    struct text copy = { 0 };
    text_put(&copy, "");
    json_quote_numbers(json, strlen(json), digits, '.', &copy);
    assert_string_equal(copy.bytes, expected);
    text_free(&copy);
}

static void numbers_become_strings(void **state)
{
    (void)state;
    must_become("[1, -2.50,3e-7]", 0, "[\"1\", \"-2.50\",\"3e-7\"]");
    must_become("{\"a\":0.10}", 0, "{\"a\":\"0.10\"}");
    must_become("0", 0, "\"0\"");
}

static void strings_stay_as_they_are(void **state)
{
    (void)state;
    must_become("[\"1\",\"a\\\"2\",\"\\\\\",3]", 0, "[\"1\",\"a\\\"2\",\"\\\\\",\"3\"]");
    must_become("\"1", 0, "\"1");
}

static void what_a_double_holds_may_stay_a_number(void **state)
{
    (void)state;
    must_become("[123456789012345, 1234567890123456, 0.1, 1e2, 12345678901234.56]", 15,
                "[123456789012345, \"1234567890123456\", 0.1, \"1e2\", "
                "\"12345678901234.56\"]");
}

static void strings_may_have_a_comma_for_the_point(void **state)
{
    static const char json[] = "[1.234e5, \"1.5\", 1.5, 7e3, 1234567890.123456]";
    struct text copy = { 0 };
    (void)state;
    json_quote_numbers(json, strlen(json), 15, ',', &copy);
    assert_string_equal(copy.bytes, "[\"1,234e5\", \"1.5\", 1.5, \"7e3\", \"1234567890,123456\"]");
    text_free(&copy);
}

static void what_is_no_json_is_copied(void **state)
{
    (void)state;
    must_become("1.x", 0, "\"1\".x");
    must_become("", 0, "");
    must_become("-", 0, "-");
}

static void must_be_tame(const char *json, const char *expected)
{
    struct text copy = { 0 };
    json_tame_numbers(json, strlen(json), &copy);
    assert_string_equal(copy.bytes, expected);
    text_free(&copy);
}

static void numbers_that_are_too_large_become_small_ones_as_long(void **state)
{
    (void)state;
    must_be_tame("[1e400, 123456789012345678, -1234567890123456789, 0.5E+12]",
                 "[1e000, 123456789012345678, -1.00000000000000000, 0.5E+00]");
    must_be_tame("123456789012345678.5e9x", "1.000000000000000000e0x");
    must_be_tame("[\"1e400\", 1e400e5, 01e4]", "[\"1e400\", 1e000e5, 01e0]");
}

/* Zero is a number, and so is the next one; each is looked at once. */
static void a_row_of_zeros_is_many_numbers(void **state)
{
    enum { ZEROS = 1 << 22 };
    struct text copy = { 0 };
    char *zeros = malloc(ZEROS);
    (void)state;
    assert_non_null(zeros);
    memset(zeros, '0', ZEROS);
    json_quote_numbers(zeros, ZEROS, 0, '.', &copy);
    assert_int_equal(copy.size, 3 * (size_t)ZEROS);
    text_free(&copy);
    free(zeros);
}

static void must_end(const char *json, const char *value, const char *expected)
{
    struct text copy = { 0 };
    assert_int_equal(json_quote_value(json, strlen(json), &copy), strlen(value));
    assert_string_equal(copy.bytes, expected);
    text_free(&copy);
}

static void a_value_ends_with_its_bracket_or_quote_or_in_front_of_the_next(void **state)
{
    (void)state;
    must_end("{\"a\":[1,{}]},{}", "{\"a\":[1,{}]}", "{\"a\":[\"1\",{}]}");
    must_end("[\"]\"] ", "[\"]\"]", "[\"]\"]");
    must_end("\"a b\",1", "\"a b\"", "\"a b\"");
    must_end("1.5]", "1.5", "\"1.5\"");
    must_end("true,", "true", "true");
    must_end("]]", "]", "]");
}

static void one_that_does_not_end_goes_to_the_end(void **state)
{
    (void)state;
    must_end("{\"a\":[1,{}]", "{\"a\":[1,{}]", "{\"a\":[\"1\",{}]");
    must_end("\"a b", "\"a b", "\"a b");
    must_end("[{]}", "[{]}", "[{]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_become_strings),
        cmocka_unit_test(strings_stay_as_they_are),
        cmocka_unit_test(what_a_double_holds_may_stay_a_number),
        cmocka_unit_test(strings_may_have_a_comma_for_the_point),
        cmocka_unit_test(what_is_no_json_is_copied),
        cmocka_unit_test(numbers_that_are_too_large_become_small_ones_as_long),
        cmocka_unit_test(a_row_of_zeros_is_many_numbers),
        cmocka_unit_test(a_value_ends_with_its_bracket_or_quote_or_in_front_of_the_next),
        cmocka_unit_test(one_that_does_not_end_goes_to_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
