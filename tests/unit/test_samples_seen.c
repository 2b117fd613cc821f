/* SPDX-License-Identifier: MIT */
/* test_samples_seen.c - evaluations and ranges of any step see what is in force, by a slow model */
#include "samples_stage.h"

#include <inttypes.h>
#include <math.h>

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

/* The smallest and the largest in a range that ends at the moment; NAN where there are none. */
struct extent {
    double least, most;
};

static void widen(struct extent *extent, double value)
{
    extent->least = isnan(extent->least) || value < extent->least ? value : extent->least;
    extent->most = isnan(extent->most) || value > extent->most ? value : extent->most;
}

static struct extent extent_seen(const struct taken *taken, int64_t from, int64_t moment)
{
    struct extent extent = { NAN, NAN };
    for (size_t i = 0; i < taken->count; i++)
        if (taken->samples[i].ms >= from && taken->samples[i].ms <= moment &&
            !isnan(taken->samples[i].value))
            widen(&extent, taken->samples[i].value);
    return extent;
}

static struct extent extent_in_force(const struct timeline *timeline, int64_t from, int64_t moment)
{
    struct extent extent = { NAN, NAN };
    for (size_t i = 0; i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        if (segment->from * 1000 <= moment && !segment->statement->missing &&
            (segment->until == TIMELINE_OPEN || from < segment->until * 1000))
            widen(&extent, strtod(segment->statement->value.text, NULL));
    }
    return extent;
}

static void must_see_extent(const struct taken *taken, const struct timeline *timeline,
                            int64_t moment, int64_t range)
{
    struct extent seen = extent_seen(taken, moment - range, moment);
    struct extent right = extent_in_force(timeline, moment - range, moment);
    if (!(isnan(seen.most) && isnan(right.most)) &&
        (seen.least != right.least || seen.most != right.most))
        fail_msg("range %" PRId64 ", at %" PRId64 ": %g to %g, expected %g to %g", range, moment,
                 seen.least, seen.most, right.least, right.most);
}

/* open: Prometheus 3, whose ranges begin a millisecond later. */
static void must_see_extents(const struct timeline *timeline, int64_t start, int64_t step,
                             int64_t range, int64_t open)
{
    struct remote_query query = { .hinted = true };
    struct samples_plan plan;
    struct taken *taken = calloc(1, sizeof *taken);
    int64_t until = start + 40 * step, now = ms_of("2024-12-01");
    assert_non_null(taken);
    query.start_ms = start - range + open;
    query.end_ms = until;
    query.hints = (struct remote_hints){ query.start_ms, until, step, range, "min_over_time" };
    samples_plan(&plan, &query, ms_of("2024-12-01"));
    samples_each(&plan, timeline, take, taken);
    for (int64_t moment = start; moment <= until && moment <= now; moment += step)
        must_see_extent(taken, timeline, moment, range - open);
    for (int64_t moment = start + step - start % step; moment <= until && moment <= now;
         moment += step) /* a subquery's */
        must_see_extent(taken, timeline, moment, range - open);
    free(taken);
}

static void each_range_sees_what_was_in_force(void **state)
{
    static const int64_t steps[] = { MINUTE, HOUR, DAY, WEEK, 91 * DAY };
    static const int64_t ranges[] = { 5 * MINUTE, 90 * MINUTE, DAY, 30 * DAY, 5 * 365 * DAY };
    static const char *const starts[] = { "2021-12-30T23:57:00", "2023-06-29T20:30:00",
                                          "2024-06-29T23:58:13", "2022-02-28" };
    struct timeline timelines[] = {
        timeline_of("2020=1 2022=2 2022-03=3 2023-06=- 2023-12=5 2024-06=6", FIGURE_STOCK),
        timeline_of("2021/2022=1 2023-Q4=2 2024-01=3 2024-06-29=4", FIGURE_FLOW),
        timeline_of("2021-12-30T23:59:00=1 2023-06-29T22:30:00/PT2M=2 2023-06-30T00:00:00=-",
                    FIGURE_STOCK),
    };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 5 * 5 * 4 * 2; j++)
            must_see_extents(&timelines[i], ms_of(starts[j / 50]), steps[j % 5], ranges[j / 5 % 5],
                             j / 25 % 2);
        timeline_free(&timelines[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_sees_what_is_in_force),
        cmocka_unit_test(each_range_sees_what_was_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
