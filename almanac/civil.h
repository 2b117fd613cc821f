/* SPDX-License-Identifier: MIT */
/* civil.h - days and moments of the Gregorian calendar, counted from 1970-01-01 */
#ifndef ALMANAC_CIVIL_H
#define ALMANAC_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* Months count from 1; month 13 is January of the next year, and so on. */
int64_t civil_day(int64_t year, int64_t month, int64_t day);
int civil_days_in_month(int64_t year, int64_t month);
bool civil_is_leap(int64_t year);

/* In UTC, months and days from 1. */
struct civil_moment {
    int year, month, day, hour, minute, second;
};

/* seconds: since 1970-01-01, of a year that fits. Unlike gmtime_r's, they always have 64 bits. */
struct civil_moment civil_at(int64_t seconds);

#endif
