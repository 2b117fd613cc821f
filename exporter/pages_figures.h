/* SPDX-License-Identifier: MIT */
/* pages_figures.h - the table of figures on the landing page */
#ifndef EXPORTER_PAGES_FIGURES_H
#define EXPORTER_PAGES_FIGURES_H

#include "html.h"
#include "snapshot.h"

/* A figure and its series in the snapshot. */
struct standing {
    const struct figure *figure;
    const struct snapshot_series *series;
    size_t count;
    int64_t due; /* of the series with the latest period, or SNAPSHOT_NEVER */
};

/* Of the figure at the index, whose series begin at *at; *at becomes the next figure's. Both are
 * sorted by name. */
struct standing standing_of(const struct snapshot *snapshot, size_t index, size_t *at);
bool standing_is_overdue(const struct standing *standing, int64_t now);

/* The figures from index first on, count of them at most. */
void pages_figures(const struct html *html, const struct snapshot *snapshot, size_t first,
                   size_t count, int64_t now);

#endif
