/* SPDX-License-Identifier: MIT */
/* snapshot.c - what the ledger said at one moment: immutable, shared, counted */
#include "snapshot.h"

#include "../almanac/catalogue.h"
#include "../almanac/timeline.h"

#include <stdlib.h>
#include <string.h>

/* A snapshot in the making. */
struct reading {
    struct snapshot *snapshot;
    struct catalogue catalogue;
    int64_t now;
    struct snapshot_series *series;
    size_t count, room;
    size_t *by_id; /* the place of a series + 1; 0: of none */
    size_t id_room;
    struct source_state *states;
    size_t state_room;
    struct timeline timeline; /* of the series that vintages come in for */
    struct vintage *vintages; /* what the timeline's statements are of, in no order */
    size_t vintage_room;
    int64_t current; /* the series' id; 0: none yet */
};

static const struct label *copy_labels(struct arena *arena, const struct series *series)
{
    struct label *labels = arena_take(arena, series->label_count, sizeof *labels);
    for (size_t i = 0; i < series->label_count; i++)
        labels[i] = (struct label){ arena_string(arena, series->labels[i].name),
                                    arena_string(arena, series->labels[i].value) };
    return labels;
}

static void put_place(struct reading *reading, int64_t id)
{
    size_t before = reading->id_room;
    reading->by_id =
        array_reserve(reading->by_id, &reading->id_room, (size_t)id + 1, sizeof *reading->by_id);
    if (reading->id_room > before)
        memset(reading->by_id + before, 0, (reading->id_room - before) * sizeof *reading->by_id);
    reading->by_id[id] = reading->count;
}

static int add_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    struct reading *reading = owner;
    const struct figure *figure = catalogue_find(&reading->catalogue, series->figure);
    if (figure == NULL)
        return 0;
    reading->series =
        array_reserve(reading->series, &reading->room, reading->count + 1, sizeof *reading->series);
    reading->series[reading->count++] =
        (struct snapshot_series){ .id = series->id,
                                  .figure = figure,
                                  .labels = copy_labels(&reading->snapshot->arena, series),
                                  .label_count = series->label_count };
    put_place(reading, series->id);
    return 0;
}

/* There is one of each period. */
static const struct vintage *find_vintage(const struct reading *reading,
                                          const struct period *period)
{
    const struct vintage *vintage = reading->vintages;
    while (vintage->statement.period.start != period->start ||
           vintage->statement.period.end != period->end)
        vintage++;
    return vintage;
}

static void finish_series(struct reading *reading)
{
    size_t id = (size_t)reading->current;
    if (id == 0 || id >= reading->id_room || reading->by_id[id] == 0)
        return;
    struct snapshot_series *series = &reading->series[reading->by_id[id] - 1];
    struct timeline *timeline = &reading->timeline;
    int64_t changes;
    timeline_settle(timeline, series->figure->kind);
    const struct statement *newest = timeline_newest(timeline, reading->now, &changes);
    if (changes < reading->snapshot->changes)
        reading->snapshot->changes = changes;
    series->first = timeline->segments[0].from;
    if (newest == NULL || newest->missing)
        return;
    struct vintage *copy = arena_take(&reading->snapshot->arena, 1, sizeof *copy);
    *copy = *find_vintage(reading, &newest->period);
    series->vintage = copy;
    series->newest = &copy->statement;
}

static int add_vintage(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    struct reading *reading = owner;
    if (vintage->series != reading->current) {
        finish_series(reading);
        timeline_clear(&reading->timeline);
        reading->current = vintage->series;
    }
    size_t count = reading->timeline.statement_count;
    reading->vintages = array_reserve(reading->vintages, &reading->vintage_room, count + 1,
                                      sizeof *reading->vintages);
    reading->vintages[count] = *vintage;
    timeline_add(&reading->timeline, &vintage->statement);
    return 0;
}

static bool is_configured(const struct settings *settings, const char *source)
{
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i].name, source) == 0)
            return true;
    return false;
}

static int add_source(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    struct reading *reading = owner;
    struct snapshot *snapshot = reading->snapshot;
    if (!is_configured(snapshot->settings, state->source))
        return 0;
    reading->states = array_reserve(reading->states, &reading->state_room,
                                    snapshot->source_count + 1, sizeof *reading->states);
    reading->states[snapshot->source_count] = *state;
    reading->states[snapshot->source_count++].source =
        arena_string(&snapshot->arena, state->source);
    return 0;
}

static int read_ledger(struct reading *reading, struct ledger *ledger, struct fault *fault)
{
    ledger_prefer(ledger, reading->catalogue.figures, reading->catalogue.count);
    if (ledger_each_series(ledger, 0, add_series, reading, fault) != 0 ||
        ledger_each_in_force(ledger, 0, add_vintage, reading, fault) != 0 ||
        ledger_each_source(ledger, add_source, reading, fault) != 0)
        return -1;
    finish_series(reading);
    return 0;
}

/* What was gathered in growing arrays moves into the snapshot's arena. */
static void keep(struct reading *reading)
{
    struct snapshot *snapshot = reading->snapshot;
    struct snapshot_series *series =
        arena_take(&snapshot->arena, reading->count, sizeof *reading->series);
    struct source_state *states =
        arena_take(&snapshot->arena, snapshot->source_count, sizeof *states);
    if (reading->count > 0)
        memcpy(series, reading->series, reading->count * sizeof *series);
    if (snapshot->source_count > 0)
        memcpy(states, reading->states, snapshot->source_count * sizeof *states);
    snapshot->series = series;
    snapshot->series_count = reading->count;
    snapshot->sources = states;
}

static struct snapshot *new_snapshot(struct settings *settings)
{
    size_t room = 0;
    struct snapshot *snapshot = array_reserve(NULL, &room, 1, sizeof *snapshot);
    *snapshot = (struct snapshot){ .settings = settings_share(settings), .changes = INT64_MAX };
    renditions_init(&snapshot->renditions);
    atomic_init(&snapshot->holders, 1);
    return snapshot;
}

struct snapshot *snapshot_read(struct ledger *ledger, struct settings *settings, int64_t now,
                               struct fault *fault)
{
    struct snapshot *snapshot = new_snapshot(settings);
    struct reading reading = { .snapshot = snapshot,
                               .catalogue = catalogue_of(settings),
                               .now = now };
    int result = ledger == NULL ? 0 : read_ledger(&reading, ledger, fault);
    keep(&reading);
    free(reading.series);
    free(reading.by_id);
    free(reading.states);
    free(reading.vintages);
    timeline_free(&reading.timeline);
    if (result == 0)
        return snapshot;
    snapshot_release(snapshot);
    return NULL;
}

struct snapshot *snapshot_hold(struct snapshot *snapshot)
{
    atomic_fetch_add(&snapshot->holders, 1);
    return snapshot;
}

void snapshot_release(struct snapshot *snapshot)
{
    if (atomic_fetch_sub(&snapshot->holders, 1) > 1)
        return;
    settings_free(snapshot->settings);
    renditions_free(&snapshot->renditions);
    arena_free(&snapshot->arena);
    free(snapshot);
}
