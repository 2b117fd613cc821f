/* SPDX-License-Identifier: MIT */
/* page_groups.c - OpenMetrics' rules for the order of samples: grouped metrics, ascending times */
#include "page_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *find_wrong(const struct page_point *point, enum page_type type)
{
    if (!point->has_infinity)
        return "a histogram without a bucket whose le is +Inf; expected it as the last";
    if (point->has_count && point->count != point->value)
        return "a histogram whose count is not that of its +Inf bucket; expected the same";
    if (point->has_sum != point->has_count)
        return "a histogram with only one of count and sum; expected both or none";
    if (point->has_sum && point->negative_bound && type == PAGE_HISTOGRAM)
        return "a histogram with a sum and a bucket below 0; expected one without the other";
    if (point->negative_sum && !point->negative_bound)
        return "a histogram with a sum below 0 and no bucket there; expected a sum from 0";
    return NULL;
}

static bool end_point(struct page_groups *groups, struct page_scan *scan)
{
    const char *wrong = NULL;
    if (groups->begun && page_is_histogram(groups->type))
        wrong = find_wrong(&groups->point, groups->type);
    groups->point = (struct page_point){ 0 };
    if (wrong == NULL)
        return true;
    page_refuse(scan, scan->begin, "%s", wrong);
    scan->page->line = groups->line;
    return false;
}

bool page_groups_end(struct page_groups *groups, struct page_scan *scan)
{
    bool good = end_point(groups, scan);
    groups->begun = false;
    return good;
}

void page_groups_free(struct page_groups *groups)
{
    text_free(&groups->group);
    text_free(&groups->key);
    id_map_clear(&groups->seen);
}

static void write_string(struct text *key, const char *string)
{
    text_bytes(key, string, strlen(string) + 1);
}

/* Writes the sorted labels, except one, and those whose value is empty. */
static void write_labels(struct text *key, const struct page_sample *sample, const char *but)
{
    struct label labels[PAGE_LABELS];
    size_t count = 0;
    for (size_t i = 0; i < sample->label_count; i++)
        if (sample->labels[i].value[0] != '\0' &&
            (but == NULL || strcmp(sample->labels[i].name, but) != 0))
            labels[count++] = sample->labels[i];
    if (count > 1)
        qsort(labels, count, sizeof *labels, label_compare);
    for (size_t i = 0; i < count; i++) {
        write_string(key, labels[i].name);
        write_string(key, labels[i].value);
    }
}

/* An info family is one group: its metric's own labels cannot be told apart. */
static void write_group(struct text *key, const struct page_sample *sample,
                        const struct page_rule *rule)
{
    text_clear(key);
    text_char(key, 'g');
    write_string(key, sample->family);
    if (rule->type != PAGE_INFO)
        write_labels(key, sample, page_rule_label(rule, sample->family));
}

static void write_series(struct text *key, const struct page_sample *sample)
{
    text_clear(key);
    text_char(key, 's');
    write_string(key, sample->name);
    write_labels(key, sample, NULL);
}

/* Whether the key is new. */
static bool is_new(struct page_groups *groups)
{
    const struct text *key = &groups->key;
    if (id_map_find(&groups->seen, key->bytes, key->size) != 0)
        return false;
    id_map_add(&groups->seen, key->bytes, key->size, 1);
    return true;
}

static bool begin_group(struct page_groups *groups, struct page_scan *scan)
{
    struct text key = groups->key;
    if (!end_point(groups, scan))
        return false;
    if (!is_new(groups))
        return page_refuse(scan, scan->begin,
                           "samples of '%.60s' with these labels stood above others already; "
                           "expected those of one metric together",
                           scan->sample.family);
    groups->key = groups->group;
    groups->group = key;
    return true;
}

static bool continue_group(struct page_groups *groups, struct page_scan *scan)
{
    const struct page_sample *sample = &scan->sample;
    if (groups->timed != sample->timed)
        return page_refuse(scan, scan->begin,
                           "%s timestamp beside samples with%s; expected all of a metric's with "
                           "one or without",
                           sample->timed ? "a" : "no", sample->timed ? "out" : " one");
    if (!sample->timed || scan->time == groups->time || groups->type == PAGE_INFO)
        return true;
    if (scan->time < groups->time)
        return page_refuse(scan, scan->begin,
                           "a timestamp before that of the sample above; expected them ascending");
    return end_point(groups, scan);
}

static bool add_bucket(struct page_point *point, struct page_scan *scan)
{
    const struct page_sample *sample = &scan->sample;
    double bound = 0;
    const char *le = label_value(sample->labels, sample->label_count, "le");
    if (le != NULL)
        page_number(le, &bound);
    if (point->begun && bound <= point->bound)
        return page_refuse(scan, scan->begin,
                           "a bucket whose le is not above that of the one before; expected them "
                           "ascending");
    if (point->begun && scan->value < point->value)
        return page_refuse(scan, scan->begin,
                           "a bucket with less than the one before; expected them to add up");
    point->begun = true;
    point->bound = bound;
    point->value = scan->value;
    point->has_infinity = isinf(bound) && bound > 0;
    point->negative_bound = point->negative_bound || bound < 0;
    return true;
}

static bool add_to_histogram(struct page_point *point, struct page_scan *scan,
                             const struct page_rule *rule)
{
    const char *ending = rule->ending;
    if (strcmp(ending, "_bucket") == 0)
        return add_bucket(point, scan);
    if (strcmp(ending, "_count") == 0 || strcmp(ending, "_gcount") == 0) {
        point->has_count = true;
        point->count = scan->value;
    } else if (strcmp(ending, "_sum") == 0 || strcmp(ending, "_gsum") == 0) {
        point->has_sum = true;
        point->negative_sum = scan->value < 0;
    }
    return true;
}

bool page_groups_add(struct page_groups *groups, struct page_scan *scan,
                     const struct page_rule *rule)
{
    const struct page_sample *sample = &scan->sample;
    write_group(&groups->key, sample, rule);
    bool same = groups->begun && groups->key.size == groups->group.size &&
                memcmp(groups->key.bytes, groups->group.bytes, groups->key.size) == 0;
    if (!(same ? continue_group(groups, scan) : begin_group(groups, scan)))
        return false;
    groups->begun = true;
    groups->type = rule->type;
    groups->timed = sample->timed;
    groups->time = scan->time;
    groups->line = sample->line;
    write_series(&groups->key, sample);
    if (!sample->timed && !is_new(groups))
        return page_refuse(scan, scan->begin,
                           "the series '%.60s' with these labels is there twice; expected it once",
                           sample->name);
    return !page_is_histogram(rule->type) || add_to_histogram(&groups->point, scan, rule);
}
