/* SPDX-License-Identifier: MIT */
/* test_re2.c - what RE2 says and what it does not, compared with what PCRE2 makes of it */
#include "../../almanac/pattern.h"
#include "../../almanac/re2.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void it_is_put_into_other_words_where_they_differ(void **state)
{
    static const struct {
        const char *re2, *pcre;
    } cases[] = {
        { "a.b|c", "a.b|c" },
        { "福田-1", "福田\\-1" },
        { "^a$", "(?:^(?C))a(?:$(?C))" },
        { "\\s\\S[\\s][\\S]", "[\\t\\n\\f\\r ][^\\t\\n\\f\\r ][\\t\\n\\f\\r ][\\S\\x{0B}]" },
        { "\\v\\012\\12\\x41\\x{1F600}", "\\x{0B}\\o{012}\\o{12}\\x{41}\\x{1F600}" },
        { "\\0*\\10-\\1234", "\\o{0}*(?C)\\o{10}\\-\\o{123}4" },
        { "(?i)sum(?s)s(?m:i)", "(?i)sum(?s)s(?m:(?C)i)" },
        { "a{2}b{2,}?c{2,5}", "a{2}(?C)b{2,}?(?C)c{2,5}(?C)" },
        { "a{,5}{02}{", "a\\{\\,5\\}\\{02\\}\\{" },
        { "\\Qa.b\\E*", "a\\.b*(?C)" },
        { "\\Q(", "\\(" },
        { "[^]a-z\\d[:^alpha:]-]", "[^\\]a-z\\d[:^alpha:]\\-]" },
        { "[[a]", "[\\[a]" },
        { "(?P<n>a)(?<m>b)(?i)(?s-i:c)", "(?P<n>a)(?<m>b)(?i)(?s-i:(?C)c)" },
        { "\\pL\\p{^Greek}\\P{Lu}", "\\pL\\p{^Greek}\\P{Lu}" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct re2 re2 = { 0 };
        struct fault fault = { 0 };
        if (re2_translate(cases[i].re2, &re2, &fault) != 0)
            fail_msg("'%s': %s", cases[i].re2, fault.text);
        assert_string_equal(re2.pcre.bytes, cases[i].pcre);
        text_free(&re2.pcre);
    }
}

static void what_re2_does_not_have_is_refused(void **state)
{
    static const struct {
        const char *re2, *words;
    } cases[] = {
        { "a(?=b)", "look-around" },
        { "(?!b)a", "look-around" },
        { "(?<=b)a", "look-around" },
        { "(?<!b)a", "look-around" },
        { "(a)\\1", "back-references" },
        { "(?P<n>a)(?P=n)", "back-references" },
        { "(a)\\g{1}", "back-references" },
        { "(?<n>a)\\k<n>", "back-references" },
        { "(?>a)", "atomic groups" },
        { "a++", "possessive repetition" },
        { "a{2}+", "possessive repetition" },
        { "a**", "repetition of a repetition" },
        { "a???", "repetition of a repetition" },
        { "*a", "repetition of nothing" },
        { "a|*", "repetition of nothing" },
        { "(?i)*", "repetition of nothing" },
        { "a{1001}", "repetition of more than 1000 times" },
        { "a{1,1001}", "repetition of more than 1000 times" },
        { "a{1001,}", "repetition of more than 1000 times" },
        { "a{99999999999}", "repetition of more than 1000 times" },
        { "(?R)", "recursion" },
        { "(?1)", "recursion" },
        { "(?-1)", "recursion" },
        { "(?+1)", "recursion" },
        { "(?&n)", "recursion" },
        { "(?P>n)", "recursion" },
        { "(?(1)a|b)", "conditions" },
        { "(?C1)a", "callouts" },
        { "(?|a|b)", "branch reset" },
        { "(?#a)", "comments" },
        { "(?'n'a)", "names in quotes" },
        { "(*UCP)a", "verbs" },
        { "(?x)a", "such group after '(?'" },
        { "(?i-)a", "such group after '(?'" },
        { "(?^)a", "such group after '(?'" },
        { "(?P<n", "group's name without '>' behind it" },
        { "a\\Z", "'\\Z'" },
        { "a\\Ga", "'\\G'" },
        { "a\\Kb", "'\\K'" },
        { "\\C", "'\\C'" },
        { "\\R", "'\\R'" },
        { "\\X", "'\\X'" },
        { "\\h", "'\\h'" },
        { "\\N", "'\\N'" },
        { "\\e", "'\\e'" },
        { "\\cA", "'\\c'" },
        { "\\E", "'\\E'" },
        { "\\é", "'\\é'" },
        { "[\\b]", "'\\b'" },
        { "[a-\\d]", "'\\d'" },
        { "\\x4", "'\\x' without two digits, or some in braces" },
        { "\\x{}", "'\\x' without two digits, or some in braces" },
        { "\\p{L&}", "'\\p{' without a name and '}'" },
        { "\\p", "'\\p' without a name" },
        { "[[:<:]]", "such class between '[:' and ':]'" },
        { "[a", "class without ']' behind it" },
        { "[]", "class without ']' behind it" },
        { "[a-", "class without ']' behind it" },
        { "a\\", "'\\' at the end" },
        { "[\\", "'\\' at the end" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct re2 re2 = { 0 };
        struct fault fault = { 0 };
        if (re2_translate(cases[i].re2, &re2, &fault) != -1)
            fail_msg("'%s' was taken as '%s'", cases[i].re2, re2.pcre.bytes);
        assert_memory_equal(fault.text, "RE2 has no ", 11);
        assert_string_equal(fault.text + 11, cases[i].words);
        text_free(&re2.pcre);
    }
}

static void ranges_that_take_long_to_compile_are_few(void **state)
{
    char text[32 * (RE2_WIDE_RANGES + 2)] = "(?i)[a-z";
    struct re2 re2 = { 0 };
    struct fault fault = { 0 };
    (void)state;
    for (size_t i = 0; i < RE2_WIDE_RANGES + 1; i++)
        strcat(text, i % 2 == 0 ? "\\x{80}-\\x{10ffff}" : "一-龥");
    strcat(text, "]");
    assert_int_equal(re2_translate(text, &re2, &fault), -1);
    assert_string_equal(fault.text, "it has (?i) and 65 ranges beyond ASCII; expected at most 64");
    fault = (struct fault){ 0 };
    assert_int_equal(re2_translate(text + strlen("(?i)"), &re2, &fault), 0);
    text_free(&re2.pcre);
}

/* The verdicts are those of Go's package regexp, between ^(?: and )$. */
static void must_match_itself(const char *text)
{
    struct fault fault = { 0 };
    struct pattern *pattern = pattern_compile(text, PATTERN_RE2_ANCHORED, &fault);
    if (pattern == NULL)
        fail_msg("%s", fault.text);
    assert_int_equal(pattern_match(pattern, NULL, text, strlen(text)), PATTERN_HIT);
    pattern_free(pattern);
}

static void a_character_stays_whole_however_long_the_text(void **state)
{
    static const char *const characters[] = { "a", "é", "福", "𠮷" };
    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        for (size_t before = 0; before < 4; before++) {
            struct text text = { 0 };
            text_bytes(&text, "xyz", before);
            for (size_t length = 0; length < 200; length++) {
                text_put(&text, characters[i]);
                must_match_itself(text.bytes);
            }
            text_free(&text);
        }
}

static void it_matches_what_re2_matches(void **state)
{
    static const struct {
        const char *re2, *subject;
        bool hit;
    } cases[] = {
        { ".", "\n", false },
        { "(?s).", "\n", true },
        { "[^a]", "\n", true },
        { "a$", "a\n", false },
        { "(?m)a$\n^", "a\n", true },
        { "\\s", "\v", false },
        { "\\S", "\v", true },
        { "[\\S]", "\v", true },
        { "[\\s]", "\v", false },
        { "\\v", "\v", true },
        { "\\w", "é", false },
        { "\\d", "３", false },
        { "(?i)k", "\xe2\x84\xaa", true }, /* the sign for kelvin */
        { "^*a", "a", true },
        { "(?:^)*a\\b+", "a", true },
        { "\\12", "\n", true },
        { "a{,2}", "a{,2}", true },
        { "a{02}", "a{02}", true },
        { "x{2}{", "xx{", true },
        { "[a-]+", "a-", true },
        { "[]a]+", "]a", true },
        { "[^]]", "]", false },
        { "\\Qa+\\E+", "a++", true },
        { "(?U)a*b", "aab", true },
        { "\\pL+", "福田", true },
        { "\\p{Han}+", "福田", true },
        { "[[:word:]]+", "a_1", true },
        { "\\_", "_", true },
        { "()*", "", true },
        { "a||b", "", true },
        { "(a(?i)b|c)", "aB", true },
        { "(a(?i)b|c)", "C", true },
        { "a]}", "a]}", true },
        { "[\\-\\]]+", "-]", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct pattern *pattern = pattern_compile(cases[i].re2, PATTERN_RE2_ANCHORED, &fault);
        if (pattern == NULL)
            fail_msg("%s", fault.text);
        enum pattern_end end =
            pattern_match(pattern, NULL, cases[i].subject, strlen(cases[i].subject));
        if (end != (cases[i].hit ? PATTERN_HIT : PATTERN_MISS))
            fail_msg("'%s' on '%s' ends as %d", cases[i].re2, cases[i].subject, (int)end);
        pattern_free(pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_put_into_other_words_where_they_differ),
        cmocka_unit_test(what_re2_does_not_have_is_refused),
        cmocka_unit_test(ranges_that_take_long_to_compile_are_few),
        cmocka_unit_test(a_character_stays_whole_however_long_the_text),
        cmocka_unit_test(it_matches_what_re2_matches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
