/* SPDX-License-Identifier: MIT */
/* rendition.h - a snapshot's /metrics as prepared bytes, for each format and coding */
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

/* The bytes lack what each scrape adds: the page's end, and with gzip the member's beginning and
 * end. */
struct rendition {
    struct piece **pieces; /* shared with other snapshots' renditions */
    size_t count, piece_room;
    struct reply_bytes *bytes; /* the pieces' bytes, in order */
    size_t byte_count, byte_room;
    struct gzip_sum sum; /* for gzip */
    uint64_t hash;       /* the same for the same figures */
};

/* Each is made once, at the first request, and then shared. */
struct renditions {
    struct rendition made[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    atomic_bool ready[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    pthread_mutex_t making;
    /* The newest one, or NULL. */
    struct shared_body *shared_bodies[EXPOSITION_FORMATS][ACCEPT_CODINGS];
    pthread_mutex_t joining;
};

void renditions_init(struct renditions *renditions);
void renditions_free(struct renditions *renditions);

const struct rendition *rendition_of(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding);

/* The whole reply as one run of bytes: the rendition and what the reply adds; small replies are
 * sent faster this way. Shared by all replies that add the same. NULL: it is large. */
struct shared_body *rendition_body(struct snapshot *snapshot, enum exposition_format format,
                                   enum accept_coding coding, const struct reply *reply);

/* Makes the renditions that were requested from the previous snapshot, so that no scrape waits for
 * them. Reuses unchanged parts. */
void renditions_prepare(struct snapshot *snapshot, const struct snapshot *before);

/* Makes a rendition of a page that no snapshot has. */
void rendition_code(struct rendition *rendition, const struct text *page,
                    enum accept_coding coding);
void rendition_free(struct rendition *rendition);

#endif
