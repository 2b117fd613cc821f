/* SPDX-License-Identifier: MIT */
/* test_utf8.c - what is well-formed UTF-8, and what its bytes say */
#include "../../almanac/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void utf8_ends_where_it_is_not_well_formed(void **state)
{
    static const struct {
        const char *bytes;
        size_t size, until;
    } cases[] = {
        { "", 0, 0 },
        { "abc", 3, 3 },
        { "a\0c", 3, 1 },
        { "\x7F", 1, 1 },
        { "\x80", 1, 0 },
        { "a\xBF", 2, 1 },
        { "\xC0\x80", 2, 0 },
        { "\xC1\xBF", 2, 0 },
        { "\xC2\x80", 2, 2 },
        { "\xC2", 1, 0 },
        { "\xC2\x7F", 2, 0 },
        { "\xC2\xC0", 2, 0 },
        { "\xDF\xBF", 2, 2 },
        { "\xE0\x9F\xBF", 3, 0 },
        { "\xE0\xA0\x80", 3, 3 },
        { "\xE4\xBA\xBF", 3, 3 },
        { "\xE4\xBA\xBF", 2, 0 },
        { "\xE4\xBA\x3F", 3, 0 },
        { "\xE4\xBA\xC0", 3, 0 },
        { "\xED\x9F\xBF", 3, 3 },
        { "\xED\xA0\x80", 3, 0 },
        { "\xEE\x80\x80", 3, 3 },
        { "\xEF\xBF\xBF", 3, 3 },
        { "\xF0\x8F\xBF\xBF", 4, 0 },
        { "\xF0\x90\x80\x80", 4, 4 },
        { "\xF0\x90\x80", 3, 0 },
        { "\xF0\x90\x80\x7F", 4, 0 },
        { "\xF4\x8F\xBF\xBF", 4, 4 },
        { "\xF4\x90\x80\x80", 4, 0 },
        { "\xF5\x80\x80\x80", 4, 0 },
        { "\xFF", 1, 0 },
        { "亿元\xFE", 7, 6 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (utf8_until(cases[i].bytes, cases[i].size) != cases[i].until)
            fail_msg("case %zu ends at %zu, not %zu", i, utf8_until(cases[i].bytes, cases[i].size),
                     cases[i].until);
}

static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
    static const char bad[] = { '\0', '\x80', '\xff', '\xc2' };
    char bytes[40];
    (void)state;
    for (size_t at = 0; at < sizeof bytes; at++)
        for (size_t i = 0; i < sizeof bad; i++) {
            memset(bytes, at % 2 ? '\x01' : '\x7f', sizeof bytes);
            assert_int_equal(utf8_until(bytes, sizeof bytes), sizeof bytes);
            bytes[at] = bad[i];
            assert_int_equal(utf8_until(bytes, sizeof bytes), at);
        }
}

static void a_point_is_what_its_bytes_say(void **state)
{
    static const uint32_t points[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0x603B, 0xFFFD, 0x10FFFF };
    const char *at = "a\x7F\xC2\x80\u07FF\u0800总\uFFFD\U0010FFFF";
    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_int_equal(utf8_point(&at), points[i]);
    assert_string_equal(at, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_ends_where_it_is_not_well_formed),
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
        cmocka_unit_test(a_point_is_what_its_bytes_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
