/* SPDX-License-Identifier: MIT */
/* test_catalogue.c - what a report may say of a figure, and how it is told what it may not */
#include "../../almanac/catalogue.h"
#include "../../almanac/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LABELS = 3 };
#define UNKNOWN_STATUS                                                                             \
    "is not known; expected one of A (normal), B, D, E, F (forecast), G, I, P (provisional), "     \
    "U, V and W, without a value H, L, M, O and Q, with or without one J, K, N and S "             \
    "(SDMX CL_OBS_STATUS)"
static const int64_t today = 1733011200; /* 2024-12-01T00:00:00Z */

static struct catalogue small_catalogue(void)
{
    static const char *labels[] = { "ref_area", "stage" };
    static const struct figure figures[] = {
        { .name = "fund_size_cny", .unit = "cny" },
        { .name = "pilot_platforms", .labels = labels, .label_count = 2 },
        { .name = "rank" },
    };
    return (struct catalogue){ figures, 3 };
}

/* A report as a test writes it: good but for what a case sets. */
struct words {
    const char *figure, *time_period, *obs_value, *comparator, *obs_status, *released;
    const char *reference, *comment;
    struct label labels[LABELS];
};
#define RANK .figure = "rank", .time_period = "2023", .obs_value = "1"

struct reader {
    struct arena arena;
    struct observation observation;
    struct complaint complaint;
};

static int read_words(struct reader *reader, const struct words *words)
{
    struct report report = { .fields = { words->figure, words->time_period, words->obs_value, NULL,
                                         words->comparator, words->obs_status, words->released,
                                         words->reference, words->comment },
                             .labels = words->labels };
    while (report.label_count < LABELS && words->labels[report.label_count].name != NULL)
        report.label_count++;
    struct catalogue catalogue = small_catalogue();
    *reader = (struct reader){ 0 };
    report.received = today;
    return catalogue_read(&catalogue, &report, &reader->arena, &reader->observation,
                          &reader->complaint);
}

static void must_read(struct reader *reader, const struct words *words)
{
    if (read_words(reader, words) != 0)
        fail_msg("%s", reader->complaint.fault.text);
}

static void a_figure_is_found_by_its_whole_name(void **state)
{
    struct catalogue catalogue = small_catalogue(), nothing = { 0 };
    (void)state;
    for (size_t i = 0; i < catalogue.count; i++)
        assert_ptr_equal(catalogue_find(&catalogue, catalogue.figures[i].name),
                         &catalogue.figures[i]);
    assert_null(catalogue_find(&catalogue, "ran"));
    assert_null(catalogue_find(&catalogue, "ranks"));
    assert_null(catalogue_find(&catalogue, ""));
    assert_null(catalogue_find(&nothing, "rank"));
}

static void everything_a_report_says_is_in_the_observation(void **state)
{
    struct reader reader;
    (void)state;
    must_read(&reader, &(struct words){
                           .figure = "pilot_platforms",
                           .time_period = "2024-06",
                           .obs_value = "4.50",
                           .comparator = ">=",
                           .obs_status = "P",
                           .released = "2024-11-30",
                           .reference = "Reply",
                           .comment = "4家已建成",
                           .labels = { { "stage", "built" }, { "ref_area", "440304" } },
                       });
    const struct observation *observation = &reader.observation;
    assert_string_equal(observation->figure->name, "pilot_platforms");
    assert_string_equal(observation->label_values[0], "440304");
    assert_string_equal(observation->label_values[1], "built");
    assert_string_equal(observation->statement.period.text, "2024-06");
    assert_int_equal(observation->statement.period.start, 1717200000);
    assert_false(observation->statement.missing);
    assert_string_equal(observation->statement.value.text, "4.50");
    assert_int_equal(observation->statement.comparator, COMPARATOR_MORE_OR_EQUAL);
    assert_int_equal(observation->statement.status, 'P');
    assert_true(observation->has_released);
    assert_int_equal(observation->released, 1732924800);
    assert_string_equal(observation->reference, "Reply");
    assert_string_equal(observation->comment, "4家已建成");
    arena_free(&reader.arena);
}

static void what_a_report_leaves_out_has_its_default(void **state)
{
    struct reader reader;
    (void)state;
    must_read(&reader, &(struct words){ RANK, .comment = "", .labels = { { "stage", "" } } });
    assert_int_equal(reader.observation.statement.status, 'A');
    assert_int_equal(reader.observation.statement.comparator, COMPARATOR_EXACT);
    assert_false(reader.observation.has_released);
    assert_null(reader.observation.reference);
    assert_null(reader.observation.comment);
    arena_free(&reader.arena);
}

static void the_strings_live_in_the_arena(void **state)
{
    char value[] = "built", comment[] = "as said";
    struct reader reader;
    (void)state;
    must_read(&reader, &(struct words){ .figure = "pilot_platforms",
                                        .time_period = "2023",
                                        .obs_value = "1",
                                        .comment = comment,
                                        .labels = { { "ref_area", "x" }, { "stage", value } } });
    memset(value, '?', sizeof value - 1);
    memset(comment, '?', sizeof comment - 1);
    assert_string_equal(reader.observation.label_values[1], "built");
    assert_string_equal(reader.observation.comment, "as said");
    arena_free(&reader.arena);
}

static void a_value_may_be_missing_where_its_status_says_why(void **state)
{
    struct reader reader;
    (void)state;
    for (const char *status = "HLMOQJKNS"; *status != '\0'; status++) {
        char word[] = { *status, '\0' };
        must_read(&reader,
                  &(struct words){ .figure = "rank", .time_period = "2023", .obs_status = word });
        assert_true(reader.observation.statement.missing);
        assert_int_equal(reader.observation.statement.status, *status);
        arena_free(&reader.arena);
    }
}

static void a_forecast_and_its_withdrawal_may_be_about_the_future(void **state)
{
    struct reader reader;
    (void)state;
    must_read(&reader,
              &(struct words){
                  .figure = "rank", .time_period = "2030", .obs_value = "1", .obs_status = "F" });
    arena_free(&reader.arena);
    must_read(&reader,
              &(struct words){ .figure = "rank", .time_period = "2030", .obs_status = "O" });
    arena_free(&reader.arena);
    assert_int_equal(
        read_words(&reader,
                   &(struct words){ .figure = "rank", .time_period = "2030", .obs_status = "Q" }),
        -1);
    assert_string_equal(reader.complaint.name, "time_period");
    arena_free(&reader.arena);
}

static void a_period_and_a_release_may_begin_now(void **state)
{
    struct reader reader;
    (void)state;
    must_read(&reader, &(struct words){ .figure = "rank",
                                        .time_period = "2024-12",
                                        .obs_value = "1",
                                        .released = "2024-12-01T08:00:00+08:00" });
    assert_int_equal(reader.observation.released, today);
    arena_free(&reader.arena);
}

struct refusal {
    struct words words;
    const char *field, *complaint;
};

static void must_refuse(const struct refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reader reader;
        if (read_words(&reader, &cases[i].words) != -1)
            fail_msg("not refused: %s", cases[i].complaint);
        assert_string_equal(reader.complaint.fault.text, cases[i].complaint);
        assert_string_equal(reader.complaint.name, cases[i].field);
        arena_free(&reader.arena);
    }
}
#define must_refuse_all(cases) must_refuse(cases, sizeof(cases) / sizeof *(cases))

static void an_unknown_figure_is_refused(void **state)
{
    static const struct refusal cases[] = {
        { { .figure = "ranks" },
          "figure",
          "unknown figure 'ranks'; expected one that the catalogue declares" },
        { { .figure = "" }, "figure", "is empty; expected the name of a figure" },
        { { .figure = NULL }, "figure", "is empty; expected the name of a figure" },
        { { .figure = "\xff" }, "figure", "is not well-formed UTF-8; expected UTF-8 text" },
    };
    (void)state;
    must_refuse_all(cases);
}

static void labels_are_those_that_the_figure_declares(void **state)
{
#define PLATFORMS .figure = "pilot_platforms", .time_period = "2023", .obs_value = "1"
#define EXPECTED  "; expected the labels of pilot_platforms: ref_area, stage"
    static const struct refusal cases[] = {
        { { PLATFORMS, .labels = { { "stage", "built" } } }, "ref_area", "missing" EXPECTED },
        { { PLATFORMS, .labels = { { "ref_area", "1" }, { "stage", "" } } },
          "stage",
          "missing" EXPECTED },
        { { PLATFORMS, .labels = { { "ref_area", "1" }, { "stage", NULL } } },
          "stage",
          "missing" EXPECTED },
        { { PLATFORMS, .labels = { { "ref_area", "1" }, { "stage", "x" }, { "owner", "y" } } },
          "owner",
          "is not declared" EXPECTED },
        { { PLATFORMS, .labels = { { "ref_area", "1" }, { "stage", "x" }, { "stage", "y" } } },
          "stage",
          "is given twice" EXPECTED },
        { { PLATFORMS, .labels = { { "ref_area", "a\nb" } } },
          "ref_area",
          "has a control character; expected text without" },
        { { PLATFORMS, .labels = { { "ref_area", "a\xC2\x85" } } },
          "ref_area",
          "has a control character; expected text without" },
        { { PLATFORMS, .labels = { { "ref_area", "\xED\xA0\x80" } } },
          "ref_area",
          "is not well-formed UTF-8; expected UTF-8 text" },
        { { RANK, .labels = { { "stage", "x" } } },
          "stage",
          "is not declared; expected the labels of rank: none" },
    };
    (void)state;
    must_refuse_all(cases);
}

static void a_period_is_readable_and_has_begun(void **state)
{
    static const struct refusal cases[] = {
        { { .figure = "rank", .obs_value = "1" },
          "time_period",
          "is empty; expected one like 2025, 2025-Q3 or 2025-03-31" },
        { { .figure = "rank", .time_period = "2025", .obs_value = "1" },
          "time_period",
          "'2025' begins in the future; expected one that has begun, or obs_status F "
          "(forecast)" },
        { { .figure = "rank", .time_period = "2024-12-01T00:00:01", .obs_value = "1" },
          "time_period",
          "'2024-12-01T00:00:01' begins in the future; expected one that has begun, or "
          "obs_status F (forecast)" },
    };
    struct reader reader;
    (void)state;
    must_refuse_all(cases);
    assert_int_equal(
        read_words(&reader, &(struct words){ .figure = "rank", .time_period = "2024-13" }), -1);
    assert_string_equal(reader.complaint.name, "time_period");
    arena_free(&reader.arena);
}

static void value_status_and_comparator_agree(void **state)
{
#define YEAR .figure = "rank", .time_period = "2023"
    static const struct refusal cases[] = {
        { { YEAR },
          "obs_value",
          "is empty; expected a decimal number, or an obs_status that goes without one "
          "(H, J, K, L, M, N, O, Q, S)" },
        { { YEAR, .obs_value = "5", .obs_status = "L" },
          "obs_value",
          "is '5'; expected it empty, as obs_status L says" },
        { { YEAR, .obs_status = "M", .comparator = ">" },
          "comparator",
          "is '>' without an obs_value; expected it empty" },
        { { RANK, .comparator = "=>" },
          "comparator",
          "'=>' is not known; expected <, <=, >=, >, ~ or nothing" },
        { { RANK, .obs_status = "X" }, "obs_status", "'X' " UNKNOWN_STATUS },
        { { RANK, .obs_status = "AA" }, "obs_status", "'AA' " UNKNOWN_STATUS },
    };
    struct reader reader;
    (void)state;
    must_refuse_all(cases);
    assert_int_equal(read_words(&reader, &(struct words){ YEAR, .obs_value = "1.2.3" }), -1);
    assert_string_equal(reader.complaint.name, "obs_value");
    arena_free(&reader.arena);
}

static void a_release_is_a_date_that_has_come(void **state)
{
#define NO_DATE " is not a date; expected one like 2024-06-30 or 2024-06-30T10:00:00Z"
    static const struct refusal cases[] = {
        { { RANK, .released = "2024" }, "released", "'2024'" NO_DATE },
        { { RANK, .released = "2024-06" }, "released", "'2024-06'" NO_DATE },
        { { RANK, .released = "2024-D045" }, "released", "'2024-D045'" NO_DATE },
        { { RANK, .released = "2023-02-29" }, "released", "'2023-02-29'" NO_DATE },
        { { RANK, .released = "2024-01-01/P1D" }, "released", "'2024-01-01/P1D'" NO_DATE },
        { { RANK, .released = "2024-12-02" },
          "released",
          "'2024-12-02' is in the future; expected a date that has come" },
    };
    (void)state;
    must_refuse_all(cases);
}

static void long_texts_have_their_end(void **state)
{
    char text[4098];
    struct reader reader;
    (void)state;
    memset(text, 'x', sizeof text);
    text[4096] = '\0';
    must_read(&reader, &(struct words){ RANK, .comment = text, .reference = text });
    arena_free(&reader.arena);
    text[4096] = 'x';
    text[4097] = '\0';
    const struct refusal cases[] = {
        { { RANK, .comment = text }, "comment", "has 4097 bytes; expected at most 4096" },
        { { RANK, .reference = text }, "reference", "has 4097 bytes; expected at most 4096" },
        { { PLATFORMS, .labels = { { "stage", text + 4097 - 1025 } } },
          "stage",
          "has 1025 bytes; expected at most 1024" },
        { { RANK, .comment = "\xC3" }, "comment", "is not well-formed UTF-8; expected UTF-8 text" },
    };
    must_refuse_all(cases);
}

static void an_export_alone_says_its_source_and_when_it_was_recorded(void **state)
{
    static const char when[] = "2024-06-30T10:00:00Z";
    static const struct {
        bool history;
        const char *source, *recorded, *said;
    } cases[] = {
        { false, NULL, "", "- 0" },
        { true, "", NULL, "- 0" },
        { true, "reply", when, "reply 1719741600" },
        { false, "reply", when, "source is what an export says of itself; " },
        { false, "", when, "recorded is what an export says of itself; " },
        { true, "a\x1B", when, "source has a control character; " },
        { true, "", when, "recorded is '2024-06-30T10:00:00Z' without a source; " },
        { true, "reply", "", "recorded is empty beside a source; " },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report report = { .received = today,
                                 .history = cases[i].history,
                                 .fields = { "rank", "2023", "1", [REPORT_SOURCE] = cases[i].source,
                                             [REPORT_RECORDED] = cases[i].recorded } };
        struct reader reader = { 0 };
        struct catalogue catalogue = small_catalogue();
        char said[768];
        if (catalogue_read(&catalogue, &report, &reader.arena, &reader.observation,
                           &reader.complaint) != 0)
            snprintf(said, sizeof said, "%s %s", reader.complaint.name,
                     reader.complaint.fault.text);
        else
            snprintf(said, sizeof said, "%s %lld",
                     reader.observation.source ? reader.observation.source : "-",
                     (long long)reader.observation.recorded);
        assert_memory_equal(said, cases[i].said, strlen(cases[i].said));
        arena_free(&reader.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_is_found_by_its_whole_name),
        cmocka_unit_test(everything_a_report_says_is_in_the_observation),
        cmocka_unit_test(what_a_report_leaves_out_has_its_default),
        cmocka_unit_test(the_strings_live_in_the_arena),
        cmocka_unit_test(a_value_may_be_missing_where_its_status_says_why),
        cmocka_unit_test(a_forecast_and_its_withdrawal_may_be_about_the_future),
        cmocka_unit_test(a_period_and_a_release_may_begin_now),
        cmocka_unit_test(an_unknown_figure_is_refused),
        cmocka_unit_test(labels_are_those_that_the_figure_declares),
        cmocka_unit_test(a_period_is_readable_and_has_begun),
        cmocka_unit_test(value_status_and_comparator_agree),
        cmocka_unit_test(a_release_is_a_date_that_has_come),
        cmocka_unit_test(long_texts_have_their_end),
        cmocka_unit_test(an_export_alone_says_its_source_and_when_it_was_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
