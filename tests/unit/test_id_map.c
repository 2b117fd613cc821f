/* SPDX-License-Identifier: MIT */
/* test_id_map.c - what is put in is found again, and nothing else */
#include "../../almanac/id_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_map_has_nothing(void **state)
{
    struct id_map map = { 0 };
    (void)state;
    assert_int_equal(id_map_find(&map, "", 0), 0);
    assert_int_equal(id_map_find(&map, "a", 1), 0);
    id_map_clear(&map);
}

static void ten_thousand_keys_are_found_again(void **state)
{
    struct id_map map = { 0 };
    char key[32];
    (void)state;
    for (int i = 1; i <= 10000; i++)
        id_map_add(&map, key, (size_t)sprintf(key, "area=%d", i), i);
    for (int i = 1; i <= 10000; i++)
        assert_int_equal(id_map_find(&map, key, (size_t)sprintf(key, "area=%d", i)), i);
    assert_int_equal(id_map_find(&map, "area=0", 6), 0);
    assert_int_equal(id_map_find(&map, "area=10001", 10), 0);
    id_map_clear(&map);
}

static void keys_are_bytes_of_any_kind_and_length(void **state)
{
    struct id_map map = { 0 };
    (void)state;
    id_map_add(&map, "a\0b", 3, 1);
    id_map_add(&map, "a\0c", 3, 2);
    id_map_add(&map, "a", 1, 3);
    id_map_add(&map, "", 0, 4);
    assert_int_equal(id_map_find(&map, "a\0b", 3), 1);
    assert_int_equal(id_map_find(&map, "a\0c", 3), 2);
    assert_int_equal(id_map_find(&map, "a", 1), 3);
    assert_int_equal(id_map_find(&map, "", 0), 4);
    id_map_clear(&map);
}

static void the_map_keeps_a_copy_of_the_key(void **state)
{
    struct id_map map = { 0 };
    char key[] = "before";
    (void)state;
    id_map_add(&map, key, 6, 1);
    memcpy(key, "behind", 6);
    assert_int_equal(id_map_find(&map, "before", 6), 1);
    assert_int_equal(id_map_find(&map, "behind", 6), 0);
    id_map_clear(&map);
}

static void a_key_added_again_has_the_newer_id(void **state)
{
    struct id_map map = { 0 };
    (void)state;
    id_map_add(&map, "a", 1, 1);
    id_map_add(&map, "a", 1, 2);
    assert_int_equal(id_map_find(&map, "a", 1), 2);
    assert_int_equal(map.used, 1);
    id_map_clear(&map);
    assert_int_equal(id_map_find(&map, "a", 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(ten_thousand_keys_are_found_again),
        cmocka_unit_test(keys_are_bytes_of_any_kind_and_length),
        cmocka_unit_test(the_map_keeps_a_copy_of_the_key),
        cmocka_unit_test(a_key_added_again_has_the_newer_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
