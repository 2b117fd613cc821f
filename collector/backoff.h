/* SPDX-License-Identifier: MIT */
/* backoff.h - how long to wait before another attempt: exponential, with full jitter */
#ifndef COLLECTOR_BACKOFF_H
#define COLLECTOR_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_FIRST_MS = 2000, BACKOFF_MOST_MS = 300000, BACKOFF_ATTEMPTS = 6 };

/* Any number will do to begin with; the same one gives the same delays. */
struct backoff {
    uint64_t state;
};

/* Milliseconds from 0 to BACKOFF_FIRST_MS after the first failure (failures 1), twice as much
 * after each further one, at most BACKOFF_MOST_MS. */
int64_t backoff_delay(struct backoff *backoff, unsigned failures);

#endif
