/* SPDX-License-Identifier: MIT */
/* form.h - how a source writes what it delivers */
#ifndef ALMANAC_FORM_H
#define ALMANAC_FORM_H

struct wording_style;
struct csv_mapping;
struct dataflow;
struct page_choice;
struct text_rules;

enum form_format { FORM_JSON, FORM_CSV, FORM_SDMX_CSV, FORM_METRICS, FORM_TEXT, FORMS };

/* How many values JSON is: some, one after the other, as jq writes them; one; one a line. */
enum form_values { FORM_SEVERAL, FORM_ONE, FORM_LINES };

/* Zero-initialised it is JSON as docs/formats.md has it; so are the others where a part is NULL. */
struct form {
    enum form_format format;
    enum form_values values;             /* json */
    const struct wording_style *wording; /* of values; NULL: plain decimals */
    const char *jq;                      /* json: the jq program that makes observations of it */
    const struct csv_mapping *csv;       /* csv: what its columns mean */
    const struct dataflow *dataflow;     /* sdmx-csv: what its dimensions mean */
    const struct page_choice *page;      /* metrics: which families are taken */
    const struct text_rules *rules;      /* text: where in it the values are */
};

#endif
