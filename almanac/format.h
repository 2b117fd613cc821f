/* SPDX-License-Identifier: MIT */
/* format.h - observations as output, one format per file; knows no ledger */
#ifndef ALMANAC_FORMAT_H
#define ALMANAC_FORMAT_H

#include "arena.h"
#include "observation.h"
#include "text.h"

/* Take the output away at about this many bytes. */
enum { FORMAT_PIECE = 64 << 10 };

/* A series, and one observation of it; borrowed for the call. */
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
    const char *source, *reference, *comment; /* reference, comment: NULL if not given */
    int64_t vintages; /* in its period; for a single vintage: up to and including it */
};

/* The caller sets the first part, takes the output away and clears it as it grows, and asks once
 * whether it failed. */
struct writer {
    struct text out;
    const char *const *labels; /* the columns: the names of all labels to come, sorted */
    size_t label_count;
    bool provenance; /* include source and time of record */
    bool details;    /* in JSON: include the period's start and end, and the number of vintages */
    int64_t now, repeat; /* seconds, for formats of values over time; repeat 0: changes only */
    bool figures_only;   /* in these, leave out when values were not exact or not normal */

    struct arena arena; /* from here on private to the formats */
    void *state;
    size_t rows;
};

/* Call begin, then row for each row of a series and end_series after it, series by series, and all
 * series again as often as again says; then end, also after a failure. Rows are not buffered,
 * except by the table, and for the current series if in_force is set. */
struct format {
    const char *type; /* media type; NULL: it is for people, or writes nothing */
    bool in_force;    /* takes the vintage in force of each period, not every vintage */
    void (*begin)(struct writer *writer);
    void (*row)(struct writer *writer, const struct row *row);
    /* Or NULL. true: the output has grown by FORMAT_PIECE, and there is more; call it again. */
    bool (*end_series)(struct writer *writer, const struct subject *subject);
    void (*end)(struct writer *writer);
    /* Or both NULL. Called after the last series. true: all series come again. */
    bool (*again)(struct writer *writer);
    /* Called before the first row of a series, perhaps repeatedly until it is true: then the series
     * is left out this time. */
    bool (*skips)(struct writer *writer);
};

extern const struct format format_csv, /* as import reads it */
    format_excel_csv,                  /* the same with a byte order mark, or Excel takes it for GBK
                                          or Windows-1252 */
    format_sdmx_csv,                   /* SDMX-CSV 2.0 */
    format_json,                       /* as import reads it, unless provenance is set */
    format_table;                      /* aligned, for people */

/* The value of the label, or "" if the subject lacks it. */
const char *format_label(const struct subject *subject, const char *name);
const char *format_released(const struct row *row, char out[PERIOD_TIME]); /* "" if not given */
void format_json_labels(struct text *line, const struct label *labels, size_t count); /* {…} */
/* , "name": "value"; nothing if the value is NULL or "" */
void format_json_field(struct text *line, const char *name, const char *value);
/* , "name": "2024-06-30T00:00:00Z" */
void format_json_moment(struct text *line, const char *name, int64_t seconds);
/* The caller calls this after end. It frees the output as well. */
void format_free(struct writer *writer);

#endif
