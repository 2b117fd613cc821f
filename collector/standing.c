/* SPDX-License-Identifier: MIT */
/* standing.c - whether each pull source is up: in the ledger and on /metrics */
#include "standing.h"

#include <stdlib.h>
#include <string.h>

enum { AGAIN_MS = 60000 }; /* a locked ledger takes ten seconds */

struct entry {
    struct source_state state;
    bool known;     /* it was ever fetched, also by a collector before */
    bool unwritten; /* the ledger has another state of it */
};

struct standing {
    const struct collector *collector;
    size_t count; /* of the sources; the collector may have others before this is closed */
    struct entry *entries;
    int64_t next_write; /* steady milliseconds */
};

static int recall(void *owner, const struct source_state *state, struct fault *fault)
{
    struct standing *standing = owner;
    (void)fault;
    for (size_t i = 0; i < standing->count; i++) {
        struct entry *entry = &standing->entries[i];
        const char *name = entry->state.source;
        if (strcmp(name, state->source) != 0)
            continue;
        entry->state = *state;
        entry->state.source = name;
        entry->known = true;
    }
    return 0;
}

static void publish(const struct standing *standing)
{
    size_t count = 0;
    struct source_state *known = array_new(standing->count, sizeof *known);
    for (size_t i = 0; i < standing->count; i++)
        if (standing->entries[i].known)
            known[count++] = standing->entries[i].state;
    telemetry_put_sources(standing->collector->telemetry, known, count);
    free(known);
}

struct standing *standing_open(const struct collector *collector, struct fault *fault)
{
    const struct settings *settings = collector->settings;
    struct standing *standing = array_new(1, sizeof *standing);
    *standing = (struct standing){ .collector = collector, .count = settings->source_count };
    standing->entries = array_new(standing->count, sizeof *standing->entries);
    for (size_t i = 0; i < standing->count; i++)
        standing->entries[i].state.source = settings->sources[i].name;
    if (ledger_each_source(collector->ledger, recall, standing, fault) != 0) {
        standing_close(standing);
        return NULL;
    }
    publish(standing);
    return standing;
}

void standing_close(struct standing *standing)
{
    free(standing->entries);
    free(standing);
}

void standing_took(struct standing *standing, size_t index, int64_t duration_ms)
{
    standing->entries[index].state.duration_ms = duration_ms;
}

void standing_note(struct standing *standing, size_t index, bool up)
{
    struct entry *entry = &standing->entries[index];
    entry->state.up = up;
    if (up)
        entry->state.last_success_ms = clock_wall_ms(standing->collector->log.clock);
    entry->known = entry->unwritten = true;
    standing_write(standing, false);
    publish(standing);
}

void standing_write(struct standing *standing, bool last)
{
    const struct log *log = &standing->collector->log;
    if (last)
        standing->next_write = 0;
    for (size_t i = 0; i < standing->count; i++) {
        struct entry *entry = &standing->entries[i];
        struct fault fault = { 0 };
        if (!entry->unwritten || clock_steady_ms(log->clock) < standing->next_write)
            continue;
        entry->unwritten =
            ledger_put_source(standing->collector->ledger, &entry->state, &fault) != 0;
        if (!entry->unwritten)
            continue;
        standing->next_write = clock_steady_ms(log->clock) + AGAIN_MS;
        log_write(log, LOG_LEVEL_WARN, "status of a source not written", "source",
                  entry->state.source, "err", fault.text, NULL);
    }
}
