/* SPDX-License-Identifier: MIT */
/* form.h - the format of a source's deliveries */
#ifndef ALMANAC_FORM_H
#define ALMANAC_FORM_H

struct wording_style;
struct dating;
struct csv_mapping;
struct dataflow;
struct page_choice;
struct text_rules;

enum form_format { FORM_JSON, FORM_CSV, FORM_SDMX_CSV, FORM_METRICS, FORM_TEXT, FORMS };

/* What JSON text holds: several values one after the other, as jq writes them; one value; or one
 * value per line. */
enum form_values { FORM_SEVERAL, FORM_ONE, FORM_LINES };

/* Zero-initialised: JSON as in docs/formats.md. A part that is NULL means the format as documented
 * there. */
struct form {
    enum form_format format;
    enum form_values values;             /* json */
    const struct wording_style *wording; /* how numbers are written; NULL: plain decimals */
    const struct dating *dating;         /* how dates are written; NULL: year first, as days */
    const char *jq;                      /* json: the jq program that turns it into observations */
    const struct csv_mapping *csv;       /* csv: the meaning of its columns */
    const struct dataflow *dataflow;     /* sdmx-csv: the meaning of its dimensions */
    const struct page_choice *page;      /* metrics: the families that are taken */
    const struct text_rules *rules;      /* text: where the values are */
};

#endif
