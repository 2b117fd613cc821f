/* SPDX-License-Identifier: MIT */
/* legend.h - what is written on a graph: its title, and a line for each series */
#ifndef EXPORTER_LEGEND_H
#define EXPORTER_LEGEND_H

#include "../almanac/arena.h"
#include "snapshot.h"

struct legend {
    const struct figure *figure;
    const struct snapshot_series *series; /* those of the figure, at least one */
    size_t count;
    bool chinese;
    int64_t now;
    const bool *differs; /* for each of the figure's labels, whether its series differ */
};

/* Fills differs in, from the arena. */
void legend_compare(struct legend *legend, struct arena *arena);

/* Each replaces what the line holds. Control characters become spaces and long texts are cut,
 * but a value is always as it was reported. */
void legend_title(const struct legend *legend, struct text *line);
/* "stage=built: >160 (2024-06, P)", with the labels that differ. */
void legend_series(const struct legend *legend, size_t index, struct text *line);
/* "area=440304": the labels that do not; empty where there are none. */
void legend_shared(const struct legend *legend, struct text *line);
/* "50 of 312 series" */
void legend_drawn(const struct legend *legend, size_t drawn, struct text *line);

#endif
