/* SPDX-License-Identifier: MIT */
/* civil.h - days of the Gregorian calendar, counted from 1970-01-01 */
#ifndef ALMANAC_CIVIL_H
#define ALMANAC_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* Months count from 1; month 13 is January of the next year, and so on. */
int64_t civil_day(int64_t year, int64_t month, int64_t day);
int civil_days_in_month(int64_t year, int64_t month);
bool civil_is_leap(int64_t year);

#endif
