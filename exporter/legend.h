/* SPDX-License-Identifier: MIT */
/* legend.h - the text of a graph: its title, a line for each series, and notes */
#ifndef EXPORTER_LEGEND_H
#define EXPORTER_LEGEND_H

#include "../almanac/arena.h"
#include "course.h"

#define LEGEND_ALL INT64_MIN

struct legend {
    const struct figure *figure;
    const struct snapshot_series *const *series; /* all requested series, at least one */
    size_t count;
    const struct course *courses; /* of the series that are drawn: the first of them */
    size_t drawn;
    bool chinese;
    int64_t now;
    const char *as_of;   /* the day by whose end all of it was known; NULL: now */
    const char **labels; /* names: the figure's, then others that series have from an earlier
                            catalogue */
    size_t label_count;
    const bool *differs;     /* per label: whether the series differ in it */
    const struct axis *axis; /* of the values; set after legend_compare */
    int64_t oldest;          /* earlier values are not kept for graphs; LEGEND_ALL: all are */
    bool empty;              /* the picture has no value */
    bool unlike;             /* a flow whose periods differ in length */
    uint32_t said_marks, earlier_marks; /* of the values in the legend, and before them */
};

/* Sets the members from labels on, except axis and oldest; arrays live in the arena. */
void legend_compare(struct legend *legend, struct arena *arena);

/* Each replaces the content of the line. Control characters become spaces and long texts are cut,
 * but values have all their digits, counted like the axis. */
void legend_title(const struct legend *legend, struct text *line);
/* The label of the vertical axis: what it counts in, and a note if it does not start at zero. */
void legend_axis(const struct legend *legend, struct text *line);
/* "stage=built: >160 (2024-06, P)": the labels that differ, and the last value in the picture; the
 * last few values if periods differ in length. */
void legend_series(const struct legend *legend, size_t index, struct text *line);

/* The notes, one per line; empty if they do not apply: the labels that all series share; how many
 * series are left out; the date before which values are left out; that periods differ in length;
 * the meaning of marks. */
enum { LEGEND_NOTES = 6 };
void legend_note(const struct legend *legend, size_t note, struct text *line);

#endif
