/* SPDX-License-Identifier: MIT */
/* snapshot.h - what the ledger said at one moment: immutable, shared, counted */
#ifndef EXPORTER_SNAPSHOT_H
#define EXPORTER_SNAPSHOT_H

#include "../almanac/ledger.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"

struct snapshot_series {
    int64_t id;
    const struct figure *figure;
    const struct label *labels; /* sorted by name */
    size_t label_count;
    int64_t first;                  /* where its oldest statement comes into force */
    const struct statement *newest; /* in force now; NULL: none, or withdrawn */
};

struct snapshot {
    struct settings *settings;            /* a share of its own */
    const struct snapshot_series *series; /* by figure, then labels */
    size_t series_count;
    const struct source_state *sources; /* those that the settings name */
    size_t source_count;
    int64_t changes;  /* when time alone makes it another one, or INT64_MAX */
    struct text page; /* /metrics, apart from the process' own figures */
};

/* Reads the whole ledger. NULL with a fault. The result has one holder. */
struct snapshot *snapshot_read(struct ledger *ledger, struct settings *settings, int64_t now,
                               struct fault *fault);
/* A snapshot of the same content whose page says that the ledger cannot be read. old may be NULL.
 */
struct snapshot *snapshot_stale(const struct snapshot *old, struct settings *settings);

const struct snapshot *snapshot_hold(const struct snapshot *snapshot); /* one more holder */
void snapshot_release(const struct snapshot *snapshot);

#endif
