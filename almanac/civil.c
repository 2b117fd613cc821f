/* SPDX-License-Identifier: MIT */
/* civil.c - days and moments of the Gregorian calendar, counted from 1970-01-01 */
#include "civil.h"

enum { DAY = 86400, CYCLE = 146097 }; /* seconds; the days after which the calendar repeats */

int64_t civil_day(int64_t year, int64_t month, int64_t day)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    /* Years that begin in March put the leap day last. */
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? month - 3 : month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

int civil_days_in_month(int64_t year, int64_t month)
{
    return (int)(civil_day(year, month + 1, 1) - civil_day(year, month, 1));
}

bool civil_is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

struct civil_moment civil_at(int64_t seconds)
{
    int64_t of_day = (seconds % DAY + DAY) % DAY;
    int64_t day = (seconds - of_day) / DAY + 719468; /* since 0000-03-01 */
    int64_t of_cycle = (day % CYCLE + CYCLE) % CYCLE;
    /* Without the leap days before it, every year has 365. */
    int64_t y = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / (CYCLE - 1)) / 365;
    int64_t of_year = of_cycle - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153; /* since March */
    y += (day - of_cycle) / CYCLE * 400 + (m > 9);
    return (struct civil_moment){ .year = (int)y,
                                  .month = (int)(m > 9 ? m - 9 : m + 3),
                                  .day = (int)(of_year - (153 * m + 2) / 5 + 1),
                                  .hour = (int)(of_day / 3600),
                                  .minute = (int)(of_day / 60 % 60),
                                  .second = (int)(of_day % 60) };
}
