/* SPDX-License-Identifier: MIT */
/* calendar.c - the next time of a source's calendar, in its time zone */
#include "calendar.h"

#include "../almanac/civil.h"
#include "../almanac/zone.h"

enum { DAY = 86400, DAYS_LOOKED_AT = 64 };

/* day: days since 1970-01-01. */
static bool is_on(const struct source_calendar *calendar, int64_t day)
{
    struct civil_moment date = civil_at(day * DAY);
    uint32_t from_here = calendar->days >> date.day; /* bit 0 is this day */
    bool last = date.day == civil_days_in_month(date.year, date.month);
    return calendar->days == 0 || (last ? from_here != 0 : (from_here & 1) != 0);
}

int64_t calendar_next(const struct source_calendar *calendar, int64_t now)
{
    int64_t today = (now + zone_offset(calendar->zone, now)) / DAY;
    /* A time that was skipped before midnight is made up for on the next day. */
    for (int64_t day = today - 1; day < today + DAYS_LOOKED_AT; day++) {
        int64_t moment = zone_moment(calendar->zone, day * DAY + calendar->at);
        if (moment > now && is_on(calendar, day))
            return moment;
    }
    return now + DAY; /* not reached: every month has a last day */
}
