/* SPDX-License-Identifier: MIT */
/* test_gzip.c - a beginning, pieces and an end are one gzip member; what is let in again */
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

/* A member of so many pieces of one size, and an end with more. */
static void must_go_together(size_t pieces, size_t size, size_t tail)
{
    struct text all = { 0 }, member = { 0 };
    struct gzip_sum sum = { 0 }, one;
    text_bytes(&member, gzip_beginning, GZIP_BEGINNING);
    for (size_t i = 0; i < pieces; i++) {
        struct text piece = { 0 };
        put_lines(&piece, size);
        gzip_piece(&member, &one, piece.bytes, piece.size);
        gzip_join(&sum, &one);
        text_bytes(&all, piece.bytes, piece.size);
        text_free(&piece);
    }
    size_t end = all.size;
    put_lines(&all, end + tail);
    gzip_end(&member, &sum, all.bytes == NULL ? "" : all.bytes + end, all.size - end);
    must_hold(&member, &all);
    text_free(&all);
    text_free(&member);
}

static void beginning_pieces_and_end_are_one_member(void **state)
{
    static const size_t sizes[] = { 0, 1, 100, 65000, 65600, 200000, 2000000 };
    (void)state;
    for (size_t pieces = 0; pieces < 4; pieces++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (size_t j = 0; j < 6; j++)
                must_go_together(pieces, sizes[i], sizes[j]);
}

static void a_piece_stands_in_many_members(void **state)
{
    static const char *const ends[] = { "", "one\n", "another, longer one\n" };
    struct text piece = { 0 };
    struct gzip_sum one;
    (void)state;
    gzip_piece(&piece, &one, "page\n", 5);
    for (size_t i = 0; i < 3; i++) {
        struct text member = { 0 }, whole = { 0 };
        struct gzip_sum sum = { 0 };
        text_bytes(&member, gzip_beginning, GZIP_BEGINNING);
        for (size_t repeated = 0; repeated <= i; repeated++) {
            text_bytes(&member, piece.bytes, piece.size);
            gzip_join(&sum, &one);
            text_put(&whole, "page\n");
        }
        gzip_end(&member, &sum, ends[i], strlen(ends[i]));
        text_put(&whole, ends[i]);
        must_hold(&member, &whole);
        text_free(&member);
        text_free(&whole);
    }
    text_free(&piece);
}

static void a_page_of_lines_becomes_a_fraction(void **state)
{
    struct text page = { 0 }, member = { 0 };
    (void)state;
    for (int i = 0; i < 10000; i++)
        text_printf(&page, "funds{area=\"%d\"} 1\n", i);
    gzip_whole(&member, page.bytes, page.size);
    assert_true(member.size < page.size / 5);
    must_hold(&member, &page);
    text_free(&page);
    text_free(&member);
}

static struct text gzip_of(const char *words)
{
    struct text member = { 0 };
    gzip_whole(&member, words, strlen(words));
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
        cmocka_unit_test(beginning_pieces_and_end_are_one_member),
        cmocka_unit_test(a_piece_stands_in_many_members),
        cmocka_unit_test(a_page_of_lines_becomes_a_fraction),
        cmocka_unit_test(members_are_inflated_one_behind_the_other),
        cmocka_unit_test(what_is_not_whole_is_found_out),
        cmocka_unit_test(no_more_is_inflated_than_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
