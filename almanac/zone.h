/* SPDX-License-Identifier: MIT */
/* zone.h - time zones from the system's database (RFC 8536) */
#ifndef ALMANAC_ZONE_H
#define ALMANAC_ZONE_H

#include "arena.h"
#include "fault.h"

#include <stdint.h>

struct zone;

/* "Asia/Shanghai", below $TZDIR or /usr/share/zoneinfo; "UTC" needs no database. It lives in the
 * arena. NULL with a fault. */
const struct zone *zone_read(const char *name, struct arena *arena, struct fault *fault);

/* Seconds that clocks there are ahead of UTC at this moment (seconds since 1970). */
int64_t zone_offset(const struct zone *zone, int64_t moment);

/* The moment when clocks there show so many seconds since 1970-01-01T00:00:00; the first, where
 * they show it twice, and where they never do, as long behind the change as it would have been
 * shown. */
int64_t zone_moment(const struct zone *zone, int64_t shown);

#endif
