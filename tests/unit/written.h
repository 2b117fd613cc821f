/* SPDX-License-Identifier: MIT */
/* written.h - rows handed to a format, and what it wrote, for the tests of formats */
#ifndef TESTS_WRITTEN_H
#define TESTS_WRITTEN_H

#include "../../almanac/format.h"
#include "said.h"

struct written {
    const struct format *format;
    struct writer writer;
};

static inline void begin_writing(struct written *written, const struct format *format)
{
    written->format = format;
    format->begin(&written->writer);
}

static inline void write_said(struct written *written, const struct subject *subject,
                              const char *said)
{
    struct statement statement = statement_of(said);
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
    assert_string_equal(written->writer.out.bytes, expected);
    format_free(&written->writer);
}

#endif
