/* SPDX-License-Identifier: MIT */
/* calendar.h - the next time of a source's calendar, in its time zone */
#ifndef COLLECTOR_CALENDAR_H
#define COLLECTOR_CALENDAR_H

#include "../almanac/settings.h"

/* The first moment after now (seconds) at the calendar's time, on its days; in a month that lacks a
 * day, that day is the last of the month. */
int64_t calendar_next(const struct source_calendar *calendar, int64_t now);

#endif
