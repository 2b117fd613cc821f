/* SPDX-License-Identifier: MIT */
/* siblings.h - the series of one figure in a snapshot */
#ifndef EXPORTER_SIBLINGS_H
#define EXPORTER_SIBLINGS_H

#include "snapshot.h"

/* Consecutive in the snapshot, which keeps them. */
struct siblings {
    const struct snapshot_series *series;
    size_t count;
};

struct siblings siblings_find(const struct snapshot *snapshot, const struct figure *figure);

/* Sets *chosen, in the arena, to those with all of these labels; returns their number. */
size_t siblings_choose(const struct siblings *siblings, const struct label *labels,
                       size_t label_count, const struct snapshot_series ***chosen,
                       struct arena *arena);

#endif
