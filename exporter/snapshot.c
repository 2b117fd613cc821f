/* SPDX-License-Identifier: MIT */
/* snapshot.c - the ledger's state at one moment: immutable and reference-counted */
#include "snapshot.h"

#include "../almanac/catalogue.h"
#include "../almanac/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The memory of labels and vintages. Only the newest of the snapshots that share it adds to it;
 * readers of the others do not look at additions. */
struct snapshot_memory {
    atomic_int holders;
    struct arena arena;
    uint32_t *by_id; /* index of a series + 1; 0: none */
    size_t id_room;
    size_t replaced; /* series whose vintages here are outdated */
};

/* A snapshot being made. */
struct reading {
    struct snapshot *snapshot;
    int64_t now;
    struct snapshot_series *found;  /* so far, in a full read */
    struct snapshot_series *series; /* the snapshot's */
    struct source_state *states;    /* the snapshot's */
    size_t room;
    int64_t *changed; /* ids of series with new vintages */
    size_t changed_count, changed_room;
    bool unknown;             /* one of them has no place yet */
    struct timeline timeline; /* of the series being read */
    struct vintage *vintages; /* the vintages of the timeline's statements, unordered */
    size_t vintage_room;
    int64_t current; /* the series' id; 0: none */
};

const char *snapshot_label(const struct snapshot_series *series, const char *name)
{
    return label_value_or_empty(series->labels, series->label_count, name);
}

static struct snapshot_memory *hold_memory(struct snapshot_memory *memory)
{
    if (memory != NULL) {
        atomic_fetch_add(&memory->holders, 1);
        return memory;
    }
    memory = array_new(1, sizeof *memory);
    atomic_init(&memory->holders, 1);
    return memory;
}

static void release_memory(struct snapshot_memory *memory)
{
    if (atomic_fetch_sub(&memory->holders, 1) > 1)
        return;
    arena_free(&memory->arena);
    free(memory->by_id);
    free(memory);
}

/* memory NULL: allocates its own. */
static void use_memory(struct snapshot *snapshot, struct snapshot_memory *memory)
{
    if (snapshot->memory != NULL)
        release_memory(snapshot->memory);
    snapshot->memory = hold_memory(memory);
}

/* The settings keep the catalogue's names; the values lie in one piece. */
static const struct label *copy_labels(struct arena *arena, const struct series *series,
                                       const struct figure *figure)
{
    size_t size = 0;
    for (size_t i = 0; i < series->label_count; i++)
        size += strlen(series->labels[i].value) + 1;
    struct label *labels = arena_take(arena, series->label_count, sizeof *labels);
    char *value = arena_take(arena, size, 1);
    for (size_t i = 0; i < series->label_count; i++) {
        const char *name = series->labels[i].name;
        bool declared = i < figure->label_count && strcmp(figure->labels[i], name) == 0;
        labels[i] =
            (struct label){ declared ? figure->labels[i] : arena_string(arena, name), value };
        value = stpcpy(value, series->labels[i].value) + 1;
    }
    return labels;
}

static void put_place(struct snapshot_memory *memory, int64_t id, size_t place)
{
    size_t before = memory->id_room;
    memory->by_id =
        array_reserve(memory->by_id, &memory->id_room, (size_t)id + 1, sizeof *memory->by_id);
    if (memory->id_room > before)
        memset(memory->by_id + before, 0, (memory->id_room - before) * sizeof *memory->by_id);
    memory->by_id[id] = (uint32_t)place + 1;
}

/* The index + 1; 0: none. */
static size_t place_of(const struct snapshot_memory *memory, int64_t id)
{
    return (size_t)id < memory->id_room ? memory->by_id[id] : 0;
}

static int add_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    struct reading *reading = owner;
    struct snapshot *snapshot = reading->snapshot;
    const struct figure *figure = catalogue_find(&snapshot->settings->catalogue, series->figure);
    if (figure == NULL)
        return 0;
    reading->found = array_reserve(reading->found, &reading->room, snapshot->series_count + 1,
                                   sizeof *reading->found);
    reading->found[snapshot->series_count] =
        (struct snapshot_series){ .id = series->id,
                                  .figure = figure,
                                  .due = SNAPSHOT_NEVER,
                                  .labels = copy_labels(&snapshot->memory->arena, series, figure),
                                  .label_count = series->label_count };
    put_place(snapshot->memory, series->id, snapshot->series_count++);
    return 0;
}

/* There is one per period. */
static const struct vintage *find_vintage(const struct reading *reading,
                                          const struct period *period)
{
    const struct vintage *vintage = reading->vintages;
    while (vintage->statement.period.start != period->start ||
           vintage->statement.period.end != period->end)
        vintage++;
    return vintage;
}

static struct vintage *keep_vintage(struct reading *reading, const struct vintage *vintage)
{
    struct vintage *copy = arena_take(&reading->snapshot->memory->arena, 1, sizeof *copy);
    *copy = *vintage;
    return copy;
}

static bool was_valued(const struct reading *reading)
{
    bool valued = false;
    for (size_t i = 0; i < reading->timeline.statement_count && !valued; i++)
        valued = reading->vintages[i].valued;
    return valued;
}

static const struct vintage *find_revised(const struct reading *reading)
{
    const struct vintage *at = reading->vintages, *end = at + reading->timeline.statement_count;
    const struct vintage *found = NULL;
    for (; at < end; at++)
        if (at->revised_by != 0 &&
            (found == NULL || at->revised > found->revised ||
             (at->revised == found->revised && fabs(at->revised_by) > fabs(found->revised_by))))
            found = at;
    return found;
}

/* What was only forecast, or withdrawn without a reason, is still expected; what is missing for a
 * stated reason is not. */
static bool is_dealt_with(const struct statement *statement, enum figure_kind kind, int64_t now)
{
    const struct period *period = &statement->period;
    int64_t begins = timeline_begins(period, kind);
    return begins <= now && statement->status != 'F' &&
           !(statement->missing && statement->status == 'O');
}

static int64_t find_due(const struct figure *figure, const struct timeline *timeline, int64_t now)
{
    const struct period *last = NULL;
    if (figure->freq == '\0' || figure->due_days < 0)
        return SNAPSHOT_NEVER;
    for (size_t i = 0; i < timeline->statement_count; i++) {
        const struct statement *statement = &timeline->statements[i];
        if (is_dealt_with(statement, figure->kind, now) &&
            (last == NULL || statement->period.end > last->end))
            last = &statement->period;
    }
    if (last == NULL)
        return SNAPSHOT_NEVER;
    return period_next_end(last, figure->freq) + (int64_t)figure->due_days * PERIOD_DAY;
}

static void finish_series(struct reading *reading)
{
    size_t place = place_of(reading->snapshot->memory, reading->current);
    if (place == 0)
        return;
    struct snapshot_series *series = &reading->series[place - 1];
    struct timeline *timeline = &reading->timeline;
    int64_t changes;
    timeline_settle(timeline, series->figure->kind);
    const struct statement *newest = timeline_newest(timeline, reading->now, &changes);
    if (changes < reading->snapshot->changes)
        reading->snapshot->changes = changes;
    series->first = timeline->segments[0].from;
    series->due = find_due(series->figure, timeline, reading->now);
    series->newest = NULL;
    series->vintage = NULL;
    series->revised = NULL;
    if (newest == NULL)
        return;
    struct vintage *vintage = keep_vintage(reading, find_vintage(reading, &newest->period));
    vintage->valued = was_valued(reading);
    series->vintage = vintage;
    if (newest->missing)
        return;
    series->newest = &series->vintage->statement;
    const struct vintage *revised = find_revised(reading);
    series->revised = revised == NULL ? NULL : keep_vintage(reading, revised);
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
    reading->states = arena_grow(&snapshot->arena, reading->states, snapshot->source_count,
                                 sizeof *reading->states);
    reading->states[snapshot->source_count] = *state;
    reading->states[snapshot->source_count++].source =
        arena_string(&snapshot->arena, state->source);
    return 0;
}

static int read_sources(struct reading *reading, struct ledger *ledger, struct fault *fault)
{
    if (ledger_each_source(ledger, add_source, reading, fault) != 0)
        return -1;
    reading->snapshot->sources = reading->states;
    return 0;
}

/* Makes the snapshot's own copy. */
static void keep_series(struct reading *reading, const struct snapshot_series *series, size_t count)
{
    reading->series = arena_take(&reading->snapshot->arena, count, sizeof *series);
    if (count > 0)
        memcpy(reading->series, series, count * sizeof *series);
    reading->snapshot->series = reading->series;
    reading->snapshot->series_count = count;
}

static int read_whole(struct reading *reading, struct ledger *ledger, struct fault *fault)
{
    struct snapshot *snapshot = reading->snapshot;
    if (ledger_each_series(ledger, 0, add_series, reading, fault) != 0)
        return -1;
    keep_series(reading, reading->found, snapshot->series_count);
    if (ledger_each_in_force(ledger, 0, add_vintage, reading, fault) != 0)
        return -1;
    finish_series(reading);
    return 0;
}

static int note_changed(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    struct reading *reading = owner;
    if (place_of(reading->snapshot->memory, series->id) == 0) {
        reading->unknown |=
            catalogue_find(&reading->snapshot->settings->catalogue, series->figure) != NULL;
        return 0;
    }
    reading->changed = array_reserve(reading->changed, &reading->changed_room,
                                     reading->changed_count + 1, sizeof *reading->changed);
    reading->changed[reading->changed_count++] = series->id;
    return 0;
}

static int read_changed(struct reading *reading, struct ledger *ledger, struct fault *fault)
{
    for (size_t i = 0; i < reading->changed_count; i++)
        if (ledger_each_in_force(ledger, reading->changed[i], add_vintage, reading, fault) != 0)
            return -1;
    finish_series(reading);
    reading->snapshot->memory->replaced += reading->changed_count;
    return 0;
}

/* Whether to extend the previous snapshot: time has changed nothing, no series is new, and at least
 * half of the memory is in use. */
static bool goes_on(const struct reading *reading, const struct snapshot *before)
{
    return reading->now < before->changes && !reading->unknown &&
           reading->snapshot->memory->replaced + reading->changed_count <= before->series_count;
}

/* Observations that arrive after the newest id is read are read now, and again the next time. */
static int read_ledger(struct reading *reading, const struct snapshot *before,
                       struct ledger *ledger, struct fault *fault)
{
    struct snapshot *snapshot = reading->snapshot;
    ledger_prefer(ledger, &snapshot->settings->catalogue);
    snapshot->newest = ledger_newest(ledger, fault);
    if (snapshot->newest < 0 || read_sources(reading, ledger, fault) != 0)
        return -1;
    if (before != NULL && before->settings == snapshot->settings) {
        use_memory(snapshot, before->memory);
        if (ledger_each_series(ledger, before->newest, note_changed, reading, fault) != 0)
            return -1;
        if (goes_on(reading, before)) {
            snapshot->changes = before->changes;
            keep_series(reading, before->series, before->series_count);
            return read_changed(reading, ledger, fault);
        }
    }
    use_memory(snapshot, NULL);
    return read_whole(reading, ledger, fault);
}

static struct snapshot *new_snapshot(struct settings *settings)
{
    struct snapshot *snapshot = array_new(1, sizeof *snapshot);
    *snapshot = (struct snapshot){ .settings = settings_share(settings), .changes = INT64_MAX };
    renditions_init(&snapshot->renditions);
    atomic_init(&snapshot->holders, 1);
    return snapshot;
}

struct snapshot *snapshot_read(const struct snapshot *before, struct ledger *ledger,
                               struct settings *settings, int64_t now, struct fault *fault)
{
    struct snapshot *snapshot = new_snapshot(settings);
    struct reading reading = { .snapshot = snapshot, .now = now };
    int result = ledger == NULL ? 0 : read_ledger(&reading, before, ledger, fault);
    free(reading.found);
    free(reading.changed);
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
    if (snapshot->memory != NULL)
        release_memory(snapshot->memory);
    arena_free(&snapshot->arena);
    free(snapshot);
}
