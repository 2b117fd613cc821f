/* SPDX-License-Identifier: MIT */
/* written.h - rows handed to a format, and what it wrote, for the tests of formats */
#ifndef TESTS_WRITTEN_H
#define TESTS_WRITTEN_H

#include "../../almanac/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct written {
    const struct format *format;
    struct writer writer;
};

static inline void begin_writing(struct written *written, const struct format *format)
{
    written->format = format;
    format->begin(&written->writer);
}

/* value NULL: missing; comparator in front of it: ">160". */
static inline struct statement statement_of(const char *period, const char *value, char status)
{
    struct fault fault = { 0 };
    struct statement statement = { .missing = value == NULL, .status = status };
    assert_int_equal(period_read(period, &statement.period, &fault), 0);
    if (value != NULL && (*value == '>' || *value == '<'))
        statement.comparator = *value++ == '>' ? COMPARATOR_MORE : COMPARATOR_LESS;
    if (value != NULL)
        assert_int_equal(quantity_read(value, &statement.value, &fault), 0);
    return statement;
}

static inline void write_said(struct written *written, const struct subject *subject,
                              const char *period, const char *value)
{
    struct statement statement = statement_of(period, value, value == NULL ? 'L' : 'A');
    struct row row = {
        .subject = subject, .statement = &statement, .recorded = 1700000000, .source = "reply"
    };
    written->format->row(&written->writer, &row);
}

static inline void end_series(struct written *written, const struct subject *subject)
{
    if (written->format->end_series != NULL)
        while (written->format->end_series(&written->writer, subject))
            ;
}

static inline void must_have_written(struct written *written, const char *expected)
{
    written->format->end(&written->writer);
    assert_false(text_failed(&written->writer.out));
    assert_string_equal(written->writer.out.bytes, expected);
    format_free(&written->writer);
}

#endif
