/* SPDX-License-Identifier: MIT */
/* exposition.h - the grammar of text format 0.0.4 and OpenMetrics 1.0; knows no figures */
#ifndef ALMANAC_EXPOSITION_H
#define ALMANAC_EXPOSITION_H

#include "figure.h"
#include "text.h"

enum exposition_format { EXPOSITION_TEXT, EXPOSITION_OPENMETRICS, EXPOSITION_FORMATS };
#define EXPOSITION_OPENMETRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"
extern const char *const exposition_types[EXPOSITION_FORMATS]; /* media types */

/* Chooses by an Accept header, or NULL. A client that accepts neither gets the text format, as
 * other exporters do. */
enum exposition_format exposition_choose(const char *accept);

/* The sample of an info is a 1 whose labels carry the information. */
enum family_type { FAMILY_GAUGE, FAMILY_COUNTER, FAMILY_INFO };

struct family {
    const char *name; /* of its samples: ends in _total for a counter, in _info for an info */
    enum family_type type;
    const char *unit; /* the name's suffix, before any _total; NULL: none */
    const char *help;
};

/* A page being written: set the format, zero-initialise the rest; the caller owns the text. */
struct exposition {
    enum exposition_format format;
    struct text page;
    const char *family; /* the name of the last family */
};

/* Writes a sample, and before a family's first sample its metadata. Write the samples of a family
 * one after the other. */
void exposition_sample(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count, const char *value);
/* Writes the sample up to its value; the caller writes the value and, say, a time. */
void exposition_series(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count);
void exposition_end(struct exposition *out);

#endif
