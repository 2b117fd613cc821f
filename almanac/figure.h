/* SPDX-License-Identifier: MIT */
/* figure.h - a figure, as the catalogue declares it */
#ifndef ALMANAC_FIGURE_H
#define ALMANAC_FIGURE_H

#include "word_list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum figure_kind {
    FIGURE_STOCK, /* in force from the last day of its period until the next observation */
    FIGURE_FLOW,  /* in force over its period and nowhere else */
};

/* A word for a power of ten of a figure's unit: {"MWh", 3} where that is kwh. */
struct unit_word {
    const char *text;
    int scale;
};

/* The only values that a label may have. */
struct label_codes {
    const char *label;
    struct word_list values; /* at least one */
};

struct figure {
    const char *name; /* the Prometheus metric name */
    enum figure_kind kind;
    const char *unit; /* the name's suffix, such as "cny" in fund_size_cny; NULL: a plain count */
    const struct unit_word *unit_words; /* besides those that wording.h knows */
    size_t unit_word_count;
    char freq;           /* SDMX CL_FREQ: A S Q M W D; '\0': no rhythm */
    int due_days;        /* days from the period's end until a report is due; -1: not stated */
    const char **labels; /* names, sorted */
    size_t label_count;
    const struct label_codes *codes; /* of labels that have a list of values */
    size_t code_count;
    const char **preference; /* sources, best first; sources not listed come last */
    size_t preference_count;
    const char *title_en, *title_zh;
    const char *help;
    int64_t step; /* seconds: the resolution of the RRD file */
    int64_t keep; /* seconds: how far back the RRD file reaches */
};

struct label {
    const char *name, *value;
};

/* The value of the label of this name; NULL: there is none. */
const char *label_value(const struct label *labels, size_t count, const char *name);
/* The same, but the empty value if there is none: Prometheus takes them for equal. */
const char *label_value_or_empty(const struct label *labels, size_t count, const char *name);

/* Whether each of the wanted has the value that it has among the labels, where "" is none. */
bool label_all(const struct label *labels, size_t count, const struct label *wanted,
               size_t wanted_count);

int label_compare(const void *a, const void *b); /* by name, for qsort */

/* The list of the label's values; NULL: it has none. */
const struct label_codes *figure_codes(const struct figure *figure, const char *label);
/* A value that the label may have. */
const char *figure_some(const struct figure *figure, const char *label);

bool figure_has_label(const struct figure *figure, const char *name);

#endif
