/* SPDX-License-Identifier: MIT */
/* web_limit.h - a rate limit for requests: a token bucket */
#ifndef ALMANAC_WEB_LIMIT_H
#define ALMANAC_WEB_LIMIT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Each request takes a token; one is added per interval. */
struct web_limit {
    int64_t interval_ms; /* 0: no limit */
    int64_t burst;       /* capacity of the bucket, at least one */
    int64_t empty;       /* when the bucket was empty, computed from its tokens */
    pthread_mutex_t mutex;
};

/* The bucket starts full. */
void web_limit_init(struct web_limit *limit, int64_t interval_ms, int64_t burst, int64_t now_ms);
void web_limit_free(struct web_limit *limit);

/* Whether a request may be answered now. Thread-safe. */
bool web_limit_take(struct web_limit *limit, int64_t now_ms);

#endif
