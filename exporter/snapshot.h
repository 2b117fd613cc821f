/* SPDX-License-Identifier: MIT */
/* snapshot.h - what the ledger said at one moment: immutable, shared, counted */
#ifndef EXPORTER_SNAPSHOT_H
#define EXPORTER_SNAPSHOT_H

#include "../almanac/arena.h"
#include "../almanac/ledger_source.h"
#include "../almanac/settings.h"
#include "rendition.h"

#define SNAPSHOT_NEVER INT64_MIN

struct snapshot_series {
    int64_t id;
    const struct figure *figure;
    const struct label *labels; /* sorted by name */
    size_t label_count;
    int64_t first; /* when its oldest statement comes into force */
    int64_t due; /* when the value of the next period is expected; SNAPSHOT_NEVER: the figure has no
                    rhythm, or no period was reported yet */
    const struct statement *newest; /* in force now; NULL: none, or withdrawn */
    const struct vintage *vintage;  /* the one that newest is of */
    const struct vintage *revised;  /* the revision of a value, of any period, that was recorded
                                       last, of several the largest; NULL: none */
};

struct snapshot_memory;

struct snapshot {
    struct settings *settings;            /* a share of its own */
    const struct snapshot_series *series; /* of figures in the catalogue; by figure, then labels */
    size_t series_count;
    const struct source_state *sources; /* those that the settings name, by name */
    size_t source_count;
    int64_t newest;    /* the ledger's newest observation in it */
    int64_t changes;   /* the second when time alone makes it another one; INT64_MAX: never */
    bool figures_only; /* without what is said of them, see meaning.h */
    struct renditions renditions;   /* of /metrics, see rendition.h */
    struct snapshot_memory *memory; /* shared with the snapshots before, of what has not changed */
    struct arena arena;
    atomic_int holders;
};

/* Reads the ledger; NULL with a fault. ledger NULL: a snapshot in which nothing is reported.
 * before, or NULL: the newest snapshot of this ledger, to which only what is new is read. The
 * caller holds the result. */
struct snapshot *snapshot_read(const struct snapshot *before, struct ledger *ledger,
                               struct settings *settings, int64_t now, struct fault *fault);

struct snapshot *snapshot_hold(struct snapshot *snapshot); /* one more holder */
void snapshot_release(struct snapshot *snapshot);

#endif
