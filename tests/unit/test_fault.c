/* SPDX-License-Identifier: MIT */
/* test_fault.c - the first cause wins, with its place in front, and can be printed anywhere */
#include "../../almanac/fault.h"

#include "../../almanac/text.h"
#include "../../almanac/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void the_first_cause_wins(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(fault_set(&fault, "no file '%s'", "a"), -1);
    assert_int_equal(fault_set(&fault, "no settings"), -1);
    assert_string_equal(fault.text, "no file 'a'");
}

static void places_go_in_front(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    fault_set(&fault, "'x' is unknown");
    assert_int_equal(fault_at(&fault, "%d: ", 3), -1);
    assert_int_equal(fault_at(&fault, "%s:", "conf.yaml"), -1);
    assert_string_equal(fault.text, "conf.yaml:3: 'x' is unknown");
}

static void a_place_may_quote_the_cause(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    fault_set(&fault, "cause");
    fault_at(&fault, "(%s) ", fault.text);
    assert_string_equal(fault.text, "(cause) cause");
}

static void a_percent_sign_in_the_cause_is_no_format(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    fault_set(&fault, "%s", "100%s %n");
    fault_at(&fault, "%s", "%d: ");
    assert_string_equal(fault.text, "%d: 100%s %n");
}

static void what_cannot_be_printed_is_a_question_mark(void **state)
{
    static const struct {
        const char *said, *text;
    } cases[] = {
        { "a\nb\tc\rd", "a?b?c?d" },
        { "\x1B[31mred", "?[31mred" },
        { "del\x7F", "del?" },
        { "c1 \xC2\x9B[31m", "c1 ??[31m" },
        { "\xC2\xA0 is a space", "\xC2\xA0 is a space" },
        { "福田区 ≥ 1,000 €", "福田区 ≥ 1,000 €" },
        { "\xFF\xFE", "??" },
        { "\xC4\xEA\xB6\xC8 in GB", "??? in GB" },
        { "\xF8\x80\x80\x80\x80", "?????" },
        { "\xC0\xAF overlong", "?? overlong" },
        { "\xED\xA0\x80 surrogate", "??? surrogate" },
        { "é\x80é", "é?é" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        fault_set(&fault, "%s", cases[i].said);
        assert_string_equal(fault.text, cases[i].text);
    }
}

static void a_character_that_is_cut_is_left_out(void **state)
{
    static const char *const cuts[] = { "福",         "\xE7", "\xE7\xA6", "é",           "\xC3",
                                        "\U0001F4C8", "\xF0", "\xF0\x9F", "\xF0\x9F\x93" };
    (void)state;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        struct fault fault = { 0 };
        bool whole = utf8_until(cuts[i], strlen(cuts[i])) == strlen(cuts[i]);
        fault_set(&fault, "'a%s' and '%s', %s", cuts[i], cuts[i], cuts[i]);
        char expected[64];
        const char *left = whole ? cuts[i] : "";
        snprintf(expected, sizeof expected, "'a%s' and '%s', %s", left, left, left);
        assert_string_equal(fault.text, expected);
    }
}

static void a_precision_quotes_whole_characters(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    fault_set(&fault, "'%.7s' is too long", "深圳市福田区");
    assert_string_equal(fault.text, "'深圳' is too long");
}

static void words_too_long_are_cut_to_whole_text(void **state)
{
    char words[2000];
    (void)state;
    for (size_t shift = 0; shift < 3; shift++) {
        struct fault fault = { 0 };
        memset(words, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof words; i += 3)
            memcpy(words + i, "福", 4);
        fault_set(&fault, "%s", words);
        size_t length = strlen(fault.text);
        assert_in_range(length, sizeof fault.text - 3, sizeof fault.text - 1);
        assert_int_equal(utf8_until(fault.text, length), length);
        fault_at(&fault, "place: ");
        length = strlen(fault.text);
        assert_int_equal(utf8_until(fault.text, length), length);
        assert_memory_equal(fault.text, "place: ", 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_cause_wins),
        cmocka_unit_test(places_go_in_front),
        cmocka_unit_test(a_place_may_quote_the_cause),
        cmocka_unit_test(a_percent_sign_in_the_cause_is_no_format),
        cmocka_unit_test(what_cannot_be_printed_is_a_question_mark),
        cmocka_unit_test(a_character_that_is_cut_is_left_out),
        cmocka_unit_test(a_precision_quotes_whole_characters),
        cmocka_unit_test(words_too_long_are_cut_to_whole_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
