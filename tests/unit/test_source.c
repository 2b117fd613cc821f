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
    must_complain(state, "years", "Stage,Notes,2021,2022\na,,\"1,234\",\"1.234,5\"\nb,,x,增加1\n",
                  "years:2:3: obs_value: '1,234'" NUMBER "; 'numbers: words' reads it\n"
                  "years:2:4: obs_value: '1.234,5'" NUMBER
                  "; 'numbers: words with decimal comma' reads it\n"
                  "years:3:3: obs_value: 'x'" NUMBER "\n"
                  "years:3:4: obs_value: '增加1'" NUMBER "\n");
    must_complain(state, "own",
                  "STRUCTURE;STRUCTURE_ID;FIGURE;TIME_PERIOD;OBS_VALUE\n"
                  "dataflow;ALMANAC:FIGURES(1.0);fund_size_cny;2023;1,234\n",
                  "own:2:5: obs_value: '1,234'" NUMBER "\n");
}

static void what_says_that_there_is_no_number_may_be_mapped(void **state)
{
#define MAPPED "; 'missing' of the source can say what it means\n"
    must_complain(state, "years", "Stage,Notes,2021,2022\na,,—,…\n",
                  "years:2:3: obs_value: '—'" NUMBER MAPPED
                  "years:2:4: obs_value: '…'" NUMBER MAPPED);
    must_complain(state, "own",
                  "STRUCTURE;STRUCTURE_ID;FIGURE;TIME_PERIOD;OBS_VALUE\n"
                  "dataflow;ALMANAC:FIGURES(1.0);fund_size_cny;2023;..\n",
                  "own:2:5: obs_value: '..'" NUMBER MAPPED);
}

static void dates_can_have_their_order_said(void **state)
{
    must_complain(state, "own",
                  "STRUCTURE;STRUCTURE_ID;FIGURE;TIME_PERIOD;OBS_VALUE\n"
                  "dataflow;ALMANAC:FIGURES(1.0);fund_size_cny;01/02/2024;1\n",
                  "own:2:4: time_period: '01/02/2024' is not a period; expected one like 2024, "
                  "2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023; 'dates' of the source can "
                  "say which number is the day\n");
    must_complain(state, "whole", "figure,time_period,obs_value\nmonthly_cny,01/02/2024,1\n",
                  "whole:2:2: time_period: '01/02/2024' is not a period; expected one like 2024, "
                  "2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023; 'dates' of the source can "
                  "say which number is the day\n");
}

/* As import reads a file in our own words, or as a push is read. */
static void must_advise(enum batch_advice advice, enum form_format format, const char *document,
                        const char *expected)
{
    const struct form form = { .format = format };
    struct batch batch;
    batch_init(&batch, small_catalogue(), &form, today);
    batch.advice = advice;
    decode_delivery(document, strlen(document), &batch);
    must_have_refused(&batch, expected);
    batch_free(&batch);
}

#define CSV_NUMBER  "figure,time_period,obs_value\nfund_size_cny,2024,\"1.234,5\"\n"
#define JSON_NUMBER "{\"figure\":\"fund_size_cny\",\"time_period\":\"2024\",\"obs_value\":\"1亿\"}"
#define NOT_UTF_8   ":1: byte 1 of the line (0xD6) is not UTF-8; expected UTF-8 throughout"
#define IS_UTF_16   ":1: is UTF-16, by its byte order mark; expected UTF-8 throughout"

static void who_imports_is_told_of_sources_that_would_read_the_file(void **state)
{
    (void)state;
    must_advise(ADVISE_SOURCE, FORM_CSV, "\xD6",
                NOT_UTF_8 ", or 'import --source' with a source whose 'encoding' is another\n");
    must_advise(ADVISE_SOURCE, FORM_CSV, "\xFF\xFE",
                IS_UTF_16 ", or 'import --source' with a source of 'encoding: utf-16'\n");
    must_advise(ADVISE_SOURCE, FORM_CSV, "Area,2024\n",
                ":1: 'Area,2024' names no column; expected names like figure,time_period,obs_value "
                "with a comma in between, or 'import --source' with a source that maps its own\n");
    must_advise(ADVISE_SOURCE, FORM_CSV, CSV_NUMBER,
                ":2:3: obs_value: '1.234,5'" NUMBER
                "; 'import --source' with a source of 'numbers: "
                "words with decimal comma' reads it\n");
    must_advise(ADVISE_SOURCE, FORM_CSV, "figure,time_period,obs_value\nfund_size_cny,2024,-\n",
                ":2:3: obs_value: '-'" NUMBER
                "; 'import --source' with a source whose 'missing' has it reads it\n");
    must_advise(ADVISE_SOURCE, FORM_JSON, JSON_NUMBER,
                ".obs_value: '1亿'" NUMBER
                "; 'import --source' with a source of 'numbers: words' reads it\n");
    must_advise(ADVISE_SOURCE, FORM_JSON, "\xD6", NOT_UTF_8 "\n");
    must_advise(ADVISE_SOURCE, FORM_SDMX_CSV, "\xFF\xFE", IS_UTF_16 "\n");
}

static void who_pushes_is_told_of_neither(void **state)
{
    (void)state;
    must_advise(ADVISE_NOTHING, FORM_CSV, "\xD6", NOT_UTF_8 "\n");
    must_advise(ADVISE_NOTHING, FORM_CSV, "\xFF\xFE", IS_UTF_16 "\n");
    must_advise(ADVISE_NOTHING, FORM_CSV, CSV_NUMBER, ":2:3: obs_value: '1.234,5'" NUMBER "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_encoding_can_be_named_where_there_is_the_key),
        cmocka_unit_test(utf_16_is_named_where_there_is_the_key),
        cmocka_unit_test(numbers_in_words_can_be_asked_for_where_that_would_help),
        cmocka_unit_test(what_says_that_there_is_no_number_may_be_mapped),
        cmocka_unit_test(dates_can_have_their_order_said),
        cmocka_unit_test(who_imports_is_told_of_sources_that_would_read_the_file),
        cmocka_unit_test(who_pushes_is_told_of_neither),
    };
    return cmocka_run_group_tests_name("source", tests, load_foreign, free_foreign);
}
