/* SPDX-License-Identifier: MIT */
/* matchers.c - which series are meant: Prometheus' matchers of the name and the labels */
#include "matchers.h"

#include "../almanac/arena.h"
#include "../almanac/pattern.h"

#include <stdlib.h>
#include <string.h>

struct matchers {
    const struct matcher *list;
    size_t count;
    struct pattern *patterns[]; /* NULL for those that compare */
};

/* How a type is written, and which verdict on the value it takes for a match. */
static const struct {
    const char *sign;
    bool pattern, wanted;
} types[MATCHER_TYPES] = {
    [MATCHER_EQUAL] = { "=", false, true },
    [MATCHER_NOT_EQUAL] = { "!=", false, false },
    [MATCHER_RE] = { "=~", true, true },
    [MATCHER_NOT_RE] = { "!~", true, false },
};

struct matchers *matchers_compile(const struct matcher *list, size_t count, struct fault *fault)
{
    size_t room = 0;
    struct matchers *matchers =
        array_reserve(NULL, &room, 1, sizeof *matchers + count * sizeof *matchers->patterns);
    *matchers = (struct matchers){ .list = list };
    for (; matchers->count < count; matchers->count++) {
        const struct matcher *matcher = &list[matchers->count];
        struct pattern **pattern = &matchers->patterns[matchers->count];
        *pattern = NULL;
        if (!types[matcher->type].pattern)
            continue;
        *pattern = pattern_compile(matcher->value, PATTERN_RE2_ANCHORED, fault);
        if (*pattern == NULL) {
            fault_at(fault, "matcher '%.64s%s': ", matcher->name, types[matcher->type].sign);
            matchers_free(matchers);
            return NULL;
        }
    }
    return matchers;
}

void matchers_free(struct matchers *matchers)
{
    if (matchers == NULL)
        return;
    for (size_t i = 0; i < matchers->count; i++)
        pattern_free(matchers->patterns[i]);
    free(matchers);
}

static const char *value_of(const struct series *series, const char *name)
{
    if (strcmp(name, "__name__") == 0)
        return series->figure;
    for (size_t i = 0; i < series->label_count; i++)
        if (strcmp(series->labels[i].name, name) == 0)
            return series->labels[i].value;
    return "";
}

static int match_one(const struct matcher *matcher, const struct pattern *pattern,
                     const char *value, struct fault *fault)
{
    bool wanted = types[matcher->type].wanted;
    if (pattern == NULL)
        return (strcmp(matcher->value, value) == 0) == wanted;
    enum pattern_end end = pattern_match(pattern, value, strlen(value), 0, NULL);
    if (end != PATTERN_LIMIT)
        return (end == PATTERN_HIT) == wanted;
    return fault_set(fault, "matcher '%.64s%s': '%.64s' takes too long; expected a simpler one",
                     matcher->name, types[matcher->type].sign, matcher->value);
}

int matchers_match(const struct matchers *matchers, const struct series *series,
                   struct fault *fault)
{
    int match = 1;
    for (size_t i = 0; match == 1 && i < matchers->count; i++) {
        const struct matcher *matcher = &matchers->list[i];
        match = match_one(matcher, matchers->patterns[i], value_of(series, matcher->name), fault);
    }
    return match;
}
