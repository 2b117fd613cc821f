/* SPDX-License-Identifier: MIT */
/* clock.c - the only source of the current time */
#include "clock.h"

#include <time.h>

static int64_t milliseconds(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_wall(void *owner)
{
    (void)owner;
    return milliseconds(CLOCK_REALTIME);
}

static int64_t system_steady(void *owner)
{
    (void)owner;
    return milliseconds(CLOCK_MONOTONIC);
}

const struct clock clock_system = { system_wall, system_steady, NULL };

int64_t clock_wall_ms(const struct clock *clock)
{
    return clock->wall(clock->owner);
}

int64_t clock_seconds(const struct clock *clock)
{
    return clock_wall_ms(clock) / 1000;
}

int64_t clock_steady_ms(const struct clock *clock)
{
    return clock->steady(clock->owner);
}
