/* SPDX-License-Identifier: MIT */
/* turns.h - when to fetch each source: intervals, calendars and retries */
#ifndef COLLECTOR_TURNS_H
#define COLLECTOR_TURNS_H

#include "../almanac/clock.h"
#include "../almanac/settings.h"

#include <stdbool.h>

enum {
    TURNS_SPREAD_MS = 20,           /* between the first turns of two sources, */
    TURNS_SPREAD_MOST_MS = 10000,   /* and at most between the first and the last of all */
    TURNS_RETRY_AFTER_MOST = 86400, /* seconds that a server may ask to wait */
    TURNS_CALENDAR_MS = 60000,      /* spread of sources with the same calendar time */
};

struct turns;

/* Borrows both arguments. The first turns are spread over a short time; once: there are no further
 * turns. After that, a source with an interval keeps its own place in it, and of several sources
 * with the same time of day each has its own place in the minute after it. */
struct turns *turns_open(const struct settings *settings, const struct clock *clock, bool once);
void turns_close(struct turns *turns);

/* Reschedules sources that wait by the calendar to the wall clock, which may have been set. */
void turns_look_at_calendars(struct turns *turns);

/* Takes a source that is due and returns its index; -1: none. */
long turns_take(struct turns *turns);
/* Ends a turn, successful or not. */
void turns_done(struct turns *turns, size_t index);
/* Retries a failed source within the same turn; false: there is no time for that, or
 * BACKOFF_ATTEMPTS are used up; the turn is over. */
bool turns_retry(struct turns *turns, size_t index);

/* The source's server asks not to be contacted for retry_after seconds (0: it asks nothing), be it
 * for a retry, which then takes the time it needs, or for the next turn. */
void turns_wait_as_told(struct turns *turns, size_t index, int64_t retry_after);

/* What the servers of sources with the same name and URL asked before holds for these turns, too.
 */
void turns_go_on_waiting(struct turns *turns, const struct turns *before);

/* Milliseconds until the next source is due, at most limit. */
int64_t turns_wait(const struct turns *turns, int64_t limit);

#endif
