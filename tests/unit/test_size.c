/* SPDX-License-Identifier: MIT */
/* test_size.c - sizes in words, and what is none */
#include "../../almanac/size.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void words_and_bytes(void **state)
{
    static const struct {
        const char *text;
        int64_t bytes;
    } cases[] = {
        { "0", 0 },
        { "4096", 4096 },
        { "512KiB", 512 * 1024 },
        { "10MB", 10000000 },
        { "1MiB", 1 << 20 },
        { "3KB", 3000 },
        { "2GB", 2000000000 },
        { "2GiB", INT64_C(1) << 31 },
        { "7B", 7 },
        { "", -1 },
        { "KiB", -1 },
        { "-1", -1 },
        { "+1", -1 },
        { " 1", -1 },
        { "1 KB", -1 },
        { "1kb", -1 },
        { "1.5MB", -1 },
        { "9223372036854775807", INT64_MAX },
        { "9223372036854775808", -1 },
        { "9223372036854775807KB", -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (size_read(cases[i].text) != cases[i].bytes)
            fail_msg("'%s' is %lld", cases[i].text, (long long)size_read(cases[i].text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
