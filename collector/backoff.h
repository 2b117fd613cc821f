/* SPDX-License-Identifier: MIT */
/* backoff.h - the delay before a retry: exponential backoff with full jitter */
#ifndef COLLECTOR_BACKOFF_H
#define COLLECTOR_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_FIRST_MS = 2000, BACKOFF_MOST_MS = 300000, BACKOFF_ATTEMPTS = 6 };

/* Start with any state; the same state gives the same delays. */
struct backoff {
    uint64_t state;
};

/* A random delay from 0 to BACKOFF_FIRST_MS after the first failure (failures 1); the upper limit
 * doubles with each further one, up to BACKOFF_MOST_MS. */
int64_t backoff_delay(struct backoff *backoff, unsigned failures);

#endif
