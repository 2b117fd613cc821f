/* SPDX-License-Identifier: MIT */
/* remote_query.h - what a Prometheus asks by remote read: snappy and protobuf, taken apart */
#ifndef EXPORTER_REMOTE_QUERY_H
#define EXPORTER_REMOTE_QUERY_H

#include "../almanac/arena.h"
#include "matchers.h"

enum {
    REMOTE_REQUEST_BYTES = 1 << 20, /* as it comes, and out of its snappy */
    REMOTE_QUERIES = 100,           /* of a request */
    REMOTE_MATCHERS = 100,          /* of a query */
};

/* What the samples are for. Milliseconds; step_ms 0: one moment, range_ms 0: no range. */
struct remote_hints {
    int64_t start_ms, end_ms, step_ms, range_ms;
    const char *function; /* the innermost, or an aggregation; "" where there is none */
};

struct remote_query {
    int64_t start_ms, end_ms; /* both included */
    bool hinted;
    struct remote_hints hints; /* where hinted */
    const struct matcher *matchers;
    size_t matcher_count;
};

/* Zero-initialise; remote_request_free after reading, whether it failed or not. */
struct remote_request {
    struct remote_query *queries;
    size_t count;
    struct arena arena;
};

/* 0, or -1 with a fault that says what is wrong with the bytes. */
int remote_request_read(struct remote_request *request, const void *bytes, size_t size,
                        struct fault *fault);
void remote_request_free(struct remote_request *request);

#endif
