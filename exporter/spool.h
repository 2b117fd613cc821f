/* SPDX-License-Identifier: MIT */
/* spool.h - an answer that is written whole, into a file without a name, before it is sent */
#ifndef EXPORTER_SPOOL_H
#define EXPORTER_SPOOL_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"
#include "../almanac/request.h"

#include <stdatomic.h>
#include <stdio.h>

/* So a client that reads slowly keeps neither memory nor the ledger's past; disk space, below
 * these limits. */
#define SPOOL_BYTES     ((size_t)1 << 30) /* of an answer; beyond them a 422 */
#define SPOOL_ALL_BYTES ((size_t)4 << 30) /* of all that are not sent yet; beyond them a 503 */
enum {
    SPOOL_SECONDS = 60, /* to write it; beyond them a 503 */
    SPOOL_ETAG = 24
};

/* Outlives its spools. */
struct spools {
    const struct clock *clock;
    size_t limit, all_limit; /* those above */
    atomic_size_t bytes;     /* there are now */
};

struct spool;

/* A file in $TMPDIR, or /tmp. NULL with a fault. */
struct spool *spool_open(struct spools *spools, struct fault *fault);
FILE *spool_out(struct spool *spool); /* where the answer is written */

/* Ends the spool: what was written becomes the reply, with an ETag, as a 304 where the client has
 * it already; or an error in the envelope, if a limit was met, the disk is full, or the fault says
 * why the answer is not complete. */
void spool_reply(struct spool *spool, const struct fault *fault, const char *content_type,
                 const struct request *request, struct reply *reply);

/* That of an answer with this hash; etag holds SPOOL_ETAG bytes. */
void spool_etag(char *etag, uint64_t hash);

#endif
