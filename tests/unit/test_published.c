/* SPDX-License-Identifier: MIT */
/* test_published.c - places in a text are found wherever they are, and soon */
#include "../../almanac/clock.h"
#include "../../collector/published.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void read_plain(struct published *published, const struct text *document)
{
    struct fault fault = { 0 };
    assert_int_equal(published_read(published, document->bytes, document->size, false, &fault), 0);
}

/* Counts from the beginning. */
static void must_be_at_its_place(const struct published *published, size_t at)
{
    char place[PUBLISHED_PLACE], expected[PUBLISHED_PLACE];
    size_t origin = reduced_origin(&published->reduced, at), line = 1, column = 1;
    for (size_t i = 0; i < origin; i++) {
        column += ((unsigned char)published->bytes[i] & 0xC0) != 0x80;
        if (published->bytes[i] == '\n') {
            line++;
            column = 1;
        }
    }
    snprintf(expected, sizeof expected, ":%zu:%zu", line, column);
    assert_int_equal(published_place(published, at, place), line);
    assert_string_equal(place, expected);
}

static void places_are_told_in_any_order(void **state)
{
    (void)state;
    struct text document = { 0 };
    struct published published;
    for (int i = 0; i < 400; i++)
        text_printf(&document, "%d 家平台 %s", i,
                    i % 97 == 0   ? "\n"
                    : i % 41 == 0 ? "é. \n\n"
                                  : "");
    read_plain(&published, &document);
    for (size_t at = 0; at < published.reduced.text.size; at += 5)
        must_be_at_its_place(&published, at);
    for (size_t at = published.reduced.text.size; at > 7; at -= 7)
        must_be_at_its_place(&published, at - 1);
    published_free(&published);
    text_free(&document);
}

static void a_long_line_costs_no_more_than_short_ones(void **state)
{
    (void)state;
    enum { SIZE = 4 << 20, PLACES = 200000, HANG_MS = 20000 };
    struct text document = { 0 };
    struct published published;
    char place[PUBLISHED_PLACE];
    for (int i = 0; i < SIZE / 16; i++)
        text_put(&document, "0123456789abcdef");
    read_plain(&published, &document);
    int64_t begin = clock_steady_ms(&clock_system);
    for (size_t i = 0; i < PLACES; i++) {
        published_place(&published, SIZE - 1 - i % 2 * SIZE / 2, place);
        assert_true(i % 1000 != 0 || clock_steady_ms(&clock_system) - begin < HANG_MS);
    }
    published_free(&published);
    text_free(&document);
}

static void what_begins_as_html_is_read_only_as_that(void **state)
{
    static const char *const pages[] = { "<!doctype html>", "<!DOCTYPE HTML>",
                                         " \r\n\t<html lang=zh>", "<head>", "<Body>4" };
    static const char *const texts[] = { "", " ", "<", "<htm", "<p>4", "4 <html>" };
    struct published published;
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        for (int html = 0; html < 2; html++) {
            struct fault fault = { 0 };
            int result = published_read(&published, pages[i], strlen(pages[i]), html, &fault);
            assert_int_equal(result, html ? 0 : -1);
            assert_string_equal(
                fault.text,
                html ? "" : "is HTML; expected plain text, or 'html: true' with the rules");
            published_free(&published);
        }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct fault fault = { 0 };
        assert_int_equal(published_read(&published, texts[i], strlen(texts[i]), false, &fault), 0);
        published_free(&published);
    }
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    struct text document = { 0 };
    (void)state;
    while (document.size <= PUBLISHED_BYTES)
        text_put(&document, "0123456789abcdef");
    for (int over = 1; over >= 0; over--) {
        struct published published;
        struct fault fault = { 0 };
        size_t size = PUBLISHED_BYTES + (size_t)over;
        assert_int_equal(published_read(&published, document.bytes, size, false, &fault), -over);
        assert_string_equal(fault.text,
                            over ? "is too long; expected at most 8388608 bytes of text" : "");
        published_free(&published);
    }
    text_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_told_in_any_order),
        cmocka_unit_test(what_begins_as_html_is_read_only_as_that),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
        cmocka_unit_test(a_long_line_costs_no_more_than_short_ones),
    };
    return cmocka_run_group_tests_name("published", tests, NULL, NULL);
}
