/* SPDX-License-Identifier: MIT */
/* course.c - the values of a series over the span of a graph, from the ledger */
#include "course.h"

#include "../almanac/least.h"
#include "../almanac/ledger_history.h"

#include <math.h>
#include <stdlib.h>

static int add_account(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    struct course *course = owner;
    course->valued = course->valued || account->vintage.valued;
    timeline_add(&course->timeline, &account->vintage.statement);
    return 0;
}

int course_read(struct course *course, const struct snapshot_series *series, struct ledger *ledger,
                int64_t known_by, struct fault *fault)
{
    const struct recall recall = { .series = series->id, .known_by = known_by, .in_force = true };
    course->series = series;
    if (ledger_each_account(ledger, &recall, add_account, course, fault) != 0)
        return -1;
    timeline_settle(&course->timeline, series->figure->kind);
    return 0;
}

void course_free(struct course *course)
{
    timeline_free(&course->timeline);
    free(course->stretches);
    *course = (struct course){ 0 };
}

void course_cut(struct course *course, int64_t from, int64_t until)
{
    const struct segment *segment = course->timeline.segments;
    const struct segment *end = segment + course->timeline.segment_count;
    course->count = 0;
    course->last = NULL;
    for (; segment < end && segment->from < until; segment++) {
        course->last = segment->statement;
        if (segment->statement->missing || segment->until <= from || from >= until)
            continue;
        course->stretches = array_reserve(course->stretches, &course->room, course->count + 1,
                                          sizeof *course->stretches);
        course->stretches[course->count++] =
            (struct stretch){ .from = most_of(segment->from, from),
                              .until = least_of(segment->until, until),
                              .value = strtod(segment->statement->value.text, NULL),
                              .statement = segment->statement };
    }
}

/* How long both have the same value. */
static int64_t shared(const struct course *a, const struct course *b)
{
    int64_t seconds = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        const struct stretch *left = &a->stretches[i], *right = &b->stretches[j];
        int64_t from = most_of(left->from, right->from),
                until = least_of(left->until, right->until);
        if (from < until && left->value == right->value)
            seconds += until - from;
        if (left->until <= right->until)
            i++;
        else
            j++;
    }
    return seconds;
}

static int64_t length(const struct course *course)
{
    int64_t seconds = 0;
    for (size_t i = 0; i < course->count; i++)
        seconds += course->stretches[i].until - course->stretches[i].from;
    return seconds;
}

bool course_touches(const struct course *a, const struct course *b)
{
    return shared(a, b) > 0;
}

bool course_equals(const struct course *a, const struct course *b)
{
    int64_t both = length(a);
    return both > 0 && both == length(b) && both == shared(a, b);
}

struct extent courses_extent(const struct course *courses, size_t count)
{
    struct extent extent = { .least = INFINITY, .most = -INFINITY, .whole = true };
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < courses[i].count; j++) {
            double value = courses[i].stretches[j].value;
            extent.least = fmin(extent.least, value);
            extent.most = fmax(extent.most, value);
            extent.whole = extent.whole && value == floor(value);
        }
    return extent;
}

bool courses_unlike(const struct course *courses, size_t count)
{
    int64_t shortest = INT64_MAX, longest = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < courses[i].count; j++) {
            const struct period *period = &courses[i].stretches[j].statement->period;
            shortest = least_of(shortest, period->end - period->start);
            longest = most_of(longest, period->end - period->start);
        }
    return longest / 6 > shortest / 5; /* a month of 31 days is a ninth longer than one of 28 */
}
