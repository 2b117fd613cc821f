/* SPDX-License-Identifier: MIT */
/* zone_rule.c - POSIX rules for a zone's future, "CET-1CEST,M3.5.0,M10.5.0/3" */
#include "zone_rule.h"

#include "civil.h"

#include <ctype.h>
#include <string.h>

enum { DAY = 86400 };

/* The unread rest. */
struct rest {
    const char *at, *end;
};

static bool take(struct rest *rest, char c)
{
    bool there = rest->at < rest->end && *rest->at == c;
    rest->at += there;
    return there;
}

static bool take_number(struct rest *rest, int *number, int most)
{
    const char *begin = rest->at;
    *number = 0;
    while (rest->at < rest->end && isdigit((unsigned char)*rest->at) && *number <= most)
        *number = *number * 10 + (*rest->at++ - '0');
    return rest->at > begin && *number <= most;
}

/* Three letters or more, or anything between < and >. */
static bool take_name(struct rest *rest)
{
    const char *begin = rest->at;
    if (take(rest, '<')) {
        while (rest->at < rest->end && *rest->at != '>')
            rest->at++;
        return take(rest, '>');
    }
    while (rest->at < rest->end && isalpha((unsigned char)*rest->at))
        rest->at++;
    return rest->at - begin >= 3;
}

/* [+-]H[:MM[:SS]] */
static bool take_time(struct rest *rest, int64_t *seconds)
{
    int hours, part = 0;
    bool negative = take(rest, '-');
    if (!negative)
        take(rest, '+');
    if (!take_number(rest, &hours, 167))
        return false;
    *seconds = hours * 3600;
    for (int unit = 60; unit >= 1 && take(rest, ':'); unit /= 60) {
        if (!take_number(rest, &part, 59))
            return false;
        *seconds += part * unit;
    }
    if (negative)
        *seconds = -*seconds;
    return true;
}

static bool take_date(struct rest *rest, struct zone_date *date)
{
    date->seconds = 2 * 3600;
    date->form = take(rest, 'M') ? 'M' : take(rest, 'J') ? 'J' : '0';
    if (date->form == 'M') {
        if (!take_number(rest, &date->month, 12) || !take(rest, '.') ||
            !take_number(rest, &date->week, 5) || !take(rest, '.') ||
            !take_number(rest, &date->day, 6) || date->month < 1 || date->week < 1)
            return false;
    } else if (!take_number(rest, &date->day, 365)) {
        return false;
    }
    return !take(rest, '/') || take_time(rest, &date->seconds);
}

/* POSIX signs: an offset ahead of UTC is negative. */
bool zone_rule_read(const char *text, size_t size, struct zone_rule *rule)
{
    struct rest rest = { text, text + size };
    *rule = (struct zone_rule){ 0 };
    if (!take_name(&rest) || !take_time(&rest, &rule->standard))
        return false;
    rule->standard = -rule->standard;
    rule->has_summer = rest.at < rest.end;
    if (!rule->has_summer)
        return true;
    if (!take_name(&rest))
        return false;
    rule->summer = rule->standard + 3600;
    if (rest.at < rest.end && *rest.at != ',') {
        if (!take_time(&rest, &rule->summer))
            return false;
        rule->summer = -rule->summer;
    }
    return take(&rest, ',') && take_date(&rest, &rule->begin) && take(&rest, ',') &&
           take_date(&rest, &rule->end) && rest.at == rest.end;
}

/* The date's day in this year, since 1970. */
static int64_t day_in(const struct zone_date *date, int year)
{
    if (date->form == '0')
        return civil_day(year, 1, 1) + date->day;
    if (date->form == 'J')
        return civil_day(year, 1, 1) + date->day - 1 + (civil_is_leap(year) && date->day >= 60);
    int64_t first = civil_day(year, date->month, 1);
    int64_t behind = civil_day(year, date->month + 1, 1);
    int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    int64_t day = first + (date->day - weekday + 7) % 7 + (date->week - 1) * 7;
    return day >= behind ? day - 7 : day;
}

int64_t zone_rule_offset(const struct zone_rule *rule, int64_t moment)
{
    if (!rule->has_summer)
        return rule->standard;
    int year = civil_at(moment + rule->standard).year;
    int64_t begin = day_in(&rule->begin, year) * DAY + rule->begin.seconds - rule->standard;
    int64_t end = day_in(&rule->end, year) * DAY + rule->end.seconds - rule->summer;
    bool summer = begin < end ? moment >= begin && moment < end : moment >= begin || moment < end;
    return summer ? rule->summer : rule->standard;
}
