/* SPDX-License-Identifier: MIT */
/* test_text.c - a string that grows and knows its limit */
#include "../../almanac/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void what_is_written_stands_one_after_the_other(void **state)
{
    struct text text = { 0 };
    (void)state;
    text_put(&text, "a=-42");
    text_char(&text, ' ');
    text_printf(&text, "%s:%03d", "x", 7);
    text_bytes(&text, "yz!", 2);
    text_put(&text, "");
    assert_string_equal(text.bytes, "a=-42 x:007yz");
    assert_int_equal(text.size, 13);
    assert_false(text_failed(&text));
    text_free(&text);
}

static void a_long_text_grows_without_a_scratch(void **state)
{
    struct text text = { 0 };
    (void)state;
    for (int i = 0; i < 20000; i++)
        text_printf(&text, "%05d", i);
    assert_int_equal(text.size, 100000);
    assert_int_equal(strlen(text.bytes), 100000);
    assert_memory_equal(text.bytes + 5 * 12345, "1234512346", 10);
    text_free(&text);
}

static void bytes_may_hold_a_nul(void **state)
{
    struct text text = { 0 };
    (void)state;
    text_bytes(&text, "a\0b", 3);
    text_char(&text, '\0');
    assert_int_equal(text.size, 4);
    assert_memory_equal(text.bytes, "a\0b\0", 5);
    text_free(&text);
}

static void a_limit_is_reached_but_never_passed(void **state)
{
    struct text text = { .limit = 8 };
    (void)state;
    text_put(&text, "12345678");
    assert_false(text_failed(&text));
    text_char(&text, '9');
    assert_true(text_failed(&text));
    assert_string_equal(text.bytes, "12345678");
    text_free(&text);
}

static void after_a_failure_nothing_is_written(void **state)
{
    struct text text = { .limit = 8 };
    (void)state;
    text_put(&text, "1234");
    text_printf(&text, "%s", "too much");
    text_put(&text, "5");
    text_json(&text, "");
    text_printf(&text, "%d", 1);
    assert_true(text_failed(&text));
    assert_string_equal(text.bytes, "1234");
    text_free(&text);
}

static void a_cleared_text_is_empty_and_sound_again(void **state)
{
    struct text text = { .limit = 8 };
    (void)state;
    text_clear(&text);
    text_put(&text, "12345678");
    text_char(&text, '9');
    text_clear(&text);
    assert_false(text_failed(&text));
    assert_int_equal(text.size, 0);
    assert_string_equal(text.bytes, "");
    text_put(&text, "new");
    assert_string_equal(text.bytes, "new");
    text_free(&text);
    assert_null(text.bytes);
    assert_int_equal(text.limit, 8);
    text_put(&text, "123456789");
    assert_true(text_failed(&text));
    text_free(&text);
}

static void json_strings_are_what_json_reads(void **state)
{
    static const struct {
        const char *string, *json;
    } cases[] = {
        { "", "\"\"" },
        { "plain", "\"plain\"" },
        { "say \"no\"", "\"say \\\"no\\\"\"" },
        { "\"\"", "\"\\\"\\\"\"" },
        { "C:\\temp", "\"C:\\\\temp\"" },
        { "two\nlines\t", "\"two\\u000alines\\u0009\"" },
        { "\x01\x1F", "\"\\u0001\\u001f\"" },
        { "del\x7F", "\"del\x7F\"" },
        { "\xC2\x80 \xC2\x9F\xC2\xA0", "\"\\u0080 \\u009f\xC2\xA0\"" },
        { "亿元 €", "\"亿元 €\"" },
        { "\xF0\x9F\x93\x88", "\"\xF0\x9F\x93\x88\"" },
        { "/", "\"/\"" },
        { "bad \xFF byte", "\"bad \\ufffd byte\"" },
        { "\x80\"\x80", "\"\\ufffd\\\"\\ufffd\"" },
        { "cut \xE4\xBA", "\"cut \\ufffd\\ufffd\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = { 0 };
        text_json(&text, cases[i].string);
        assert_string_equal(text.bytes, cases[i].json);
        text_free(&text);
    }
}

/* RFC 3629, section 4; the bounds are those of its grammar. */
static void csv_cells_are_quoted_where_they_need_it(void **state)
{
    static const struct {
        const char *string, *csv;
    } cases[] = {
        { "", "" },
        { "plain 亿元", "plain 亿元" },
        { " spaces ", " spaces " },
        { "a,b", "\"a,b\"" },
        { "say \"no\"", "\"say \"\"no\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "\r", "\"\r\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = { 0 };
        text_csv(&text, cases[i].string);
        assert_string_equal(text.size == 0 ? "" : text.bytes, cases[i].csv);
        text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_stands_one_after_the_other),
        cmocka_unit_test(a_long_text_grows_without_a_scratch),
        cmocka_unit_test(bytes_may_hold_a_nul),
        cmocka_unit_test(a_limit_is_reached_but_never_passed),
        cmocka_unit_test(after_a_failure_nothing_is_written),
        cmocka_unit_test(a_cleared_text_is_empty_and_sound_again),
        cmocka_unit_test(json_strings_are_what_json_reads),
        cmocka_unit_test(csv_cells_are_quoted_where_they_need_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
