/* SPDX-License-Identifier: MIT */
/* test_matchers.c - which matchers match which series */
#include "../../exporter/matchers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct label labels[] = { { "ref_area", "440304" }, { "stage", "built" } };
static const struct series series = { 1, "pilot_platforms", labels, 2 };

static bool goes_on(void *owner)
{
    int *left = owner;
    return left == NULL || --*left > 0;
}

static const struct pattern_patience endless_patience = { goes_on, NULL };

static int match(const struct matcher *list, size_t count, struct fault *fault)
{
    struct matchers *matchers = matchers_compile(list, count, &endless_patience, fault);
    int verdict = matchers == NULL ? -1 : matchers_match(matchers, &series, fault);
    matchers_free(matchers);
    return verdict;
}

static void each_type_matches_names_labels_and_what_is_not_there(void **state)
{
    static const struct {
        struct matcher matcher;
        int match;
    } cases[] = {
        { { MATCHER_EQUAL, "__name__", "pilot_platforms" }, 1 },
        { { MATCHER_EQUAL, "__name__", "pilot_platform" }, 0 },
        { { MATCHER_EQUAL, "__name__", "" }, 0 },
        { { MATCHER_NOT_EQUAL, "__name__", "pilot_platforms" }, 0 },
        { { MATCHER_NOT_EQUAL, "__name__", "others" }, 1 },
        { { MATCHER_RE, "__name__", "pilot_.*|others" }, 1 },
        { { MATCHER_RE, "__name__", "pilot_" }, 0 },
        { { MATCHER_NOT_RE, "__name__", "pilot_.*" }, 0 },
        { { MATCHER_NOT_RE, "__name__", "pilot_" }, 1 },
        { { MATCHER_EQUAL, "stage", "built" }, 1 },
        { { MATCHER_EQUAL, "stage", "planned" }, 0 },
        { { MATCHER_EQUAL, "stage", "b.*" }, 0 },
        { { MATCHER_NOT_EQUAL, "stage", "" }, 1 },
        { { MATCHER_NOT_EQUAL, "stage", "b.*" }, 1 },
        { { MATCHER_NOT_EQUAL, "stage", "(" }, 1 },
        { { MATCHER_RE, "stage", "built|planned" }, 1 },
        { { MATCHER_RE, "stage", "uil" }, 0 },
        { { MATCHER_RE, "stage", ".+" }, 1 },
        { { MATCHER_NOT_RE, "stage", ".+" }, 0 },
        /* what no series has is empty */
        { { MATCHER_EQUAL, "cluster", "" }, 1 },
        { { MATCHER_EQUAL, "cluster", "one" }, 0 },
        { { MATCHER_NOT_EQUAL, "cluster", "" }, 0 },
        { { MATCHER_NOT_EQUAL, "cluster", "one" }, 1 },
        { { MATCHER_RE, "cluster", "" }, 1 },
        { { MATCHER_RE, "cluster", ".*" }, 1 },
        { { MATCHER_RE, "cluster", "one|" }, 1 },
        { { MATCHER_RE, "cluster", ".+" }, 0 },
        { { MATCHER_NOT_RE, "cluster", ".*" }, 0 },
        { { MATCHER_NOT_RE, "cluster", "one" }, 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        const struct matcher *matcher = &cases[i].matcher;
        if (match(matcher, 1, &fault) != cases[i].match)
            fail_msg("%s, type %d, '%s'", matcher->name, (int)matcher->type, matcher->value);
        assert_string_equal(fault.text, "");
    }
}

static void a_name_is_matched_alone(void **state)
{
    static const struct {
        struct matcher matchers[2];
        int match;
    } cases[] = {
        { { { MATCHER_EQUAL, "__name__", "infos" }, { MATCHER_EQUAL, "stage", "planned" } }, 1 },
        { { { MATCHER_EQUAL, "stage", "planned" }, { MATCHER_EQUAL, "__name__", "info" } }, 0 },
        { { { MATCHER_RE, "__name__", "inf.*" }, { MATCHER_NOT_EQUAL, "__name__", "infos" } }, 0 },
        { { { MATCHER_EQUAL, "__name__", "info" }, { MATCHER_NOT_EQUAL, "__name__", "x" } }, 0 },
        { { { MATCHER_NOT_RE, "__name__", "x.*" }, { MATCHER_RE, "stage", "x" } }, 1 },
        { { { MATCHER_EQUAL, "name", "x" }, { MATCHER_EQUAL, "stage", "x" } }, 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct matchers *matchers =
            matchers_compile(cases[i].matchers, 2, &endless_patience, &fault);
        assert_non_null(matchers);
        assert_int_equal(matchers_match_name(matchers, "infos", &fault), cases[i].match);
        matchers_free(matchers);
    }
}

static void all_of_them_must_match(void **state)
{
    static const struct matcher list[] = {
        { MATCHER_EQUAL, "__name__", "pilot_platforms" },
        { MATCHER_RE, "ref_area", "44.*" },
        { MATCHER_NOT_EQUAL, "stage", "built" },
    };
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(match(list, 0, &fault), 1);
    assert_int_equal(match(list, 2, &fault), 1);
    for (size_t i = 0; i < 3; i++) {
        const struct matcher turned[] = { list[i], list[(i + 1) % 3], list[(i + 2) % 3] };
        assert_int_equal(match(turned, 3, &fault), 0);
    }
}

static void what_cannot_be_matched_is_told_by_its_label(void **state)
{
    static const struct label long_labels[] = { { "stage", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" } };
    static const struct series long_series = { 1, "pilot_platforms", long_labels, 1 };
    static const struct matcher wrong = { MATCHER_NOT_RE, "stage", "a(" };
    static const struct matcher endless[] = { { MATCHER_RE, "stage", "(a|a)*" },
                                              { MATCHER_EQUAL, "cluster", "" } };
    struct fault fault = { 0 };
    (void)state;
    assert_null(matchers_compile(&wrong, 1, &endless_patience, &fault));
    assert_string_equal(fault.text, "matcher 'stage!~': 'a(' is no regular expression: missing "
                                    "closing parenthesis");
    fault = (struct fault){ 0 };
    struct matchers *matchers = matchers_compile(endless, 2, &endless_patience, &fault);
    assert_non_null(matchers);
    assert_int_equal(matchers_match(matchers, &long_series, &fault), -1);
    assert_string_equal(fault.text,
                        "matcher 'stage=~': '(a|a)*' takes too long; expected a simpler one");
    matchers_free(matchers);
}

static void who_waits_may_give_up(void **state)
{
    static const struct matcher list[] = { { MATCHER_RE, "stage", "b.*" },
                                           { MATCHER_RE, "ref_area", "(?:\\d?){1000}[bc]" } };
    int left = 2;
    const struct pattern_patience patience = { goes_on, &left };
    struct fault fault = { 0 };
    (void)state;
    assert_null(matchers_compile(list, 2, &patience, &fault));
    assert_non_null(strstr(fault.text, "matcher 'ref_area=~': "));
    fault = (struct fault){ 0 };
    left = 1000;
    struct matchers *matchers = matchers_compile(list, 2, &patience, &fault);
    assert_non_null(matchers);
    left = 2;
    assert_int_equal(matchers_match(matchers, &series, &fault), -1);
    assert_int_equal(left, 0);
    matchers_free(matchers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_matches_names_labels_and_what_is_not_there),
        cmocka_unit_test(a_name_is_matched_alone),
        cmocka_unit_test(all_of_them_must_match),
        cmocka_unit_test(what_cannot_be_matched_is_told_by_its_label),
        cmocka_unit_test(who_waits_may_give_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
