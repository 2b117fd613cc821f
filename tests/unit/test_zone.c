/* SPDX-License-Identifier: MIT */
/* test_zone.c - what clocks show somewhere, through their changes and beyond the tables */
#include "../../almanac/zone.h"

#include "../../almanac/zone_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static int64_t at(const char *text)
{
    struct tm date = { 0 };
    assert_non_null(strptime(text, "%Y-%m-%d %H:%M", &date));
    return timegm(&date);
}

static void the_clocks_show_what_they_do(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *shown, *utc;
    } cases[] = {
        { "UTC", "2026-11-24 08:30", "2026-11-24 08:30" },
        { "Asia/Shanghai", "2026-11-24 08:30", "2026-11-24 00:30" },
        { "Asia/Shanghai", "2026-01-01 00:00", "2025-12-31 16:00" },
        { "Asia/Shanghai", "2090-07-01 08:30", "2090-07-01 00:30" },
        { "Asia/Kathmandu", "2026-11-24 08:30", "2026-11-24 02:45" },
        { "Europe/Berlin", "2026-01-15 08:30", "2026-01-15 07:30" },
        { "Europe/Berlin", "2026-07-15 08:30", "2026-07-15 06:30" },
        { "Europe/Berlin", "2026-03-29 01:59", "2026-03-29 00:59" },
        { "Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30" }, /* never: shown as 03:30 */
        { "Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00" },
        { "Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30" }, /* twice: the first */
        { "Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00" },
        { "Europe/Berlin", "2060-07-15 08:30", "2060-07-15 06:30" },
        { "Europe/Berlin", "2060-12-15 08:30", "2060-12-15 07:30" },
        { "America/New_York", "2026-03-08 02:30", "2026-03-08 07:30" },
        { "America/New_York", "2026-11-01 01:30", "2026-11-01 05:30" },
        { "America/New_York", "2026-11-01 02:00", "2026-11-01 07:00" },
        { "Australia/Lord_Howe", "2026-01-15 08:30", "2026-01-14 21:30" },
        { "Australia/Lord_Howe", "2026-07-15 08:30", "2026-07-14 22:00" },
        { "Australia/Sydney", "2070-01-15 08:30", "2070-01-14 21:30" },
        { "Europe/Berlin", "1960-07-01 12:00", "1960-07-01 11:00" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = { 0 };
        struct fault fault = { 0 };
        const struct zone *zone = zone_read(cases[i].zone, &arena, &fault);
        assert_string_equal(fault.text, "");
        if (zone_moment(zone, at(cases[i].shown)) != at(cases[i].utc))
            fail_msg("%s %s is %+lld s off", cases[i].zone, cases[i].shown,
                     (long long)(zone_moment(zone, at(cases[i].shown)) - at(cases[i].utc)));
        arena_free(&arena);
    }
}

static void every_change_of_fifty_years_is_that_of_the_c_library(void **state)
{
    (void)state;
    static const char *const names[] = { "Europe/London", "America/Sao_Paulo", "Asia/Tehran",
                                         "Pacific/Apia", "Africa/Casablanca" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena arena = { 0 };
        struct fault fault = { 0 };
        const struct zone *zone = zone_read(names[i], &arena, &fault);
        assert_non_null(zone);
        setenv("TZ", names[i], 1);
        tzset();
        for (int64_t moment = at("2000-01-01 00:00"); moment < at("2050-01-01 00:00");
             moment += 86400 / 2 + 1800) {
            struct tm shown;
            time_t seconds = moment;
            localtime_r(&seconds, &shown);
            if (shown.tm_gmtoff != zone_offset(zone, moment))
                fail_msg("%s at %lld", names[i], (long long)moment);
        }
        arena_free(&arena);
    }
    setenv("TZ", "UTC", 1);
    tzset();
}

/* Half-hourly through four years, one of which has a leap day. */
static void every_rule_means_what_it_does_to_the_c_library(void **state)
{
    static const char *const rules[] = {
        "CST-8",
        "<+0330>-3:30",
        "EST5EDT,M3.2.0,M11.1.0",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "AEST-10AEDT,M10.1.0,M4.1.0/3", /* its summer is at the year's ends */
        "IST-2IDT,M3.4.4/26,M10.5.0",
        "<-03>3<-02>,J60,J300/1:30",
        "<-03>3<-02>,J59,J61",
        "AAA3BBB2:30,59/0,364/20",
        "AAA-3BBB-3:30:00,5/0,58",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct zone_rule rule;
        assert_true(zone_rule_read(rules[i], strlen(rules[i]), &rule));
        setenv("TZ", rules[i], 1);
        tzset();
        for (int64_t moment = at("2025-01-01 00:00"); moment < at("2029-01-01 00:00");
             moment += moment % 2 == 0 ? 1799 : 1) { /* and a second before */
            struct tm shown;
            time_t seconds = moment;
            localtime_r(&seconds, &shown);
            if (shown.tm_gmtoff != zone_rule_offset(&rule, moment))
                fail_msg("%s at %lld", rules[i], (long long)moment);
        }
    }
    setenv("TZ", "UTC", 1);
    tzset();
}

static void what_is_no_zone_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",     "Mars/Olympus", "../../../etc/passwd", "/etc/passwd",
        "Asia", "zone.tab",     "Asia/Shanghai\n"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena arena = { 0 };
        struct fault fault = { 0 };
        assert_null(zone_read(names[i], &arena, &fault));
        assert_string_not_equal(fault.text, "");
        arena_free(&arena);
    }
}

static void rules_are_read_or_refused(void **state)
{
    (void)state;
    static const char *const good[] = { "UTC0",
                                        "CST-8",
                                        "<+0330>-3:30",
                                        "EST5EDT,M3.2.0,M11.1.0",
                                        "CET-1CEST,M3.5.0,M10.5.0/3",
                                        "<-03>3<-02>,J60,J300/-1",
                                        "AAA3BBB2:30,0/0,365/167",
                                        "AAA3:59:59BBB,M1.1.6,M12.5.0" };
    static const char *const bad[] = { "",
                                       "AB1",
                                       "CET",
                                       "CET-1CEST",
                                       "CET-1CEST,M3.5.0",
                                       "CET-1CEST,M13.5.0,M10.5.0",
                                       "CET-1CEST,M0.5.0,M10.5.0",
                                       "CET-1CEST,M3.0.0,M10.5.0",
                                       "CET-1CEST,M3.6.0,M10.5.0",
                                       "CET-1CEST,M3.5.7,M10.5.0",
                                       "CET-1CEST,M3.5.0,M10.5.0x",
                                       "<CET-1",
                                       "CET-1:60",
                                       "CET-168",
                                       "CET-1:00:60",
                                       "CET-1CEST2:60,1,2",
                                       "CET-1CEST,366,1",
                                       "CET-1CEST,M3.5.0/x,M10.5.0",
                                       "CET-1CEST;1,2" };
    struct zone_rule rule;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!zone_rule_read(good[i], strlen(good[i]), &rule))
            fail_msg("%s was refused", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (zone_rule_read(bad[i], strlen(bad[i]), &rule))
            fail_msg("%s was read", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clocks_show_what_they_do),
        cmocka_unit_test(every_change_of_fifty_years_is_that_of_the_c_library),
        cmocka_unit_test(every_rule_means_what_it_does_to_the_c_library),
        cmocka_unit_test(what_is_no_zone_is_refused),
        cmocka_unit_test(rules_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
