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

/* What the functions of a range make of its samples. */
enum use {
    NO_RANGE,     /* it is none of them */
    WEIGHS,       /* by their number or distance: they are one a day */
    EXTRAPOLATES, /* to the range's ends, by the distance between them, unless one is there */
    ORDERS,       /* once or many times is the same: a value's first and last moment tell it all */
};

static const struct {
    const char *name;
    enum use use;
} functions[] = {
    { "absent_over_time", ORDERS },
    { "changes", ORDERS },
    { "delta", EXTRAPOLATES },
    { "deriv", WEIGHS },
    { "double_exponential_smoothing", WEIGHS },
    { "first_over_time", ORDERS },
    { "holt_winters", WEIGHS },
    { "idelta", WEIGHS },
    { "increase", EXTRAPOLATES },
    { "irate", WEIGHS },
    { "last_over_time", ORDERS },
    { "max_over_time", ORDERS },
    { "min_over_time", ORDERS },
    { "predict_linear", WEIGHS },
    { "present_over_time", ORDERS },
    { "rate", EXTRAPOLATES },
    { "resets", ORDERS },
};

/* A range without a function is for somebody to see. */
static enum use use_of(const struct remote_hints *hints)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, hints->function) == 0)
            return functions[i].use;
    bool of_range = hints->range_ms > 0 || strstr(hints->function, "_over_time") != NULL;
    return of_range ? WEIGHS : NO_RANGE;
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

static void add_days(struct samples_plan *plan, int64_t from, int64_t until)
{
    add_grid(plan, (struct samples_grid){ 0, DAY_MS, from, until });
}

/* An evaluation looks for the newest sample of the last lookback, whose length only shows in where
 * the hints start: that much before the first evaluation. */
static void plan_moments(struct samples_plan *plan, int64_t start, int64_t step)
{
    add_grid(plan, (struct samples_grid){ start, step, plan->from, plan->until });
    if (step != ONCE && distance(start, 0, step) > LOOKBACK_MS)
        add_grid(plan, (struct samples_grid){ 0, step, plan->from, plan->until });
}

/* The first range begins where the hints start, or with Prometheus 3 a millisecond before. */
static void plan_ends(struct samples_plan *plan, const struct remote_hints *hints, int64_t start,
                      int64_t step)
{
    int64_t range = bounded(hints->range_ms), end = bounded(hints->end_ms);
    int64_t open = (end - start - range + 1) % step == 0 ? 1 : 0;
    int64_t first = start + range - open, last = plan->until - range + 1;
    add_grid(plan, (struct samples_grid){ start, step, plan->from, last });
    add_grid(plan, (struct samples_grid){ first, step, first, plan->until });
    if (step == ONCE || distance(first, 0, step) == 0)
        return;
    add_grid(plan, (struct samples_grid){ 1 - range, step, plan->from, last });
    add_grid(plan, (struct samples_grid){ 0, step, first, plan->until });
}

static void plan_ranges(struct samples_plan *plan, const struct remote_hints *hints, int64_t start,
                        int64_t step)
{
    enum use use = use_of(hints);
    int64_t range = bounded(hints->range_ms);
    plan->last_moments = use == ORDERS;
    plan->edges = use == EXTRAPOLATES ? range : 0;
    if (use == WEIGHS)
        add_days(plan, plan->from, plan->until);
    if (use == WEIGHS && range >= 2 * DAY_MS) /* a midnight is in each range */
        return;
    if (use == ORDERS && (range >= 2 * step || step == ONCE)) /* so is one of these */
        add_grid(plan,
                 (struct samples_grid){ start, larger(range / 2, 1), plan->from, plan->until });
    else
        plan_ends(plan, hints, start, step);
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
    int64_t start = bounded(hints.start_ms);
    int64_t step = hints.step_ms > 0 ? bounded(hints.step_ms) : ONCE;
    if (hints.range_ms > 0) {
        plan_ranges(plan, &hints, start, step);
        return;
    }
    plan_moments(plan, start, step);
    if (!query->hinted || use_of(&hints) != NO_RANGE) /* the range was not told */
        add_days(plan, plan->from, plan->until);
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

/* The plan with the days behind the gap that this segment ends, and before the next. */
static struct samples_plan with_edges(const struct samples_plan *plan,
                                      const struct timeline *timeline, size_t index)
{
    struct samples_plan edged = *plan;
    int64_t from = timeline->segments[index].from * 1000;
    while (is_followed(timeline, index))
        index++;
    int64_t until = timeline->segments[index].until;
    add_days(&edged, from, from + plan->edges);
    if (until != TIMELINE_OPEN)
        add_days(&edged, until * 1000 - plan->edges, until * 1000);
    return edged;
}

static bool put_segment(const struct samples_plan *plan, const struct segment *segment,
                        samples_visitor *visit, void *owner)
{
    int64_t from = segment->from * 1000, last = NEVER;
    double value = strtod(segment->statement->value.text, NULL);
    if (segment->until != TIMELINE_OPEN)
        last = segment->until * 1000 - 1;
    bool has_last = plan->last_moments && last >= plan->from && last <= plan->until;
    if (from >= plan->from && from <= plan->until && !visit(owner, from++, value))
        return false;
    return repeat(plan, larger(from, plan->from), smaller(last - has_last, plan->until), value,
                  visit, owner) &&
           (!has_last || visit(owner, last, value));
}

bool samples_each(const struct samples_plan *plan, const struct timeline *timeline,
                  samples_visitor *visit, void *owner)
{
    struct samples_plan edged = *plan;
    for (size_t i = 0; i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        if (segment->statement->missing)
            continue;
        if (plan->edges > 0 && (i == 0 || !is_followed(timeline, i - 1)))
            edged = with_edges(plan, timeline, i);
        if (!put_segment(&edged, segment, visit, owner))
            return false;
        if (is_followed(timeline, i) || segment->until == TIMELINE_OPEN)
            continue;
        int64_t end = segment->until * 1000;
        if (end >= plan->from && end <= plan->until && !visit(owner, end, stale_mark()))
            return false;
    }
    return true;
}
