/* SPDX-License-Identifier: MIT */
/* snapshot.h - the ledger's state at one moment: immutable and reference-counted */
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
    int64_t first; /* when its oldest statement took effect */
    int64_t due; /* when the value of the next period is expected; SNAPSHOT_NEVER: no rhythm, or no
                    period was reported yet */
    const struct vintage *vintage;  /* in force now; valued if one of any period is; NULL: none */
    const struct statement *newest; /* its statement; NULL: none, or it has no value */
    const struct vintage *revised;  /* the last recorded revision, of any period; of several in that
                                       second, the largest; NULL: none */
};

/* The value of the label, or "" if the series lacks it. */
const char *snapshot_label(const struct snapshot_series *series, const char *name);

struct snapshot_memory;

struct snapshot {
    struct settings *settings;            /* its own share */
    const struct snapshot_series *series; /* of the catalogue's figures; by figure, then labels */
    size_t series_count;
    const struct source_state *sources; /* those in the settings, by name */
    size_t source_count;
    int64_t newest;                 /* id of the newest observation in it */
    int64_t changes;                /* the second when time alone changes it; INT64_MAX: never */
    bool figures_only;              /* without the families of meaning.h */
    struct renditions renditions;   /* of /metrics, see rendition.h */
    struct snapshot_memory *memory; /* shared with earlier snapshots, for what has not changed */
    struct arena arena;
    atomic_int holders;
};

/* Reads the ledger; NULL with a fault. ledger NULL: an empty snapshot. before: the newest snapshot
 * of this ledger, to which only new observations are added, or NULL. The caller holds the
 * result. */
struct snapshot *snapshot_read(const struct snapshot *before, struct ledger *ledger,
                               struct settings *settings, int64_t now, struct fault *fault);

struct snapshot *snapshot_hold(struct snapshot *snapshot); /* adds a holder */
void snapshot_release(struct snapshot *snapshot);

#endif
