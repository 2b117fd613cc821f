/* SPDX-License-Identifier: MIT */
/* samples.c - chooses the samples that answer a Prometheus query, so that no value is missed */
#include "samples.h"

#include "../almanac/least.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS      INT64_C(86400000)
#define LOOKBACK_MS INT64_C(300000)    /* Prometheus' default lookback */
#define SHORTEST_MS INT64_C(60000)     /* the shortest one reckoned with */
#define FARTHEST_MS (INT64_C(1) << 53) /* clients may send any number; sums must not overflow */
#define ONCE        (INT64_C(1) << 56)
#define NEVER       INT64_MAX
#define STALE       UINT64_C(0x7ff0000000000002)

/* How the functions of a range use its samples. */
enum use {
    NO_RANGE,     /* not a range function */
    WEIGHS,       /* weighs samples by number or distance: one per day */
    EXTRAPOLATES, /* extrapolates to the range's ends by the distance between samples, unless one is
                     there */
    ORDERS,       /* ignores repetition: a value's first and last moment suffice */
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

/* A range without a function is for display. */
static enum use use_of(const struct remote_hints *hints)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, hints->function) == 0)
            return functions[i].use;
    bool of_range = hints->range_ms > 0 || strstr(hints->function, "_over_time") != NULL;
    return of_range ? WEIGHS : NO_RANGE;
}

static int64_t bounded(int64_t ms)
{
    return most_of(-FARTHEST_MS, least_of(ms, FARTHEST_MS));
}

/* The time from the moment to the next one of the grid. */
static int64_t distance(int64_t moment, int64_t phase, int64_t step)
{
    int64_t behind = (moment - phase) % step;
    return behind == 0 ? 0 : behind < 0 ? -behind : step - behind;
}

static void add_grid(struct samples_plan *plan, struct samples_grid grid)
{
    plan->grids[plan->grid_count++] = grid;
}

static void add_days(struct samples_plan *plan, int64_t from, int64_t until)
{
    add_grid(plan, (struct samples_grid){ 0, DAY_MS, from, until });
}

/* The evaluations that the hints describe, in numbers whose sums do not overflow. */
struct asked {
    int64_t start, end, step, range;
    int64_t open;     /* 1: a range excludes its first moment, as in Prometheus 3 */
    int64_t multiple; /* a subquery evaluates at multiples of this, */
    int64_t shift;    /* or at this distance from those of the step */
    enum use use;
};

/* Prometheus 3 subtracts a millisecond from otherwise whole seconds. */
static struct asked read_hints(const struct remote_query *query, const struct remote_hints *hints)
{
    int64_t start = bounded(hints->start_ms), end = bounded(hints->end_ms);
    return (struct asked){
        .start = start,
        .end = least_of(end, bounded(query->end_ms)),
        .step = hints->step_ms > 0 ? bounded(hints->step_ms) : ONCE,
        .range = bounded(hints->range_ms),
        .open = hints->range_ms > 0 && (end - start + 1) % 1000 == 0,
        .shift = least_of(0, end - bounded(query->end_ms)),
        .use = use_of(hints),
    };
}

static int64_t multiple_of(const struct samples_plan *plan, int64_t step, size_t series)
{
    int64_t days = (plan->until - plan->from) / DAY_MS;
    bool in_days = step != ONCE && step % DAY_MS == 0;
    return in_days && (series == 0 || days <= SAMPLES_SPARE / (int64_t)series) ? DAY_MS : step;
}

/* Whether evaluations at phase + k * step see the samples at start + k * step. Their lookback is
 * not known; but if it seems to be exactly the default one, it most likely is. */
static bool start_serves(const struct asked *asked, int64_t phase)
{
    int64_t before = distance(asked->start, phase, asked->step);
    return before <= SHORTEST_MS || before == LOOKBACK_MS % asked->step ||
           before == (LOOKBACK_MS - 1) % asked->step;
}

/* An evaluation takes the newest sample within the lookback, whose length shows only in the hints:
 * they start that long before the first evaluation. */
static void plan_moments(struct samples_plan *plan, const struct asked *asked)
{
    int64_t start = asked->start, step = asked->step;
    add_grid(plan, (struct samples_grid){ start, step, plan->from, plan->until });
    if (step == ONCE)
        return;
    if (asked->multiple < step || !start_serves(asked, 0))
        add_grid(plan, (struct samples_grid){ 0, asked->multiple, plan->from, plan->until });
    if (asked->shift % asked->multiple != 0 && !start_serves(asked, asked->shift))
        add_grid(plan, (struct samples_grid){ asked->shift, step, plan->from, plan->until });
}

/* For ranges whose ends have this distance from multiples of the step. A value in force at no
 * range's end has its last moment in the range, if wanted. */
static void add_ends(struct samples_plan *plan, const struct asked *asked, int64_t end,
                     int64_t step)
{
    int64_t length = asked->range - asked->open, first = asked->start + length;
    if (!plan->last_moments)
        add_grid(plan,
                 (struct samples_grid){ end - length, step, plan->from, asked->end - length });
    add_grid(plan, (struct samples_grid){ end, step, first, plan->until });
}

static void plan_ends(struct samples_plan *plan, const struct asked *asked)
{
    int64_t first = asked->start + asked->range - asked->open, step = asked->step;
    add_ends(plan, asked, first, step);
    if (step == ONCE)
        return;
    if (asked->multiple < step || distance(first, 0, step) != 0)
        add_ends(plan, asked, 0, asked->multiple);
    if (asked->shift % asked->multiple != 0 && distance(first, asked->shift, step) != 0)
        add_ends(plan, asked, asked->shift, step);
}

static void plan_ranges(struct samples_plan *plan, const struct asked *asked)
{
    int64_t range = asked->range, half = most_of(range / 2, 1);
    plan->last_moments = asked->use == ORDERS;
    plan->edges = asked->use == EXTRAPOLATES ? range : 0;
    if (asked->use == WEIGHS)
        add_days(plan, plan->from, plan->until);
    if (asked->use == WEIGHS && range >= 2 * DAY_MS) /* every range contains a midnight */
        return;
    if (asked->use == ORDERS && (range >= 2 * asked->step || asked->step == ONCE))
        add_grid(plan, (struct samples_grid){ asked->start, half, plan->from, plan->until });
    else
        plan_ends(plan, asked);
}

void samples_plan(struct samples_plan *plan, const struct remote_query *query, int64_t now_ms,
                  size_t series)
{
    struct remote_hints hints = query->hints;
    if (!query->hinted)
        hints = (struct remote_hints){ .function = "" };
    if (hints.start_ms == 0 && hints.end_ms == 0) {
        hints.start_ms = query->start_ms;
        hints.end_ms = query->end_ms;
    }
    struct asked asked = read_hints(query, &hints);
    *plan = (struct samples_plan){ .from = most_of(bounded(query->start_ms), asked.start),
                                   .until = least_of(bounded(now_ms), asked.end),
                                   .beyond = asked.end > now_ms };
    asked.multiple = multiple_of(plan, asked.step, series);
    if (asked.range > 0) {
        plan_ranges(plan, &asked);
        return;
    }
    plan_moments(plan, &asked);
    if (!query->hinted || asked.use != NO_RANGE) /* the range is unknown */
        add_days(plan, plan->from, plan->until);
}

static int64_t next_of(const struct samples_grid *grid, int64_t from)
{
    int64_t moment = most_of(from, grid->from);
    moment += distance(moment, grid->phase, grid->step);
    return moment <= grid->until ? moment : NEVER;
}

/* The moments of the grids from from to until. */
static bool repeat(const struct samples_plan *plan, int64_t from, int64_t until, double value,
                   samples_visitor *visit, void *owner)
{
    int64_t next[SAMPLES_GRIDS], moment = NEVER;
    for (size_t i = 0; i < plan->grid_count; i++) {
        next[i] = next_of(&plan->grids[i], from);
        moment = least_of(moment, next[i]);
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
            soonest = least_of(soonest, next[i]);
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

static bool is_first(const struct timeline *timeline, size_t index)
{
    return index == 0 || timeline->segments[index - 1].statement->missing ||
           !is_followed(timeline, index - 1);
}

static int64_t end_of(const struct segment *segment)
{
    return segment->until == TIMELINE_OPEN ? NEVER : segment->until * 1000;
}

/* The plan with the days after the gap that this segment ends, and before the next gap or the
 * present. */
static struct samples_plan with_edges(const struct samples_plan *plan,
                                      const struct timeline *timeline, size_t index)
{
    struct samples_plan edged = *plan;
    int64_t from = timeline->segments[index].from * 1000;
    while (is_followed(timeline, index))
        index++;
    int64_t until = end_of(&timeline->segments[index]);
    if (plan->beyond)
        until = least_of(until, plan->until);
    add_days(&edged, from, from + plan->edges);
    if (until != NEVER)
        add_days(&edged, until - plan->edges, until);
    return edged;
}

static bool put_segment(const struct samples_plan *plan, const struct segment *segment,
                        samples_visitor *visit, void *owner)
{
    int64_t from = segment->from * 1000, last = least_of(end_of(segment) - 1, plan->until);
    double value = strtod(segment->statement->value.text, NULL);
    if (from >= plan->from && from <= plan->until) {
        if (!visit(owner, from, value))
            return false;
        from++;
    }
    from = most_of(from, plan->from);
    bool has_last = plan->last_moments && last >= from;
    return repeat(plan, from, last - has_last, value, visit, owner) &&
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
        if (plan->edges > 0 && is_first(timeline, i))
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
