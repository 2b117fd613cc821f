/* SPDX-License-Identifier: MIT */
/* rendition.h - a snapshot's /metrics as bytes that lie ready, in each format and coding */
#ifndef EXPORTER_RENDITION_H
#define EXPORTER_RENDITION_H

#include "../almanac/accept.h"
#include "../almanac/exposition.h"
#include "../almanac/gzip.h"
#include "../almanac/reply.h"

#include <pthread.h>
#include <stdatomic.h>

struct piece;
struct shared_body;
struct snapshot;

/* The bytes lack what each scrape adds: a page's end, and with gzip the member's beginning and
 * end. */
struct rendition {
    struct piece **pieces; /* shared with renditions of other snapshots */
    size_t count, piece_room;
    struct reply_bytes *bytes; /* theirs, one behind the other */
    size_t byte_count, byte_room;
    struct gzip_sum sum; /* with gzip */
    uint64_t hash;       /* of the page before it was coded */
    bool failed;         /* out of memory */
};

/* Each is made once, when it is first asked for, and then shared by all who ask. */
struct renditions {
    struct rendition made[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    atomic_bool ready[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    pthread_mutex_t making;
    struct shared_body *shared_bodies[EXPOSITION_FORMATS][ACCEPT_CODINGS]; /* the newest, or NULL */
    pthread_mutex_t joining;
};

void renditions_init(struct renditions *renditions);
void renditions_free(struct renditions *renditions);

/* NULL when out of memory. */
const struct rendition *rendition_of(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding);

/* The reply, which has the bytes of that rendition between what it adds, in one run: what is small
 * goes out faster so. Shared by all who add the same; NULL: it is large, or memory is out. */
struct shared_body *rendition_body(struct snapshot *snapshot, enum exposition_format format,
                                   enum accept_coding coding, const struct reply *reply);

/* Makes those that the snapshot before was asked for, so that nobody waits for them. What is the
 * same in both is not written again. */
void renditions_prepare(struct snapshot *snapshot, const struct snapshot *before);

/* A rendition of a page of its own. */
void rendition_code(struct rendition *rendition, const struct text *page,
                    enum accept_coding coding);
void rendition_free(struct rendition *rendition);

#endif
