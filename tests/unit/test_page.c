/* SPDX-License-Identifier: MIT */
/* test_page.c - metrics pages whose verdict others have given are read or refused as they say */
#include "documents.h"
#include "page_stage.h"

#include <jansson.h>

/* The first word of the complaint, which begins with its place, or nothing. */
static bool is_refused(const char *bytes, size_t size, enum exposition_format exposition)
{
    struct text said = { 0 };
    read_page(bytes, size, exposition, &said);
    bool refused = said.size > 0 && said.bytes[said.size - 1] != '\n';
    text_free(&said);
    return refused;
}

static void must_be_as_judged(const char *folder)
{
    char path[PATH_MAX];
    struct text page = { 0 };
    snprintf(path, sizeof path, "%s/test.json", folder);
    json_t *verdict = json_load_file(path, 0, NULL);
    bool good = json_is_true(json_object_get(verdict, "shouldParse"));
    snprintf(path, sizeof path, "%s/metrics", folder);
    read_document(path, &page);
    if (is_refused(page.bytes, page.size, EXPOSITION_OPENMETRICS) == good)
        fail_msg("%s is %s", path, good ? "refused" : "not refused");
    text_free(&page);
    json_decref(verdict);
}

static void openmetrics_pages_are_read_or_refused_as_their_authors_say(void **state)
{
    (void)state;
    char pattern[PATH_MAX];
    glob_t folders;
    find_suite("openmetrics", pattern);
    strcat(pattern, "/*");
    assert_int_equal(glob(pattern, 0, NULL, &folders), 0);
    assert_true(folders.gl_pathc > 100);
    for (size_t i = 0; i < folders.gl_pathc; i++)
        must_be_as_judged(folders.gl_pathv[i]);
    globfree(&folders);
}

/* A byte that is not UTF-8 is written as a lone surrogate there, \udcXX, which no JSON parser
 * takes: for it a character stands in that no page has. */
static void read_case(char *line, struct text *page, bool *good)
{
    static const char stand_in[] = "\\u0001";
    unsigned byte = 0;
    char *lone = strstr(line, "\\udc");
    if (lone != NULL) {
        sscanf(lone + 4, "%2x", &byte);
        memcpy(lone, stand_in, strlen(stand_in));
    }
    json_t *object = json_loads(line, 0, NULL);
    const char *in = json_string_value(json_object_get(object, "in"));
    const char *error = json_string_value(json_object_get(object, "error"));
    assert_non_null(in);
    text_put(page, in);
    *good = error == NULL || error[0] == '\0';
    for (size_t i = 0; i < page->size; i++)
        if (page->bytes[i] == '\x01')
            page->bytes[i] = (char)byte;
    json_decref(object);
}

static void must_judge_cases(const char *name)
{
    char path[PATH_MAX], *save = NULL;
    struct text lines = { 0 };
    find_suite(name, path);
    read_document(path, &lines);
    for (char *line = strtok_r(lines.bytes, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        struct text page = { 0 };
        bool good;
        read_case(line, &page, &good);
        if (is_refused(page.bytes, page.size, EXPOSITION_TEXT) == good)
            fail_msg("%s: %s", good ? "refused" : "not refused", page.bytes);
        text_free(&page);
    }
    text_free(&lines);
}

static void text_pages_are_read_or_refused_as_their_authors_say(void **state)
{
    (void)state;
    char path[PATH_MAX];
    struct text page = { 0 };
    must_judge_cases("text-format/expfmt_parse_errors.jsonl");
    must_judge_cases("text-format/expfmt_parse_ok_inputs.jsonl");
    find_suite("text-format/expfmt_testdata_text.prom", path);
    read_document(path, &page);
    assert_false(is_refused(page.bytes, page.size, EXPOSITION_TEXT));
    text_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(openmetrics_pages_are_read_or_refused_as_their_authors_say),
        cmocka_unit_test(text_pages_are_read_or_refused_as_their_authors_say),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
