/* SPDX-License-Identifier: MIT */
/* legend.h - what is written on a graph: its title, a line for each series, and notes */
#ifndef EXPORTER_LEGEND_H
#define EXPORTER_LEGEND_H

#include "../almanac/arena.h"
#include "course.h"

#define LEGEND_ALL INT64_MIN

struct legend {
    const struct figure *figure;
    const struct snapshot_series *const *series; /* all that are asked for, at least one */
    size_t count;
    const struct course *courses; /* those that are drawn: the first so many of the series */
    size_t drawn;
    bool chinese;
    int64_t now;
    const bool *differs; /* for each of the figure's labels, whether the series differ */
    int64_t oldest;      /* values before that are not kept for graphs; LEGEND_ALL: all are */
    bool empty;          /* no value is in the picture */
    bool unlike;         /* a flow whose periods are of unlike length */
    uint32_t said_marks, earlier_marks; /* what qualifies the values that the legend says, and those
                                           before them */
};

/* Fills in what follows from the rest; differs from the arena. */
void legend_compare(struct legend *legend, struct arena *arena);

/* Each replaces what the line holds. Control characters become spaces and long texts are cut,
 * but a value is always as it was reported. */
void legend_title(const struct legend *legend, struct text *line);
/* What stands beside the vertical axis: the unit, and whether it begins elsewhere than at zero. */
void legend_axis(const struct legend *legend, bool from_zero, struct text *line);
/* "stage=built: >160 (2024-06, P)", with the labels that differ, and the last value in the picture;
 * of periods of unlike length the last few. */
void legend_series(const struct legend *legend, size_t index, struct text *line);

/* What else there is to say, a line each, empty where it is not: the labels that do not differ; how
 * many series are left out; which values are; that periods are unlike; what the marks of values
 * mean. */
enum { LEGEND_NOTES = 6 };
void legend_note(const struct legend *legend, size_t note, struct text *line);

#endif
