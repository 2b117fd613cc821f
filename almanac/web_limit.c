/* SPDX-License-Identifier: MIT */
/* web_limit.c - a rate limit for requests: a token bucket */
#include "web_limit.h"

void web_limit_init(struct web_limit *limit, int64_t interval_ms, int64_t burst, int64_t now_ms)
{
    *limit = (struct web_limit){ .interval_ms = interval_ms, .burst = burst < 1 ? 1 : burst };
    limit->empty = now_ms - limit->burst * interval_ms;
    pthread_mutex_init(&limit->mutex, NULL);
}

void web_limit_free(struct web_limit *limit)
{
    pthread_mutex_destroy(&limit->mutex);
}

bool web_limit_take(struct web_limit *limit, int64_t now_ms)
{
    if (limit->interval_ms == 0)
        return true;
    pthread_mutex_lock(&limit->mutex);
    int64_t full = now_ms - limit->burst * limit->interval_ms;
    if (limit->empty < full)
        limit->empty = full;
    bool taken = limit->empty + limit->interval_ms <= now_ms;
    if (taken)
        limit->empty += limit->interval_ms;
    pthread_mutex_unlock(&limit->mutex);
    return taken;
}
