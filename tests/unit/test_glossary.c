/* SPDX-License-Identifier: MIT */
/* test_glossary.c - words have one meaning, and are found by it as well */
#include "../../almanac/glossary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static int add(struct glossary *glossary, const char *word, const char *meaning,
               struct arena *arena, struct fault *fault)
{
    const struct term term = { word, meaning, 0 };
    return glossary_add(glossary, &term, arena, fault);
}

static void words_and_meanings_are_found_and_nothing_else(void **state)
{
    struct glossary glossary = { 0 };
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    (void)state;
    assert_null(glossary_find(&glossary, "Bezirk"));
    assert_null(glossary_word(&glossary, "ref_area"));
    assert_int_equal(add(&glossary, "Bezirk", "ref_area", &arena, &fault), 0);
    assert_int_equal(add(&glossary, "", "", &arena, &fault), 0);
    assert_string_equal(glossary_find(&glossary, "Bezirk"), "ref_area");
    assert_string_equal(glossary_word(&glossary, "ref_area"), "Bezirk");
    assert_string_equal(glossary_find(&glossary, ""), "");
    assert_string_equal(glossary_word(&glossary, ""), "");
    assert_null(glossary_find(&glossary, "bezirk"));
    assert_null(glossary_find(&glossary, "Bezirke"));
    arena_free(&arena);
}

static void a_word_twice_and_one_too_many_are_refused(void **state)
{
    struct glossary glossary = { 0 };
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    char word[16];
    (void)state;
    for (int i = 0; i < GLOSSARY_MOST; i++) {
        snprintf(word, sizeof word, "%d", i);
        assert_int_equal(add(&glossary, arena_string(&arena, word), "x", &arena, &fault), 0);
    }
    assert_string_equal(glossary_find(&glossary, "0"), "x");
    assert_string_equal(glossary_find(&glossary, "999"), "x");
    assert_int_equal(add(&glossary, "7", "x", &arena, &fault), -1);
    assert_string_equal(fault.text, "'7' stands here twice; expected it once");
    fault = (struct fault){ 0 };
    assert_int_equal(add(&glossary, "new", "x", &arena, &fault), -1);
    assert_string_equal(fault.text, "'new' is one too many; expected at most 1000");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_meanings_are_found_and_nothing_else),
        cmocka_unit_test(a_word_twice_and_one_too_many_are_refused),
    };
    return cmocka_run_group_tests_name("glossary", tests, NULL, NULL);
}
