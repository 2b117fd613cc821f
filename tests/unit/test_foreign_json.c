/* SPDX-License-Identifier: MIT */
/* test_foreign_json.c - which documents jq is given, and what is said of the others */
#include "../../collector/foreign_json.h"
#include "deliveries.h"

static bool is_json(const char *document, const char *complaint)
{
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    bool is = foreign_json_check(document, strlen(document), &batch);
    must_have_refused(&batch, complaint);
    batch_free(&batch);
    return is;
}

static void what_others_make_observations_of_may_be_any_json(void **state)
{
    static const char *const good[] = {
        "{}",
        "[]",
        "4",
        "\"a\"",
        "null",
        " [1e999, 12345678901234567890123]\n",
        "1 2",
        "{}[]",
        "1\"x\"",
        "\"a\"\"b\"",
        "\"1\"\"2\"",
        "\xEF\xBB\xBF[1]",
        "{\"a\": \"\\u0000\", \"b\": {\"a\": 0.10}}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(is_json(good[i], ""));
}

static void and_what_is_none_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *document, *complaint;
    } cases[] = {
        { "", ": is empty; expected observations\n" },
        { "\x1F\x8B\x08", ": is compressed by gzip; expected it unpacked\n" },
        { "012", ":1:1: not JSON that can be read: invalid token near '0'\n" },
        { "[\n  -012]", ":2:4: not JSON that can be read: invalid token near '-0'\n" },
        { "{\"a\": 1,\n \"a\": 1}",
          ":2:4: not JSON that can be read: duplicate object key near '\"a\"'\n" },
        { "[1] x", ":1:5: not JSON that can be read: invalid token near 'x'\n" },
        { "\"千千\" x", ":1:6: not JSON that can be read: invalid token near 'x'\n" },
        { "[1e999, 12345678901234567890123]\n[1e400 2]",
          ":2:8: not JSON that can be read: ']' expected near '2'\n" },
        { "{\"千\" 1e400}", ":1:10: not JSON that can be read: ':' expected near '1e400'\n" },
        { "1e400e5", ":1:6: not JSON that can be read: invalid token near 'e'\n" },
        { "{12: 1}", ":1:3: not JSON that can be read: string or '}' expected near '12'\n" },
        { "{\"\\u0000\": 1}", ":1:9: not JSON that can be read: \\u0000 in a string; expected text "
                              "without NUL characters\n" },
        { "\n\"\xFF\"", ":2: byte 2 of the line (0xFF) is not UTF-8; expected UTF-8 throughout\n" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(is_json(cases[i].document, cases[i].complaint));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_others_make_observations_of_may_be_any_json),
        cmocka_unit_test(and_what_is_none_is_refused_with_its_place),
    };
    return cmocka_run_group_tests_name("foreign_json", tests, NULL, NULL);
}
