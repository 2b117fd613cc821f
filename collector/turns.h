/* SPDX-License-Identifier: MIT */
/* turns.h - when each source is asked: periods, calendars, and further attempts */
#ifndef COLLECTOR_TURNS_H
#define COLLECTOR_TURNS_H

#include "../almanac/clock.h"
#include "../almanac/settings.h"

#include <stdbool.h>

enum {
    TURNS_SPREAD_MS = 20,           /* between the first turns of two sources, */
    TURNS_SPREAD_MOST_MS = 10000,   /* and of all of them at most */
    TURNS_RETRY_AFTER_MOST = 86400, /* seconds that a server may ask to wait */
    TURNS_CALENDAR_MS = 60000,      /* behind the time that several have in their calendars */
};

struct turns;

/* Borrows both. The first turns come one shortly after the other; once: they are the only ones.
 * From then on a source with a period has a place of its own in it, and one of several with the
 * same time of the day a place in the minute behind that. */
struct turns *turns_open(const struct settings *settings, const struct clock *clock, bool once);
void turns_close(struct turns *turns); /* NULL is nothing */

/* Puts those that wait by the calendar where the wall clock, which may have been set, has them. */
void turns_look_at_calendars(struct turns *turns);

/* The index of a source that is to be asked now, and then is under way; -1: none. */
long turns_take(struct turns *turns);
/* Its turn is over, well or not. */
void turns_done(struct turns *turns, size_t index);
/* It failed, and is asked again within the same turn; false: there is no time for that, or it was
 * asked BACKOFF_ATTEMPTS times; the turn is over. retry_after: seconds before which the server does
 * not want to be asked, also in the next turn; 0: it does not say. */
bool turns_retry(struct turns *turns, size_t index, int64_t retry_after);

/* A server does not want the source to be asked for so many seconds, also in the next turn. */
void turns_wait_as_told(struct turns *turns, size_t index, int64_t retry_after);

/* The steady milliseconds before which the server of a source does not want to be asked. */
int64_t turns_held(const struct turns *turns, size_t index);
void turns_hold(struct turns *turns, size_t index, int64_t until);

/* Milliseconds until the next is to be asked, at most limit. */
int64_t turns_wait(const struct turns *turns, int64_t limit);

#endif
