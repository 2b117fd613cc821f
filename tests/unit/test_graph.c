/* SPDX-License-Identifier: MIT */
/* test_graph.c - a time of a figure as a picture, or words why not */
#include "graph_stage.h"

static void any_span_is_drawn(void **state)
{
    static const struct {
        const char *name, *from, *to;
    } spans[] = {
        { "flow", "2020", "2026-11-24" },
        { "flow-first", NULL, NULL },
        { "flow-week", "2023-12-28", "2024-01-04" },
        { "flow-day", "2023-12-31", "2024-01-01" },
        { "flow-month", "2023-12-15", "2024-01-20" },
        { "flow-quarter", "2023-11-15", "2024-02-20" },
        { "flow-year", "2023-06", "2024-06" },
        { "flow-two-years", "2022-06", "2024-06" },
        { "flow-century", "1900", "2100" },
        { "flow-future", "2026", "2040" },
        { "flow-ever", "0001", "9999" },
        { "flow-forty", "1990", "2026" },
    };
    struct place *place = *state;
    report(place, SUBSIDIES, NULL, SAID("2021/2023 >100000000"));
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        DRAWN(place, spans[i].name, SUBSIDIES, spans[i].from, spans[i].to, false);
}

static void hours_are_drawn(void **state)
{
    struct place *place = *state;
    report(place, QUEUE, NULL, SAID("2026-11-22T09:30:00 0.6", "2026-11-22T20:00:00 0.25"));
    DRAWN(place, "hours", QUEUE, NULL, NULL, false);
}

static void steps_and_gaps_are_drawn(void **state)
{
    struct place *place = *state;
    place->recorded = day_of("2026-11-06");
    report(place, FUND, NULL,
           SAID("2026-09-20 3.5", "2026-10-05 6", "2026-10-20 - O", "2026-11-02 4.25"));
    DRAWN(place, "steps", FUND, NULL, NULL, false);
    report(place, PILOT, "built", SAID("2026-10-05 6", "2026-11-05 - O"));
    report(place, PILOT, "planned", SAID("2026-10-05 0"));
    report(place, PILOT, "future", SAID("2027 9"));
    DRAWN(place, "withdrawn", PILOT, NULL, NULL, true);
}

/* The snapshot and the limits stay the same, so the pictures differ in the row of today alone. */
static void must_show_todays_row(struct place *place, const char *first, const char *from)
{
    char before[32];
    snprintf(before, sizeof before, "%s 3", first);
    begin_ledger(place);
    report(place, PILOT, "a", SAID(before, "2026-11-23 6"));
    report(place, PILOT, "b", SAID("2026-11-20 1", "2026-11-21 8"));
    DRAWN(place, first, PILOT, from, NULL, false);
    struct text with = place->png;
    place->png = (struct text){ 0 };
    write_file(place, 0, SAID(before));
    DRAWN(place, "without", PILOT, from, NULL, false);
    bool same = with.size == place->png.size && !memcmp(with.bytes, place->png.bytes, with.size);
    text_free(&with);
    assert_false(same);
}

static void todays_row_is_shown_whatever_the_span(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "a", SAID("2026-11-23 6"));
    DRAWN(place, "today", PILOT, NULL, NULL, false);
    must_show_todays_row(place, "2026-11-01", NULL);
    must_show_todays_row(place, "2024-11-01", NULL);
    for (int day = 1; day < 12; day++) {
        char first[32];
        snprintf(first, sizeof first, "2006-12-%02d", day);
        must_show_todays_row(place, first, NULL);
        must_show_todays_row(place, "2006-12-01", first);
    }
}

/* The grain of the picture reaches further than the files. */
static void a_forecast_of_what_is_still_to_come_is_not_in_the_picture(void **state)
{
    struct place *place = *state;
    begin_ledger(place);
    report(place, FUND, NULL, SAID("2024 5"));
    DRAWN(place, "without-forecast", FUND, "2007", NULL, false);
    struct text without = place->png;
    place->png = (struct text){ 0 };
    begin_ledger(place);
    report(place, FUND, NULL,
           SAID("2024 5", "2026-11-24 70 F", "2026-11-26 80 F", "2026-11-28 90 F"));
    DRAWN(place, "forecast", FUND, "2007", NULL, false);
    assert_int_equal(without.size, place->png.size);
    assert_memory_equal(without.bytes, place->png.bytes, without.size);
    text_free(&without);
}

static void must_fail(struct place *place, enum graph_end end, const char *words)
{
    assert_string_equal(place->fault.text, words);
    assert_int_equal(place->png.size, 0);
    assert_int_equal(end, GRAPH_FAILED);
}

static void what_cannot_be_drawn_is_said(void **state)
{
    static const struct {
        int figure;
        const char *from, *to;
        enum graph_end end;
        const char *words;
    } cases[] = {
        { FUND, NULL, NULL, GRAPH_NO_DATA, "nobody has reported fund_size_cny yet" },
        { PILOT, "2027-01-01", NULL, GRAPH_NO_SPAN,
          "the graph of pilot_platforms would begin at 2027-01-01, but there is nothing behind "
          "2026-11-24; expected an earlier beginning, or an end" },
        { PILOT, NULL, "2024-01-01", GRAPH_NO_SPAN,
          "the graph of pilot_platforms would end at 2024-01-01, but there is nothing before "
          "2024-06-30; expected a later end, or a beginning" },
        { PILOT, "1950", "1960", GRAPH_NO_SPAN,
          "the graph of pilot_platforms would end at 1960-01-01, but there is nothing before "
          "1980-01-02; expected a later end" },
    };
    struct place *place = *state;
    report(place, PILOT, "built", SAID("2024-06 4"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(draw(place, cases[i].figure, cases[i].from, cases[i].to, false),
                         cases[i].end);
        assert_string_equal(place->fault.text, cases[i].words);
        assert_int_equal(place->png.size, 0);
    }
}

static void a_missing_file_is_named(void **state)
{
    struct place *place = *state;
    char path[400], words[512];
    report(place, PILOT, "built", SAID("2024-06 4"));
    snprintf(path, sizeof path, "%s/pilot_platforms/area=440304,stage=built.rrd", place->folder);
    assert_int_equal(unlink(path), 0);
    enum graph_end end = draw(place, PILOT, NULL, NULL, false);
    snprintf(words, sizeof words, "RRD file %s is not there: the collector has not built it yet",
             path);
    must_fail(place, end, words);

    FILE *file = fopen(path, "w");
    fputs("no RRD", file);
    fclose(file);
    end = draw(place, PILOT, NULL, NULL, false);
    assert_int_equal(end, GRAPH_FAILED);
    assert_non_null(strstr(place->fault.text, path));

    write_file(place, 0, SAID("2024-06 4"));
    DRAWN(place, "mended", PILOT, NULL, NULL, false);
}

int main(void)
{
    setenv("TZ", "UTC0", 1);
    const struct CMUnitTest tests[] = {
        TEST(any_span_is_drawn),
        TEST(hours_are_drawn),
        TEST(steps_and_gaps_are_drawn),
        TEST(todays_row_is_shown_whatever_the_span),
        TEST(a_forecast_of_what_is_still_to_come_is_not_in_the_picture),
        TEST(what_cannot_be_drawn_is_said),
        TEST(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
