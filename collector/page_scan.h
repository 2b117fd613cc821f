/* SPDX-License-Identifier: MIT */
/* page_scan.h - what the lines of a metrics page are made of: names, strings, labels */
#ifndef COLLECTOR_PAGE_SCAN_H
#define COLLECTOR_PAGE_SCAN_H

#include "../almanac/arena.h"
#include "page.h"

enum { PAGE_LABELS = 256 }; /* of a sample and its exemplar */

/* A line that is walked along, and the sample that stands on it. */
struct page_scan {
    struct page *page;
    const char *begin, *at, *end; /* of the line, without its line feed */
    bool ended;                   /* by one */
    struct arena words;           /* of the line */
    struct label labels[PAGE_LABELS];
    struct page_sample sample;
    double value, time;
    const char *exemplar; /* where the sample's begins; NULL: it has none */
};

/* The next line, if there is one. What was taken from the one before is gone. */
bool page_next_line(struct page_scan *scan);

/* Words the complaint, unless there is one, about a place of the line. Always false. */
bool page_refuse(struct page_scan *scan, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Step over what is there, if it is. page_gap: any blanks in text, one space in OpenMetrics;
 * page_blanks: where OpenMetrics has none. */
bool page_maybe(struct page_scan *scan, char c);
bool page_gap(struct page_scan *scan);
void page_blanks(struct page_scan *scan);
const char *page_word(struct page_scan *scan); /* until a blank or the line's end; "": none */

/* Step over what must be there, or complain. */
const char *page_metric_name(struct page_scan *scan);
bool page_labels(struct page_scan *scan, const char **metric); /* metric: may be among them */
bool page_sample(struct page_scan *scan); /* with exemplar; family and type are the caller's */
bool page_line_end(struct page_scan *scan);

bool page_at_end(const struct page_scan *scan); /* of the line, or at a carriage return */
bool page_is_text(const struct page_scan *scan);
bool page_number(const char *text, double *number); /* as a value is written, NaN and Inf too */
size_t page_characters(const char *from, const char *to);
int page_shown(const char *text); /* how much of it a complaint quotes */

/* The rules of a format: each reads all the page, and returns false with a complaint. */
bool page_read_text(struct page_scan *scan);
bool page_read_openmetrics(struct page_scan *scan);

#endif
