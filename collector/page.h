/* SPDX-License-Identifier: MIT */
/* page.h - reads metrics pages, sample by sample: Prometheus text 0.0.4 and OpenMetrics 1.0 */
#ifndef COLLECTOR_PAGE_H
#define COLLECTOR_PAGE_H

#include "../almanac/exposition.h"
#include "../almanac/fault.h"
#include "../almanac/text.h"

#include <stdbool.h>
#include <stdint.h>

enum page_type {
    PAGE_UNKNOWN, /* also without a TYPE */
    PAGE_GAUGE,
    PAGE_COUNTER,
    PAGE_HISTOGRAM,
    PAGE_GAUGE_HISTOGRAM,
    PAGE_SUMMARY,
    PAGE_INFO,
    PAGE_STATESET,
    PAGE_TYPES,
};
extern const char *const page_type_names[PAGE_TYPES];
bool page_is_histogram(enum page_type type);               /* also a gauge histogram */
bool page_name_ends(const char *name, const char *ending); /* and there is something before it */

/* Valid during the visit. */
struct page_sample {
    const char *family; /* in OpenMetrics a counter's lacks the _total of its samples */
    enum page_type type;
    const char *name;
    const struct label *labels; /* in the order of the page; an empty value is like no label */
    size_t label_count;
    const char *value; /* as written: a decimal, possibly with an exponent, or NaN, Inf, … */
    bool timed;
    int64_t at; /* seconds, rounded down and clamped to int64_t */
    size_t line, column;
};
typedef void page_visitor(void *context, const struct page_sample *sample);

/* A page to read, and the first complaint about it; lines and columns (of characters) count from
 * 1. */
struct page {
    const char *bytes;
    size_t size;
    enum exposition_format exposition;
    page_visitor *visit;
    void *context;
    size_t line, column;
    struct fault fault;
};

/* 0, or -1 with a complaint: then discard whatever was visited. Text is read as by Prometheus'
 * expfmt, including quoted names; OpenMetrics by its ABNF and the rules of version 1.0 on types,
 * units, name clashes, grouping, order and buckets. Exemplars are checked and ignored. */
int page_read(struct page *page);

/* A sample's value with the digits that a decimal needs: ".5" as "0.5", "5." as "5". Writes it to
 * the text, and returns it. */
const char *page_write_decimal(const char *value, struct text *text);

/* OpenMetrics if the last line is "# EOF", else text. */
enum exposition_format page_exposition(const char *bytes, size_t size);

#endif
