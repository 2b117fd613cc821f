/* SPDX-License-Identifier: MIT */
/* fetch.h - fetches URLs; only its own files use libcurl */
#ifndef COLLECTOR_FETCH_H
#define COLLECTOR_FETCH_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"
#include "../almanac/text.h"
#include "../almanac/transport.h"

#include <stddef.h>

enum { FETCH_AT_ONCE = 16, FETCH_REDIRECTS = 5, FETCH_CONNECT_SECONDS = 10 };

struct fetcher;

struct fetch_request {
    const char *url;                   /* http, https or file; copied */
    int64_t timeout;                   /* seconds for the whole transfer, from its actual start */
    int64_t body_size_limit;           /* bytes, of the decompressed body */
    const char *accept;                /* the accepted media types; NULL: any */
    const struct transport *transport; /* NULL: defaults; borrowed for the call */
    const char *etag, *last_modified;  /* of the known version, NULL: none; borrowed likewise */
    void *owner;                       /* returned with the result */
};

/* error is NULL for a complete body (of an answer 200, or a regular file) and for a 304, which has
 * none; otherwise it says what went wrong. All of it is freed when done returns; to keep the body,
 * move it out and leave the text empty. */
struct fetch_result {
    void *owner;
    struct text body; /* "" if there is none */
    long status;      /* HTTP status; 0: a file */
    int64_t duration_ms;
    const char *etag, *last_modified; /* of the answer; NULL: none */
    bool may_pass;                    /* a retry may succeed */
    int64_t retry_after;              /* seconds that the server asks to wait; 0: not given */
    const char *error;
};

typedef void fetch_done(void *context, struct fetch_result *result);

/* clock is borrowed; its steady time must advance. done is called once for each transfer that
 * ends. */
struct fetcher *fetcher_open(const struct clock *clock, fetch_done *done, void *context,
                             struct fault *fault);
void fetcher_close(struct fetcher *fetcher); /* drops unfinished transfers */

/* Starts a transfer. TLS is verified; redirects are followed within http and https only. At most
 * FETCH_AT_ONCE transfers run at a time, the others wait. All errors come with the result. */
void fetcher_start(struct fetcher *fetcher, const struct fetch_request *request);
size_t fetcher_under_way(const struct fetcher *fetcher); /* running and waiting */

/* Runs until a transfer ends, wake_fd (-1: none) is readable or timeout_ms have passed. */
void fetcher_work(struct fetcher *fetcher, int timeout_ms, int wake_fd);

#endif
