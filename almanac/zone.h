/* SPDX-License-Identifier: MIT */
/* zone.h - time zones from the system's database (RFC 8536) */
#ifndef ALMANAC_ZONE_H
#define ALMANAC_ZONE_H

#include "arena.h"
#include "fault.h"

#include <stdint.h>

struct zone;

/* "Asia/Shanghai", looked up below $TZDIR or /usr/share/zoneinfo; "UTC" needs no database. Lives in
 * the arena. NULL with a fault. */
const struct zone *zone_read(const char *name, struct arena *arena, struct fault *fault);

/* The zone's offset from UTC in seconds at this moment (seconds since 1970). */
int64_t zone_offset(const struct zone *zone, int64_t moment);

/* The moment when local clocks show this many seconds since 1970-01-01T00:00:00; the first moment
 * if they show it twice. If a clock change skips that time, the offset before the change counts. */
int64_t zone_moment(const struct zone *zone, int64_t shown);

#endif
