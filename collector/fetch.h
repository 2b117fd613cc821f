/* SPDX-License-Identifier: MIT */
/* fetch.h - transfers under way: the only user of libcurl */
#ifndef COLLECTOR_FETCH_H
#define COLLECTOR_FETCH_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"

#include <stddef.h>

struct fetcher;

struct fetch_request {
    const char *url;         /* http, https or file */
    int64_t timeout;         /* seconds for the whole transfer */
    int64_t body_size_limit; /* bytes */
    void *owner;             /* handed back with the result */
};

/* error is NULL for a whole body (of a 2xx answer), else words that say what was wrong. */
struct fetch_result {
    void *owner;
    const char *bytes;
    size_t size;
    int64_t duration_ms;
    const char *error;
};

typedef void fetch_done(void *context, const struct fetch_result *result);

struct fetcher *fetcher_open(const char *user_agent, const struct clock *clock,
                             struct fault *fault);
void fetcher_close(struct fetcher *fetcher); /* drops what is under way */

/* TLS is verified, redirects are followed five times at most and never to a file. */
int fetcher_start(struct fetcher *fetcher, const struct fetch_request *request,
                  struct fault *fault);
size_t fetcher_under_way(const struct fetcher *fetcher);

/* Works until a transfer ends, wake_fd (-1: none) is readable or timeout_ms is over; done is
 * called once for each transfer that ended. */
void fetcher_work(struct fetcher *fetcher, int timeout_ms, int wake_fd, fetch_done *done,
                  void *context);

#endif
