/* SPDX-License-Identifier: MIT */
/* page_scan.h - scans the lines of a metrics page: names, strings, labels */
#ifndef COLLECTOR_PAGE_SCAN_H
#define COLLECTOR_PAGE_SCAN_H

#include "../almanac/arena.h"
#include "../almanac/text.h"
#include "page.h"

enum { PAGE_LABELS = 256 }; /* of a sample and its exemplar */

/* A line being scanned, and the sample on it. */
struct page_scan {
    struct page *page;
    const char *begin, *at, *end; /* of the line, without its line feed */
    bool ended;                   /* by a line feed */
    struct arena words;           /* holds the line's words */
    struct label labels[PAGE_LABELS];
    struct page_sample sample;
    double value, time;
    const char *exemplar; /* the start of the sample's; NULL: none */
};

/* Moves to the next line, if there is one. Frees everything from the previous line. */
bool page_next_line(struct page_scan *scan);

/* Sets the complaint, unless one is set, about a place in the line. Always false. */
bool page_refuse(struct page_scan *scan, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* These skip optional input. page_gap: any blanks in text, one space in OpenMetrics; page_blanks:
 * blanks that only text allows. */
bool page_gap(struct page_scan *scan);
void page_blanks(struct page_scan *scan);
const char *page_word(struct page_scan *scan); /* up to a blank or the line's end; "": none */

/* These read required input, or complain. */
const char *page_metric_name(struct page_scan *scan);
bool page_labels(struct page_scan *scan, const char **metric); /* may include the metric's name */
bool page_sample(struct page_scan *scan); /* and its exemplar; the caller sets family and type */
bool page_line_end(struct page_scan *scan);

bool page_at_end(const struct page_scan *scan); /* of the line, or before a carriage return */
bool page_is_text(const struct page_scan *scan);
bool page_number(const char *text, double *number); /* in the syntax of values, with NaN and Inf */

/* The grammar of a format: each reads the whole page; false with a complaint. */
bool page_read_text(struct page_scan *scan);
bool page_read_openmetrics(struct page_scan *scan);

#endif
