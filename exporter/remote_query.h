/* SPDX-License-Identifier: MIT */
/* remote_query.h - parses the request of remote read: protobuf in snappy */
#ifndef EXPORTER_REMOTE_QUERY_H
#define EXPORTER_REMOTE_QUERY_H

#include "../almanac/arena.h"
#include "matchers.h"

enum {
    REMOTE_REQUEST_BYTES = 1 << 20, /* compressed, and also uncompressed */
    REMOTE_QUERIES = 100,           /* per request */
    REMOTE_MATCHERS = 100,          /* per query */
};

/* The purpose of the samples. Milliseconds; step_ms 0: one moment, range_ms 0: no range. */
struct remote_hints {
    int64_t start_ms, end_ms, step_ms, range_ms;
    const char *function; /* the innermost, or an aggregation; "": none */
};

struct remote_query {
    int64_t start_ms, end_ms; /* both included */
    bool hinted;
    struct remote_hints hints; /* valid if hinted */
    const struct matcher *matchers;
    size_t matcher_count;
};

/* Zero-initialise; call remote_request_free after reading, even if it failed. */
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
