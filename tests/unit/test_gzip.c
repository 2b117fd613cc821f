/* SPDX-License-Identifier: MIT */
/* test_gzip.c - a beginning with each of several ends is one gzip member; what is let in again */
#include "../../almanac/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

/* All that the member holds, which ends where its bytes do; checked by zlib. */
static void must_hold(const struct text *member, const struct text *expected)
{
    z_stream stream = { .next_in = (Bytef *)member->bytes, .avail_in = (uInt)member->size };
    unsigned char *bytes = malloc(expected->size + 1);
    assert_int_equal(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
    stream.next_out = bytes;
    stream.avail_out = (uInt)expected->size + 1;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, expected->size);
    if (expected->size > 0)
        assert_memory_equal(bytes, expected->bytes, expected->size);
    inflateEnd(&stream);
    free(bytes);
}

static void put_lines(struct text *text, size_t size)
{
    while (text->size < size)
        text_printf(text, "family{label=\"%zu\"} %d\n", text->size, rand());
}

static void must_go_together(size_t head_size, size_t tail_size)
{
    struct text head = { 0 }, tail = { 0 }, both = { 0 }, member = { 0 };
    struct gzip_sum sum;
    put_lines(&head, head_size);
    put_lines(&tail, tail_size);
    text_bytes(&both, head.bytes, head.size);
    text_bytes(&both, tail.bytes, tail.size);
    gzip_begin(&member, &sum, head.bytes, head.size);
    gzip_end(&member, &sum, tail.bytes, tail.size);
    assert_false(text_failed(&member));
    must_hold(&member, &both);
    text_free(&head);
    text_free(&tail);
    text_free(&both);
    text_free(&member);
}

static void beginning_and_end_are_one_member(void **state)
{
    static const size_t sizes[] = { 0, 1, 100, 65000, 65600, 200000, 2000000 };
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t j = 0; j < 6; j++)
            must_go_together(sizes[i], sizes[j]);
}

static void one_beginning_has_many_ends(void **state)
{
    static const char *const ends[] = { "", "one\n", "another, longer one\n" };
    struct text begun = { 0 };
    struct gzip_sum sum;
    (void)state;
    gzip_begin(&begun, &sum, "page\n", 5);
    for (size_t i = 0; i < 3; i++) {
        struct text member = { 0 }, whole = { 0 };
        text_bytes(&member, begun.bytes, begun.size);
        gzip_end(&member, &sum, ends[i], strlen(ends[i]));
        text_printf(&whole, "page\n%s", ends[i]);
        must_hold(&member, &whole);
        text_free(&member);
        text_free(&whole);
    }
    text_free(&begun);
}

static void a_page_of_lines_becomes_a_fraction(void **state)
{
    struct text page = { 0 }, member = { 0 };
    struct gzip_sum sum;
    (void)state;
    for (int i = 0; i < 10000; i++)
        text_printf(&page, "funds{area=\"%d\"} 1\n", i);
    gzip_begin(&member, &sum, page.bytes, page.size);
    assert_true(member.size < page.size / 5);
    text_free(&page);
    text_free(&member);
}

static struct text gzip_of(const char *words)
{
    struct text member = { 0 };
    struct gzip_sum sum;
    gzip_begin(&member, &sum, words, strlen(words));
    gzip_end(&member, &sum, "", 0);
    return member;
}

static void must_inflate(const void *bytes, size_t size, const char *expected,
                         const char *complaint)
{
    struct text plain = { .limit = 100 };
    struct fault fault = { 0 };
    assert_int_equal(gzip_inflate(&plain, bytes, size, &fault), complaint == NULL ? 0 : -1);
    if (complaint != NULL)
        assert_string_equal(fault.text, complaint);
    else if (expected == NULL)
        assert_true(text_failed(&plain));
    else
        assert_string_equal(plain.bytes, expected);
    text_free(&plain);
}

static void members_are_inflated_one_behind_the_other(void **state)
{
    struct text one = gzip_of("one"), none = gzip_of(""), all = { 0 };
    (void)state;
    must_inflate(one.bytes, one.size, "one", NULL);
    must_inflate(none.bytes, none.size, "", NULL);
    text_bytes(&all, one.bytes, one.size);
    text_bytes(&all, none.bytes, none.size);
    text_bytes(&all, one.bytes, one.size);
    must_inflate(all.bytes, all.size, "oneone", NULL);
    text_free(&one);
    text_free(&none);
    text_free(&all);
}

static void what_is_not_whole_is_found_out(void **state)
{
    struct text member = gzip_of("some words, and some words once more");
    (void)state;
    for (size_t size = 0; size < member.size; size++)
        must_inflate(member.bytes, size, NULL, "it breaks off");
    must_inflate("some words", 10, NULL, "incorrect header check");
    member.bytes[member.size - 8] ^= 1;
    must_inflate(member.bytes, member.size, NULL, "incorrect data check");
    member.bytes[member.size - 8] ^= 1;
    text_put(&member, "and more");
    must_inflate(member.bytes, member.size, NULL, "incorrect header check");
    text_free(&member);
}

static void no_more_is_inflated_than_the_limit(void **state)
{
    struct text words = { 0 };
    (void)state;
    for (int size = 98; size < 103; size++) {
        text_clear(&words);
        text_printf(&words, "%*d", size, 1);
        struct text member = gzip_of(words.bytes);
        must_inflate(member.bytes, member.size, size <= 100 ? words.bytes : NULL, NULL);
        text_free(&member);
    }
    text_free(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beginning_and_end_are_one_member),
        cmocka_unit_test(one_beginning_has_many_ends),
        cmocka_unit_test(a_page_of_lines_becomes_a_fraction),
        cmocka_unit_test(members_are_inflated_one_behind_the_other),
        cmocka_unit_test(what_is_not_whole_is_found_out),
        cmocka_unit_test(no_more_is_inflated_than_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
