/* SPDX-License-Identifier: MIT */
/* test_samples.c - which samples answer which query, in tables */
#include "samples_stage.h"

static bool is_stale(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits == UINT64_C(0x7ff0000000000002);
}

/* "06-29T23:55=4 06-30=6 07-01=stale": without the year, which is 2024, and what is 0. */
static void write_taken(const struct taken *taken, char *out, size_t size)
{
    size_t used = 0;
    *out = '\0';
    for (size_t i = 0; i < taken->count; i++) {
        char time[32], fraction[8] = "", value[32];
        int64_t ms = taken->samples[i].ms, rest = ((ms % 1000) + 1000) % 1000;
        period_write_time((ms - rest) / 1000, time);
        if (rest != 0)
            snprintf(fraction, sizeof fraction, ".%03d", (int)rest);
        time[strlen(time) > 10 ? strlen(time) - 4 : 10] = '\0';
        snprintf(value, sizeof value, "%g", taken->samples[i].value);
        used += (size_t)snprintf(out + used, size - used, "%s%s%s=%s", used > 0 ? " " : "",
                                 strncmp(time, "2024-", 5) == 0 ? time + 5 : time, fraction,
                                 is_stale(taken->samples[i].value) ? "stale" : value);
        assert_true(used < size);
    }
}

/* The hints that Prometheus 2 sends for evaluations from from to until (3: open is 1). */
static struct remote_query query_of(const char *from, const char *until, int64_t step,
                                    int64_t lookback)
{
    struct remote_query query = { .hinted = true };
    query.hints.start_ms = query.start_ms = ms_of(from) - lookback;
    query.hints.end_ms = query.end_ms = ms_of(until);
    query.hints.step_ms = step;
    query.hints.function = "";
    return query;
}

static void with_range(struct remote_query *query, int64_t range, const char *function)
{
    query->start_ms = query->hints.start_ms -= range;
    query->hints.range_ms = range;
    query->hints.function = function;
}

static void answer(const char *said, enum figure_kind kind, const struct remote_query *query,
                   struct taken *taken)
{
    struct timeline timeline = timeline_of(said, kind);
    struct samples_plan plan;
    samples_plan(&plan, query, ms_of("2024-12-01"), 1);
    taken->count = 0;
    samples_each(&plan, &timeline, take, taken);
    timeline_free(&timeline);
}

static void must_answer(const char *said, enum figure_kind kind, const struct remote_query *query,
                        const char *expected)
{
    struct taken *taken = calloc(1, sizeof *taken);
    char written[2000];
    assert_non_null(taken);
    answer(said, kind, query, taken);
    write_taken(taken, written, sizeof written);
    assert_string_equal(written, expected);
    free(taken);
}

static void evaluations_find_a_sample_at_the_end_of_their_lookback(void **state)
{
    struct remote_query query = query_of("2024-06-28", "2024-07-01", DAY, 5 * MINUTE);
    (void)state;
    must_answer("2024-01=3 2024-06=6", FIGURE_STOCK, &query,
                "06-27T23:55=3 06-28T23:55=3 06-29T23:55=3 06-30=6 06-30T23:55=6");
    query = query_of("2024-06-29T23:59:00", "2024-06-30T00:02:00", MINUTE, MINUTE);
    must_answer("2024-01=3 2024-06=6", FIGURE_STOCK, &query,
                "06-29T23:58=3 06-29T23:59=3 06-30=6 06-30T00:01=6 06-30T00:02=6");
    query = query_of("2024-06-29", "2024-06-30", 91 * DAY, 5 * MINUTE);
    must_answer("2024-01=3 2024-06=6", FIGURE_STOCK, &query, "06-28T23:55=3 06-29=3 06-30=6");
    query = query_of("2024-06-29", "2024-06-29", 0, 5 * MINUTE);
    must_answer("2024-01=3 2024-06=6", FIGURE_STOCK, &query, "06-28T23:55=3");
}

static void evaluations_of_a_subquery_find_one_at_the_multiples_of_its_step(void **state)
{
    struct remote_query query = query_of("2024-03-10T15:00:00", "2024-03-12T15:00:00", DAY, 0);
    (void)state;
    query.hints.start_ms = query.start_ms -= 5 * MINUTE;
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "03-10T14:55=3 03-11=3 03-11T14:55=3 03-12=3 03-12T14:55=3");
    query = query_of("2024-03-10", "2024-03-11", DAY, 5 * MINUTE - 1); /* Prometheus 3 */
    must_answer("2024-01=3", FIGURE_STOCK, &query, "03-09T23:55.001=3 03-10T23:55.001=3");
    query = query_of("2024-03-10T15:00:00", "2024-03-10T15:00:00", 5 * MINUTE, 5 * MINUTE);
    must_answer("2024-01=3", FIGURE_STOCK, &query, "03-10T14:55=3 03-10T15:00=3");
}

/* Where another part of the query reaches later it is by the offset of this one. */
static void an_offset_in_a_subquery_is_told_by_what_reaches_later(void **state)
{
    struct remote_query query = query_of("2024-03-10", "2024-03-11T23:00:00", DAY, 5 * MINUTE);
    (void)state;
    query.end_ms = ms_of("2024-03-12");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "03-09T23:55=3 03-10T23:00=3 03-10T23:55=3 03-11T23:00=3");
    query.end_ms = ms_of("2024-03-11T22:00:00"); /* of what is recent the other has no part */
    must_answer("2024-01=3", FIGURE_STOCK, &query, "03-09T23:55=3 03-10T23:55=3");
    query = query_of("2024-03-08", "2024-03-11T23:00:00", DAY, 0);
    with_range(&query, 2 * DAY, "increase");
    query.end_ms = ms_of("2024-03-12");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "03-06=3 03-06T23:00=3 03-07=3 03-07T23:00=3 03-08=3 03-08T23:00=3 03-09=3 "
                "03-09T23:00=3 03-10=3 "
                "03-10T23:00=3 03-11=3 03-11T23:00=3");
}

static void a_gap_begins_with_the_mark_for_stale(void **state)
{
    struct remote_query query = query_of("2024-01-31", "2024-04-03", 0, 5 * MINUTE);
    (void)state;
    must_answer("2024-01=3 2024-02=- 2024-03=5", FIGURE_STOCK, &query,
                "01-31=3 02-29=stale 03-31=5");
    must_answer("2024-Q1=3", FIGURE_FLOW, &query, "01-30T23:55=3 04-01=stale");
    must_answer("2024-02=3 2024-03=4 2024-05=9", FIGURE_FLOW, &query,
                "02-01=3 03-01=4 04-01=stale");
    must_answer("2023=1", FIGURE_FLOW, &query, "");
    must_answer("2025=1", FIGURE_FLOW, &query, "");
    must_answer("2024-01=-", FIGURE_STOCK, &query, "");
    must_answer("", FIGURE_STOCK, &query, "");
}

static void without_hints_there_are_the_start_the_days_and_the_changes(void **state)
{
    struct remote_query query = { .start_ms = ms_of("2024-06-28T12:00:00"),
                                  .end_ms = ms_of("2024-07-01") };
    (void)state;
    must_answer("2024-01=3 2024-06-29T18:00:00=4", FIGURE_STOCK, &query,
                "06-28T12:00=3 06-29=3 06-29T18:00=4 06-30=4 07-01=4");
    query.hinted = true;
    query.hints.function = "series";
    must_answer("2024-01=3 2024-06-29T18:00:00=4", FIGURE_STOCK, &query,
                "06-28T12:00=3 06-29T18:00=4");
}

static void functions_that_extrapolate_find_samples_at_the_ends_of_their_ranges(void **state)
{
    struct remote_query query = query_of("2024-06-30T12:00:00", "2024-06-30T12:00:00", 0, 0);
    (void)state;
    with_range(&query, 2 * DAY, "increase");
    must_answer("2024-01=3 2024-06=4", FIGURE_STOCK, &query, "06-28T12:00=3 06-30=4 06-30T12:00=4");
    query.hints.start_ms++; /* Prometheus 3 */
    must_answer("2024-01=3 2024-06=4", FIGURE_STOCK, &query,
                "06-28T12:00.001=3 06-30=4 06-30T12:00=4");
    query = query_of("2024-06-29T12:00:00", "2024-06-30T12:00:00", 12 * HOUR, 0);
    with_range(&query, HOUR, "rate");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T11:00=3 06-29T12:00=3 06-29T23:00=3 06-30=3 06-30T11:00=3 06-30T12:00=3");
    /* of a subquery, at the multiples of its step and a range before them */
    query = query_of("2024-06-29T15:30:00", "2024-06-29T17:00:00", HOUR, 0);
    with_range(&query, 20 * MINUTE, "delta");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T15:10=3 06-29T15:30=3 06-29T15:40=3 06-29T16:00=3 06-29T16:10=3 "
                "06-29T16:30=3 06-29T16:40=3 06-29T17:00=3");
    query.hints.start_ms++;
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T15:10.001=3 06-29T15:30=3 06-29T15:40.001=3 06-29T16:00=3 06-29T16:10.001=3 "
                "06-29T16:30=3 06-29T16:40.001=3 06-29T17:00=3");
}

static void they_find_one_a_day_where_a_value_begins_or_ends(void **state)
{
    struct remote_query query = query_of("2024-06-20T12:00:00", "2024-06-20T12:00:00", 0, 0);
    (void)state;
    with_range(&query, 3 * DAY, "increase");
    query.hints.start_ms = query.start_ms = ms_of("2024-01-01");
    must_answer("2024-02-01=3 2024-06-15=4 2024-06-20=-", FIGURE_STOCK, &query,
                "02-01=3 02-02=3 02-03=3 02-04=3 06-15=4 06-17=4 06-18=4 06-19=4 06-20=stale");
    must_answer("2024-02-01=- 2024-03-01=3 2024-04-01=- 2024-05-01=4", FIGURE_STOCK, &query,
                "03-01=3 03-02=3 03-03=3 03-04=3 03-29=3 03-30=3 03-31=3 04-01=stale 05-01=4 "
                "05-02=4 05-03=4 05-04=4");
}

static void functions_that_order_find_each_value_in_every_range(void **state)
{
    struct remote_query query = query_of("2024-06-29T15:00:00", "2024-07-02T15:00:00", DAY, 0);
    (void)state;
    with_range(&query, 2 * DAY, "max_over_time");
    must_answer("2024-01=3 2024-06=4 2024-07-02=-", FIGURE_STOCK, &query,
                "06-27T15:00=3 06-28T15:00=3 06-29T15:00=3 06-29T23:59.999=3 06-30=4 "
                "06-30T15:00=4 07-01T15:00=4 07-01T23:59.999=4 07-02=stale");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-27T15:00=3 06-28T15:00=3 06-29T15:00=3 06-30T15:00=3 07-01T15:00=3 "
                "07-02T15:00=3");
    query = query_of("2024-06-29T15:00:00", "2024-07-01T15:00:00", DAY, 0);
    with_range(&query, HOUR, "last_over_time");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T15:00=3 06-30=3 06-30T15:00=3 07-01=3 07-01T15:00=3");
}

/* Now is December 1, 2024. */
static void ranges_that_end_later_than_now_find_what_they_still_hold(void **state)
{
    struct remote_query query = query_of("2024-11-01", "2034-11-01", 365 * DAY, 0);
    (void)state;
    with_range(&query, 5 * 365 * DAY, "max_over_time");
    must_answer("2024-06=4", FIGURE_STOCK, &query, "06-30=4 11-01=4 12-01=4");
    must_answer("2024-06=4 2024-11=5", FIGURE_STOCK, &query,
                "06-30=4 11-01=4 11-29T23:59.999=4 11-30=5 12-01=5");
    must_answer("2024=4", FIGURE_FLOW, &query, "01-01=4 11-01=4 12-01=4");
    query = query_of("2024-12-02", "2024-12-03", DAY, 0);
    with_range(&query, 2 * DAY, "increase");
    must_answer("2024-06=4", FIGURE_STOCK, &query, "11-30=4 12-01=4");
    query = query_of("2024-12-02T12:00:00", "2024-12-02T12:00:00", 0, 0);
    with_range(&query, 4 * DAY, "increase");
    must_answer("2024-06=4", FIGURE_STOCK, &query, "11-28T12:00=4 11-29=4 11-30=4 12-01=4");
}

static void what_weighs_samples_gets_one_a_day(void **state)
{
    struct remote_query query = query_of("2024-06-30T12:00:00", "2024-06-30T18:00:00", HOUR, 0);
    (void)state;
    with_range(&query, 3 * DAY, "avg_over_time");
    must_answer("2024-01=3", FIGURE_STOCK, &query, "06-28=3 06-29=3 06-30=3");
    query.hints.function = ""; /* to be seen as they are */
    must_answer("2024-01=3", FIGURE_STOCK, &query, "06-28=3 06-29=3 06-30=3");
    query = query_of("2024-06-30T12:00:00", "2024-06-30T14:00:00", HOUR, 0);
    with_range(&query, HOUR, "avg_over_time");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-30T11:00=3 06-30T12:00=3 06-30T13:00=3 06-30T14:00=3");
    query = query_of("2024-06-30T12:00:00", "2024-07-01T12:00:00", 0, 0);
    query.hints.function = "avg_over_time"; /* of a range that is not told */
    must_answer("2024-01=3", FIGURE_STOCK, &query, "06-30T12:00=3 07-01=3");
}

/* Over a long range, in short steps; and over one that is not told. */
static void each_function_gets_as_many_samples_as_it_needs(void **state)
{
    static const struct {
        const char *functions[8];
        size_t count;
    } cases[] = {
        { { "absent_over_time", "changes", "first_over_time", "last_over_time", "max_over_time",
            "min_over_time", "present_over_time", "resets" },
          4 },
        { { "delta", "increase", "rate" }, 2 * 61 },
        { { "avg_over_time", "deriv", "double_exponential_smoothing", "holt_winters", "idelta",
            "irate", "predict_linear" },
          5 * 365 },
    };
    struct taken *taken = calloc(1, sizeof *taken);
    (void)state;
    assert_non_null(taken);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 8 && cases[i].functions[k] != NULL; k++) {
            struct remote_query query =
                query_of("2024-06-30T12:00:00", "2024-06-30T13:00:00", MINUTE, 0);
            with_range(&query, 5 * 365 * DAY, cases[i].functions[k]);
            answer("2010=3", FIGURE_STOCK, &query, taken);
            assert_int_equal(taken->count, cases[i].count);
            query = query_of("2024-06-30T12:00:00", "2024-07-01T12:00:00", 0, 0);
            query.hints.function = cases[i].functions[k];
            must_answer("2010=3", FIGURE_STOCK, &query, "06-30T12:00=3 07-01=3");
        }
    free(taken);
}

/* What only a hidden offset needs, of all series together. */
static void midnights_are_given_as_far_as_they_are_few(void **state)
{
    static const struct {
        const char *function;
        int64_t range;
        size_t series, count;
    } cases[] = { { "sum", 0, 1, 522 + 3652 },
                  { "sum", 0, 273, 522 + 3652 },
                  { "sum", 0, 274, 2 * 522 },
                  { "increase", 7 * DAY, 273, 523 + 3659 },
                  { "increase", 7 * DAY, 274, 2 * 523 },
                  { "last_over_time", DAY, 273, 522 + 3652 + 1 },
                  { "last_over_time", DAY, 274, 2 * 522 + 1 } };
    struct taken *taken = calloc(1, sizeof *taken);
    (void)state;
    assert_non_null(taken);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct timeline timeline = timeline_of("2010=3", FIGURE_STOCK);
        struct remote_query query =
            query_of("2014-01-01T15:00:00", "2024-01-01T15:00:00", WEEK, 5 * MINUTE);
        struct samples_plan plan;
        if (cases[i].range > 0)
            with_range(&query, cases[i].range, cases[i].function);
        samples_plan(&plan, &query, ms_of("2024-12-01"), cases[i].series);
        taken->count = 0;
        samples_each(&plan, &timeline, take, taken);
        assert_int_equal(taken->count, cases[i].count);
        timeline_free(&timeline);
    }
    free(taken);
}

/* 1970-01-01 was a Thursday, and so is this one. */
static void so_they_are_where_the_step_alone_needs_none(void **state)
{
    struct remote_query query = query_of("2024-06-27", "2024-07-04", WEEK, 5 * MINUTE);
    (void)state;
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-26T23:55=3 06-27=3 06-28=3 06-29=3 06-30=3 07-01=3 07-02=3 07-03=3 "
                "07-03T23:55=3 07-04=3");
    query = query_of("2024-06-27", "2024-07-04", WEEK, 0);
    with_range(&query, DAY, "increase");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-26=3 06-27=3 06-28=3 06-29=3 06-30=3 07-01=3 07-02=3 07-03=3 07-04=3");
}

static void nothing_more_is_visited_when_the_visitor_stops(void **state)
{
    static const char *const functions[] = { "increase", "max_over_time" };
    struct timeline timeline = timeline_of("2024-06-28=3 2024-06-30=6 2024-07-02=-", FIGURE_STOCK);
    struct taken *taken = calloc(1, sizeof *taken);
    (void)state;
    assert_non_null(taken);
    for (size_t i = 0; i < 2; i++) {
        struct remote_query query = query_of("2024-06-29T12:00:00", "2024-07-03T12:00:00", DAY, 0);
        struct samples_plan plan;
        with_range(&query, HOUR, functions[i]);
        samples_plan(&plan, &query, ms_of("2024-12-01"), 1);
        bool whole = false;
        for (taken->most = 1; !whole; taken->most++) {
            taken->count = 0;
            whole = samples_each(&plan, &timeline, take, taken);
            assert_true(whole == (taken->count < taken->most));
        }
        assert_true(is_stale(taken->samples[taken->count - 1].value));
    }
    timeline_free(&timeline);
    free(taken);
}

static void nothing_is_outside_the_query_or_later_than_now(void **state)
{
    struct remote_query query = query_of("2024-11-28", "2024-12-28", DAY, 5 * MINUTE);
    (void)state;
    must_answer("2024-01=3 2024-12=7", FIGURE_STOCK, &query,
                "11-27T23:55=3 11-28T23:55=3 11-29T23:55=3 11-30T23:55=3");
    query = query_of("2024-06-28", "2024-06-30", DAY, 5 * MINUTE);
    query.start_ms = ms_of("2024-06-28");
    query.end_ms = ms_of("2024-06-29");
    must_answer("2024-01=3", FIGURE_STOCK, &query, "06-28T23:55=3");
    query.end_ms = ms_of("2024-06-27");
    must_answer("2024-01=3", FIGURE_STOCK, &query, "");
}

static void any_numbers_are_borne(void **state)
{
    static const char *const names[] = { "", "sum", "rate", "max_over_time", "avg_over_time" };
    static const int64_t extremes[] = { INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX };
    enum { EXTREMES = sizeof extremes / sizeof *extremes };
    struct timeline timeline = timeline_of("2024-01=3 2024-02=- 2024-03=5", FIGURE_STOCK);
    struct taken *taken = calloc(1, sizeof *taken);
    (void)state;
    assert_non_null(taken);
    taken->most = 100;
    for (size_t i = 0; i < EXTREMES * EXTREMES * EXTREMES * EXTREMES; i++) {
        int64_t range = extremes[i / EXTREMES / EXTREMES / EXTREMES];
        int64_t step = extremes[i / EXTREMES / EXTREMES % EXTREMES];
        struct remote_query query = { .start_ms = extremes[i % EXTREMES],
                                      .end_ms = extremes[i / EXTREMES % EXTREMES],
                                      .hinted = true };
        query.hints = (struct remote_hints){ query.start_ms, query.end_ms, step < 0 ? 7 : step,
                                             range < 0 ? 11 : range, NULL };
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            struct samples_plan plan;
            query.hints.function = names[j];
            samples_plan(&plan, &query, ms_of("2024-12-01"), 1);
            taken->count = 0;
            samples_each(&plan, &timeline, take, taken);
        }
    }
    timeline_free(&timeline);
    free(taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluations_find_a_sample_at_the_end_of_their_lookback),
        cmocka_unit_test(evaluations_of_a_subquery_find_one_at_the_multiples_of_its_step),
        cmocka_unit_test(an_offset_in_a_subquery_is_told_by_what_reaches_later),
        cmocka_unit_test(a_gap_begins_with_the_mark_for_stale),
        cmocka_unit_test(without_hints_there_are_the_start_the_days_and_the_changes),
        cmocka_unit_test(functions_that_extrapolate_find_samples_at_the_ends_of_their_ranges),
        cmocka_unit_test(they_find_one_a_day_where_a_value_begins_or_ends),
        cmocka_unit_test(functions_that_order_find_each_value_in_every_range),
        cmocka_unit_test(ranges_that_end_later_than_now_find_what_they_still_hold),
        cmocka_unit_test(what_weighs_samples_gets_one_a_day),
        cmocka_unit_test(each_function_gets_as_many_samples_as_it_needs),
        cmocka_unit_test(midnights_are_given_as_far_as_they_are_few),
        cmocka_unit_test(so_they_are_where_the_step_alone_needs_none),
        cmocka_unit_test(nothing_more_is_visited_when_the_visitor_stops),
        cmocka_unit_test(nothing_is_outside_the_query_or_later_than_now),
        cmocka_unit_test(any_numbers_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
