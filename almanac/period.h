/* SPDX-License-Identifier: MIT */
/* period.h - SDMX TIME_PERIOD as a span of time */
#ifndef ALMANAC_PERIOD_H
#define ALMANAC_PERIOD_H

#include "fault.h"

#include <stdbool.h>
#include <stdint.h>

enum { PERIOD_TEXT = 64, PERIOD_TIME = 32 };
enum { PERIOD_DAY = 86400, PERIOD_YEAR = 365 * PERIOD_DAY /* as in a duration */ };

/* [start, end) in seconds since 1970-01-01T00:00:00Z; civil dates are UTC days. Years 1 to 9999. */
struct period {
    int64_t start, end;
    char text[PERIOD_TEXT]; /* as it was reported */
};

/* Reads (SDMX 2.1 section 6, technical notes 4.2):
 *   2025  2025-03  2025-03-31  2025-03-31T10:00:00[Z|+08:00]
 *   2025-A1  2025-S1  2025-T1  2025-Q3  2025-M09  2025-W07 (ISO 8601 weeks)  2025-D045
 *   2025-01-01/P9M (start and ISO 8601 duration)  2021/2023 (whole years, both included)
 * A moment is a period of one second. Returns 0, or -1 with a fault that says what was expected. */
int period_read(const char *text, struct period *period, struct fault *fault);

/* The start of the period's last day; for a period shorter than a day, its start. A figure of the
 * period is "as of" this moment. */
int64_t period_as_of(const struct period *period);

/* A civil day begins first in UTC+14: there it is today already. What is shorter begins when it
 * says. */
bool period_has_begun(const struct period *period, int64_t now);

/* The end of the next period, at the rhythm of an SDMX CL_FREQ: A S Q M W D. */
int64_t period_next_end(const struct period *period, char freq);

/* "2024-06-30", or "2024-06-30T10:00:00Z" if the time is not midnight. */
void period_write_time(int64_t seconds, char out[PERIOD_TIME]);

/* The same, always with the time. */
void period_write_moment(int64_t seconds, char out[PERIOD_TIME]);

/* The day whose last second this is, "2024-06-30", or else the second, "2024-06-30T10:00:00Z". */
void period_write_last(int64_t second, char out[PERIOD_TIME]);

/* The period that contains the moment, of the length of an SDMX CL_FREQ (otherwise a second):
 * "2024-06", "2024-W26", "2024-06-30T10:00:00Z". False outside the years 1 to 9999. */
bool period_write_around(int64_t seconds, char freq, char out[PERIOD_TIME]);
bool period_around(int64_t seconds, char freq, struct period *period);

/* Prometheus' duration units: "90s", "15m", "6h", "1d", "2w", "1y" (365 days) to seconds, or -1. */
int64_t duration_read(const char *text);

#endif
