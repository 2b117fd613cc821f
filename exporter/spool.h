/* SPDX-License-Identifier: MIT */
/* spool.h - an answer written whole to an unnamed file before it is sent */
#ifndef EXPORTER_SPOOL_H
#define EXPORTER_SPOOL_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"
#include "../almanac/request.h"

#include <stdatomic.h>
#include <stdio.h>

/* A slow client then holds neither memory nor a read transaction of the ledger; only disk space,
 * within these limits. */
#define SPOOL_BYTES     ((size_t)1 << 30) /* per answer; 422 above */
#define SPOOL_ALL_BYTES ((size_t)4 << 30) /* of all unsent answers; 503 above */
enum {
    SPOOL_SECONDS = 60, /* to write an answer; 503 after */
    SPOOL_ETAG = 24
};

/* Must outlive its spools. */
struct spools {
    const struct clock *clock;
    size_t limit, all_limit; /* the limits above */
    atomic_size_t bytes;     /* in use now */
};

struct spool;

/* A new file in $TMPDIR, or /tmp. NULL with a fault. */
struct spool *spool_open(struct spools *spools, struct fault *fault);
FILE *spool_out(struct spool *spool); /* write the answer here */
bool spool_goes_on(void *spool);      /* false: its time has passed, do not write on */

/* Ends the spool. The reply becomes the file with an ETag; a 304 if the client has it; or an error
 * in the envelope, if a limit was exceeded, the disk is full, or the fault says why the answer is
 * incomplete. */
void spool_reply(struct spool *spool, const struct fault *fault, const struct request *request,
                 struct reply *reply);

/* The ETag of an answer with this hash; etag holds SPOOL_ETAG bytes. */
void spool_etag(char *etag, uint64_t hash);

#endif
