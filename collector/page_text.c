/* SPDX-License-Identifier: MIT */
/* page_text.c - the grammar of Prometheus text 0.0.4, as expfmt reads it: lines and families */
#include "../almanac/id_map.h"
#include "page_scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct text_family {
    const char *name;
    enum page_type type;
    bool typed, helped; /* typed: also by a sample */
};

struct reading {
    struct page_scan *scan;
    struct arena names;
    struct text_family *families;
    size_t count, room;
    struct id_map places; /* name to the family's index + 1 */
};

static const struct {
    const char *word;
    enum page_type type;
} types[] = {
    { "counter", PAGE_COUNTER },
    { "gauge", PAGE_GAUGE },
    { "histogram", PAGE_HISTOGRAM },
    { "summary", PAGE_SUMMARY },
    { "untyped", PAGE_UNKNOWN },
    { "gauge_histogram", PAGE_GAUGE_HISTOGRAM },
    { "gaugehistogram", PAGE_GAUGE_HISTOGRAM },
};

static struct text_family *find_exactly(const struct reading *reading, const char *name,
                                        size_t length)
{
    int64_t place = id_map_find(&reading->places, name, length);
    return place == 0 ? NULL : &reading->families[place - 1];
}

/* Finds the family of a sample; those of summaries and histograms have suffixes. */
static struct text_family *find(const struct reading *reading, const char *name)
{
    static const struct {
        const char *ending;
        bool histograms_only;
    } endings[] = { { "_bucket", true }, { "_count", false }, { "_sum", false } };
    size_t length = strlen(name);
    struct text_family *family = find_exactly(reading, name, length);
    for (size_t i = 0; family == NULL && i < sizeof endings / sizeof *endings; i++) {
        if (!page_name_ends(name, endings[i].ending))
            continue;
        family = find_exactly(reading, name, length - strlen(endings[i].ending));
        if (family != NULL && !page_is_histogram(family->type) &&
            (endings[i].histograms_only || family->type != PAGE_SUMMARY))
            family = NULL;
    }
    return family;
}

static struct text_family *find_or_add(struct reading *reading, const char *name)
{
    struct text_family *family = find(reading, name);
    if (family != NULL)
        return family;
    reading->families = array_reserve(reading->families, &reading->room, reading->count + 1,
                                      sizeof *reading->families);
    family = &reading->families[reading->count++];
    *family = (struct text_family){ .name = arena_string(&reading->names, name) };
    id_map_add(&reading->places, name, strlen(name), (int64_t)reading->count);
    return family;
}

static bool read_type(struct reading *reading, struct text_family *family)
{
    struct page_scan *scan = reading->scan;
    const char *at = scan->at, *word = page_word(scan);
    if (family->typed)
        return page_refuse(scan, at,
                           "a second TYPE of '%.60s', or one behind its samples; expected one in "
                           "front of them",
                           family->name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(types[i].word, word) == 0) {
            family->type = types[i].type;
            family->typed = true;
            return page_line_end(scan);
        }
    return page_refuse(scan, at,
                       "'%.60s' is no type; expected counter, gauge, histogram, summary or "
                       "untyped",
                       word);
}

static bool read_help(struct reading *reading, struct text_family *family)
{
    struct page_scan *scan = reading->scan;
    if (family->helped)
        return page_refuse(scan, scan->at, "a second HELP of '%.60s'; expected one", family->name);
    family->helped = true;
    for (; scan->at < scan->end; scan->at++)
        if (*scan->at == '\\' &&
            (++scan->at == scan->end || *scan->at == '\0' || strchr("\\n\"", *scan->at) == NULL))
            return page_refuse(scan, scan->at - 1,
                               "an escape that means nothing; expected \\\\, \\\" or \\n");
    return true;
}

static const struct keyword {
    const char *word;
    bool (*read)(struct reading *reading, struct text_family *family);
} keywords[] = { { "HELP", read_help }, { "TYPE", read_type } };

static const struct keyword *find_keyword(const char *word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keywords[i].word, word) == 0)
            return &keywords[i];
    return NULL;
}

/* # HELP name words, # TYPE name type, or any comment; a line that ends before the last word is
 * ignored. */
static bool read_comment(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    scan->at++;
    page_gap(scan);
    const struct keyword *keyword = find_keyword(page_word(scan));
    page_gap(scan);
    if (keyword == NULL || scan->at == scan->end)
        return true;
    const char *name = page_metric_name(scan);
    if (name == NULL)
        return false;
    if (!page_at_end(scan) && *scan->at != ' ' && *scan->at != '\t')
        return page_refuse(scan, scan->at,
                           "a character that no metric's name has; expected a blank behind '%.60s'",
                           name);
    page_gap(scan);
    return scan->at == scan->end || keyword->read(reading, find_or_add(reading, name));
}

/* The quantile of a summary and the le of a histogram must be numbers, as in expfmt. */
static bool check_bounds(struct page_scan *scan)
{
    const struct page_sample *sample = &scan->sample;
    const char *bound = sample->type == PAGE_SUMMARY      ? "quantile"
                        : page_is_histogram(sample->type) ? "le"
                                                          : "";
    double number;
    for (size_t i = 0; i < sample->label_count; i++)
        if (strcmp(sample->labels[i].name, bound) == 0 &&
            !page_number(sample->labels[i].value, &number))
            return page_refuse(scan, scan->begin, "the label '%s' is '%.60s'; expected a number",
                               bound, sample->labels[i].value);
    return true;
}

static bool check_count(struct page_scan *scan)
{
    const struct page_sample *sample = &scan->sample;
    if (!page_is_histogram(sample->type) || scan->value >= 0 ||
        (!page_name_ends(sample->name, "_count") && !page_name_ends(sample->name, "_bucket")))
        return true;
    return page_refuse(scan, scan->begin, "a histogram's '%.60s' is %s; expected no less than 0",
                       sample->name, sample->value);
}

static bool read_sample(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    if (!page_sample(scan) || !page_line_end(scan))
        return false;
    struct text_family *family = find_or_add(reading, scan->sample.name);
    family->typed = true;
    scan->sample.family = family->name;
    scan->sample.type = family->type;
    if (!check_bounds(scan) || !check_count(scan))
        return false;
    scan->page->visit(scan->page->context, &scan->sample);
    return true;
}

static bool read_line(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    page_gap(scan);
    if (scan->at == scan->end)
        return true;
    if (!scan->ended)
        return page_refuse(scan, scan->end,
                           "the page ends within a line; expected a line feed behind the last");
    return *scan->at == '#' ? read_comment(reading) : read_sample(reading);
}

bool page_read_text(struct page_scan *scan)
{
    struct reading reading = { .scan = scan };
    bool good = true;
    while (good && page_next_line(scan))
        good = read_line(&reading);
    id_map_clear(&reading.places);
    arena_free(&reading.names);
    free(reading.families);
    return good;
}
