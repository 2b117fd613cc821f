/* SPDX-License-Identifier: MIT */
/* test_columns.c - what stands below each other on a terminal stays so, in any script */
#include "../../almanac/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void must_print(size_t count, const char *const *cells, const char *expected)
{
    struct columns columns = { .count = count, .right = 1 };
    struct text printed = { 0 };
    for (size_t i = 0; cells[i] != NULL; i++)
        columns_put(&columns, cells[i]);
    columns_print(&columns, &printed);
    assert_string_equal(printed.bytes, expected);
    columns_free(&columns);
    text_free(&printed);
}

static void a_character_takes_its_places(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        { "", 0 },
        { "built", 5 },
        { "é", 1 },
        { "e\xCC\x81", 1 }, /* e and a combining acute */
        { "Ж", 1 },
        { "福田区", 6 },
        { "２０", 4 },
        { "ｶﾅ", 2 }, /* half-width */
        { "한국", 4 },
        { "“…”", 3 },
        { "、。", 4 },
        { "𠮷", 2 },
        { "😀", 2 },
        { "a\xE2\x80\x8B"
          "b",
          2 }, /* zero-width space */
        /* the edges of what takes no place, and their neighbours */
        { "\u0300\u036F\u0483\u0489\u0591\u05BD\u064B\u065F\u200B\u200F\u202A\u202E", 0 },
        { "\u2060\u2064\u20D0\u20F0\uFE00\uFE0F\uFE20\uFE2F\uFEFF", 0 },
        { "\u02FF\u0370\u0482\u048A\u0590\u05BE\u064A\u0660\u200A\u2010\u2029\u202F", 12 },
        { "\u205F\u2065\u20CF\u20F1\uFE1A\uFE1F\uFE70\uFEFE", 8 },
        /* the edges of what takes two, and their neighbours */
        { "\u1100\u115F\u2E80\u303E\u3041\u33FF\u3400\u4DBF\u4E00\uA4CF\uA960\uA97C", 24 },
        { "\uAC00\uD7A3\uF900\uFAFF\uFE10\uFE19\uFE30\uFE6B\uFF01\uFF60\uFFE0\uFFE6", 24 },
        { "\U00016FE0\U00018CFF\U0001AFF0\U0001B2FF\U0001F300\U0001F64F\U0001F680", 14 },
        { "\U0001F6FF\U0001F900\U0001F9FF\U00020000\U0003FFFD", 10 },
        { "\u10FF\u1160\u2E7F\u303F\u3040\u4DC0\u4DFF\uA4D0\uA95F\uA97D\uABFF\uD7A4", 12 },
        { "\uFB00\uFE6C\uFF00\uFF61\uFFDF\uFFE7\U00016FDF\U00018D00", 8 },
        { "\U0001AFEF\U0001B300\U0001F2FF\U0001F650\U0001F67F\U0001F700\U0001F8FF", 7 },
        { "\U0001FA00\U0001FFFF\U0003FFFE", 3 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (columns_width(cases[i].text) != cases[i].width)
            fail_msg("'%s' takes %zu places, not %zu", cases[i].text, columns_width(cases[i].text),
                     cases[i].width);
}

static void columns_are_aligned_whatever_the_script(void **state)
{
    static const char *const cells[] = { "area", "value", "comment", "福田",  "4",
                                         "已建", "luohu", ">1000",   "built", NULL };
    (void)state;
    must_print(3, cells,
               "area   value  comment\n"
               "福田       4  已建\n"
               "luohu  >1000  built\n");
}

static void nothing_stands_at_the_end_of_a_line(void **state)
{
    static const char *const cells[] = { "a", "value", "c", "x",  "",  "",  "",
                                         "1", "",      "y", "22", "z", NULL };
    (void)state;
    must_print(3, cells, "a  value  c\nx\n       1\ny     22  z\n");
}

static void a_column_that_says_nothing_is_left_out(void **state)
{
    static const char *const cells[] = { "a", "value", "empty", "d", "x", "1", "", "y", NULL };
    (void)state;
    must_print(4, cells, "a  value  d\nx      1  y\n");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    static const char *const cells[] = { "a", "value", "x\ny\t\x1B[2J\xC2\x9B|", "1", "£5",
                                         "2", NULL };
    (void)state;
    must_print(2, cells, "a            value\nx y  [2J  |      1\n£5               2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_takes_its_places),
        cmocka_unit_test(columns_are_aligned_whatever_the_script),
        cmocka_unit_test(nothing_stands_at_the_end_of_a_line),
        cmocka_unit_test(a_column_that_says_nothing_is_left_out),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
