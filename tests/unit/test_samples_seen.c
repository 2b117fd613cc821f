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

/* Evaluations, or those of a subquery, which are at the multiples of the step and earlier by the
 * offset; open: Prometheus 3, whose ranges begin a millisecond later. */
struct evaluations {
    int64_t start, until, step, offset, range, open, lookback;
    bool subquery, told; /* told: another part of the query has no offset */
};

static int64_t first_of(const struct evaluations *all)
{
    int64_t start = all->start;
    return (all->subquery ? start + all->step - start % all->step : start) - all->offset;
}

static struct taken *take_for(const struct timeline *timeline, const struct evaluations *all,
                              const char *function)
{
    struct taken *taken = calloc(1, sizeof *taken);
    int64_t back = all->range > 0 ? all->range - all->open : all->lookback;
    int64_t end = all->until - all->offset;
    struct remote_query query = { .hinted = true };
    struct samples_plan plan;
    assert_non_null(taken);
    query.start_ms = all->start - all->offset - back;
    query.end_ms = all->told ? all->until : end;
    query.hints = (struct remote_hints){ query.start_ms, end, all->step, all->range, function };
    samples_plan(&plan, &query, ms_of("2024-12-01"), 1);
    samples_each(&plan, timeline, take, taken);
    return taken;
}

static void must_be_seen_in_force(const struct timeline *timeline, const struct evaluations *all)
{
    struct taken *taken = take_for(timeline, all, "sum");
    int64_t until = all->until - all->offset, now = ms_of("2024-12-01");
    for (int64_t moment = first_of(all); moment <= until && moment <= now; moment += all->step) {
        double seen = evaluate(taken, moment, all->lookback), right = in_force(timeline, moment);
        if (isnan(seen) != isnan(right) || (!isnan(right) && seen != right))
            fail_msg("step %" PRId64 ", offset %" PRId64 ", at %" PRId64 ": %g, expected %g",
                     all->step, all->offset, moment, seen, right);
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
            for (size_t k = 0; k < 2 * sizeof starts / sizeof *starts; k++) {
                int64_t start = ms_of(starts[k / 2]), step = steps[j];
                must_be_seen_in_force(&timelines[i],
                                      &(struct evaluations){ .start = start,
                                                             .until = start + 300 * step,
                                                             .step = step,
                                                             .lookback = 5 * MINUTE,
                                                             .subquery = k % 2 == 1 });
            }
        timeline_free(&timelines[i]);
    }
}

/* The hints do not tell it from an earlier start. */
static void a_lookback_may_be_shorter(void **state)
{
    struct timeline timeline = timeline_of("2020=1 2023-06=-  2023-12=5", FIGURE_STOCK);
    (void)state;
    for (int64_t i = 0; i < 60 * 4 * 2; i++)
        must_be_seen_in_force(&timeline, &(struct evaluations){
                                             .start = ms_of("2022-06-29T20:00:01") + i / 8 * MINUTE,
                                             .until = ms_of("2022-07-09T20:00:00"),
                                             .step = HOUR,
                                             .lookback = (i / 2 % 4 + 1) * MINUTE,
                                             .subquery = i % 2 == 1 });
    timeline_free(&timeline);
}

/* Whole days where the step is some days; any, where they are told; and by multiples of the step.
 */
static const struct {
    int64_t step, offset;
    bool told;
} offsets[] = {
    { WEEK, 365 * DAY, false },     { WEEK, DAY, false },      { 30 * DAY, 365 * DAY, false },
    { 91 * DAY, 100 * DAY, false }, { DAY, 365 * DAY, false }, { HOUR, 7 * HOUR, false },
    { WEEK, 90 * MINUTE, true },    { DAY, HOUR, true },       { HOUR, 7 * MINUTE, true },
    { WEEK, 365 * DAY, true },      { HOUR, 30 * DAY, true },
};

static void a_subquery_sees_what_was_in_force_an_offset_ago(void **state)
{
    struct timeline timeline =
        timeline_of("2020=1 2022=2 2022-03=3 2023-06=- 2023-12=5 2024-06=6", FIGURE_STOCK);
    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        int64_t start = ms_of("2023-06-28T20:30:00");
        struct evaluations all = { .start = start,
                                   .until = start + 500 * DAY,
                                   .step = offsets[i].step,
                                   .offset = offsets[i].offset,
                                   .lookback = 5 * MINUTE,
                                   .told = offsets[i].told };
        must_be_seen_in_force(&timeline, &all);
        all.subquery = true;
        must_be_seen_in_force(&timeline, &all);
    }
    timeline_free(&timeline);
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

static void must_see_extents(const struct timeline *timeline, const struct evaluations *all)
{
    struct taken *taken = take_for(timeline, all, "min_over_time");
    int64_t until = all->until - all->offset, now = ms_of("2024-12-01");
    for (int64_t moment = first_of(all); moment <= until && moment <= now; moment += all->step)
        must_see_extent(taken, timeline, moment, all->range - all->open);
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
        for (size_t j = 0; j < 5 * 5 * 4 * 2 * 2; j++) {
            int64_t start = ms_of(starts[j / 100]), step = steps[j % 5];
            must_see_extents(&timelines[i], &(struct evaluations){ .start = start,
                                                                   .until = start + 40 * step,
                                                                   .step = step,
                                                                   .range = ranges[j / 5 % 5],
                                                                   .open = j / 25 % 2,
                                                                   .subquery = j / 50 % 2 == 1 });
        }
        timeline_free(&timelines[i]);
    }
}

static bool has_sample(const struct taken *taken, int64_t moment)
{
    for (size_t i = 0; i < taken->count; i++)
        if (taken->samples[i].ms == moment)
            return true;
    return false;
}

static void must_have_ends(const struct timeline *timeline, const struct evaluations *all)
{
    struct taken *taken = take_for(timeline, all, "increase");
    for (int64_t moment = first_of(all); moment <= all->until - all->offset; moment += all->step)
        if (!has_sample(taken, moment) || !has_sample(taken, moment - all->range + all->open))
            fail_msg("step %" PRId64 ", offset %" PRId64 ", range %" PRId64 ", at %" PRId64,
                     all->step, all->offset, all->range, moment);
    free(taken);
}

static void ranges_of_a_subquery_are_seen_an_offset_ago(void **state)
{
    static const int64_t ranges[] = { HOUR, DAY, 30 * DAY, 365 * DAY };
    struct timeline timeline =
        timeline_of("2020=1 2022=2 2022-03=3 2023-06=4 2023-12=5 2024-06=6", FIGURE_STOCK);
    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets * 4 * 2 * 2; i++) {
        int64_t start = ms_of("2023-06-28T20:30:00");
        struct evaluations all = { .start = start,
                                   .until = start + 100 * DAY,
                                   .step = offsets[i / 16].step,
                                   .offset = offsets[i / 16].offset,
                                   .range = ranges[i % 4],
                                   .open = i / 4 % 2,
                                   .subquery = i / 8 % 2 == 1,
                                   .told = offsets[i / 16].told };
        must_see_extents(&timeline, &all);
        must_have_ends(&timeline, &all);
    }
    timeline_free(&timeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_sees_what_is_in_force),
        cmocka_unit_test(a_lookback_may_be_shorter),
        cmocka_unit_test(a_subquery_sees_what_was_in_force_an_offset_ago),
        cmocka_unit_test(each_range_sees_what_was_in_force),
        cmocka_unit_test(ranges_of_a_subquery_are_seen_an_offset_ago),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
