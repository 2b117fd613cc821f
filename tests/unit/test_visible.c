/* SPDX-License-Identifier: MIT */
/* test_visible.c - texts that look equal but are not */
#include "../../almanac/visible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void what_can_be_seen_is_taken(void **state)
{
    static const char *const texts[] = {
        "",  "福田",   "a b",    "a\u3000b", "a\u00A0b", "می\u200Cخواهم", "\U0001F600",
        "~", "\u00A1", "\u00AE", "\u2010",   "\u2070",   "\uFF10",        "\u3001",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct fault fault = { 0 };
        if (visible_check(texts[i], &fault) != 0)
            fail_msg("'%s' %s", texts[i], fault.text);
        assert_string_equal(fault.text, "");
    }
}

static void what_cannot_be_seen_is_refused(void **state)
{
    static const struct {
        const char *text, *complaint;
    } cases[] = {
        { "a\tb", "has a control character; expected text without" },
        { "a\x7F", "has a control character; expected text without" },
        { "a\xC2\x85", "has a control character; expected text without" },
        { "\xC2\x9F", "has a control character; expected text without" },
        { " a", "has white space at an end; expected text without" },
        { "a ", "has white space at an end; expected text without" },
        { " ", "has white space at an end; expected text without" },
        { "福田\u3000", "has white space at an end; expected text without" },
        { "\u00A0福田", "has white space at an end; expected text without" },
        { "a\u200D", "has white space at an end; expected text without" },
        { "福\u200B田", "has U+200B, which cannot be seen; expected text without" },
        { "\uFEFF福田", "has U+FEFF, which cannot be seen; expected text without" },
        { "a\u00AD", "has U+00AD, which cannot be seen; expected text without" },
        { "a\u202Eb", "has U+202E, which cannot be seen; expected text without" },
        { "\u3164", "has U+3164, which cannot be seen; expected text without" },
        { "\u2800", "has U+2800, which cannot be seen; expected text without" },
        { "a\U000E0041", "has U+E0041, which cannot be seen; expected text without" },
        { "a\u2069", "has U+2069, which cannot be seen; expected text without" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        if (visible_check(cases[i].text, &fault) != -1)
            fail_msg("%zu: '%s' is taken", i, cases[i].text);
        assert_string_equal(fault.text, cases[i].complaint);
    }
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
    static const struct {
        const char *text, *kept;
    } cases[] = {
        { "", "" },
        { "a", "a" },
        { " \u3000\t\r\n", "" },
        { " a ", "a" },
        { "\u3000福\u3000田\u00A0\n", "福\u3000田" },
        { "\u200Ba", "\u200Ba" },
        { "é\u2003", "é" },
        { "\u3000", "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        size_t length = visible_trim(&text);
        assert_int_equal(length, strlen(cases[i].kept));
        assert_memory_equal(text, cases[i].kept, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_seen_is_taken),
        cmocka_unit_test(white_space_is_trimmed_at_both_ends),
        cmocka_unit_test(what_cannot_be_seen_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
