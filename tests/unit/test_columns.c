/* SPDX-License-Identifier: MIT */
/* test_columns.c - what stands below each other on a terminal stays so, in any script */
#include "../../almanac/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
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
    static const char *const cells[] = { "a", "value", "x\ny\t\x1B[2J\xC2\x9B|", "1", NULL };
    (void)state;
    must_print(2, cells, "a            value\nx y  [2J  |      1\n");
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
