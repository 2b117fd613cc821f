/* SPDX-License-Identifier: MIT */
/* page_sample.c - parses a sample line of a metrics page: series, value, time, exemplar */
#include "../almanac/utf8.h"
#include "page_scan.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { EXEMPLAR_MOST = 128 };

/* 1 1.5 .5 1. 1e3, with an optional sign */
static bool is_decimal(const char *text)
{
    static const char digits[] = "0123456789";
    text += *text == '-' || *text == '+';
    size_t whole = strspn(text, digits), fraction = 0;
    text += whole;
    if (*text == '.')
        text += 1 + (fraction = strspn(text + 1, digits));
    if (whole + fraction == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text += 1 + (text[1] == '-' || text[1] == '+');
        if (*text == '\0')
            return false;
        text += strspn(text, digits);
    }
    return *text == '\0';
}

static bool is_whole(const char *text)
{
    text += *text == '-' || *text == '+';
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static bool is_infinite(const char *text)
{
    text += *text == '-' || *text == '+';
    return strcasecmp(text, "inf") == 0 || strcasecmp(text, "infinity") == 0;
}

bool page_number(const char *text, double *number)
{
    if (!is_decimal(text) && !is_infinite(text) && strcasecmp(text, "nan") != 0)
        return false;
    *number = strtod(text, NULL);
    return true;
}

static bool read_number(struct page_scan *scan, const char **text, double *number)
{
    const char *at = scan->at;
    *text = page_word(scan);
    if ((*text)[0] == '\0')
        return page_refuse(scan, at, "no value; expected a number");
    if (!page_number(*text, number))
        return page_refuse(scan, at, "'%.60s' is not a number; expected one like 4, 0.25 or 1e+06",
                           *text);
    if (isinf(*number) && !is_infinite(*text))
        return page_refuse(scan, at, "'%.60s' is beyond what a 64-bit float holds; expected less",
                           *text);
    return true;
}

/* Milliseconds in text, decimal seconds in OpenMetrics. */
static bool read_time(struct page_scan *scan, double *seconds, int64_t *whole)
{
    const char *at = scan->at, *text = page_word(scan);
    if (text[0] == '\0')
        return page_refuse(scan, at, "no timestamp behind the blank; expected one, or no blank");
    if (page_is_text(scan)) {
        errno = 0;
        int64_t milliseconds = is_whole(text) ? strtoll(text, NULL, 10) : 0;
        if (!is_whole(text) || errno != 0)
            return page_refuse(
                scan, at, "'%.60s' is not a timestamp; expected a whole number of milliseconds",
                text);
        *seconds = (double)milliseconds / 1000;
        *whole = milliseconds / 1000 - (milliseconds % 1000 < 0);
        return true;
    }
    if (!is_decimal(text))
        return page_refuse(scan, at, "'%.60s' is not a timestamp; expected a number of seconds",
                           text);
    *seconds = strtod(text, NULL);
    double floored = floor(*seconds);
    *whole = floored >= 0x1p63 ? INT64_MAX : floored < -0x1p63 ? INT64_MIN : (int64_t)floored;
    return true;
}

/* The name and optional labels; in text the name may be among them. */
static bool read_series(struct page_scan *scan)
{
    struct page_sample *sample = &scan->sample;
    if (!page_is_text(scan) || scan->at == scan->end || *scan->at != '{') {
        sample->name = page_metric_name(scan);
        if (sample->name == NULL)
            return false;
    }
    page_blanks(scan);
    const char *brace = scan->at;
    if (brace == scan->end || *brace != '{')
        return true;
    const char *name = sample->name;
    if (!page_labels(scan, sample->name == NULL ? &name : NULL))
        return false;
    sample->name = name;
    return name != NULL || page_refuse(scan, brace,
                                       "no metric's name; expected it before the "
                                       "brace, or in quotes behind it");
}

/* OpenMetrics limits the length. */
static bool check_length(struct page_scan *scan, size_t first)
{
    size_t length = 0;
    for (size_t i = first; i < scan->sample.label_count; i++) {
        const struct label *label = &scan->labels[i];
        length += utf8_characters(label->name, label->name + strlen(label->name)) +
                  utf8_characters(label->value, label->value + strlen(label->value));
    }
    return length <= EXEMPLAR_MOST ||
           page_refuse(scan, scan->exemplar,
                       "the exemplar's labels have %zu characters; expected at most %d", length,
                       EXEMPLAR_MOST);
}

/* # {trace="a1"} 0.67 1520879607.789 */
static bool read_exemplar(struct page_scan *scan)
{
    size_t first = scan->sample.label_count;
    const char *value;
    double number;
    int64_t whole;
    scan->exemplar = scan->at++;
    if (!page_gap(scan) || page_at_end(scan) || *scan->at != '{')
        return page_refuse(scan, scan->at,
                           "no exemplar; expected its labels, in braces, one space "
                           "behind the '#'");
    if (!page_labels(scan, NULL) || !check_length(scan, first))
        return false;
    scan->sample.label_count = first;
    if (!page_gap(scan))
        return page_refuse(scan, scan->at,
                           "no space; expected one in front of the exemplar's value");
    if (!read_number(scan, &value, &number))
        return false;
    return !page_gap(scan) || read_time(scan, &number, &whole);
}

static bool at_exemplar(const struct page_scan *scan)
{
    return scan->at < scan->end && *scan->at == '#';
}

/* The value, with optional time and exemplar. */
static bool read_point(struct page_scan *scan)
{
    struct page_sample *sample = &scan->sample;
    scan->exemplar = NULL;
    if (!page_gap(scan))
        return page_refuse(scan, scan->at, "no space; expected one in front of the value");
    if (!read_number(scan, &sample->value, &scan->value))
        return false;
    if (page_at_end(scan) || !page_gap(scan) || (page_is_text(scan) && page_at_end(scan)))
        return true;
    sample->timed = page_is_text(scan) || !at_exemplar(scan);
    if (sample->timed && !read_time(scan, &scan->time, &sample->at))
        return false;
    if (page_is_text(scan) || (sample->timed && !page_gap(scan)))
        return true;
    if (!at_exemplar(scan))
        return page_refuse(scan, scan->at, "more on the line; expected an exemplar or its end");
    return read_exemplar(scan);
}

bool page_sample(struct page_scan *scan)
{
    struct page_sample *sample = &scan->sample;
    const char *nul = memchr(scan->at, '\0', (size_t)(scan->end - scan->at));
    *sample = (struct page_sample){ .labels = scan->labels,
                                    .line = scan->page->line,
                                    .column = utf8_characters(scan->begin, scan->at) + 1 };
    if (nul != NULL)
        return page_refuse(scan, nul, "a NUL; expected text without");
    return read_series(scan) && read_point(scan);
}
