/* SPDX-License-Identifier: MIT */
/* fetch.h - transfers under way: only its own files use libcurl */
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
    const char *url;         /* http, https or file; copied */
    int64_t timeout;         /* seconds for the whole transfer, from when it really begins */
    int64_t body_size_limit; /* bytes, of the body as it is after decompression */
    const char *accept;      /* the media types that are understood; NULL: any */
    const struct transport *transport; /* NULL: nothing in particular; borrowed for the call */
    const char *etag, *last_modified;  /* of what is known already, NULL: nothing; likewise */
    void *owner;                       /* handed back with the result */
};

/* error is NULL for a whole body (of an answer 200, or a regular file), and for a 304, which has
 * none, else words that say what was wrong. All of it is gone when done returns, but for a body
 * that is taken: then the text is to be left empty. */
struct fetch_result {
    void *owner;
    struct text body;
    long status; /* of HTTP; 0: it is a file */
    int64_t duration_ms;
    const char *etag, *last_modified; /* of the answer, NULL where it has none */
    bool may_pass;                    /* another attempt may end better */
    int64_t retry_after;              /* seconds that the server asks to wait, 0: it does not say */
    const char *error;
};

typedef void fetch_done(void *context, struct fetch_result *result);

/* clock is borrowed; its steady time has to pass. */
struct fetcher *fetcher_open(const char *user_agent, const struct clock *clock,
                             struct fault *fault);
void fetcher_close(struct fetcher *fetcher); /* drops what is under way */

/* TLS is verified, redirects are followed within http and https only. FETCH_AT_ONCE transfers
 * run at a time, the others wait for their turn. Whatever goes wrong comes with the result. */
void fetcher_start(struct fetcher *fetcher, const struct fetch_request *request);
size_t fetcher_under_way(const struct fetcher *fetcher); /* running or waiting */

/* Works until a transfer ends, wake_fd (-1: none) is readable or timeout_ms is over; done is
 * called once for each transfer that ended. */
void fetcher_work(struct fetcher *fetcher, int timeout_ms, int wake_fd, fetch_done *done,
                  void *context);

#endif
