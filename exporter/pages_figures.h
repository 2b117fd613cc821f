/* SPDX-License-Identifier: MIT */
/* pages_figures.h - the table of figures on the landing page */
#ifndef EXPORTER_PAGES_FIGURES_H
#define EXPORTER_PAGES_FIGURES_H

#include "html.h"
#include "snapshot.h"

/* The figures from index first on, count of them at most. */
void pages_figures(const struct html *html, const struct snapshot *snapshot, size_t first,
                   size_t count, int64_t now);

#endif
