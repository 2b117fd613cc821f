/* SPDX-License-Identifier: MIT */
/* siblings.h - the series of one figure in a snapshot */
#ifndef EXPORTER_SIBLINGS_H
#define EXPORTER_SIBLINGS_H

#include "snapshot.h"

/* Consecutive in the snapshot, which keeps them; the figure is from its catalogue. */
struct siblings {
    const struct figure *figure;
    const struct snapshot_series *series;
    size_t count;
    int64_t due; /* of the series with the latest period, since others may have ended; or
                    SNAPSHOT_NEVER */
};

struct siblings siblings_find(const struct snapshot *snapshot, const struct figure *figure);
/* The same, if they begin at *at, which becomes the next figure's: figures and series are sorted by
 * name. */
struct siblings siblings_next(const struct snapshot *snapshot, const struct figure *figure,
                              size_t *at);
bool siblings_are_overdue(const struct siblings *siblings, int64_t now);
/* How many lack the period that was due of them. */
size_t siblings_late(const struct siblings *siblings, int64_t now);

/* Sets *chosen, in the arena, to those with all of these labels; returns their number. */
size_t siblings_choose(const struct siblings *siblings, const struct label *labels,
                       size_t label_count, const struct snapshot_series ***chosen,
                       struct arena *arena);

/* When the first of them took effect. */
int64_t siblings_first(const struct snapshot_series *const *chosen, size_t count);

/* Leaves of the chosen those of which something was known at a time (see ledger_history.h), as
 * copies in the arena whose first is as it was then. 0, or -1 with a fault. */
int siblings_recall(const struct snapshot_series **chosen, size_t *count, struct ledger *ledger,
                    int64_t known_by, struct arena *arena, struct fault *fault);

#endif
