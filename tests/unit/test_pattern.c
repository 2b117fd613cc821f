/* SPDX-License-Identifier: MIT */
/* test_pattern.c - what matches where, and what is given up */
#include "../../almanac/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pattern *must_compile(const char *text, enum pattern_flavour flavour)
{
    struct fault fault = { 0 };
    struct pattern *pattern = pattern_compile(text, flavour, &fault);
    if (pattern == NULL)
        fail_msg("%s", fault.text);
    return pattern;
}

static void must_refuse(const char *text, enum pattern_flavour flavour, const char *words)
{
    struct fault fault = { 0 };
    assert_null(pattern_compile(text, flavour, &fault));
    assert_string_equal(fault.text, words);
}

static void must_end(const char *text, enum pattern_flavour flavour, const char *subject,
                     enum pattern_end end)
{
    struct pattern *pattern = must_compile(text, flavour);
    enum pattern_end got = pattern_match(pattern, subject, strlen(subject), 0, NULL);
    if (got != end)
        fail_msg("'%s' on '%s' ends as %d", text, subject, (int)got);
    pattern_free(pattern);
}

static void an_anchored_pattern_matches_all_of_the_subject(void **state)
{
    (void)state;
    must_end("built", PATTERN_RE2_ANCHORED, "built", PATTERN_HIT);
    must_end("built", PATTERN_RE2_ANCHORED, "rebuilt", PATTERN_MISS);
    must_end("built", PATTERN_RE2_ANCHORED, "builts", PATTERN_MISS);
    must_end("a|ab", PATTERN_RE2_ANCHORED, "ab", PATTERN_HIT);
    must_end("", PATTERN_RE2_ANCHORED, "", PATTERN_HIT);
    must_end("", PATTERN_RE2_ANCHORED, "a", PATTERN_MISS);
    must_end("a$", PATTERN_RE2_ANCHORED, "a\n", PATTERN_MISS);
}

static void a_free_pattern_matches_anywhere(void **state)
{
    (void)state;
    must_end("built", PATTERN_PCRE, "rebuilt", PATTERN_HIT);
    must_end("(?<=re)built", PATTERN_PCRE, "rebuilt", PATTERN_HIT);
    must_end("^built", PATTERN_PCRE, "rebuilt", PATTERN_MISS);
}

static void characters_are_those_of_utf_8(void **state)
{
    (void)state;
    must_end("..", PATTERN_RE2_ANCHORED, "福田", PATTERN_HIT);
    must_end("[福田]+", PATTERN_RE2_ANCHORED, "田福", PATTERN_HIT);
    must_end("(?i)É", PATTERN_RE2_ANCHORED, "é", PATTERN_HIT);
}

static void spans_tell_what_matched_and_which_groups(void **state)
{
    static const char subject[] = "built 12, planned 7";
    struct pattern *pattern =
        must_compile("(?<stage>\\w+) (?:(?<odd>[13579])|(?<number>\\d+))", PATTERN_PCRE);
    struct pattern_span spans[4];
    (void)state;
    assert_int_equal(pattern_groups(pattern), 3);
    assert_int_equal(pattern_group(pattern, "stage"), 1);
    assert_int_equal(pattern_group(pattern, "number"), 3);
    assert_int_equal(pattern_group(pattern, "numbers"), -1);
    assert_int_equal(pattern_match(pattern, subject, sizeof subject - 1, 8, spans), PATTERN_HIT);
    assert_int_equal(spans[0].start, 10);
    assert_int_equal(spans[0].end, 19);
    assert_int_equal(spans[1].end, 17);
    assert_int_equal(spans[2].start, 18);
    assert_true(spans[3].start == PATTERN_UNSET && spans[3].end == PATTERN_UNSET);
    pattern_free(pattern);
}

static void an_endless_match_is_given_up(void **state)
{
    (void)state;
    must_end("(a|a)*", PATTERN_RE2_ANCHORED, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
             PATTERN_LIMIT);
    must_end("(a|a)*$", PATTERN_PCRE, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", PATTERN_LIMIT);
}

static void what_is_no_pattern_is_refused_in_words(void **state)
{
    char *longest = calloc(PATTERN_LONGEST + 2, 1);
    (void)state;
    must_refuse("a(", PATTERN_PCRE,
                "'a(' is no regular expression: missing closing parenthesis at byte 2");
    must_refuse("(?=a)", PATTERN_RE2_ANCHORED,
                "'(?=a)' is no regular expression: RE2 has no look-around");
    must_refuse("a)|(b", PATTERN_RE2_ANCHORED,
                "'a)|(b' is no regular expression: unmatched closing parenthesis");
    must_refuse("\\C", PATTERN_PCRE,
                "'\\C' is no regular expression: using \\C is disabled by the application at "
                "byte 2");
    must_refuse("(a)\\1", PATTERN_PCRE,
                "'(a)\\1' is no regular expression: it has a back-reference; expected none");
    assert_non_null(longest);
    memset(longest, 'a', PATTERN_LONGEST + 1);
    struct fault fault = { 0 };
    assert_null(pattern_compile(longest, PATTERN_PCRE, &fault));
    assert_non_null(strstr(fault.text, "aaaa' is no regular expression: it has more than 65536"));
    free(longest);
}

static void a_group_has_its_name(void **state)
{
    struct pattern *pattern = must_compile("(a)(?<value>b)|(?<label>c)", PATTERN_PCRE);
    (void)state;
    assert_null(pattern_group_name(pattern, 1));
    assert_string_equal(pattern_group_name(pattern, 2), "value");
    assert_string_equal(pattern_group_name(pattern, 3), "label");
    assert_null(pattern_group_name(pattern, 4));
    pattern_free(pattern);
}

/* Each costs little from any one place, and very much from all of them. */
static void a_search_ends_when_its_effort_is_spent(void **state)
{
    static const char *const patterns[] = { "a*+[xy]",           "(?>a*)[xy]",
                                            "(?=a*+)[xy]",       "a*+(*FAIL)|x",
                                            "(?:a?){9}a{9}[xy]", "(?:aaaaaaaaaa)*+[xy]" };
    enum { SIZE = 200000 };
    char *subject = malloc(SIZE);
    (void)state;
    assert_non_null(subject);
    memset(subject, 'a', SIZE);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct pattern_search search = { subject, SIZE, 10 * SIZE, -1 };
        struct pattern *pattern = must_compile(patterns[i], PATTERN_PCRE);
        if (pattern_find(pattern, &search, 0, NULL) != PATTERN_LIMIT)
            fail_msg("'%s' is not given up", patterns[i]);
        assert_in_range(-search.left, 0, 2 * SIZE);
        pattern_free(pattern);
    }
    free(subject);
}

static void a_search_pays_for_what_it_finds(void **state)
{
    struct pattern_search search = { "built 12, planned 7", 19, 1000, -1 };
    struct pattern *pattern = must_compile("\\d+", PATTERN_PCRE);
    struct pattern_span span;
    (void)state;
    assert_int_equal(pattern_find(pattern, &search, 0, &span), PATTERN_HIT);
    assert_int_equal(span.start, 6);
    assert_int_equal(pattern_find(pattern, &search, span.end, &span), PATTERN_HIT);
    assert_int_equal(span.start, 18);
    assert_int_equal(pattern_find(pattern, &search, span.end, &span), PATTERN_MISS);
    assert_in_range(search.left, 900, 999);
    pattern_free(pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_anchored_pattern_matches_all_of_the_subject),
        cmocka_unit_test(a_free_pattern_matches_anywhere),
        cmocka_unit_test(characters_are_those_of_utf_8),
        cmocka_unit_test(spans_tell_what_matched_and_which_groups),
        cmocka_unit_test(an_endless_match_is_given_up),
        cmocka_unit_test(what_is_no_pattern_is_refused_in_words),
        cmocka_unit_test(a_group_has_its_name),
        cmocka_unit_test(a_search_ends_when_its_effort_is_spent),
        cmocka_unit_test(a_search_pays_for_what_it_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
