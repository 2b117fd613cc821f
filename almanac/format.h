/* SPDX-License-Identifier: MIT */
/* format.h - observations written out, a format each; knows no ledger */
#ifndef ALMANAC_FORMAT_H
#define ALMANAC_FORMAT_H

#include "arena.h"
#include "observation.h"
#include "text.h"

#include <stdio.h>

/* A series, and what was said of it; all is borrowed for the call. */
struct subject {
    const struct figure *figure;
    const struct label *labels; /* sorted by name */
    size_t label_count;
};
struct row {
    const struct subject *subject;
    const struct statement *statement;
    bool has_released;
    int64_t released, recorded;
    const char *source, *reference, *comment; /* reference, comment: NULL where not given */
    int64_t vintages;                         /* of its period; of each vintage: up to it */
};

/* Set the first part. failed is for whoever calls: not all could be written, and errno says why. */
struct writer {
    FILE *out;
    const char *const *labels; /* the names of all labels that will come, sorted: the columns */
    size_t label_count;
    bool provenance;     /* when it was recorded and from where, in formats with a place for it */
    bool details;        /* in JSON: where its period begins and ends, and its vintages */
    int64_t now, repeat; /* seconds; of formats of values over time: repeat 0: only changes */

    bool failed;
    struct text line; /* from here on the formats' own */
    struct arena arena;
    void *state;
    size_t rows;
};

/* begin, then the rows series by series, each series ended, then end. Rows are not held back,
 * but for the table's and those of the series under way where in_force is set. */
struct format {
    const char *name;
    bool in_force; /* wants the vintages in force, each period once, not every vintage */
    void (*begin)(struct writer *writer);
    void (*row)(struct writer *writer, const struct row *row);
    void (*end_series)(struct writer *writer, const struct subject *subject); /* or NULL */
    void (*end)(struct writer *writer);
};

extern const struct format format_csv, /* as it is imported */
    format_sdmx_csv,                   /* SDMX-CSV 2.0 */
    format_json,                       /* as it is imported, where provenance is not set */
    format_table;                      /* aligned, for people */

/* For the formats: writes the text out and clears it. */
void format_flush(struct writer *writer, struct text *text);
/* The value of the label, "" where the subject does not have it. */
const char *format_label(const struct subject *subject, const char *name);
const char *format_released(const struct row *row, char *out); /* "" where not given; 32 bytes */
void format_json_labels(struct text *line, const struct label *labels, size_t count); /* {…} */
/* , "name": "2024-06-30T00:00:00Z" */
void format_json_moment(struct text *line, const char *name, int64_t seconds);
/* After end, by whoever called it. */
void format_free(struct writer *writer);

#endif
