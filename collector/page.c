/* SPDX-License-Identifier: MIT */
/* page.c - reads metrics pages, sample by sample: Prometheus text 0.0.4 and OpenMetrics 1.0 */
#include "page.h"

#include "../almanac/utf8.h"
#include "page_scan.h"

#include <ctype.h>
#include <string.h>

const char *const page_type_names[PAGE_TYPES] = {
    [PAGE_UNKNOWN] = "unknown",
    [PAGE_GAUGE] = "gauge",
    [PAGE_COUNTER] = "counter",
    [PAGE_HISTOGRAM] = "histogram",
    [PAGE_GAUGE_HISTOGRAM] = "gaugehistogram",
    [PAGE_SUMMARY] = "summary",
    [PAGE_INFO] = "info",
    [PAGE_STATESET] = "stateset",
};

bool page_is_histogram(enum page_type type)
{
    return type == PAGE_HISTOGRAM || type == PAGE_GAUGE_HISTOGRAM;
}

bool page_name_ends(const char *name, const char *ending)
{
    size_t length = strlen(name), of_ending = strlen(ending);
    return length > of_ending && strcmp(name + length - of_ending, ending) == 0;
}

const char *page_write_decimal(const char *value, struct text *text)
{
    size_t sign = strspn(value, "+-"), digits = strspn(value + sign, "0123456789");
    const char *rest = value + sign + digits;
    text_clear(text);
    text_bytes(text, value, sign + digits);
    if (digits == 0 && *rest == '.')
        text_char(text, '0');
    if (*rest == '.' && !isdigit((unsigned char)rest[1]))
        rest++;
    text_put(text, rest);
    return text->bytes;
}

static bool (*const readers[EXPOSITION_FORMATS])(struct page_scan *scan) = {
    [EXPOSITION_TEXT] = page_read_text,
    [EXPOSITION_OPENMETRICS] = page_read_openmetrics,
};

enum exposition_format page_exposition(const char *bytes, size_t size)
{
    static const char last[] = "# EOF";
    const size_t length = sizeof last - 1;
    if (size > 0 && bytes[size - 1] == '\n')
        size--;
    if (size < length || memcmp(bytes + size - length, last, length) != 0)
        return EXPOSITION_TEXT;
    return size == length || bytes[size - length - 1] == '\n' ? EXPOSITION_OPENMETRICS
                                                              : EXPOSITION_TEXT;
}

/* Accepts NUL as UTF-8; the line scanner decides where it is allowed. */
static size_t good_until(const char *bytes, size_t size)
{
    size_t good = 0;
    while (good < size) {
        good += utf8_until(bytes + good, size - good);
        if (good == size || bytes[good] != '\0')
            return good;
        good++;
    }
    return good;
}

int page_read(struct page *page)
{
    struct page_scan scan = {
        .page = page, .begin = page->bytes, .at = page->bytes, .end = page->bytes
    };
    size_t good = good_until(page->bytes, page->size);
    page->line = page->column = 0;
    if (good < page->size) {
        while (page_next_line(&scan) && scan.end < page->bytes + good)
            continue;
        page_refuse(&scan, page->bytes + good, "0x%02X is not UTF-8; expected UTF-8 throughout",
                    (unsigned char)page->bytes[good]);
    } else {
        readers[page->exposition](&scan);
    }
    arena_free(&scan.words);
    return page->fault.text[0] == '\0' ? 0 : -1;
}
