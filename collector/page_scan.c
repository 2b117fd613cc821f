/* SPDX-License-Identifier: MIT */
/* page_scan.c - scans the lines of a metrics page: names, strings, labels */
#include "page_scan.h"

#include "../almanac/utf8.h"

#include <string.h>

bool page_is_text(const struct page_scan *scan)
{
    return scan->page->exposition == EXPOSITION_TEXT;
}

bool page_refuse(struct page_scan *scan, const char *at, const char *format, ...)
{
    va_list args;
    if (scan->page->fault.text[0] != '\0')
        return false;
    va_start(args, format);
    fault_vset(&scan->page->fault, format, args);
    va_end(args);
    scan->page->line += scan->page->line == 0; /* an empty page has one line */
    scan->page->column = utf8_characters(scan->begin, at) + 1;
    return false;
}

bool page_next_line(struct page_scan *scan)
{
    const char *stop = scan->page->bytes + scan->page->size;
    const char *begin = scan->end + scan->ended;
    if (begin == stop)
        return false;
    const char *end = memchr(begin, '\n', (size_t)(stop - begin));
    scan->begin = scan->at = begin;
    scan->end = end == NULL ? stop : end;
    scan->ended = end != NULL;
    scan->page->line++;
    arena_clear(&scan->words);
    return true;
}

static bool maybe(struct page_scan *scan, char c)
{
    bool there = scan->at < scan->end && *scan->at == c;
    scan->at += there;
    return there;
}

bool page_gap(struct page_scan *scan)
{
    if (!page_is_text(scan))
        return maybe(scan, ' ');
    while (maybe(scan, ' ') || maybe(scan, '\t'))
        continue;
    return true;
}

void page_blanks(struct page_scan *scan)
{
    if (page_is_text(scan))
        page_gap(scan);
}

bool page_at_end(const struct page_scan *scan)
{
    return scan->at == scan->end || *scan->at == '\r';
}

bool page_line_end(struct page_scan *scan)
{
    page_blanks(scan);
    if (scan->at == scan->end)
        return true;
    if (*scan->at == '\r')
        return page_refuse(scan, scan->at,
                           "a carriage return; expected lines that end with a line feed alone");
    return page_refuse(scan, scan->at, "more on the line; expected its end");
}

/* NUL also ends a word. */
const char *page_word(struct page_scan *scan)
{
    const char *begin = scan->at;
    while (scan->at < scan->end && strchr(" \t\r", *scan->at) == NULL)
        scan->at++;
    return arena_copy(&scan->words, begin, (size_t)(scan->at - begin));
}

static const char *take_name(struct page_scan *scan, const char *others)
{
    const char *begin = scan->at;
    while (scan->at < scan->end) {
        char c = *scan->at;
        bool digit = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (c == '\0' || strchr(others, c) == NULL) && (!digit || scan->at == begin))
            break;
        scan->at++;
    }
    return scan->at == begin ? NULL : arena_copy(&scan->words, begin, (size_t)(scan->at - begin));
}

/* The meaning of a backslash and this character; 0: none. */
static char escaped(char c)
{
    return c == 'n' ? '\n' : c == '"' || c == '\\' ? c : '\0';
}

/* From the opening quote to the closing one, or to the line's end. */
static size_t string_length(const struct page_scan *scan)
{
    const char *at = scan->at + 1;
    while (at < scan->end && *at != '"')
        at += *at == '\\' && at + 1 < scan->end ? 2 : 1;
    return (size_t)(at - scan->at);
}

/* Reads "say \"so\"" from quote to quote, without escapes. OpenMetrics keeps the backslash of an
 * unknown escape. */
static const char *take_string(struct page_scan *scan)
{
    char *string = arena_take(&scan->words, string_length(scan), 1), *to = string;
    const char *opened = scan->at++;
    for (; scan->at < scan->end && *scan->at != '"'; scan->at++) {
        char meant = '\0';
        if (*scan->at == '\\' && scan->at + 1 < scan->end)
            meant = escaped(scan->at[1]);
        if (*scan->at == '\\' && meant == '\0' && page_is_text(scan)) {
            page_refuse(scan, scan->at, "an escape that means nothing; expected \\\\, \\\" or \\n");
            return NULL;
        }
        scan->at += meant != '\0';
        *to++ = meant != '\0' ? meant : *scan->at;
    }
    if (maybe(scan, '"'))
        return string;
    page_refuse(scan, opened,
                "the quote that opens here is never closed; expected another on "
                "the line");
    return NULL;
}

static const char *take_quoted_name(struct page_scan *scan)
{
    const char *at = scan->at, *name = take_string(scan);
    if (name == NULL || name[0] != '\0')
        return name;
    page_refuse(scan, at, "an empty name; expected one");
    return NULL;
}

const char *page_metric_name(struct page_scan *scan)
{
    if (page_is_text(scan) && scan->at < scan->end && *scan->at == '"')
        return take_quoted_name(scan);
    const char *name = take_name(scan, "_:");
    if (name == NULL)
        page_refuse(scan, scan->at,
                    "no metric's name; expected one that begins with a letter, '_' or ':'");
    return name;
}

/* Reads ="value". Names of labels from first on must differ. */
static bool read_value(struct page_scan *scan, size_t first, const char *name)
{
    page_blanks(scan);
    if (scan->at == scan->end || *scan->at != '"')
        return page_refuse(scan, scan->at, "no value of the label '%.60s'; expected it in quotes",
                           name);
    const char *at = scan->at, *value = take_string(scan);
    if (value == NULL)
        return false;
    for (size_t i = first; i < scan->sample.label_count; i++)
        if (strcmp(scan->labels[i].name, name) == 0)
            return page_refuse(scan, at, "the label '%.60s' is given twice; expected it once",
                               name);
    if (scan->sample.label_count == PAGE_LABELS)
        return page_refuse(scan, at, "more than %d labels; expected fewer", PAGE_LABELS);
    scan->labels[scan->sample.label_count++] = (struct label){ name, value };
    return true;
}

/* A label, or, in text, the metric's quoted name if none preceded the brace. */
static bool read_label(struct page_scan *scan, size_t first, const char **metric)
{
    const char *at = scan->at;
    bool quoted = page_is_text(scan) && at < scan->end && *at == '"';
    const char *name = quoted ? take_quoted_name(scan) : take_name(scan, "_");
    if (name == NULL)
        return page_refuse(scan, at,
                           "no label's name; expected one that begins with a letter or '_'");
    if (strcmp(name, "__name__") == 0)
        return page_refuse(scan, at,
                           "the label '__name__' is kept for the metric's name; "
                           "expected another name");
    page_blanks(scan);
    if (maybe(scan, '='))
        return read_value(scan, first, name);
    if (!quoted || metric == NULL)
        return page_refuse(scan, scan->at, "no '='; expected it behind the label's name");
    if (*metric != NULL)
        return page_refuse(scan, at, "a second name of the metric; expected one");
    *metric = name;
    return true;
}

/* {a="1",b="2"}, at the brace. */
bool page_labels(struct page_scan *scan, const char **metric)
{
    size_t first = scan->sample.label_count;
    bool comma = false;
    scan->at++;
    page_blanks(scan);
    while ((comma && !page_is_text(scan)) || !maybe(scan, '}')) {
        if (!read_label(scan, first, metric))
            return false;
        page_blanks(scan);
        comma = maybe(scan, ',');
        if (!comma && (scan->at == scan->end || *scan->at != '}'))
            return page_refuse(scan, scan->at,
                               "neither ',' nor '}'; expected one behind the label's value");
        page_blanks(scan);
    }
    return true;
}
