/* SPDX-License-Identifier: MIT */
/* samples.c - which samples of a series answer a query of Prometheus, so that no value is missed */
#include "samples.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS      INT64_C(86400000)
#define LOOKBACK_MS INT64_C(300000)    /* what Prometheus looks back, if it is not told otherwise */
#define FARTHEST_MS (INT64_C(1) << 53) /* a client may say any number; sums must not overflow */
#define ONCE        (INT64_C(1) << 56)
#define NEVER       INT64_MAX
#define STALE       UINT64_C(0x7ff0000000000002)

/* Functions of a range, and whether they weigh samples by their number: those get them at even
 * distances. */
static const struct {
    const char *name;
    bool weighs;
} functions[] = {
    { "avg_over_time", true },
    { "changes", false },
    { "count_over_time", true },
    { "delta", false },
    { "deriv", true },
    { "double_exponential_smoothing", true },
    { "holt_winters", true },
    { "idelta", false },
    { "increase", false },
    { "irate", false },
    { "mad_over_time", true },
    { "predict_linear", true },
    { "quantile_over_time", true },
    { "rate", false },
    { "resets", false },
    { "stddev_over_time", true },
    { "stdvar_over_time", true },
    { "sum_over_time", true },
};

/* Whether the function is of a range; *weighs where it is. */
static bool is_of_range(const char *function, bool *weighs)
{
    *weighs = false;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strcmp(functions[i].name, function) == 0) {
            *weighs = functions[i].weighs;
            return true;
        }
    }
    return strstr(function, "_over_time") != NULL;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t bounded(int64_t ms)
{
    return larger(-FARTHEST_MS, smaller(ms, FARTHEST_MS));
}

/* How far it is from the moment to the next one of the grid. */
static int64_t distance(int64_t moment, int64_t phase, int64_t step)
{
    int64_t behind = (moment - phase) % step;
    return behind == 0 ? 0 : behind < 0 ? -behind : step - behind;
}

static void add_grid(struct samples_plan *plan, struct samples_grid grid)
{
    grid.from = larger(grid.from, plan->from);
    grid.until = smaller(grid.until, plan->until);
    plan->grids[plan->grid_count++] = grid;
}

/* Where the evaluations are, they look for the newest sample of the last lookback, whose length
 * only shows in where the hints start: that much before the first evaluation. */
static void plan_moments(struct samples_plan *plan, int64_t start, int64_t step)
{
    add_grid(plan, (struct samples_grid){ start, step, plan->from, plan->until });
    if (step != ONCE && distance(start, 0, step) > LOOKBACK_MS)
        add_grid(plan, (struct samples_grid){ 0, step, plan->from, plan->until });
}

/* A range begins at the hints' start, or with Prometheus 3 a millisecond before. */
static void plan_ranges(struct samples_plan *plan, const struct remote_hints *hints, int64_t start,
                        int64_t step)
{
    int64_t range = bounded(hints->range_ms), end = bounded(hints->end_ms);
    int64_t open = (end - start - range + 1) % step == 0 ? 1 : 0;
    int64_t first = start + range - open;
    add_grid(plan, (struct samples_grid){ start, step, plan->from, plan->until - range + open });
    add_grid(plan, (struct samples_grid){ first, step, first, plan->until });
    if (step == ONCE || distance(first, 0, step) == 0)
        return;
    add_grid(plan,
             (struct samples_grid){ open - range, step, plan->from, plan->until - range + open });
    add_grid(plan, (struct samples_grid){ 0, step, first, plan->until });
}

void samples_plan(struct samples_plan *plan, const struct remote_query *query, int64_t now_ms)
{
    struct remote_hints hints = query->hints;
    if (!query->hinted)
        hints = (struct remote_hints){ .function = "" };
    if (hints.start_ms == 0 && hints.end_ms == 0) {
        hints.start_ms = query->start_ms;
        hints.end_ms = query->end_ms;
    }
    *plan = (struct samples_plan){
        .from = bounded(larger(query->start_ms, hints.start_ms)),
        .until = bounded(smaller(now_ms, smaller(query->end_ms, hints.end_ms))),
    };
    bool weighs, of_range = is_of_range(hints.function, &weighs);
    int64_t start = bounded(hints.start_ms);
    int64_t step = hints.step_ms > 0 ? bounded(hints.step_ms) : ONCE;
    if (!query->hinted || of_range || hints.range_ms > 0)
        add_grid(plan, (struct samples_grid){ 0, DAY_MS, plan->from, plan->until });
    if (hints.range_ms == 0)
        plan_moments(plan, start, step);
    else if (!weighs || hints.range_ms < 2 * DAY_MS) /* else a midnight is in each range */
        plan_ranges(plan, &hints, start, step);
}

static int64_t next_of(const struct samples_grid *grid, int64_t from)
{
    int64_t moment = larger(from, grid->from);
    moment += distance(moment, grid->phase, grid->step);
    return moment <= grid->until ? moment : NEVER;
}

/* The grids' moments from from to until. */
static bool repeat(const struct samples_plan *plan, int64_t from, int64_t until, double value,
                   samples_visitor *visit, void *owner)
{
    int64_t next[SAMPLES_GRIDS], moment = NEVER;
    for (size_t i = 0; i < plan->grid_count; i++) {
        next[i] = next_of(&plan->grids[i], from);
        moment = smaller(moment, next[i]);
    }
    while (moment <= until) {
        if (!visit(owner, moment, value))
            return false;
        int64_t soonest = NEVER;
        for (size_t i = 0; i < plan->grid_count; i++) {
            if (next[i] == moment)
                next[i] = plan->grids[i].step > plan->grids[i].until - moment
                              ? NEVER
                              : moment + plan->grids[i].step;
            soonest = smaller(soonest, next[i]);
        }
        moment = soonest;
    }
    return true;
}

static double stale_mark(void)
{
    uint64_t bits = STALE;
    double mark;
    memcpy(&mark, &bits, sizeof mark);
    return mark;
}

static bool is_followed(const struct timeline *timeline, size_t index)
{
    const struct segment *segment = &timeline->segments[index];
    return index + 1 < timeline->segment_count && segment[1].from == segment->until &&
           !segment[1].statement->missing;
}

bool samples_each(const struct samples_plan *plan, const struct timeline *timeline,
                  samples_visitor *visit, void *owner)
{
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        if (segment->statement->missing)
            continue;
        int64_t from = segment->from * 1000, end = NEVER;
        if (segment->until != TIMELINE_OPEN)
            end = segment->until * 1000;
        double value = strtod(segment->statement->value.text, NULL);
        if (from >= plan->from && from <= plan->until)
            goes_on = visit(owner, from++, value);
        if (goes_on)
            goes_on = repeat(plan, larger(from, plan->from), smaller(end - 1, plan->until), value,
                             visit, owner);
        if (goes_on && end >= plan->from && end <= plan->until && !is_followed(timeline, i))
            goes_on = visit(owner, end, stale_mark());
    }
    return goes_on;
}
