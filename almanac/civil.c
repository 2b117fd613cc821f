/* SPDX-License-Identifier: MIT */
/* civil.c - days of the Gregorian calendar, counted from 1970-01-01 */
#include "civil.h"

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
