/* SPDX-License-Identifier: MIT */
/* samples_stage.h - timelines in a line, and the samples taken of them */
#ifndef TESTS_SAMPLES_STAGE_H
#define TESTS_SAMPLES_STAGE_H

#include "../../exporter/samples.h"
#include "said.h"

#include <stdlib.h>

enum { MOST = 30000 };
#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define WEEK   (7 * DAY)

static inline int64_t ms_of(const char *text)
{
    return day_of(text) * 1000;
}

/* "2024-06=4 2024-07=-", the last is withdrawn. */
static inline struct timeline timeline_of(const char *said, enum figure_kind kind)
{
    struct timeline timeline = { 0 };
    char period[64], value[32], words[100];
    int size;
    while (sscanf(said, " %63[^=]=%31s%n", period, value, &size) == 2) {
        snprintf(words, sizeof words, "%s %s", period, value);
        struct statement statement = statement_of(words);
        timeline_add(&timeline, &statement);
        said += size;
    }
    timeline_settle(&timeline, kind);
    return timeline;
}

struct taken {
    struct {
        int64_t ms;
        double value;
    } samples[MOST];
    size_t count, most;
};

static inline bool take(void *owner, int64_t ms, double value)
{
    struct taken *taken = owner;
    assert_true(taken->count < MOST);
    assert_true(taken->count == 0 || taken->samples[taken->count - 1].ms < ms);
    taken->samples[taken->count].ms = ms;
    taken->samples[taken->count++].value = value;
    return taken->count != taken->most;
}

#endif
