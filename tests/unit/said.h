/* SPDX-License-Identifier: MIT */
/* said.h - days, statements and timelines made of words */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include "../../almanac/timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static inline int64_t day_of(const char *date)
{
    struct fault fault = { 0 };
    struct period period;
    assert_int_equal(period_read(date, &period, &fault), 0);
    return period.start;
}

/* "2024-06 >4 P": a dash is a withdrawn value, the status may be left out. */
static inline struct statement statement_of(const char *words)
{
    struct fault fault = { 0 };
    struct statement statement = { .status = 'A' };
    char period[32], comparator[3], value[40];
    int read = sscanf(words, "%31s %39s %c", period, value, &statement.status);
    assert_true(read >= 2);
    size_t qualified = strspn(value, "<>=~");
    snprintf(comparator, sizeof comparator, "%.*s", (int)qualified, value);
    assert_true(comparator_read(comparator, &statement.comparator));
    assert_int_equal(period_read(period, &statement.period, &fault), 0);
    statement.missing = strcmp(value + qualified, "-") == 0;
    if (!statement.missing)
        assert_int_equal(quantity_read(value + qualified, &statement.value, &fault), 0);
    return statement;
}

#define SAID(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Made anew. */
static inline void tell_timeline(struct timeline *timeline, enum figure_kind kind,
                                 const char *const *said)
{
    timeline_clear(timeline);
    for (; *said != NULL; said++) {
        struct statement statement = statement_of(*said);
        timeline_add(timeline, &statement);
    }
    timeline_settle(timeline, kind);
}

#endif
