/* SPDX-License-Identifier: MIT */
/* test_samples.c - which samples answer which query, in tables and as Prometheus evaluates them */
#include "../../exporter/samples.h"

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 8000 };
#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define WEEK   (7 * DAY)

static int64_t ms_of(const char *text)
{
    struct fault fault = { 0 };
    struct period period;
    if (period_read(text, &period, &fault) != 0)
        fail_msg("%s", fault.text);
    return period.start * 1000;
}

/* "2024-06=4 2024-07=-", the last is withdrawn. */
static struct timeline timeline_of(const char *said, enum figure_kind kind)
{
    struct timeline timeline = { 0 };
    struct fault fault = { 0 };
    char period[64], value[32];
    int size;
    while (sscanf(said, " %63[^=]=%31s%n", period, value, &size) == 2) {
        struct statement statement = { .status = 'A', .missing = strcmp(value, "-") == 0 };
        assert_int_equal(period_read(period, &statement.period, &fault), 0);
        if (!statement.missing)
            assert_int_equal(quantity_read(value, &statement.value, &fault), 0);
        timeline_add(&timeline, &statement);
        said += size;
    }
    timeline_settle(&timeline, kind);
    return timeline;
}

struct taken {
    struct {
        int64_t ms;
        double value;
    } samples[MOST];
    size_t count, most;
};

static bool take(void *owner, int64_t ms, double value)
{
    struct taken *taken = owner;
    assert_true(taken->count < MOST);
    assert_true(taken->count == 0 || taken->samples[taken->count - 1].ms < ms);
    taken->samples[taken->count].ms = ms;
    taken->samples[taken->count++].value = value;
    return taken->count != taken->most;
}

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
    samples_plan(&plan, query, ms_of("2024-12-01"));
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
    must_answer("2024-01=3 2024-06=6", FIGURE_STOCK, &query, "06-28T23:55=3 06-30=6");
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
    query.hints.step_ms = 5 * MINUTE;
    query.hints.end_ms = query.hints.start_ms + 5 * MINUTE;
    must_answer("2024-01=3", FIGURE_STOCK, &query, "03-10T14:55=3 03-10T15:00=3");
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

static void ranges_have_their_ends_the_days_and_the_changes(void **state)
{
    struct remote_query query = query_of("2024-06-30T12:00:00", "2024-06-30T12:00:00", 0, 0);
    (void)state;
    with_range(&query, 2 * DAY, "increase");
    must_answer("2024-01=3 2024-06=4", FIGURE_STOCK, &query,
                "06-28T12:00=3 06-29=3 06-30=4 06-30T12:00=4");
    query.hints.start_ms++; /* Prometheus 3 */
    must_answer("2024-01=3 2024-06=4", FIGURE_STOCK, &query,
                "06-28T12:00.001=3 06-29=3 06-30=4 06-30T12:00=4");
    query = query_of("2024-06-29T12:00:00", "2024-06-30T12:00:00", 12 * HOUR, 0);
    with_range(&query, HOUR, "rate");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T11:00=3 06-29T12:00=3 06-29T23:00=3 06-30=3 06-30T11:00=3 "
                "06-30T12:00=3");
    /* of a subquery, at the multiples of its step and a range before them */
    query = query_of("2024-06-29T15:30:00", "2024-06-29T18:00:00", HOUR, 0);
    with_range(&query, 20 * MINUTE, "delta");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-29T15:10=3 06-29T15:30=3 06-29T15:40=3 06-29T16:00=3 06-29T16:10=3 "
                "06-29T16:30=3 06-29T16:40=3 06-29T17:00=3 06-29T17:10=3 06-29T17:30=3 "
                "06-29T17:40=3 06-29T18:00=3");
}

static void what_weighs_samples_gets_one_a_day(void **state)
{
    struct remote_query query = query_of("2024-06-30T12:00:00", "2024-06-30T18:00:00", HOUR, 0);
    (void)state;
    with_range(&query, 3 * DAY, "avg_over_time");
    must_answer("2024-01=3", FIGURE_STOCK, &query, "06-28=3 06-29=3 06-30=3");
    query = query_of("2024-06-30T12:00:00", "2024-06-30T14:00:00", HOUR, 0);
    with_range(&query, HOUR, "avg_over_time");
    must_answer("2024-01=3", FIGURE_STOCK, &query,
                "06-30T11:00=3 06-30T12:00=3 06-30T13:00=3 06-30T14:00=3");
}

static void short_steps_over_a_long_range_are_few_samples(void **state)
{
    struct remote_query query = query_of("2024-06-30T12:00:00", "2024-06-30T13:00:00", MINUTE, 0);
    struct taken *taken = calloc(1, sizeof *taken);
    (void)state;
    assert_non_null(taken);
    with_range(&query, 5 * 365 * DAY, "max_over_time");
    answer("2010=3", FIGURE_STOCK, &query, taken);
    assert_int_equal(taken->count, 5 * 365 + 61 + 61);
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
                                             range < 0 ? 11 : range, "rate" };
        struct samples_plan plan;
        samples_plan(&plan, &query, ms_of("2024-12-01"));
        taken->count = 0;
        samples_each(&plan, &timeline, take, taken);
    }
    timeline_free(&timeline);
    free(taken);
}

/* What an evaluation at the moment sees that looks back so far, its first moment included. */
static double evaluate(const struct taken *taken, int64_t moment, int64_t lookback)
{
    double value = NAN;
    for (size_t i = 0; i < taken->count && taken->samples[i].ms <= moment; i++)
        if (taken->samples[i].ms >= moment - lookback)
            value = taken->samples[i].value;
    return value;
}

static double in_force(const struct timeline *timeline, int64_t moment)
{
    for (size_t i = 0; i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        if (segment->from * 1000 <= moment && !segment->statement->missing &&
            (segment->until == TIMELINE_OPEN || moment < segment->until * 1000))
            return strtod(segment->statement->value.text, NULL);
    }
    return NAN;
}

/* Regular evaluations from start, or those of a subquery that begins there. */
static void must_be_seen_in_force(const struct timeline *timeline, int64_t start, int64_t step,
                                  bool subquery)
{
    struct remote_query query = { .hinted = true };
    struct samples_plan plan;
    struct taken *taken = calloc(1, sizeof *taken);
    int64_t until = start + 300 * step, lookback = 5 * MINUTE, now = ms_of("2024-12-01");
    assert_non_null(taken);
    query.start_ms = start - lookback;
    query.end_ms = until;
    query.hints = (struct remote_hints){ query.start_ms, until, step, 0, "sum" };
    samples_plan(&plan, &query, ms_of("2024-12-01"));
    samples_each(&plan, timeline, take, taken);
    if (subquery)
        start += step - start % step;
    for (int64_t moment = start; moment <= until && moment <= now; moment += step) {
        double seen = evaluate(taken, moment, lookback), right = in_force(timeline, moment);
        if (isnan(seen) != isnan(right) || (!isnan(right) && seen != right))
            fail_msg("step %" PRId64 ", at %" PRId64 ": %g, expected %g", step, moment, seen,
                     right);
    }
    free(taken);
}

static void each_step_sees_what_is_in_force(void **state)
{
    static const int64_t steps[] = { MINUTE, 5 * MINUTE, 7 * MINUTE, HOUR, DAY, WEEK, 91 * DAY };
    static const char *const starts[] = { "2021-12-30T23:57:00", "2023-06-29T20:30:00",
                                          "2023-12-31T21:00:00", "2024-06-29T23:58:13" };
    struct timeline timelines[] = {
        timeline_of("2020=1 2022=2 2022-03=3 2023-06=- 2023-12=5 2024-06=6", FIGURE_STOCK),
        timeline_of("2021/2022=1 2023-Q4=2 2024-01=3 2024-06-29=4", FIGURE_FLOW),
        timeline_of("2021-12-30T23:59:00=1 2023-06-29T22:30:00/PT2M=2 2023-06-30T00:00:00=-",
                    FIGURE_STOCK),
    };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < sizeof steps / sizeof *steps; j++)
            for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
                must_be_seen_in_force(&timelines[i], ms_of(starts[k]), steps[j], false);
                must_be_seen_in_force(&timelines[i], ms_of(starts[k]), steps[j], true);
            }
        timeline_free(&timelines[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluations_find_a_sample_at_the_end_of_their_lookback),
        cmocka_unit_test(evaluations_of_a_subquery_find_one_at_the_multiples_of_its_step),
        cmocka_unit_test(a_gap_begins_with_the_mark_for_stale),
        cmocka_unit_test(without_hints_there_are_the_start_the_days_and_the_changes),
        cmocka_unit_test(ranges_have_their_ends_the_days_and_the_changes),
        cmocka_unit_test(what_weighs_samples_gets_one_a_day),
        cmocka_unit_test(short_steps_over_a_long_range_are_few_samples),
        cmocka_unit_test(nothing_is_outside_the_query_or_later_than_now),
        cmocka_unit_test(any_numbers_are_borne),
        cmocka_unit_test(each_step_sees_what_is_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
