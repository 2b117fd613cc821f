/* SPDX-License-Identifier: MIT */
/* matchers.c - Prometheus' matchers, which select series by name and labels */
#include "matchers.h"

#include "../almanac/arena.h"

#include <stdlib.h>
#include <string.h>

struct matchers {
    const struct matcher *list;
    size_t count;
    const struct pattern_patience *patience;
    struct pattern *patterns[]; /* NULL for (in)equality */
};

/* The operator of a type, and the result of the comparison that counts as a match. */
static const struct {
    const char *sign;
    bool pattern, wanted;
} types[MATCHER_TYPES] = {
    [MATCHER_EQUAL] = { "=", false, true },
    [MATCHER_NOT_EQUAL] = { "!=", false, false },
    [MATCHER_RE] = { "=~", true, true },
    [MATCHER_NOT_RE] = { "!~", true, false },
};

static int complain(const struct matcher *matcher, struct fault *fault)
{
    return fault_at(fault, "matcher '%.64s%s': ", matcher->name, types[matcher->type].sign);
}

static int refuse_slow(const struct matcher *matcher, struct fault *fault)
{
    fault_set(fault, "'%.64s' takes too long; expected a simpler one", matcher->value);
    return complain(matcher, fault);
}

/* Sets the pattern, NULL for (in)equality. 0, or -1 with a fault. */
static int compile(const struct matcher *matcher, const struct pattern_patience *patience,
                   struct pattern **pattern, struct fault *fault)
{
    *pattern = NULL;
    if (!types[matcher->type].pattern)
        return 0;
    if (!patience->goes_on(patience->owner))
        return refuse_slow(matcher, fault);
    *pattern = pattern_compile(matcher->value, PATTERN_RE2_ANCHORED, fault);
    return *pattern == NULL ? complain(matcher, fault) : 0;
}

struct matchers *matchers_compile(const struct matcher *list, size_t count,
                                  const struct pattern_patience *patience, struct fault *fault)
{
    struct matchers *matchers = array_new(1, sizeof *matchers + count * sizeof *matchers->patterns);
    *matchers = (struct matchers){ .list = list, .patience = patience };
    for (; matchers->count < count; matchers->count++) {
        struct pattern **pattern = &matchers->patterns[matchers->count];
        if (compile(&list[matchers->count], patience, pattern, fault) != 0) {
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

static bool is_name(const char *name)
{
    return strcmp(name, "__name__") == 0;
}

static const char *value_of(const struct series *series, const char *name)
{
    return is_name(name) ? series->figure
                         : label_value_or_empty(series->labels, series->label_count, name);
}

static int match_one(const struct matchers *matchers, size_t index, const char *value,
                     struct fault *fault)
{
    const struct matcher *matcher = &matchers->list[index];
    const struct pattern *pattern = matchers->patterns[index];
    bool wanted = types[matcher->type].wanted;
    if (pattern == NULL)
        return (strcmp(matcher->value, value) == 0) == wanted;
    enum pattern_end end = pattern_match(pattern, matchers->patience, value, strlen(value));
    return end == PATTERN_LIMIT ? refuse_slow(matcher, fault) : (end == PATTERN_HIT) == wanted;
}

int matchers_match(const struct matchers *matchers, const struct series *series,
                   struct fault *fault)
{
    int match = 1;
    for (size_t i = 0; match == 1 && i < matchers->count; i++)
        match = match_one(matchers, i, value_of(series, matchers->list[i].name), fault);
    return match;
}

int matchers_match_name(const struct matchers *matchers, const char *name, struct fault *fault)
{
    int match = 1;
    for (size_t i = 0; match == 1 && i < matchers->count; i++)
        if (is_name(matchers->list[i].name))
            match = match_one(matchers, i, name, fault);
    return match;
}
