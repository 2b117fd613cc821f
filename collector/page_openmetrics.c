/* SPDX-License-Identifier: MIT */
/* page_openmetrics.c - the grammar of OpenMetrics 1.0: lines and families */
#include "page_groups.h"

#include <string.h>

struct reading {
    struct page_scan *scan;
    struct arena names;
    struct id_map claimed; /* sample names to the family's number */
    int64_t families;
    const char *family; /* the current one */
    enum page_type type;
    bool typed, helped, united, sampled; /* its metadata so far */
    bool with_unit;
    struct page_groups groups;
    bool ended;
};

static bool claim(struct reading *reading, const char *family, const char *ending)
{
    struct page_scan *scan = reading->scan;
    size_t size = strlen(family) + strlen(ending);
    char *name = arena_take(&scan->words, size + 1, 1);
    strcat(strcpy(name, family), ending);
    int64_t owner = id_map_find(&reading->claimed, name, size);
    if (owner != 0 && owner != reading->families)
        return page_refuse(scan, scan->begin,
                           "'%.60s' is a family or a sample of a family above; expected families "
                           "whose names differ, each in one piece",
                           name);
    id_map_add(&reading->claimed, name, size, reading->families);
    return true;
}

static bool begin_family(struct reading *reading, const char *name)
{
    if (!page_groups_end(&reading->groups, reading->scan))
        return false;
    reading->families++;
    reading->family = arena_string(&reading->names, name);
    reading->type = PAGE_UNKNOWN;
    reading->typed = reading->helped = reading->united = false;
    reading->sampled = reading->with_unit = false;
    return claim(reading, name, "");
}

/* Each keyword may appear once, before the samples. */
static bool say_once(struct reading *reading, bool *said, const char *keyword)
{
    struct page_scan *scan = reading->scan;
    if (*said)
        return page_refuse(scan, scan->begin, "a second %s of '%.60s'; expected one", keyword,
                           reading->family);
    *said = true;
    return true;
}

static bool check_unit(struct reading *reading)
{
    if (!reading->with_unit || (reading->type != PAGE_INFO && reading->type != PAGE_STATESET))
        return true;
    return page_refuse(reading->scan, reading->scan->begin,
                       "a unit of the %s '%.60s'; expected none", page_type_names[reading->type],
                       reading->family);
}

static bool read_type(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    const char *at = scan->at, *word = page_word(scan);
    size_t type = 0;
    if (!say_once(reading, &reading->typed, "TYPE"))
        return false;
    while (type < PAGE_TYPES && strcmp(page_type_names[type], word) != 0)
        type++;
    if (type == PAGE_TYPES)
        return page_refuse(
            scan, at,
            "'%.60s' is no type; expected counter, gauge, histogram, gaugehistogram, "
            "stateset, info, summary or unknown",
            word);
    reading->type = type;
    for (size_t i = 0; i < page_rule_count; i++)
        if (page_rules[i].type == type && !claim(reading, reading->family, page_rules[i].ending))
            return false;
    return check_unit(reading) && page_line_end(scan);
}

/* Accepts unescaped quotes despite the ABNF, as many exporters write them. */
static bool read_help(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    for (; scan->at < scan->end; scan->at++)
        if (*scan->at == '\\' && ++scan->at == scan->end)
            return page_refuse(scan, scan->at - 1,
                               "a backslash that escapes nothing; expected two of them");
    return say_once(reading, &reading->helped, "HELP");
}

static bool read_unit(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    const char *at = scan->at, *unit = page_word(scan);
    size_t length = strlen(unit), of_name = strlen(reading->family);
    if (!say_once(reading, &reading->united, "UNIT"))
        return false;
    reading->with_unit = length > 0;
    if (length > 0 && (of_name <= length || reading->family[of_name - length - 1] != '_' ||
                       strcmp(reading->family + of_name - length, unit) != 0))
        return page_refuse(scan, at,
                           "the unit '%.60s' is not how '%.60s' ends; expected _%.60s there", unit,
                           reading->family, unit);
    return check_unit(reading) && page_line_end(scan);
}

static const struct {
    const char *words;
    bool (*read)(struct reading *reading);
} keywords[] = { { "# TYPE ", read_type }, { "# HELP ", read_help }, { "# UNIT ", read_unit } };

enum { KEYWORDS = sizeof keywords / sizeof *keywords };

static bool take(struct page_scan *scan, const char *words)
{
    size_t length = strlen(words);
    bool there = (size_t)(scan->end - scan->at) >= length && memcmp(scan->at, words, length) == 0;
    scan->at += there ? length : 0;
    return there;
}

/* # TYPE name type */
static bool read_descriptor(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    size_t keyword = 0;
    while (keyword < KEYWORDS && !take(scan, keywords[keyword].words))
        keyword++;
    if (keyword == KEYWORDS)
        return page_refuse(scan, scan->at,
                           "no such line in OpenMetrics; expected '# TYPE ', "
                           "'# HELP ', '# UNIT ' or '# EOF'");
    const char *name = page_metric_name(scan);
    if (name == NULL)
        return false;
    if (!page_gap(scan))
        return page_refuse(scan, scan->at, "no space; expected one behind the metric's name");
    if (reading->family == NULL || strcmp(reading->family, name) != 0) {
        if (!begin_family(reading, name))
            return false;
    } else if (reading->sampled) {
        return page_refuse(scan, scan->begin,
                           "said behind samples of '%.60s'; expected it in front "
                           "of them",
                           name);
    }
    return keywords[keyword].read(reading);
}

static bool read_sample(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    struct page_sample *sample = &scan->sample;
    if (!page_sample(scan) || !page_line_end(scan))
        return false;
    const struct page_rule *rule = NULL;
    if (reading->family != NULL)
        rule = page_rule_of(reading->family, reading->type, sample->name);
    if (rule == NULL && !begin_family(reading, sample->name))
        return false;
    if (rule == NULL)
        rule = page_rule_of(sample->name, PAGE_UNKNOWN, sample->name);
    reading->sampled = true;
    sample->family = reading->family;
    sample->type = reading->type;
    if (!page_check_sample(scan, rule) || !page_groups_add(&reading->groups, scan, rule))
        return false;
    scan->page->visit(scan->page->context, sample);
    return true;
}

static bool read_line(struct reading *reading)
{
    struct page_scan *scan = reading->scan;
    if (reading->ended)
        return page_refuse(scan, scan->begin, "more behind '# EOF'; expected nothing");
    reading->ended = take(scan, "# EOF") && scan->at == scan->end;
    if (reading->ended)
        return true;
    scan->at = scan->begin;
    if (scan->at == scan->end)
        return page_refuse(scan, scan->begin, "a blank line; expected none");
    return *scan->begin == '#' ? read_descriptor(reading) : read_sample(reading);
}

bool page_read_openmetrics(struct page_scan *scan)
{
    struct reading reading = { .scan = scan };
    bool good = true;
    while (good && page_next_line(scan))
        good = read_line(&reading);
    good = good && page_groups_end(&reading.groups, scan);
    if (good && !reading.ended)
        good = page_refuse(scan, scan->end,
                           "the page ends without '# EOF'; expected that as its "
                           "last line");
    page_groups_free(&reading.groups);
    id_map_clear(&reading.claimed);
    arena_free(&reading.names);
    return good;
}
