/* SPDX-License-Identifier: MIT */
/* test_format.c - the same observations as CSV, SDMX-CSV, JSON and a table */
#include "written.h"

static const struct figure platforms = { .name = "pilot_platforms" };
static const struct figure visits = { .name = "library_visits" };
static const struct label futian[] = { { "area", "福田, \"central\"" }, { "stage", "built" } };
static const struct label north[] = { { "branch", "north" } };
static const struct subject built = { &platforms, futian, 2 }, branch = { &visits, north, 1 };
static const char *const columns[] = { "area", "branch", "stage" };

/* One with all there is to say, one without a value, one of another figure. */
static void write_all(struct written *written, const struct format *format)
{
    struct statement provisional = statement_of("2024-06 >160 P");
    struct row full = { .subject = &built,
                        .statement = &provisional,
                        .has_released = true,
                        .released = 1725148800,
                        .recorded = 1733050800,
                        .source = "import:a.csv",
                        .reference = "Reply 7",
                        .comment = "more than\n\"160\"" };
    written->writer.labels = columns;
    written->writer.label_count = 3;
    begin_writing(written, format);
    format->row(&written->writer, &full);
    write_said(written, &built, "2024-Q4 - L");
    end_series(written, &built);
    write_said(written, &branch, "2024 -0.10");
    end_series(written, &branch);
}

static void csv_is_the_form_that_is_imported(void **state)
{
    struct written written = { 0 };
    (void)state;
    write_all(&written, &format_csv);
    must_have_written(&written,
                      "figure,area,branch,stage,"
                      "time_period,obs_value,comparator,obs_status,released,reference,comment\n"
                      "pilot_platforms,\"福田, \"\"central\"\"\",,built,"
                      "2024-06,160,>,P,2024-09-01,Reply 7,\"more than\n\"\"160\"\"\"\n"
                      "pilot_platforms,\"福田, \"\"central\"\"\",,built,2024-Q4,,,L,,,\n"
                      "library_visits,,north,,2024,-0.10,,A,,,\n");
}

static void sdmx_csv_names_its_structure_and_what_is_missing(void **state)
{
    struct written written = { 0 };
    (void)state;
    write_all(&written, &format_sdmx_csv);
    must_have_written(
        &written,
        "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,area,branch,stage,"
        "TIME_PERIOD,OBS_VALUE,COMPARATOR,OBS_STATUS,RELEASED,REFERENCE,OBS_COM\n"
        "dataflow,ALMANAC:FIGURES(1.0),I,pilot_platforms,\"福田, \"\"central\"\"\",,built,"
        "2024-06,160,>,P,2024-09-01,Reply 7,\"more than\n\"\"160\"\"\"\n"
        "dataflow,ALMANAC:FIGURES(1.0),I,pilot_platforms,\"福田, \"\"central\"\"\",,built,"
        "2024-Q4,NaN,,L,,,\n"
        "dataflow,ALMANAC:FIGURES(1.0),I,library_visits,,north,,2024,-0.10,,A,,,\n");
}

static void a_history_has_source_and_record_behind_the_rest(void **state)
{
    static const struct {
        const struct format *format;
        const char *expected;
    } cases[] = {
        { &format_csv, "figure,time_period,obs_value,comparator,obs_status,released,reference,"
                       "comment,source,recorded\n"
                       "library_visits,2024,1,,A,,,,reply,2023-11-14T22:13:20Z\n" },
        { &format_sdmx_csv,
          "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,TIME_PERIOD,OBS_VALUE,COMPARATOR,OBS_STATUS,"
          "RELEASED,REFERENCE,OBS_COM,SOURCE,RECORDED\n"
          "dataflow,ALMANAC:FIGURES(1.0),I,library_visits,2024,1,,A,,,,reply,"
          "2023-11-14T22:13:20Z\n" },
    };
    static const struct subject plain = { &visits, NULL, 0 };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct written written = { .writer.provenance = true };
        begin_writing(&written, cases[i].format);
        write_said(&written, &plain, "2024 1");
        must_have_written(&written, cases[i].expected);
    }
}

static void json_may_have_all_there_is(void **state)
{
    struct written written = { .writer = { .provenance = true, .details = true } };
    struct subject bare = { &visits, NULL, 0 };
    struct statement statement = statement_of("2024-02 7");
    struct row row = { .subject = &bare,
                       .statement = &statement,
                       .recorded = 1733011200,
                       .source = "reply",
                       .vintages = 3 };
    (void)state;
    begin_writing(&written, &format_json);
    written.format->row(&written.writer, &row);
    must_have_written(&written,
                      "[\n{\"figure\": \"library_visits\", \"labels\": {}, "
                      "\"time_period\": \"2024-02\", \"obs_value\": 7, \"obs_status\": \"A\", "
                      "\"recorded\": \"2024-12-01T00:00:00Z\", \"source\": \"reply\", "
                      "\"period_start\": \"2024-02-01T00:00:00Z\", "
                      "\"period_end\": \"2024-03-01T00:00:00Z\", \"vintages\": 3}\n]\n");
}

static void json_keeps_the_digits(void **state)
{
    struct written written = { 0 };
    (void)state;
    write_all(&written, &format_json);
    must_have_written(
        &written,
        "[\n"
        "{\"figure\": \"pilot_platforms\", "
        "\"labels\": {\"area\": \"福田, \\\"central\\\"\", \"stage\": \"built\"}, "
        "\"time_period\": \"2024-06\", \"obs_value\": 160, \"comparator\": \">\", "
        "\"obs_status\": \"P\", \"released\": \"2024-09-01\", \"reference\": \"Reply 7\", "
        "\"comment\": \"more than\\u000a\\\"160\\\"\"},\n"
        "{\"figure\": \"pilot_platforms\", "
        "\"labels\": {\"area\": \"福田, \\\"central\\\"\", \"stage\": \"built\"}, "
        "\"time_period\": \"2024-Q4\", \"obs_value\": null, \"obs_status\": \"L\"},\n"
        "{\"figure\": \"library_visits\", \"labels\": {\"branch\": \"north\"}, "
        "\"time_period\": \"2024\", \"obs_value\": -0.10, \"obs_status\": \"A\"}\n"
        "]\n");
}

static void json_says_when_it_was_recorded_where_that_is_asked(void **state)
{
    struct written written = { .writer.provenance = true };
    static const struct subject plain = { &visits, NULL, 0 };
    (void)state;
    begin_writing(&written, &format_json);
    write_said(&written, &plain, "2024 1");
    must_have_written(&written,
                      "[\n{\"figure\": \"library_visits\", \"time_period\": \"2024\", "
                      "\"obs_value\": 1, \"obs_status\": \"A\", "
                      "\"recorded\": \"2023-11-14T22:13:20Z\", \"source\": \"reply\"}\n]\n");
}

static void a_table_is_aligned(void **state)
{
    struct written written = { 0 };
    (void)state;
    write_all(&written, &format_table);
    must_have_written(&written, "area             branch  stage  time_period  obs_value  "
                                "obs_status  released    reference  "
                                "comment\n"
                                "福田, \"central\"          built  2024-06           >160  P       "
                                "    2024-09-01  Reply 7    "
                                "more than \"160\"\n"
                                "福田, \"central\"          built  2024-Q4                 L\n"
                                "                 north          2024             -0.10  A\n");
}

static void a_table_has_the_record_where_that_is_asked(void **state)
{
    struct written written = { .writer.provenance = true };
    static const struct subject plain = { &visits, NULL, 0 };
    (void)state;
    begin_writing(&written, &format_table);
    write_said(&written, &plain, "2024 1");
    must_have_written(&written,
                      "time_period  obs_value  obs_status  recorded              source\n"
                      "2024                 1  A           2023-11-14T22:13:20Z  reply\n");
}

static void nothing_is_a_document_too(void **state)
{
    static const struct {
        const struct format *format;
        const char *expected;
    } cases[] = {
        { &format_csv, "figure,time_period,obs_value,comparator,obs_status,released,reference,"
                       "comment\n" },
        { &format_json, "[]\n" },
        { &format_table, "no observations\n" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct written written = { 0 };
        begin_writing(&written, cases[i].format);
        must_have_written(&written, cases[i].expected);
    }
}

static void every_vintage_is_taken(void **state)
{
    static const struct format *const formats[] = { &format_csv, &format_sdmx_csv, &format_json,
                                                    &format_table };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        assert_false(formats[i]->in_force);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_the_form_that_is_imported),
        cmocka_unit_test(sdmx_csv_names_its_structure_and_what_is_missing),
        cmocka_unit_test(a_history_has_source_and_record_behind_the_rest),
        cmocka_unit_test(json_may_have_all_there_is),
        cmocka_unit_test(json_keeps_the_digits),
        cmocka_unit_test(json_says_when_it_was_recorded_where_that_is_asked),
        cmocka_unit_test(a_table_is_aligned),
        cmocka_unit_test(a_table_has_the_record_where_that_is_asked),
        cmocka_unit_test(nothing_is_a_document_too),
        cmocka_unit_test(every_vintage_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
