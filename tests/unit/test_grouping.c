/* SPDX-License-Identifier: MIT */
/* test_grouping.c - a path names a group, or says what is wrong with it */
#include "../../collector/grouping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int read_path(const char *path, struct arena *arena, struct grouping *grouping,
                     struct fault *fault)
{
    fault->text[0] = '\0';
    return grouping_read(arena_string(arena, path), arena, grouping, fault);
}

static void must_name(const char *path, const char *key)
{
    struct arena arena = { 0 };
    struct grouping grouping;
    struct fault fault;
    if (read_path(path, &arena, &grouping, &fault) != 0)
        fail_msg("%s: %s", path, fault.text);
    if (strcmp(grouping.key, key) != 0)
        fail_msg("%s names %s, not %s", path, grouping.key, key);
    arena_free(&arena);
}

static void must_refuse(const char *path, const char *words)
{
    struct arena arena = { 0 };
    struct grouping grouping;
    struct fault fault;
    if (read_path(path, &arena, &grouping, &fault) == 0)
        fail_msg("%s names %s; expected: %s", path, grouping.key, words);
    assert_string_equal(fault.text, words);
    arena_free(&arena);
}

static void a_path_names_a_job_and_labels(void **state)
{
    (void)state;
    must_name("/survey", "{\"job\":\"survey\"}");
    must_name("/survey/stage/built", "{\"job\":\"survey\",\"stage\":\"built\"}");
    must_name("/survey/stage/", "{\"job\":\"survey\",\"stage\":\"\"}");
    must_name("/survey/_1/a=b", "{\"_1\":\"a=b\",\"job\":\"survey\"}");
}

static void the_order_of_labels_does_not_matter(void **state)
{
    (void)state;
    static const char key[] = "{\"area\":\"futian\",\"job\":\"a\",\"stage\":\"built\"}";
    must_name("/a/stage/built/area/futian", key);
    must_name("/a/area/futian/stage/built", key);
}

static void what_a_path_cannot_hold_is_written_in_percent(void **state)
{
    (void)state;
    must_name("/a%2Fb/area/%E5%8D%97%E5%B1%B1", "{\"area\":\"南山\",\"job\":\"a/b\"}");
    must_name("/%22%5C", "{\"job\":\"\\\"\\\\\"}");
}

static void or_in_base64(void **state)
{
    (void)state;
    must_name("@base64/YS9i", "{\"job\":\"a/b\"}");
    must_name("/a/area@base64/5Y2X5bGx", "{\"area\":\"南山\",\"job\":\"a\"}");
    must_name("/a/area@base64/Pz8_", "{\"area\":\"???\",\"job\":\"a\"}");
    must_name("/a/area@base64/Pj4-", "{\"area\":\">>>\",\"job\":\"a\"}");
}

static void the_padding_of_base64_may_be_left_out(void **state)
{
    (void)state;
    static const char key[] = "{\"area\":\"a\",\"job\":\"a\"}";
    must_name("/a/area@base64/YQ==", key);
    must_name("/a/area@base64/YQ=", key);
    must_name("/a/area@base64/YQ", key);
    must_name("/a/area@base64/YQ%3D%3D", key);
    must_name("/a/area@base64/YWE", "{\"area\":\"aa\",\"job\":\"a\"}");
}

static void a_lone_padding_is_an_empty_value(void **state)
{
    (void)state;
    must_name("/a/area@base64/=", "{\"area\":\"\",\"job\":\"a\"}");
    must_name("/a/area@base64/=/stage/built", "{\"area\":\"\",\"job\":\"a\",\"stage\":\"built\"}");
}

static void what_is_no_group_is_refused_in_words(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "/", "the job is empty; expected a name" },
        { "@base64/=", "the job is empty; expected a name" },
        { "", "the label 'job' has no value; expected /metrics/job/JOB{/LABEL/VALUE}" },
        { "/a/", "the label '' has no value; expected /metrics/job/JOB{/LABEL/VALUE}" },
        { "/a/area", "the label 'area' has no value; expected /metrics/job/JOB{/LABEL/VALUE}" },
        { "/a//b", "'' is no label; expected letters, digits and '_'" },
        { "/a/1st/b", "'1st' is no label; expected letters, digits and '_'" },
        { "/a/b-c/d", "'b-c' is no label; expected letters, digits and '_'" },
        { "/a/__name__/b", "'__name__' is no label; expected letters, digits and '_'" },
        { "/a/@base64/YQ", "'@base64' is no label; expected letters, digits and '_'" },
        { "/a/job/b", "the label 'job' is there twice; expected it once" },
        { "/a/area/b/area@base64/YQ", "the label 'area' is there twice; expected it once" },
        { "/a/area/%FF", "the value of 'area' is not UTF-8" },
        { "/a/area/%00", "the value of 'area' is not UTF-8" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_refuse(cases[i][0], cases[i][1]);
}

static void what_is_no_base64_is_refused(void **state)
{
    (void)state;
    static const char *const values[] = { "Pj4+", "Y",      "YWFhY", "Y=Q", "YQ=a",
                                          "a b=", "Pz8%2F", "____",  "AA" };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char path[64];
        snprintf(path, sizeof path, "/a/area@base64/%s", values[i]);
        must_refuse(path, "the value of 'area' is not base64 of the URL-safe alphabet");
    }
}

static void there_is_a_most_of_labels(void **state)
{
    (void)state;
    char path[512] = "/a";
    for (int i = 1; i <= GROUPING_LABELS; i++) {
        struct arena arena = { 0 };
        struct grouping grouping;
        struct fault fault;
        int result = read_path(path, &arena, &grouping, &fault);
        assert_int_equal(result, 0);
        assert_int_equal(grouping.count, i);
        arena_free(&arena);
        sprintf(path + strlen(path), "/l%d/x", i);
    }
    must_refuse(path, "more than 32 labels; expected fewer");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_names_a_job_and_labels),
        cmocka_unit_test(the_order_of_labels_does_not_matter),
        cmocka_unit_test(what_a_path_cannot_hold_is_written_in_percent),
        cmocka_unit_test(or_in_base64),
        cmocka_unit_test(the_padding_of_base64_may_be_left_out),
        cmocka_unit_test(a_lone_padding_is_an_empty_value),
        cmocka_unit_test(what_is_no_group_is_refused_in_words),
        cmocka_unit_test(what_is_no_base64_is_refused),
        cmocka_unit_test(there_is_a_most_of_labels),
    };
    return cmocka_run_group_tests_name("grouping", tests, NULL, NULL);
}
