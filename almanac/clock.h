/* SPDX-License-Identifier: MIT */
/* clock.h - the only source of the current time */
#ifndef ALMANAC_CLOCK_H
#define ALMANAC_CLOCK_H

#include <stdint.h>

/* A clock is passed to every module that needs the time, so that a test can supply its own. wall:
 * milliseconds since 1970-01-01T00:00:00Z. steady: milliseconds that never go back. */
struct clock {
    int64_t (*wall)(void *owner);
    int64_t (*steady)(void *owner);
    void *owner;
};

extern const struct clock clock_system;

int64_t clock_wall_ms(const struct clock *clock);
int64_t clock_seconds(const struct clock *clock); /* wall time in whole seconds */
int64_t clock_steady_ms(const struct clock *clock);

#endif
