/* SPDX-License-Identifier: MIT */
/* test_hash.c - the numbers that everybody's FNV-1a gives */
#include "../../almanac/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void known_strings_have_their_known_hashes(void **state)
{
    (void)state;
    assert_true(hash_bytes(HASH_EMPTY, "", 0) == 0xcbf29ce484222325);
    assert_true(hash_bytes(HASH_EMPTY, "a", 1) == 0xaf63dc4c8601ec8c);
    assert_true(hash_bytes(HASH_EMPTY, "foobar", 6) == 0x85944171f73967e8);
}

static void bytes_may_come_in_pieces(void **state)
{
    (void)state;
    uint64_t foo = hash_bytes(HASH_EMPTY, "foo", 3);
    assert_true(hash_bytes(foo, "bar", 3) == 0x85944171f73967e8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_strings_have_their_known_hashes),
        cmocka_unit_test(bytes_may_come_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
