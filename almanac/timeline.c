/* SPDX-License-Identifier: MIT */
/* timeline.c - which statement of a series is in force when */
#include "timeline.h"

#include "arena.h"

#include <stdlib.h>

void timeline_add(struct timeline *timeline, const struct statement *statement)
{
    timeline->statements = array_reserve(timeline->statements, &timeline->statement_room,
                                         timeline->statement_count + 1, sizeof *statement);
    timeline->statements[timeline->statement_count++] = *statement;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Sorts the stronger one last: the one that begins later, then the shorter. */
static int by_stock_strength(const void *left, const void *right)
{
    const struct period *a = &((const struct statement *)left)->period;
    const struct period *b = &((const struct statement *)right)->period;
    int order = compare(period_as_of(a), period_as_of(b));
    return order != 0 ? order : compare(b->end - b->start, a->end - a->start);
}

/* Sorts the stronger one last: the one that ends later, then the shorter. */
static int by_flow_strength(const void *left, const void *right)
{
    const struct period *a = &((const struct statement *)left)->period;
    const struct period *b = &((const struct statement *)right)->period;
    int order = compare(a->end, b->end);
    return order != 0 ? order : compare(a->start, b->start);
}

/* Puts [from, until) over the existing segments, which all end by until. */
static void lay_over(struct timeline *timeline, int64_t from, int64_t until,
                     const struct statement *statement)
{
    struct segment *segments = timeline->segments;
    while (timeline->segment_count > 0 && segments[timeline->segment_count - 1].from >= from)
        timeline->segment_count--;
    if (timeline->segment_count > 0 && segments[timeline->segment_count - 1].until > from)
        segments[timeline->segment_count - 1].until = from;
    segments[timeline->segment_count++] = (struct segment){ from, until, statement };
}

int64_t timeline_begins(const struct period *period, enum figure_kind kind)
{
    return kind == FIGURE_STOCK ? period_as_of(period) : period->start;
}

void timeline_settle(struct timeline *timeline, enum figure_kind kind)
{
    bool stock = kind == FIGURE_STOCK;
    size_t count = timeline->statement_count;
    timeline->segments = array_reserve(timeline->segments, &timeline->segment_room, count,
                                       sizeof *timeline->segments);
    timeline->segment_count = 0;
    if (count > 1)
        qsort(timeline->statements, count, sizeof *timeline->statements,
              stock ? by_stock_strength : by_flow_strength);
    for (size_t i = 0; i < count; i++) {
        const struct statement *statement = &timeline->statements[i];
        const struct period *period = &statement->period;
        lay_over(timeline, timeline_begins(period, kind), stock ? TIMELINE_OPEN : period->end,
                 statement);
    }
}

const struct statement *timeline_newest(const struct timeline *timeline, int64_t now,
                                        int64_t *changes)
{
    size_t begun = 0;
    while (begun < timeline->segment_count && timeline->segments[begun].from <= now)
        begun++;
    *changes = begun < timeline->segment_count ? timeline->segments[begun].from : TIMELINE_OPEN;
    return begun == 0 ? NULL : timeline->segments[begun - 1].statement;
}

void timeline_clear(struct timeline *timeline)
{
    timeline->statement_count = timeline->segment_count = 0;
}

void timeline_free(struct timeline *timeline)
{
    free(timeline->statements);
    free(timeline->segments);
    *timeline = (struct timeline){ 0 };
}
