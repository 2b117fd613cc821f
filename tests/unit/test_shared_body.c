/* SPDX-License-Identifier: MIT */
/* test_shared_body.c - who is sent the same shares one run of bytes, and another end makes another
 * one */
#include "../../exporter/shared_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct reply_bytes run_of(const char *string)
{
    return (struct reply_bytes){ string, strlen(string) };
}

static void a_sheet_is_head_parts_and_tail(void **state)
{
    (void)state;
    const struct reply_bytes parts[] = { run_of("one "), { 0 }, run_of("two ") };
    const struct reply reply = {
        .head = run_of("head "), .parts = parts, .part_count = 3, .tail = run_of("tail")
    };
    struct shared_body *newest = NULL, *body = shared_body_of(&newest, &reply);
    assert_int_equal(reply_size(&reply), strlen("head one two tail"));
    assert_int_equal(body->size, reply_size(&reply));
    assert_memory_equal(body->bytes, "head one two tail", body->size);
    shared_body_release(body);
    shared_body_release(newest);
}

static void the_same_end_shares_the_sheet(void **state)
{
    (void)state;
    const struct reply_bytes part = run_of("page ");
    const struct reply first = { .parts = &part, .part_count = 1, .tail = run_of("1 s") };
    const struct reply again = { .parts = &part, .part_count = 1, .tail = run_of("1 s") };
    struct shared_body *newest = NULL, *a = shared_body_of(&newest, &first),
                       *b = shared_body_of(&newest, &again);
    assert_ptr_equal(a, b);
    assert_ptr_equal(a, newest);
    shared_body_release(a);
    shared_body_release(b);
    shared_body_release(newest);
}

static void another_end_makes_another_and_leaves_the_first_to_its_holder(void **state)
{
    (void)state;
    static const char *const ends[] = { "2 s", "10 s" };
    const struct reply_bytes part = run_of("page ");
    for (size_t i = 0; i < 2; i++) {
        const struct reply first = { .parts = &part, .part_count = 1, .tail = run_of("1 s") };
        const struct reply other = { .parts = &part, .part_count = 1, .tail = run_of(ends[i]) };
        struct shared_body *newest = NULL, *a = shared_body_of(&newest, &first),
                           *b = shared_body_of(&newest, &other);
        assert_ptr_equal(b, newest);
        assert_memory_equal(a->bytes, "page 1 s", a->size);
        assert_memory_equal(b->bytes + strlen("page "), ends[i], strlen(ends[i]));
        shared_body_release(b);
        shared_body_release(newest);
        assert_memory_equal(a->bytes, "page 1 s", a->size);
        shared_body_release(a);
    }
}

static void what_has_no_end_is_always_the_same(void **state)
{
    (void)state;
    const struct reply reply = { .head = run_of("all") };
    struct shared_body *newest = NULL, *a = shared_body_of(&newest, &reply);
    assert_ptr_equal(shared_body_of(&newest, &reply), a);
    shared_body_release(a);
    shared_body_release(a);
    shared_body_release(newest);
    shared_body_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_is_head_parts_and_tail),
        cmocka_unit_test(the_same_end_shares_the_sheet),
        cmocka_unit_test(another_end_makes_another_and_leaves_the_first_to_its_holder),
        cmocka_unit_test(what_has_no_end_is_always_the_same),
    };
    return cmocka_run_group_tests_name("body", tests, NULL, NULL);
}
