/* SPDX-License-Identifier: MIT */
/* test_calendar.c - the next time of a day or a month, in summer and in winter */
#include "../../collector/calendar.h"

#include "../../almanac/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#define ON(day) (UINT32_C(1) << (day))

static int64_t at(const char *text)
{
    struct tm date = { 0 };
    assert_non_null(strptime(text, "%Y-%m-%d %H:%M", &date));
    return timegm(&date);
}

static void the_next_time_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *time;
        uint32_t days;
        const char *now, *next; /* UTC */
    } cases[] = {
        { "UTC", "08:30", 0, "2026-11-24 08:29", "2026-11-24 08:30" },
        { "UTC", "08:30", 0, "2026-11-24 08:30", "2026-11-25 08:30" },
        { "UTC", "00:00", 0, "2026-12-31 23:59", "2027-01-01 00:00" },
        { "Asia/Shanghai", "08:30", 0, "2026-11-24 00:29", "2026-11-24 00:30" },
        { "Asia/Shanghai", "02:00", 0, "2026-11-24 17:00", "2026-11-24 18:00" },
        { "UTC", "08:30", ON(1) | ON(15), "2026-11-02 00:00", "2026-11-15 08:30" },
        { "UTC", "08:30", ON(1) | ON(15), "2026-11-15 08:30", "2026-12-01 08:30" },
        { "Asia/Shanghai", "01:00", ON(1), "2026-11-30 16:30", "2026-11-30 17:00" },
        { "UTC", "08:30", ON(31), "2026-11-24 00:00", "2026-11-30 08:30" },
        { "UTC", "08:30", ON(31), "2026-11-30 09:00", "2026-12-31 08:30" },
        { "UTC", "08:30", ON(30), "2027-02-01 00:00", "2027-02-28 08:30" },
        { "UTC", "08:30", ON(29), "2028-02-01 00:00", "2028-02-29 08:30" },
        { "UTC", "08:30", ON(29) | ON(31), "2027-02-01 00:00", "2027-02-28 08:30" },
        { "UTC", "08:30", ON(29) | ON(31), "2027-02-28 09:00", "2027-03-29 08:30" },
        { "Europe/Berlin", "02:30", 0, "2026-03-28 12:00", "2026-03-29 01:30" },
        { "Europe/Berlin", "02:30", 0, "2026-03-29 02:00", "2026-03-30 00:30" },
        { "Europe/Berlin", "02:30", 0, "2026-10-24 12:00", "2026-10-25 00:30" },
        { "Europe/Berlin", "02:30", 0, "2026-10-25 00:30", "2026-10-26 01:30" },
        { "America/Nuuk", "23:30", 0, "2027-03-28 00:30", "2027-03-28 01:30" },
        { "America/Nuuk", "23:30", 0, "2027-03-28 01:10", "2027-03-28 01:30" },
        { "America/Nuuk", "23:30", 0, "2027-03-28 01:30", "2027-03-29 00:30" },
        { "Pacific/Apia", "08:30", ON(30), "2011-12-29 00:00", "2011-12-30 18:30" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = { 0 };
        struct fault fault = { 0 };
        int64_t time = at("1970-01-01 00:00"), next;
        struct tm date = { 0 };
        strptime(cases[i].time, "%H:%M", &date);
        time += date.tm_hour * 3600 + date.tm_min * 60;
        struct source_calendar calendar = { zone_read(cases[i].zone, &arena, &fault), time,
                                            cases[i].days };
        assert_string_equal(fault.text, "");
        next = calendar_next(&calendar, at(cases[i].now));
        if (next != at(cases[i].next))
            fail_msg("%s %s after %s: %+lld s off", cases[i].zone, cases[i].time, cases[i].now,
                     (long long)(next - at(cases[i].next)));
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_next_time_is_found) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
