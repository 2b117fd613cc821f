/* SPDX-License-Identifier: MIT */
/* test_source.c - what a source sends is read as it is configured, or the key is named that helps
 */
#include "../../collector/source.h"
#include "foreign.h"

static void must_complain(void **state, const char *source, const char *document,
                          const char *expected)
{
    struct settings *settings = *state;
    struct text body = { 0 }, said = { 0 };
    for (size_t i = 0; i < settings->source_count; i++) {
        if (strcmp(settings->sources[i].name, source) != 0)
            continue;
        struct delivery *delivery =
            delivery_new(source, settings, &settings->sources[i].form, today);
        text_put(&body, document);
        text_put(&said, "");
        const struct reading reading = { -1, &clock_system, NULL };
        source_read(&settings->sources[i], &body, &reading, delivery);
        write_refusals(&said, source, &delivery->batch);
        delivery_free(delivery);
    }
    assert_string_equal(said.bytes, expected);
    text_free(&body);
    text_free(&said);
}

#define BYTE "years:2: byte 3 of the line (0xD6) is not UTF-8; expected UTF-8 throughout"

static void another_encoding_can_be_named_where_there_is_the_key(void **state)
{
    must_complain(state, "years", "Stage,Notes,2021\na,\xD6\xD0,1\n",
                  BYTE ", or the source's 'encoding' to name another\n");
    must_complain(state, "own", "STRUCTURE\n\xD6\n",
                  "own:2: byte 1 of the line (0xD6) is not UTF-8; expected UTF-8 throughout\n");
    must_complain(state, "futian", "\xD6\n",
                  "futian:1: byte 1 of the line (0xD6) is not GB18030; expected GB18030 "
                  "throughout\n");
}

static void utf_16_is_named_where_there_is_the_key(void **state)
{
    must_complain(state, "years", "\xFF\xFES",
                  "years:1: is UTF-16, by its byte order mark; expected UTF-8 throughout, or the "
                  "source's 'encoding: utf-16'\n");
    must_complain(state, "bare", "\xFE\xFF",
                  "bare:1: is UTF-16, by its byte order mark; expected WINDOWS-1252 throughout, or "
                  "the source's 'encoding: utf-16'\n");
    must_complain(state, "own", "\xFF\xFES",
                  "own:1: is UTF-16, by its byte order mark; expected UTF-8 throughout\n");
}

#define NUMBER " is not a decimal number; expected digits with at most one point, like 1234.5"

static void numbers_in_words_can_be_asked_for_where_that_would_help(void **state)
{
    must_complain(state, "years", "Stage,Notes,2021,2022\na,,\"1,234\",\"1.234,5\"\nb,,x,1\n",
                  "years:2:3: obs_value: '1,234'" NUMBER "; 'numbers: words' reads it\n"
                  "years:2:4: obs_value: '1.234,5'" NUMBER
                  "; 'numbers: words with decimal comma' reads it\n"
                  "years:3:3: obs_value: 'x'" NUMBER "\n");
    must_complain(state, "own",
                  "STRUCTURE;STRUCTURE_ID;FIGURE;TIME_PERIOD;OBS_VALUE\n"
                  "dataflow;ALMANAC:FIGURES(1.0);fund_size_cny;2023;1,234\n",
                  "own:2:5: obs_value: '1,234'" NUMBER "\n");
}

static void neither_is_told_who_pushes(void **state)
{
    (void)state;
    static const struct form csv = { .format = FORM_CSV };
    must_say_bytes(&csv, "\xD6", 1,
                   ":1: byte 1 of the line (0xD6) is not UTF-8; expected UTF-8 throughout\n");
    static const char number[] = "figure,time_period,obs_value\nfund_size_cny,2024,\"1,234\"\n";
    must_say_bytes(&csv, number, strlen(number), ":2:3: obs_value: '1,234'" NUMBER "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_encoding_can_be_named_where_there_is_the_key),
        cmocka_unit_test(utf_16_is_named_where_there_is_the_key),
        cmocka_unit_test(numbers_in_words_can_be_asked_for_where_that_would_help),
        cmocka_unit_test(neither_is_told_who_pushes),
    };
    return cmocka_run_group_tests_name("source", tests, load_foreign, free_foreign);
}
