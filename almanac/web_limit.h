/* SPDX-License-Identifier: MIT */
/* web_limit.h - how many requests there may be in a time: a bucket of tokens */
#ifndef ALMANAC_WEB_LIMIT_H
#define ALMANAC_WEB_LIMIT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* A request takes a token out of the bucket; one comes in every interval. */
struct web_limit {
    int64_t interval_ms; /* 0: no limit */
    int64_t burst;       /* tokens that the bucket holds, at least one */
    int64_t empty;       /* when the bucket was empty, as counted from its tokens */
    pthread_mutex_t mutex;
};

/* The bucket is full at first. */
void web_limit_init(struct web_limit *limit, int64_t interval_ms, int64_t burst, int64_t now_ms);
void web_limit_free(struct web_limit *limit);

/* Whether a request may be answered now. Safe from several threads. */
bool web_limit_take(struct web_limit *limit, int64_t now_ms);

#endif
