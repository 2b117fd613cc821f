/* SPDX-License-Identifier: MIT */
/* axis.h - the axes of a graph: limits, grid and labels */
#ifndef EXPORTER_AXIS_H
#define EXPORTER_AXIS_H

#include <stdbool.h>
#include <stdint.h>

/* The range of all values shown; least > most: none. */
struct extent {
    double least, most;
    bool whole; /* all values are integers */
};

/* Counts in a power of ten that readers of the language have a word for. */
struct axis {
    double low, high, grid; /* in that power */
    bool from_zero;
    int places;            /* 8: it counts in 10^8 */
    const char *unit_word; /* "billion", "亿"; "": it counts in ones */
    char label[24];        /* printf format of a double: "%.1lf", "%.1le" */
    int room;              /* for the longest label, as librrd's --units-length */
};

/* No value lies on a limit. The axis includes zero, unless all values differ by less than a tenth
 * of their size and would form a flat line. Without values, it has neither lines nor labels. */
struct axis axis_of_values(const struct extent *extent, bool chinese);

enum { AXIS_GRID = 64 };

/* Grid and labels for a span of time, in the syntax of librrd's --x-grid. The last seconds of it
 * that are beyond what was asked for have no label, which would be cut off. */
void axis_of_time(int64_t seconds, int64_t beyond, char grid[AXIS_GRID]);

#endif
