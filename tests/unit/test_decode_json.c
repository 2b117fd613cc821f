/* SPDX-License-Identifier: MIT */
/* test_decode_json.c - observations as JSON keep their digits, and what is wrong has its place */
#include "../../almanac/wording.h"
#include "deliveries.h"

#include <stdlib.h>

#define FUND "\"figure\": \"fund_size_cny\", \"time_period\": \"2024-06\""

static void every_field_of_an_observation_arrives(void **state)
{
    static const char document[] =
        "{\"figure\": \"pilot_platforms\", \"labels\": {\"stage\": \"built\"}, "
        "\"time_period\": \"2024-06\", \"obs_value\": \"4.50\", \"comparator\": \">\", "
        "\"obs_status\": \"P\", \"released\": \"2024-08-01\", \"reference\": \"Reply 2024232\", "
        "\"comment\": \"\\u5343\\\"hello\\\"\"}";
    (void)state;
    must_decode_as(
        &plain_form, decode_json, document, sizeof document - 1,
        "pilot_platforms built 2024-06 >4.50 P @1722470400 [Reply 2024232] \"千\"hello\"\"\n");
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

static void a_number_has_a_point_even_where_strings_have_a_comma(void **state)
{
    (void)state;
    static const struct wording_style comma = { .decimal_comma = true };
    static const struct form form = { .wording = &comma };
    static const struct {
        const char *said, *value;
    } cases[] = {
        { "1.234", "1.234" },          { "\"1.234元\"", "1234" },        { "12.5", "12.5" },
        { "\"12,5元\"", "12.5" },      { "-0.125", "-0.125" },           { "1.234e3", "1234" },
        { "\"1.234,5元\"", "1234.5" }, { "\"超1,5亿元\"", "150000000" }, { "160", "160" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char document[256];
        struct batch batch;
        snprintf(document, sizeof document, "[{\"obs_value\": %s, " FUND "}, {" FUND "}]",
                 cases[i].said);
        decode_as(&form, decode_json, document, strlen(document), &batch);
        assert_int_equal(batch.count, 1);
        assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text,
                            cases[i].value);
        batch_free(&batch);
    }
}

static void a_number_is_in_the_unit_of_its_figure_or_of_the_field(void **state)
{
    (void)state;
    static const struct wording_style words = { .decimal_comma = false };
    static const struct form form = { .wording = &words };
    struct batch batch;
    static const char document[] = "[{\"obs_value\": 1.5, " FUND "}, "
                                   "{\"obs_value\": 1.5, \"unit\": \"亿元\", \"figure\": "
                                   "\"fund_size_cny\", \"time_period\": \"2022\"}]";
    decode_as(&form, decode_json, document, strlen(document), &batch);
    assert_int_equal(batch.count, 2);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "1.5");
    assert_string_equal(batch_item(&batch, 1)->observation.statement.value.text, "150000000");
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
                      ":1:2050: not JSON that can be read: maximum parsing depth reached near "
                      "'['\n");
    must_refuse_bytes(decode_json, document, DEPTH,
                      ":1:2050: not JSON that can be read: maximum parsing depth reached near "
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
                "unit, comparator, obs_status, released, reference or comment\n");
    must_refuse(decode_json,
                "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1}\n"
                "  {\"figure\" 1}\n",
                ":2:13: not JSON that can be read: ':' expected near '1'\n");
}

static void columns_are_of_characters(void **state)
{
    (void)state;
    must_refuse(decode_json,
                "[{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1,"
                "\"comment\":\"一亿元\"},{\"figure\" 1}]\n",
                ":1:90: not JSON that can be read: ':' expected near '1'\n");
    must_refuse(decode_json,
                "[{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1,"
                "\"comment\":\"一亿元\"} 1]",
                ":1:80: not JSON that can be read: ',' or ']' expected near '1]'\n");
}

/* How many are taken, and all the refusals' lines. */
static void must_read(enum form_values values, const char *document, size_t count,
                      const char *complaints)
{
    const struct form form = { .format = FORM_JSON, .values = values };
    struct batch batch;
    decode_as(&form, decode_json, document, strlen(document), &batch);
    must_have_refused(&batch, complaints);
    assert_int_equal(batch.count, count);
    batch_free(&batch);
}

#define GOOD(year) "{\"figure\":\"fund_size_cny\",\"time_period\":\"" year "\",\"obs_value\":1}"
#define BAD_VALUE                                                                                  \
    "obs_value: '20x' is not a decimal number; expected digits with at most one point, like "      \
    "1234.5\n"

static void a_line_that_is_no_json_is_refused_and_the_next_one_read(void **state)
{
    (void)state;
    must_read(FORM_LINES,
              GOOD("2012") "\n{bad\n\n" GOOD(
                  "2011") "\r\n"
                          "{\"figure\":\"fund_size_cny\",\"time_period\":\"2010\","
                          "\"obs_value\":\"20x\"}\n  \n" GOOD("2009"),
              3,
              ":2:4: not JSON that can be read: string or '}' expected near 'bad'; expected one "
              "value a line\n"
              ":5." BAD_VALUE);
}

static void what_goes_over_several_lines_is_refused_on_each(void **state)
{
    (void)state;
    must_read(FORM_LINES,
              "{\n  \"figure\": \"fund_size_cny\"\n}\n" GOOD("2012") " " GOOD("2011") "\n", 0,
              ":1:1: not JSON that can be read: string or '}' expected near end of file; expected "
              "one value a line\n"
              ":2:10: not JSON that can be read: '[' or '{' expected near '\"figure\"'; expected "
              "one value a line\n"
              ":3:1: not JSON that can be read: '[' or '{' expected near '}'; expected one value a "
              "line\n"
              ":4:63: text behind the value; expected one value a line\n");
}

static void a_line_may_be_a_list_and_nothing_of_a_broken_one_is_taken(void **state)
{
    (void)state;
    must_read(
        FORM_LINES,
        "[" GOOD("2012") "," GOOD(
            "2011") "]\n"
                    "[" GOOD("2010") ",{\"figur\":1},\n[" GOOD("2010") " 1]\n[" GOOD(
                        "2010") "\n[]\n"
                                "[{\"figure\":\"fund_size_cny\",\"time_period\":\"2010\",\"obs_"
                                "value\":\"20x\"}]",
        2,
        ":2:75: not JSON that can be read: unexpected token near end of file; expected one "
        "value a line\n"
        ":3:64: not JSON that can be read: ',' or ']' expected near '1]'; expected one value "
        "a line\n"
        ":4:63: not JSON that can be read: ',' or ']' expected at the end; expected one value "
        "a line\n"
        ":6[0]." BAD_VALUE);
}

static void empty_lines_alone_are_no_report(void **state)
{
    (void)state;
    must_read(FORM_LINES, "\n\r\n  \n", 0, ": is empty; expected observations\n");
}

static void one_value_is_one_and_nothing_behind_it(void **state)
{
    (void)state;
    static const char behind[] = ": text behind the value; expected one observation or one array "
                                 "of them (NDJSON has one a line)\n";
    static const struct {
        const char *document, *place;
    } cases[] = {
        { GOOD("2012") "\n" GOOD("2011") "\n", ":2:1" }, { GOOD("2012") GOOD("2011"), ":1:62" },
        { "[" GOOD("2012") "]\n\n  []", ":3:3" },        { GOOD("2012") " that was it", ":1:63" },
        { "[" GOOD("2012") ",{}]]", ":1:67" },
    };
    must_read(FORM_ONE, " " GOOD("2012") "\n", 1, "");
    must_read(FORM_ONE, "[\n" GOOD("2012") ",\n" GOOD("2011") "]\n\n", 2, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "%s%s", cases[i].place, behind);
        must_read(FORM_ONE, cases[i].document, 0, expected);
    }
}

static void nothing_of_a_list_that_breaks_off_is_taken(void **state)
{
    (void)state;
    must_read(FORM_ONE, "[" GOOD("2012") ",\n{},\n" GOOD("2011") ", {\"figure\": \"fund", 0,
              ":3:79: not JSON that can be read: premature end of input near '\"fund'\n");
}

/* An observation of so many bytes. */
static void read_long(enum form_values values, size_t size, size_t count, const char *complaints)
{
    struct text document = { 0 };
    size_t least = strlen("[{\"comment\":\"\"}]");
    text_put(&document, "[{\"comment\":\"");
    for (size_t i = 0; i < size + 2 - least; i++)
        text_char(&document, 'x');
    text_put(&document, "\"}]\n" GOOD("2012") "\n");
    must_read(values, document.bytes, count, complaints);
    text_free(&document);
}

static void an_observation_of_64_kib_is_looked_into_and_a_longer_one_refused(void **state)
{
    (void)state;
    static const char longer[] = ":1:2: the observation is longer than 65536 bytes";
    char of_line[200];
    read_long(FORM_LINES, 65536, 1, ":1[0].figure: is empty; expected the name of a figure\n");
    snprintf(of_line, sizeof of_line, "%s; expected one value a line\n", longer);
    read_long(FORM_LINES, 65537, 1, of_line);
    read_long(FORM_LINES, 1000000, 1, of_line);
    snprintf(of_line, sizeof of_line, "%s\n", longer);
    read_long(FORM_SEVERAL, 65537, 0, of_line);
    read_long(FORM_ONE, 1000000, 0, of_line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_an_observation_arrives),
        cmocka_unit_test(values_may_stand_one_after_the_other),
        cmocka_unit_test(a_complaint_about_one_of_several_names_its_line),
        cmocka_unit_test(columns_are_of_characters),
        cmocka_unit_test(a_number_keeps_the_digits_it_is_written_with),
        cmocka_unit_test(a_number_has_a_point_even_where_strings_have_a_comma),
        cmocka_unit_test(a_number_is_in_the_unit_of_its_figure_or_of_the_field),
        cmocka_unit_test(numbers_inside_strings_are_left_alone),
        cmocka_unit_test(a_year_may_be_a_number),
        cmocka_unit_test(null_is_not_given),
        cmocka_unit_test(none_one_and_several_are_welcome),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
        cmocka_unit_test(nesting_a_hundred_thousand_deep_is_refused),
        cmocka_unit_test(a_document_may_end_anywhere),
        cmocka_unit_test(a_line_that_is_no_json_is_refused_and_the_next_one_read),
        cmocka_unit_test(what_goes_over_several_lines_is_refused_on_each),
        cmocka_unit_test(a_line_may_be_a_list_and_nothing_of_a_broken_one_is_taken),
        cmocka_unit_test(empty_lines_alone_are_no_report),
        cmocka_unit_test(one_value_is_one_and_nothing_behind_it),
        cmocka_unit_test(nothing_of_a_list_that_breaks_off_is_taken),
        cmocka_unit_test(an_observation_of_64_kib_is_looked_into_and_a_longer_one_refused),
    };
    return cmocka_run_group_tests_name("decode_json", tests, NULL, NULL);
}
