/* SPDX-License-Identifier: MIT */
/* axis.h - what stands on the two axes of a graph: limits, grid and labels */
#ifndef EXPORTER_AXIS_H
#define EXPORTER_AXIS_H

#include <stdbool.h>
#include <stdint.h>

/* Of all values to be shown; least > most where there are none. */
struct extent {
    double least, most;
    bool whole; /* all are integers */
};

/* exponent is the power of ten that a label's number counts, 0 below a million and where the label
 * has it itself. */
struct axis {
    double low, high, grid;
    bool from_zero;
    int exponent;
    char label[24]; /* printf's format of a double: "%.1lf", "%.0lf M", "%.1le" */
};

/* No value lies on a limit. Zero is shown, whatever the figure, unless all values differ by less
 * than a tenth of their size, which would be a flat line. Of no values, an axis without a line. */
struct axis axis_of_values(const struct extent *extent);

/* Grid and labels of a span of time, in the words of librrd's --x-grid. */
const char *axis_of_time(int64_t seconds);

#endif
