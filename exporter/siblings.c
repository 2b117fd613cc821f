/* SPDX-License-Identifier: MIT */
/* siblings.c - the series of one figure in a snapshot */
#include "siblings.h"

#include "../almanac/least.h"
#include "../almanac/ledger_history.h"
#include "../almanac/timeline.h"

struct siblings siblings_next(const struct snapshot *snapshot, const struct figure *figure,
                              size_t *at)
{
    struct siblings siblings = { .figure = figure,
                                 .series = &snapshot->series[*at],
                                 .due = SNAPSHOT_NEVER };
    for (; *at < snapshot->series_count && snapshot->series[*at].figure == figure; ++*at) {
        siblings.count++;
        siblings.due = most_of(siblings.due, snapshot->series[*at].due);
    }
    return siblings;
}

struct siblings siblings_find(const struct snapshot *snapshot, const struct figure *figure)
{
    size_t at = 0;
    while (at < snapshot->series_count && snapshot->series[at].figure != figure)
        at++;
    return siblings_next(snapshot, figure, &at);
}

static bool is_past(int64_t due, int64_t now)
{
    return due != SNAPSHOT_NEVER && due <= now;
}

bool siblings_are_overdue(const struct siblings *siblings, int64_t now)
{
    return is_past(siblings->due, now);
}

size_t siblings_late(const struct siblings *siblings, int64_t now)
{
    size_t late = 0;
    for (size_t i = 0; i < siblings->count; i++)
        late += is_past(siblings->series[i].due, now);
    return late;
}

size_t siblings_choose(const struct siblings *siblings, const struct label *labels,
                       size_t label_count, const struct snapshot_series ***chosen,
                       struct arena *arena)
{
    size_t count = 0;
    *chosen = arena_take(arena, siblings->count, sizeof **chosen);
    for (size_t i = 0; i < siblings->count; i++) {
        const struct snapshot_series *series = &siblings->series[i];
        if (label_all(series->labels, series->label_count, labels, label_count))
            (*chosen)[count++] = series;
    }
    return count;
}

int64_t siblings_first(const struct snapshot_series *const *chosen, size_t count)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < count; i++)
        first = least_of(first, chosen[i]->first);
    return first;
}

int siblings_recall(const struct snapshot_series **chosen, size_t *count, struct ledger *ledger,
                    int64_t known_by, struct arena *arena, struct fault *fault)
{
    struct timeline timeline = { 0 };
    size_t known = 0;
    int result = 0;
    for (size_t i = 0; i < *count && result == 0; i++) {
        const struct snapshot_series *series = chosen[i];
        result = ledger_recall_timeline(ledger, series->id, series->figure->kind, known_by,
                                        &timeline, fault);
        if (result != 0 || timeline.segment_count == 0)
            continue;
        struct snapshot_series *then = arena_take(arena, 1, sizeof *then);
        *then = *series;
        then->first = timeline.segments[0].from;
        chosen[known++] = then;
    }
    *count = known;
    timeline_free(&timeline);
    return result;
}
