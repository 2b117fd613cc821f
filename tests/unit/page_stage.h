/* SPDX-License-Identifier: MIT */
/* page_stage.h - a metrics page is read, and what was visited and complained of stands in words */
#ifndef TESTS_PAGE_STAGE_H
#define TESTS_PAGE_STAGE_H

#include "../../almanac/text.h"
#include "../../collector/page.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* family type name{label=value,} value @time, one a line */
static inline void write_visited(void *context, const struct page_sample *sample)
{
    struct text *out = context;
    text_printf(out, "%s %s %s{", sample->family, page_type_names[sample->type], sample->name);
    for (size_t i = 0; i < sample->label_count; i++)
        text_printf(out, "%s=%s,", sample->labels[i].name, sample->labels[i].value);
    text_printf(out, "} %s", sample->value);
    if (sample->timed)
        text_printf(out, " @%" PRId64, sample->at);
    text_char(out, '\n');
}

/* What was visited, and then the complaint: "LINE:COLUMN: words". The bytes end where their memory
 * does. */
static inline void read_page(const char *bytes, size_t size, enum exposition_format exposition,
                             struct text *out)
{
    char *copy = malloc(size > 0 ? size : 1);
    memcpy(copy, bytes, size);
    struct page page = { .bytes = copy,
                         .size = size,
                         .exposition = exposition,
                         .visit = write_visited,
                         .context = out };
    text_put(out, "");
    if (page_read(&page) != 0)
        text_printf(out, "%zu:%zu: %s", page.line, page.column, page.fault.text);
    free(copy);
}

static inline void must_say(const char *page, enum exposition_format exposition,
                            const char *expected)
{
    struct text said = { 0 };
    read_page(page, strlen(page), exposition, &said);
    assert_string_equal(said.bytes, expected);
    text_free(&said);
}

/* The complaint alone, whatever was visited before it. */
static inline void must_complain_of(const char *page, enum exposition_format exposition,
                                    const char *expected)
{
    struct text said = { 0 };
    read_page(page, strlen(page), exposition, &said);
    const char *last = strrchr(said.bytes, '\n');
    assert_string_equal(last == NULL ? said.bytes : last + 1, expected);
    text_free(&said);
}

#endif
