/* SPDX-License-Identifier: MIT */
/* calendar.h - the next time of a day or a month, as clocks somewhere show it */
#ifndef COLLECTOR_CALENDAR_H
#define COLLECTOR_CALENDAR_H

#include "../almanac/settings.h"

#include <stdbool.h>

/* The first moment behind now (seconds) at that time of a day, or of those days of a month; a month
 * that lacks a day has it on its last. */
int64_t calendar_next(const struct source_calendar *calendar, int64_t now);

#endif
