/* SPDX-License-Identifier: MIT */
/* test_pattern.c - what matches where, and what is given up */
#include "../../almanac/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
    enum pattern_end got = pattern_match(pattern, NULL, subject, strlen(subject));
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
    struct pattern_search search = { subject, sizeof subject - 1, PATTERN_EFFORT, NULL };
    struct pattern_span spans[4];
    (void)state;
    assert_int_equal(pattern_groups(pattern), 3);
    assert_true(pattern_has_group(pattern, "number"));
    assert_false(pattern_has_group(pattern, "numbers"));
    assert_int_equal(pattern_find(pattern, &search, 8, spans), PATTERN_HIT);
    assert_int_equal(spans[0].start, 10);
    assert_int_equal(spans[0].end, 19);
    assert_int_equal(spans[1].end, 17);
    assert_int_equal(spans[2].start, 18);
    assert_true(spans[3].start == PATTERN_UNSET && spans[3].end == PATTERN_UNSET);
    pattern_free(pattern);
}

static void a_span_does_not_end_before_it_starts(void **state)
{
    static const char subject[] = "12 visits 13";
    struct pattern_search search = { subject, sizeof subject - 1, PATTERN_EFFORT, NULL };
    struct pattern_span spans[2];
    struct pattern *pattern = must_compile("(?=(?1))12|(12 vis\\K)", PATTERN_PCRE);
    (void)state;
    assert_int_equal(pattern_find(pattern, &search, 0, spans), PATTERN_HIT);
    assert_int_equal(spans[0].start, 2);
    assert_int_equal(spans[0].end, 2);
    pattern_free(pattern);
}

static void an_endless_match_is_given_up(void **state)
{
    (void)state;
    must_end("(a|a)*", PATTERN_RE2_ANCHORED, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
             PATTERN_LIMIT);
    must_end("(a|a)*$", PATTERN_PCRE, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", PATTERN_LIMIT);
}

/* text, so many times. To be passed to free(). */
static char *repeated(const char *text, size_t times, const char *ending)
{
    size_t size = strlen(text);
    char *whole = calloc(times * size + strlen(ending) + 1, 1);
    assert_non_null(whole);
    for (size_t i = 0; i < times; i++)
        memcpy(whole + i * size, text, size);
    strcpy(whole + times * size, ending);
    return whole;
}

/* Two to the power of so many steps, among which nothing is repeated. */
static void must_end_after_steps(size_t power, const char *ending, enum pattern_end end)
{
    char *text = repeated("(a|a)", power, ending), *subject = repeated("a", power, "d");
    must_end(text, PATTERN_RE2_ANCHORED, subject, end);
    free(text);
    free(subject);
}

static void a_match_has_a_limit_of_steps(void **state)
{
    (void)state;
    must_end_after_steps(18, "[bc]", PATTERN_MISS);
    must_end_after_steps(22, "[bc]", PATTERN_LIMIT);
}

/* A character is compared with all of a class, one after the other. */
static void with_a_long_class_it_is_lower(void **state)
{
    char *class = repeated("福田", 700, "]"), *ending = repeated("[", 1, class);
    (void)state;
    must_end_after_steps(15, "[福田]", PATTERN_MISS);
    must_end_after_steps(15, ending, PATTERN_LIMIT);
    free(class);
    free(ending);
}

/* Of few steps, each with a thousand things that match nothing. */
static void a_match_has_a_limit_of_effort(void **state)
{
    char *aaa = repeated("a", 1000, "");
    (void)state;
    must_end("(?:a?){1000}[bc]", PATTERN_RE2_ANCHORED, "a", PATTERN_MISS);
    must_end("(?:a?){1000}[bc]", PATTERN_RE2_ANCHORED, "aa", PATTERN_LIMIT);
    must_end(".*a.*[bc]", PATTERN_RE2_ANCHORED, aaa, PATTERN_MISS);
    free(aaa);
}

static int64_t effort_of(const char *text, const char *subject)
{
    struct pattern_search search = { subject, strlen(subject), 1000000, NULL };
    struct pattern *pattern = must_compile(text, PATTERN_RE2_ANCHORED);
    assert_int_equal(pattern_find(pattern, &search, 0, NULL), PATTERN_HIT);
    pattern_free(pattern);
    return 1000000 - search.left;
}

static void nothing_is_done_without_effort(void **state)
{
    char *letters = repeated("a", 6400, ""), *quoted = repeated("\\Q", 1, letters);
    (void)state;
    assert_in_range(effort_of("(?:){1000}", ""), 1000, 3000);
    assert_in_range(effort_of("(?i:){1000}", ""), 1000, 3000);
    assert_in_range(effort_of("\\B{1000}", ""), 1000, 3000);
    assert_in_range(effort_of("^{1000}", ""), 1000, 3000);
    assert_in_range(effort_of("(?:a?){1000}", ""), 1000, 3000);
    assert_in_range(effort_of("(?:[ab]{0,3}?){1000}", ""), 1000, 3000);
    assert_in_range(effort_of("a*", letters), 6400, 6500);
    assert_in_range(effort_of(letters, letters), 6400 - 64, 6500);
    assert_in_range(effort_of(quoted, letters), 6400 - 64, 6500);
    free(letters);
    free(quoted);
}

static bool goes_on(void *owner)
{
    int *left = owner;
    return --*left > 0;
}

static void who_waits_may_give_up(void **state)
{
    struct pattern *pattern = must_compile("(?:a?){1000}[bc]", PATTERN_RE2_ANCHORED);
    int left = 1000;
    struct pattern_patience patience = { goes_on, &left };
    (void)state;
    assert_int_equal(pattern_match(pattern, &patience, "b", 1), PATTERN_HIT);
    assert_int_equal(left, 1000);
    assert_int_equal(pattern_match(pattern, &patience, "a", 1), PATTERN_MISS);
    assert_in_range(left, 1000 - 30, 1000 - 5);
    left = 5;
    assert_int_equal(pattern_match(pattern, &patience, "a", 1), PATTERN_LIMIT);
    pattern_free(pattern);
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
        struct pattern_search search = { subject, SIZE, 10 * SIZE, NULL };
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
    struct pattern_search search = { "built 12, planned 7", 19, 1000, NULL };
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
        cmocka_unit_test(a_span_does_not_end_before_it_starts),
        cmocka_unit_test(an_endless_match_is_given_up),
        cmocka_unit_test(a_match_has_a_limit_of_steps),
        cmocka_unit_test(with_a_long_class_it_is_lower),
        cmocka_unit_test(a_match_has_a_limit_of_effort),
        cmocka_unit_test(nothing_is_done_without_effort),
        cmocka_unit_test(who_waits_may_give_up),
        cmocka_unit_test(what_is_no_pattern_is_refused_in_words),
        cmocka_unit_test(a_group_has_its_name),
        cmocka_unit_test(a_search_ends_when_its_effort_is_spent),
        cmocka_unit_test(a_search_pays_for_what_it_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
