/* SPDX-License-Identifier: MIT */
/* backoff.c - the delay before a retry: exponential backoff with full jitter */
#include "backoff.h"

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t next_number(struct backoff *backoff)
{
    uint64_t z = backoff->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

int64_t backoff_delay(struct backoff *backoff, unsigned failures)
{
    uint64_t most = BACKOFF_FIRST_MS;
    while (--failures > 0 && most < BACKOFF_MOST_MS)
        most *= 2;
    if (most > BACKOFF_MOST_MS)
        most = BACKOFF_MOST_MS;
    return (int64_t)(next_number(backoff) % (most + 1));
}
