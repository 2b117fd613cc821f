/* SPDX-License-Identifier: MIT */
/* test_source_url.c - what is kept and logged of a URL holds no password */
#include "../../almanac/source_url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void must_become(const char *url, const char *expected)
{
    struct arena arena = { 0 };
    assert_string_equal(source_url_public(url, &arena), expected);
    arena_free(&arena);
}

static void a_name_and_a_password_are_left_out(void **state)
{
    (void)state;
    must_become("https://me:secret@example.org/a?b", "https://example.org/a?b");
    must_become("https://me:se@cret@example.org", "https://example.org");
    must_become("http://me@example.org:80/", "http://example.org:80/");
}

static void what_has_none_stays(void **state)
{
    (void)state;
    must_become("https://example.org/a@b?c=d@e#@", "https://example.org/a@b?c=d@e#@");
    must_become("file:///home/a@b/c.csv", "file:///home/a@b/c.csv");
    must_become("https://example.org?a@b", "https://example.org?a@b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_and_a_password_are_left_out),
        cmocka_unit_test(what_has_none_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
