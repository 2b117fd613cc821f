/* SPDX-License-Identifier: MIT */
/* test_decode_json.c - observations as JSON keep their digits, and what is wrong has its place */
#include "deliveries.h"

#include <stdlib.h>

#define FUND "\"figure\": \"fund_size_cny\", \"time_period\": \"2024-06\""

static void every_field_of_an_observation_arrives(void **state)
{
    (void)state;
    struct batch batch = must_take(
        decode_json,
        "{\"figure\": \"pilot_platforms\", \"labels\": {\"stage\": \"built\"}, "
        "\"time_period\": \"2024-06\", \"obs_value\": \"4.50\", \"comparator\": \">\", "
        "\"obs_status\": \"P\", \"released\": \"2024-08-01\", \"reference\": \"Reply 2024232\", "
        "\"comment\": \"\\u5343\\\"hello\\\"\"}",
        1);
    const struct observation *one = &batch_item(&batch, 0)->observation;
    assert_string_equal(one->figure->name, "pilot_platforms");
    assert_string_equal(one->label_values[0], "built");
    assert_string_equal(one->statement.period.text, "2024-06");
    assert_string_equal(one->statement.value.text, "4.50");
    assert_int_equal(one->statement.comparator, COMPARATOR_MORE);
    assert_int_equal(one->statement.status, 'P');
    assert_true(one->has_released);
    assert_int_equal(one->released, 1722470400);
    assert_string_equal(one->reference, "Reply 2024232");
    assert_string_equal(one->comment, "千\"hello\"");
    batch_free(&batch);
}

static void a_number_keeps_the_digits_it_is_written_with(void **state)
{
    (void)state;
    static const char *const numbers[] = {
        "0",   "4",     "1.50",  "0.10000000000000000555", "12345678901234567890123456789", "160",
        "-12", "-0.25", "10.00",
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char document[256];
        snprintf(document, sizeof document, "[{" FUND ",\"obs_value\":%s}]", numbers[i]);
        struct batch batch = must_take(decode_json, document, 1);
        assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, numbers[i]);
        batch_free(&batch);
    }
    struct batch batch = must_take(decode_json, "{" FUND ", \"obs_value\": 1.5e+3}", 1);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "1500");
    batch_free(&batch);
}

static void numbers_inside_strings_are_left_alone(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_json,
                                   "{" FUND ", \"obs_value\": 4, "
                                   "\"comment\": \"\\\\\\\"1, -2.5e3: \\\\\"}",
                                   1);
    assert_string_equal(batch_item(&batch, 0)->observation.comment, "\\\"1, -2.5e3: \\");
    batch_free(&batch);
}

static void a_year_may_be_a_number(void **state)
{
    (void)state;
    struct batch batch = must_take(
        decode_json, "{\"figure\": \"fund_size_cny\", \"time_period\": 2023, \"obs_value\": 1}", 1);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.period.text, "2023");
    batch_free(&batch);
}

static void null_is_not_given(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_json,
                                   "{" FUND ", \"obs_value\": 4, \"comment\": null, "
                                   "\"labels\": null, \"released\": null}",
                                   1);
    assert_null(batch_item(&batch, 0)->observation.comment);
    assert_false(batch_item(&batch, 0)->observation.has_released);
    batch_free(&batch);
    batch =
        must_take(decode_json, "{" FUND ", \"obs_value\": 4, \"labels\": {\"stage\": null}}", 1);
    batch_free(&batch);
}

static void none_one_and_several_are_welcome(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_json, "[]", 0);
    batch_free(&batch);
    batch =
        must_take(decode_json,
                  "\xEF\xBB\xBF [{" FUND ",\"obs_value\":1} ,\r\n{" FUND ",\"obs_value\":2}]\n", 2);
    assert_string_equal(batch_item(&batch, 1)->observation.statement.value.text, "2");
    batch_free(&batch);
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    (void)state;
    must_refuse_documents(decode_json, "tests/data/json/*.json");
}

static void nesting_a_hundred_thousand_deep_is_refused(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    char *document = malloc(2 * DEPTH);
    memset(document, '[', DEPTH);
    memset(document + DEPTH, ']', DEPTH);
    must_refuse_bytes(decode_json, document, 2 * DEPTH,
                      ":1:2049: not JSON that can be read: maximum parsing depth reached near "
                      "'['\n");
    must_refuse_bytes(decode_json, document, DEPTH,
                      ":1:2049: not JSON that can be read: maximum parsing depth reached near "
                      "'['\n");
    free(document);
}

/* Every beginning of a document with everything in it: read to its own end, and not beyond. */
static void a_document_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] = "[{" FUND ",\"obs_value\":-12.50e+3,\"comment\":\"\\\"\\\\ 千\"}]";
    for (size_t size = 0; size < sizeof whole - 1; size++) {
        struct batch batch;
        char *bytes = malloc(size + 1);
        memcpy(bytes, whole, size);
        bytes = realloc(bytes, size > 0 ? size : 1); /* its end is the memory's */
        decode_bytes(decode_json, bytes, size, &batch);
        assert_int_equal(batch.count, 0);
        assert_int_equal(batch.refused, 1);
        batch_free(&batch);
        free(bytes);
    }
}

static void values_may_stand_one_after_the_other(void **state)
{
    (void)state;
    struct batch batch;
    static const char document[] =
        "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1}\n"
        "\n"
        "[{\"figure\":\"fund_size_cny\",\"time_period\":\"2022\",\"obs_value\":2},\n"
        " {\"figure\":\"fund_size_cny\",\"time_period\":\"2021\",\"obs_value\":3}]"
        "{\"figure\":\"fund_size_cny\",\"time_period\":\"2020\",\"obs_value\":0.40}\n";
    decode_bytes(decode_json, document, sizeof document - 1, &batch);
    assert_int_equal(batch.refused, 0);
    assert_int_equal(batch.count, 4);
    assert_string_equal(batch_item(&batch, 3)->observation.statement.value.text, "0.40");
    assert_true(batch.by_line);
    assert_int_equal(batch_item(&batch, 0)->mark, 1);
    assert_int_equal(batch_item(&batch, 2)->mark, 3);
    assert_int_equal(batch_item(&batch, 3)->mark, 4);
    batch_free(&batch);
}

static void a_complaint_about_one_of_several_names_its_line(void **state)
{
    (void)state;
    must_refuse(decode_json,
                "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1}\n"
                "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":\"x\"}\n"
                "[{\"figur\":1}]\n",
                ":2.obs_value: 'x' is not a decimal number; expected digits with at most one "
                "point, like 1234.5\n"
                ":3[0]: unknown field 'figur'; expected figure, labels, time_period, obs_value, "
                "comparator, obs_status, released, reference or comment\n");
    must_refuse(decode_json,
                "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1}\n"
                "  {\"figure\" 1}\n",
                ":2:13: not JSON that can be read: ':' expected near '1'\n");
}

static bool is_json(const char *document, const char *complaint)
{
    struct batch batch;
    struct text said = { 0 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    bool is = decode_is_json(document, strlen(document), &batch);
    text_put(&said, "");
    write_refusals(&said, "", &batch);
    assert_string_equal(said.bytes, complaint);
    text_free(&said);
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
        { "012", ":1:1: not JSON that can be read: invalid token near '0'\n" },
        { "[\n  -012]", ":2:4: not JSON that can be read: invalid token near '-0'\n" },
        { "{\"a\": 1,\n \"a\": 1}",
          ":2:4: not JSON that can be read: duplicate object key near '\"a\"'\n" },
        { "[1] x", ":1:5: not JSON that can be read: invalid token near 'x'\n" },
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
        cmocka_unit_test(every_field_of_an_observation_arrives),
        cmocka_unit_test(values_may_stand_one_after_the_other),
        cmocka_unit_test(a_complaint_about_one_of_several_names_its_line),
        cmocka_unit_test(a_number_keeps_the_digits_it_is_written_with),
        cmocka_unit_test(numbers_inside_strings_are_left_alone),
        cmocka_unit_test(a_year_may_be_a_number),
        cmocka_unit_test(null_is_not_given),
        cmocka_unit_test(none_one_and_several_are_welcome),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
        cmocka_unit_test(nesting_a_hundred_thousand_deep_is_refused),
        cmocka_unit_test(a_document_may_end_anywhere),
        cmocka_unit_test(what_others_make_observations_of_may_be_any_json),
        cmocka_unit_test(and_what_is_none_is_refused_with_its_place),
    };
    return cmocka_run_group_tests_name("decode_json", tests, NULL, NULL);
}
