/* SPDX-License-Identifier: MIT */
/* style.h - the style of a graph's lines: colours, widths and dashes */
#ifndef EXPORTER_STYLE_H
#define EXPORTER_STYLE_H

#include "course.h"

enum { STYLES = 20 /* distinguishable lines */, STYLES_WIDENED = 3 };

struct style {
    const char *colour;   /* "0072b2" */
    int on, off;          /* pixels of a dash and its gap; on 0: a solid line */
    int offset;           /* where in the pattern the line begins */
    size_t course;        /* index of its course */
    size_t above[STYLES]; /* the courses of later lines that have its value at some time */
    size_t above_count;
};

/* Fills styles in drawing order; at most STYLES. A series has the colour of its rank by age among
 * all series of the figure, unless an older drawn series has that colour; so it keeps its colour
 * when another series is added. Lines that are equal throughout alternate in dashes. Of other lines
 * that have the same value for a time, the earlier one knows the later ones, to be wider there. */
void styles_choose(struct style *styles, const struct course *courses, size_t count,
                   const struct snapshot_series *all, size_t all_count);

/* Pixels of a line where so many later ones lie on it, each of which leaves the others to be seen;
 * more than STYLES_WIDENED count as these. */
int styles_width(size_t above);

#endif
