/* SPDX-License-Identifier: MIT */
/* period.c - SDMX TIME_PERIOD as a span of time */
#include "period.h"

#include "civil.h"

#include <stdio.h>
#include <string.h>

static int64_t month_start(int64_t year, int64_t month)
{
    return civil_day(year, month, 1) * PERIOD_DAY;
}

/* Monday of ISO 8601 week 1, the week that contains 4 January, in days since 1970-01-01. */
static int64_t first_week(int64_t year)
{
    int64_t fourth = civil_day(year, 1, 4);
    return fourth - (fourth + 3) % 7 - ((fourth + 3) % 7 < 0 ? 7 : 0);
}

/* Takes exactly count digits off *at. */
static bool take_digits(const char **at, int count, int64_t *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

static bool take_char(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

static bool take_year(const char **at, int64_t *year)
{
    return take_digits(at, 4, year) && *year >= 1;
}

/* The letters of SDMX reporting periods, their number of digits and their length in months. */
static const struct {
    char letter;
    int digits, months, most;
} reporting[] = {
    { 'A', 1, 12, 1 }, { 'S', 1, 6, 2 }, { 'T', 1, 4, 3 }, { 'Q', 1, 3, 4 }, { 'M', 2, 1, 12 },
};

static bool read_reporting(const char *at, int64_t year, struct period *period)
{
    for (size_t i = 0; i < sizeof reporting / sizeof *reporting; i++) {
        int64_t n;
        if (*at != reporting[i].letter)
            continue;
        at++;
        if (!take_digits(&at, reporting[i].digits, &n) || *at != '\0' || n < 1 ||
            n > reporting[i].most)
            return false;
        period->start = month_start(year, 1 + (n - 1) * reporting[i].months);
        period->end = month_start(year, 1 + n * reporting[i].months);
        return true;
    }
    return false;
}

static bool read_week(const char *at, int64_t year, struct period *period)
{
    int64_t week;
    if (!take_digits(&at, 2, &week) || *at != '\0' || week < 1)
        return false;
    int64_t day = first_week(year) + (week - 1) * 7;
    if (day >= first_week(year + 1))
        return false;
    period->start = day * PERIOD_DAY;
    period->end = (day + 7) * PERIOD_DAY;
    return true;
}

static bool read_day_of_year(const char *at, int64_t year, struct period *period)
{
    int64_t day;
    if (!take_digits(&at, 3, &day) || *at != '\0' || day < 1 || day > 365 + civil_is_leap(year))
        return false;
    period->start = month_start(year, 1) + (day - 1) * PERIOD_DAY;
    period->end = period->start + PERIOD_DAY;
    return true;
}

/* "Z", "+08:00" or nothing: the clock's offset from UTC, in seconds. */
static bool take_zone(const char **at, int64_t *ahead)
{
    *ahead = 0;
    if (take_char(at, 'Z') || (**at != '+' && **at != '-'))
        return true;
    bool behind = **at == '-';
    int64_t hours, minutes;
    (*at)++;
    if (!take_digits(at, 2, &hours) || !take_char(at, ':') || !take_digits(at, 2, &minutes) ||
        minutes > 59)
        return false;
    *ahead = (hours * 3600 + minutes * 60) * (behind ? -1 : 1);
    return hours * 60 + minutes <= 14 * 60;
}

/* None, or one of zeros alone. */
static bool take_fraction(const char **at)
{
    if (!take_char(at, '.'))
        return true;
    size_t zeros = strspn(*at, "0");
    *at += zeros;
    return zeros > 0;
}

static bool take_time(const char **at, int64_t *seconds)
{
    int64_t hour, minute, second, ahead;
    if (!take_digits(at, 2, &hour) || !take_char(at, ':') || !take_digits(at, 2, &minute) ||
        !take_char(at, ':') || !take_digits(at, 2, &second) || !take_fraction(at) ||
        !take_zone(at, &ahead))
        return false;
    *seconds = hour * 3600 + minute * 60 + second - ahead;
    return hour < 24 && minute < 60 && second < 60;
}

/* A date, optionally with a time of day; *moment says which. */
static bool take_date(const char **at, int64_t *start, bool *moment)
{
    int64_t year, month, day, seconds = 0;
    if (!take_year(at, &year) || !take_char(at, '-') || !take_digits(at, 2, &month) ||
        !take_char(at, '-') || !take_digits(at, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > civil_days_in_month(year, month))
        return false;
    *moment = take_char(at, 'T');
    if (*moment && !take_time(at, &seconds))
        return false;
    *start = civil_day(year, month, day) * PERIOD_DAY + seconds;
    return true;
}

/* The designators of an ISO 8601 duration in order, dates before the 'T', times after it. */
struct duration {
    int64_t months, seconds;
};
static const struct {
    char letter;
    bool time;
    int64_t months, seconds;
} designators[] = {
    { 'Y', false, 12, 0 },         { 'M', false, 1, 0 },   { 'W', false, 0, 7 * PERIOD_DAY },
    { 'D', false, 0, PERIOD_DAY }, { 'H', true, 0, 3600 }, { 'M', true, 0, 60 },
    { 'S', true, 0, 1 },
};

static bool read_duration(const char *at, struct duration *duration)
{
    const size_t count = sizeof designators / sizeof *designators;
    bool time = false;
    size_t next = 0;
    *duration = (struct duration){ 0, 0 };
    if (!take_char(&at, 'P'))
        return false;
    while (*at != '\0') {
        if (!time && take_char(&at, 'T'))
            time = true;
        int digits = (int)strspn(at, "0123456789");
        int64_t n;
        if (digits < 1 || digits > 6 || !take_digits(&at, digits, &n))
            return false;
        while (next < count && (designators[next].letter != *at || designators[next].time != time))
            next++;
        if (next == count)
            return false;
        duration->months += n * designators[next].months;
        duration->seconds += n * designators[next++].seconds;
        at++;
    }
    return duration->months > 0 || duration->seconds > 0;
}

/* A day that the resulting month lacks becomes its last day. */
static bool add_duration(int64_t start, const struct duration *duration, int64_t *end)
{
    struct civil_moment from = civil_at(start);
    if (duration->months > 120000)
        return false;
    int64_t month = from.month + duration->months;
    int most = civil_days_in_month(from.year, month);
    int64_t day = from.day < most ? from.day : most;
    int64_t of_day = start - civil_day(from.year, from.month, from.day) * PERIOD_DAY;
    *end = civil_day(from.year, month, day) * PERIOD_DAY + of_day + duration->seconds;
    return true;
}

/* 2025-03-31, 2025-03-31T10:00:00, or either followed by '/' and a duration. */
static bool read_date(const char *at, struct period *period)
{
    bool moment;
    struct duration duration;
    if (!take_date(&at, &period->start, &moment))
        return false;
    period->end = period->start + (moment ? 1 : PERIOD_DAY);
    if (*at == '\0')
        return true;
    return take_char(&at, '/') && read_duration(at, &duration) &&
           add_duration(period->start, &duration, &period->end);
}

static bool read_year_range(const char *at, int64_t year, struct period *period)
{
    int64_t last;
    if (!take_year(&at, &last) || *at != '\0' || last < year)
        return false;
    period->start = month_start(year, 1);
    period->end = month_start(last + 1, 1);
    return true;
}

static bool read_month(const char *at, int64_t year, struct period *period)
{
    int64_t month;
    if (!take_digits(&at, 2, &month) || *at != '\0' || month < 1 || month > 12)
        return false;
    period->start = month_start(year, month);
    period->end = month_start(year, month + 1);
    return true;
}

static bool read_any(const char *text, struct period *period)
{
    const char *at = text;
    int64_t year;
    if (!take_year(&at, &year))
        return false;
    if (*at == '\0') {
        period->start = month_start(year, 1);
        period->end = month_start(year + 1, 1);
        return true;
    }
    if (take_char(&at, '/'))
        return read_year_range(at, year, period);
    if (!take_char(&at, '-'))
        return false;
    if (*at == 'W')
        return read_week(at + 1, year, period);
    if (*at == 'D')
        return read_day_of_year(at + 1, year, period);
    if (*at >= 'A')
        return read_reporting(at, year, period);
    return strlen(at) == 2 ? read_month(at, year, period) : read_date(text, period);
}

static bool is_in_calendar(const struct period *period)
{
    return period->start >= month_start(1, 1) && period->end <= month_start(10000, 1);
}

int period_read(const char *text, struct period *period, struct fault *fault)
{
    size_t length = strlen(text);
    if (length == 0)
        return fault_set(fault, "an empty text is not a period; expected one like 2024, 2024-06, "
                                "2024-Q2, 2025-W07 or 2024-06-30");
    if (length >= sizeof period->text || !read_any(text, period) || !is_in_calendar(period))
        return fault_set(fault,
                         "'%.60s' is not a period; expected one like 2024, 2024-06, 2024-Q2, "
                         "2025-W07, 2024-06-30 or 2021/2023",
                         text);
    memcpy(period->text, text, length + 1);
    return 0;
}

int64_t period_as_of(const struct period *period)
{
    return period->end - period->start < PERIOD_DAY ? period->start : period->end - PERIOD_DAY;
}

bool period_has_begun(const struct period *period, int64_t now)
{
    enum { FIRST_ZONE = 14 * 3600 };
    bool civil = period->end - period->start >= PERIOD_DAY;
    return period->start - (civil ? FIRST_ZONE : 0) <= now;
}

int64_t period_next_end(const struct period *period, char freq)
{
    struct duration rhythm = { 0, freq == 'W' ? 7 * PERIOD_DAY : freq == 'D' ? PERIOD_DAY : 0 };
    int64_t end = period->end;
    for (size_t i = 0; i < sizeof reporting / sizeof *reporting; i++)
        if (reporting[i].letter == freq)
            rhythm.months = reporting[i].months;
    add_duration(period->end, &rhythm, &end);
    return end;
}

void period_write_time(int64_t seconds, char out[PERIOD_TIME])
{
    struct civil_moment utc = civil_at(seconds);
    int length = snprintf(out, PERIOD_TIME, "%04d-%02d-%02d", utc.year, utc.month, utc.day);
    if (seconds % PERIOD_DAY != 0)
        snprintf(out + length, PERIOD_TIME - (size_t)length, "T%02d:%02d:%02dZ", utc.hour,
                 utc.minute, utc.second);
}

void period_write_moment(int64_t seconds, char out[PERIOD_TIME])
{
    period_write_time(seconds, out);
    if (strchr(out, 'T') == NULL)
        strcat(out, "T00:00:00Z");
}

static void write_week(int64_t day, int64_t year, char *out)
{
    if (day < first_week(year))
        year--;
    else if (day >= first_week(year + 1))
        year++;
    snprintf(out, PERIOD_TIME, "%04d-W%02d", (int)year, (int)((day - first_week(year)) / 7 + 1));
}

bool period_write_around(int64_t seconds, char freq, char out[PERIOD_TIME])
{
    const int64_t first = month_start(1, 1);
    if (seconds < first || seconds >= month_start(10000, 1))
        return false;
    struct civil_moment utc = civil_at(seconds);
    int year = utc.year, month = utc.month, day = utc.day;
    switch (freq) {
    case 'A': snprintf(out, PERIOD_TIME, "%04d", year); break;
    case 'S': snprintf(out, PERIOD_TIME, "%04d-S%d", year, (month + 5) / 6); break;
    case 'Q': snprintf(out, PERIOD_TIME, "%04d-Q%d", year, (month + 2) / 3); break;
    case 'M': snprintf(out, PERIOD_TIME, "%04d-%02d", year, month); break;
    case 'W': write_week(civil_day(year, month, day), year, out); break;
    case 'D': snprintf(out, PERIOD_TIME, "%04d-%02d-%02d", year, month, day); break;
    default: period_write_moment(seconds, out);
    }
    return true;
}

bool period_around(int64_t seconds, char freq, struct period *period)
{
    char text[PERIOD_TIME];
    struct fault none = { 0 };
    return period_write_around(seconds, freq, text) && period_read(text, period, &none) == 0;
}

void period_write_last(int64_t second, char out[PERIOD_TIME])
{
    bool ends_day = (second + 1) % PERIOD_DAY == 0;
    period_write_around(second, ends_day ? 'D' : '\0', out);
}

int64_t duration_read(const char *text)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = { { 's', 1 },
                  { 'm', 60 },
                  { 'h', 3600 },
                  { 'd', PERIOD_DAY },
                  { 'w', 7 * PERIOD_DAY },
                  { 'y', PERIOD_YEAR } };
    int digits = (int)strspn(text, "0123456789");
    int64_t number;
    if (digits < 1 || digits > 9 || !take_digits(&text, digits, &number) || strlen(text) != 1)
        return -1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (*text == units[i].unit)
            return number * units[i].seconds;
    return -1;
}
