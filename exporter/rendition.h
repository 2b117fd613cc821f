/* SPDX-License-Identifier: MIT */
/* rendition.h - a snapshot's /metrics as bytes that lie ready, in each format and coding */
#ifndef EXPORTER_RENDITION_H
#define EXPORTER_RENDITION_H

#include "../almanac/accept.h"
#include "../almanac/exposition.h"
#include "../almanac/gzip.h"

#include <pthread.h>
#include <stdatomic.h>

struct snapshot;

/* The bytes lack what each scrape adds: a page's end, and with gzip the member's. */
struct rendition {
    struct text bytes;
    struct gzip_sum sum; /* with gzip */
    uint64_t hash;       /* of the page before it was coded */
};

/* Each is made once, when it is first asked for, and then shared by all who ask. */
struct renditions {
    struct rendition made[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    atomic_bool ready[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    pthread_mutex_t making;
};

void renditions_init(struct renditions *renditions);
void renditions_free(struct renditions *renditions);

/* NULL when out of memory. */
const struct rendition *rendition_of(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding);

/* Makes those that the snapshot before was asked for, so that nobody waits for them. */
void renditions_prepare(struct snapshot *snapshot, const struct snapshot *before);

/* Turns a page into a rendition, and takes it. */
void rendition_code(struct rendition *rendition, struct text *page, enum accept_coding coding);

#endif
