/* SPDX-License-Identifier: MIT */
/* style.h - how the lines of a graph are told apart: colours, widths and dashes */
#ifndef EXPORTER_STYLE_H
#define EXPORTER_STYLE_H

#include "course.h"

enum { STYLES = 20 }; /* lines that can be told apart */

struct style {
    const char *colour; /* "0072b2" */
    bool dashed;        /* the colour is another line's, too, which is not dashed */
    int width;          /* pixels */
    int on, off;        /* pixels of a dash and of the gap behind it; on 0: a line without */
    int offset;         /* where in that the line begins */
    size_t course;      /* whose it is */
};

/* Fills styles in the order in which the lines are to be drawn; at most STYLES.
 *
 * A series has the colour of its place among all of the figure's, in the order in which they came
 * in, unless an older one that is drawn has it: so it keeps it when another comes in.
 * Lines that are the same all along take turns in dashes. Of others that touch, the earlier one is
 * wider, so that it is seen beside the later. */
void styles_choose(struct style *styles, const struct course *courses, size_t count,
                   const struct snapshot_series *all, size_t all_count);

#endif
