/* SPDX-License-Identifier: MIT */
/* test_charset.c - other encodings become UTF-8 up to the first byte that is not theirs */
#include "../../collector/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void must_become(const char *encoding, const char *bytes, const char *expected, size_t valid)
{
    struct text text = { 0 };
    struct fault fault = { 0 };
    text_put(&text, "");
    ssize_t found = charset_to_utf8(encoding, bytes, strlen(bytes), &text, &fault);
    assert_string_equal(fault.text, "");
    assert_string_equal(text.bytes, expected);
    assert_int_equal(found, valid);
    text_free(&text);
}

static void each_encoding_becomes_utf_8(void **state)
{
    (void)state;
    must_become("GB18030", "", "", 0);
    must_become("GB18030", "a,b\r\n", "a,b\r\n", 5);
    must_become("GB18030", "\xB8\xA3\xCC\xEF", "福田", 4);
    must_become("GB18030", "\x95\x32\x82\x36\x81\x30\x84\x36", "\xF0\xA0\x80\x80\xC2\xA5", 8);
    must_become("WINDOWS-1252", "\x80 \xFC\xDF", "€ üß", 4);
    must_become("WINDOWS-1250", "\xB3\xF3\x9F", "łóź", 3);
    must_become("WINDOWS-1251", "\xC3\xEE\xE4", "Год", 3);
    must_become("CP932", "\x94\x4E\x93\x78\x87\x40", "年度①", 6);
    must_become("CP949", "\xB3\xE2", "년", 2);
    must_become("CP950", "\xA6\x7E", "年", 2);
}

static void must_become_of(const char *bytes, size_t size, const char *expected, size_t valid)
{
    struct text text = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(charset_to_utf8("UTF-16", bytes, size, &text, &fault), valid);
    assert_string_equal(text.bytes, expected);
    text_free(&text);
}

static void utf_16_is_in_the_order_of_its_mark_or_little_endian(void **state)
{
    (void)state;
    must_become_of("\xFF\xFE-N\n\0", 6, "\xEF\xBB\xBF中\n", 6);
    must_become_of("\xFE\xFFN-\0\n", 6, "\xEF\xBB\xBF中\n", 6);
    must_become_of("-N\n\0", 4, "中\n", 4);
    must_become_of("\x40\xD8\0\xDC", 4, "\xF0\xA0\x80\x80", 4);
    must_become_of("-N\n", 3, "中", 2);
    must_become_of("-N\0\xDC", 4, "中", 2);
    assert_true(charset_has_utf16_mark("\xFE\xFF", 2) && charset_has_utf16_mark("\xFF\xFE", 2));
    assert_false(charset_has_utf16_mark("\xFF", 1) || charset_has_utf16_mark("\xFF\xFF", 2));
}

static void utf_8_is_told_from_what_it_should_be(void **state)
{
    static const struct {
        const char *encoding, *bytes;
        bool is;
    } cases[] = {
        { "GB18030", "福田,4\n", true },
        { "GB18030", "\xC2\xB7 福·田", true },
        { "GB18030", "\xEF\xBB\xBF福", true },
        { "GB18030",
          "\xEF\xBB\xBF"
          "plain",
          true },
        { "GB18030", "福,4\n", false },   /* is refused anyway: half of it is no character */
        { "GB18030", "\xC3\xBC", false }, /* 眉, or ü */
        { "GB18030", "\xB8\xA3\xCC\xEF", false },
        { "GB18030", "plain", false },
        { "WINDOWS-1252", "Stra\xC3\x9F.", true },
        { "WINDOWS-1252", "4 \xE2\x82\xAC", true },
        { "WINDOWS-1252", "Stra\xDF.", false },
        { "WINDOWS-1252", "\xC3\xBC \xFC", false },
        { "WINDOWS-1252", "plain", false },
        { "UTF-16", "福田,4\n", true },
        { "UTF-16", "plain\n", true },
        { "UTF-16", "^t", false },         /* 年, or 瑞 */
        { "UTF-16", "\xFF\xFE\n", false }, /* its mark, and half a character */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (charset_is_utf8(cases[i].encoding, cases[i].bytes, strlen(cases[i].bytes)) !=
            cases[i].is)
            fail_msg("'%s' in %s", cases[i].bytes, cases[i].encoding);
}

static void it_stops_at_the_first_byte_that_is_none(void **state)
{
    (void)state;
    must_become("GB18030", "a\xB8\xA3\xFF\xB8", "a福", 3);
    must_become("GB18030", "a\xB8", "a", 1);
    must_become("GB18030", "a\xE3\x32\x9A\x36", "a", 1); /* behind U+10FFFF */
    must_become("WINDOWS-1252", "a\x81", "a", 1);
}

static void an_encoding_that_the_system_does_not_know_is_told(void **state)
{
    struct text text = { 0 };
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(charset_to_utf8("KLINGON", "a", 1, &text, &fault), -1);
    assert_string_equal(fault.text, "this system cannot read KLINGON: Invalid argument");
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_encoding_becomes_utf_8),
        cmocka_unit_test(utf_16_is_in_the_order_of_its_mark_or_little_endian),
        cmocka_unit_test(utf_8_is_told_from_what_it_should_be),
        cmocka_unit_test(it_stops_at_the_first_byte_that_is_none),
        cmocka_unit_test(an_encoding_that_the_system_does_not_know_is_told),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
