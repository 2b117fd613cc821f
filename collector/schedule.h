/* SPDX-License-Identifier: MIT */
/* schedule.h - when to fetch each source: intervals, calendars and retries */
#ifndef COLLECTOR_SCHEDULE_H
#define COLLECTOR_SCHEDULE_H

#include "../almanac/clock.h"
#include "../almanac/settings.h"

#include <stdbool.h>

enum {
    SCHEDULE_SPREAD_MS = 20,           /* between the first turns of two sources, */
    SCHEDULE_SPREAD_MOST_MS = 10000,   /* and at most between the first and the last of all */
    SCHEDULE_RETRY_AFTER_MOST = 86400, /* seconds that a server may ask to wait */
    SCHEDULE_CALENDAR_MS = 60000,      /* spread of sources with the same calendar time */
};

struct schedule;

/* Borrows both arguments. The first turns are spread over a short time; once: there are no further
 * turns. After that, a source with an interval keeps its own place in it, and of several sources
 * with the same time of day each has its own place in the minute after it. */
struct schedule *schedule_open(const struct settings *settings, const struct clock *clock,
                               bool once);
void schedule_close(struct schedule *schedule);

/* Reschedules sources that wait by the calendar to the wall clock, which may have been set. */
void schedule_look_at_calendars(struct schedule *schedule);

/* Takes a source that is due and returns its index; -1: none. */
long schedule_take(struct schedule *schedule);
/* Ends a turn, successful or not. */
void schedule_done(struct schedule *schedule, size_t index);
/* Retries a failed source within the same turn; false: there is no time for that, or
 * BACKOFF_ATTEMPTS are used up; the turn is over. */
bool schedule_retry(struct schedule *schedule, size_t index);

/* The source's server asks not to be contacted for retry_after seconds (0: it asks nothing), be it
 * for a retry, which then takes the time it needs, or for the next turn. */
void schedule_wait_as_told(struct schedule *schedule, size_t index, int64_t retry_after);

/* What the servers of sources with the same name and URL asked before holds for these turns, too.
 */
void schedule_go_on_waiting(struct schedule *schedule, const struct schedule *before);

/* Milliseconds until the next source is due, at most limit. */
int64_t schedule_wait(const struct schedule *schedule, int64_t limit);

#endif
