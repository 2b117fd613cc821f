/* SPDX-License-Identifier: MIT */
/* civil.h - days of the Gregorian calendar, counted from 1970-01-01 */
#ifndef ALMANAC_CIVIL_H
#define ALMANAC_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* Months count from 1; 13 is the next year's January, and so on. */
int64_t civil_day(int64_t year, int64_t month, int64_t day);
int civil_days_in_month(int64_t year, int64_t month);
bool civil_is_leap(int64_t year);

#endif
