/* SPDX-License-Identifier: MIT */
/* test_web_body.c - which bodies are taken, and what the senders of the others are told */
#include "../../almanac/gzip.h"
#include "../../almanac/web.h"
#include "../../almanac/web_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT = 1000 };

/* "Name: value" or NULL, twice. */
struct message {
    const char *headers[2];
};

static const char *find_header(void *message, const char *name)
{
    const struct message *of = message;
    for (size_t i = 0; i < 2; i++)
        if (of->headers[i] != NULL && strncmp(of->headers[i], name, strlen(name)) == 0)
            return of->headers[i] + strlen(name) + 2;
    return NULL;
}

/* What became of a body. */
struct ending {
    atomic_size_t all;
    struct web_body body;
    struct reply reply;
    bool begun, taken;
    size_t limit; /* 0: LIMIT */
};

static void begin_of(const char *coding, struct ending *ending, const char *header,
                     const char *other)
{
    struct message message = { { header, other } };
    const struct request request = { .find_header = find_header, .message = &message };
    const struct route route = { .body_limit = ending->limit == 0 ? LIMIT : ending->limit,
                                 .coding = coding };
    ending->reply = (struct reply){ 0 };
    ending->begun = web_body_begin(&ending->body, &request, &route, &ending->all, &ending->reply);
}

static void begin(struct ending *ending, const char *header, const char *other)
{
    begin_of(NULL, ending, header, other);
}

/* In pieces of seven bytes. */
static void send_body(struct ending *ending, const void *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += 7)
        web_body_take(&ending->body, (const char *)bytes + at, size - at < 7 ? size - at : 7);
    ending->taken = web_body_end(&ending->body, &ending->reply);
}

static void must_say(struct ending *ending, unsigned status, const char *words)
{
    assert_int_equal(ending->reply.status, status);
    assert_int_equal(ending->reply.head.size, strlen(words));
    assert_memory_equal(ending->reply.head.bytes, words, strlen(words));
}

static void end(struct ending *ending)
{
    web_body_free(&ending->body);
    reply_release(&ending->reply);
    assert_int_equal(ending->all, 0);
}

static void must_take(const char *header, const void *bytes, size_t size, const char *expected)
{
    struct ending ending = { 0 };
    begin(&ending, header, NULL);
    assert_true(ending.begun);
    send_body(&ending, bytes, size);
    assert_true(ending.taken);
    assert_string_equal(ending.body.bytes.bytes, expected);
    assert_int_equal(ending.all, strlen(expected));
    end(&ending);
}

static void must_refuse(const char *header, const void *bytes, size_t size, unsigned status,
                        const char *words)
{
    struct ending ending = { 0 };
    begin(&ending, header, NULL);
    assert_true(ending.begun);
    send_body(&ending, bytes, size);
    assert_false(ending.taken);
    must_say(&ending, status, words);
    end(&ending);
}

static void must_not_begin(const char *header, const char *other, unsigned status,
                           const char *words)
{
    struct ending ending = { 0 };
    begin(&ending, header, other);
    assert_false(ending.begun);
    must_say(&ending, status, words);
    end(&ending);
}

static struct text gzip_of(const char *bytes, size_t size)
{
    struct text member = { 0 };
    gzip_whole(&member, bytes, size);
    return member;
}

static void a_body_is_put_together(void **state)
{
    (void)state;
    must_take("Content-Length: 13", "some sentence", 13, "some sentence");
    must_take("Transfer-Encoding: chunked", "some sentence", 13, "some sentence");
    must_take("Transfer-Encoding: Chunked", "x", 1, "x");
    must_take("Content-Encoding: identity", "x", 1, "x");
}

static void a_gzip_is_inflated(void **state)
{
    struct text member = gzip_of("some sentence", 13);
    (void)state;
    must_take("Content-Encoding: gzip", member.bytes, member.size, "some sentence");
    must_take("Content-Encoding: X-GZip", member.bytes, member.size, "some sentence");
    must_refuse("Content-Encoding: gzip", member.bytes, member.size - 1, 400,
                "the body is not good gzip: it breaks off\n");
    must_refuse("Content-Encoding: gzip", "", 0, 400, "the body is not good gzip: it breaks off\n");
    must_refuse("Content-Encoding: gzip", "some sentence", 13, 400,
                "the body is not good gzip: incorrect header check\n");
    text_free(&member);
}

static void the_limit_is_to_the_byte_however_it_comes(void **state)
{
    static const char too_large[] = "the body is too large; expected at most 1000 bytes\n";
    char bytes[LIMIT + 2];
    (void)state;
    memset(bytes, 'a', sizeof bytes);
    bytes[LIMIT] = '\0';
    must_take("Content-Length: 1000", bytes, LIMIT, bytes);
    must_take("Transfer-Encoding: chunked", bytes, LIMIT, bytes);
    must_refuse("Transfer-Encoding: chunked", bytes, LIMIT + 1, 413, too_large);
    must_not_begin("Content-Length: 1001", NULL, 413, too_large);
    must_not_begin("Content-Length: 18446744073709551615", NULL, 413, too_large);
}

static void a_bomb_is_found_out(void **state)
{
    static const char too_large[] =
        "the body is too large; expected at most 1000 bytes, inflated\n";
    char *bytes = calloc(1, 500000), exact[LIMIT + 1];
    struct text bomb = gzip_of(bytes, 500000), over = gzip_of(bytes, LIMIT + 1);
    (void)state;
    memset(exact, 'a', LIMIT);
    exact[LIMIT] = '\0';
    struct text good = gzip_of(exact, LIMIT);
    assert_true(bomb.size < LIMIT);
    must_refuse("Content-Encoding: gzip", bomb.bytes, bomb.size, 413, too_large);
    must_refuse("Content-Encoding: gzip", over.bytes, over.size, 413, too_large);
    must_take("Content-Encoding: gzip", good.bytes, good.size, exact);
    text_free(&bomb);
    text_free(&over);
    text_free(&good);
    free(bytes);
}

static void other_codings_are_refused_before_the_body_is_read(void **state)
{
    struct ending ending = { 0 };
    (void)state;
    must_not_begin("Content-Encoding: br", NULL, 415,
                   "Content-Encoding is 'br'; expected gzip or none\n");
    must_not_begin("Content-Encoding: gzip, gzip", NULL, 415,
                   "Content-Encoding is 'gzip, gzip'; expected gzip or none\n");
    must_not_begin("Transfer-Encoding: gzip, chunked", NULL, 400,
                   "Transfer-Encoding is 'gzip, chunked'; expected chunked\n");
    must_not_begin("Transfer-Encoding: chunked", "Content-Length: 5", 400,
                   "there are Transfer-Encoding and Content-Length; expected one of them\n");
    must_not_begin("Content-Length: 3, 50", NULL, 400,
                   "Content-Length is '3, 50'; expected one number\n");
    begin(&ending, "Content-Encoding: br", NULL);
    assert_string_equal(ending.reply.headers[0].name, "Accept-Encoding");
    assert_string_equal(ending.reply.headers[0].value, "gzip");
    end(&ending);
}

static void the_coding_of_a_route_is_left_to_it(void **state)
{
    struct ending ending = { 0 };
    (void)state;
    begin_of("snappy", &ending, "Content-Encoding: Snappy", NULL);
    assert_true(ending.begun);
    send_body(&ending, "\x01\x00z", 3);
    assert_true(ending.taken);
    assert_int_equal(ending.body.bytes.size, 3);
    end(&ending);
    begin_of("snappy", &ending, "Content-Encoding: br", NULL);
    assert_false(ending.begun);
    must_say(&ending, 415, "Content-Encoding is 'br'; expected snappy, gzip or none\n");
    assert_string_equal(ending.reply.headers[0].value, "snappy");
    end(&ending);
}

static void all_bodies_together_have_a_limit(void **state)
{
    static const char busy[] = "too many bodies are under way; try again shortly\n";
    struct ending ending = { .all = WEB_BODIES_BYTES - 10 };
    struct text member = gzip_of("a", 1);
    (void)state;
    begin(&ending, NULL, NULL);
    send_body(&ending, "0123456789", 10);
    assert_true(ending.taken);
    assert_int_equal(ending.all, WEB_BODIES_BYTES);
    web_body_free(&ending.body);
    begin(&ending, NULL, NULL);
    send_body(&ending, "0123456789a", 11);
    assert_false(ending.taken);
    must_say(&ending, 503, busy);
    assert_int_equal(ending.all, WEB_BODIES_BYTES - 10);
    reply_release(&ending.reply);
    atomic_store(&ending.all, WEB_BODIES_BYTES - LIMIT);
    begin(&ending, "Content-Encoding: gzip", NULL);
    send_body(&ending, member.bytes, member.size);
    assert_false(ending.taken);
    must_say(&ending, 503, busy);
    atomic_fetch_sub(&ending.all, WEB_BODIES_BYTES - LIMIT);
    end(&ending);
    text_free(&member);
}

/* A byte may become a thousand; no more is set aside, whatever the limit. */
static void room_is_set_aside_for_what_a_body_may_become(void **state)
{
    enum { ROOM = 100000 };
    struct text member = gzip_of("a", 1);
    struct ending ending = { .all = WEB_BODIES_BYTES - ROOM, .limit = WEB_BODIES_BYTES };
    (void)state;
    assert_in_range(member.size * 1000, 1, ROOM);
    begin(&ending, "Content-Encoding: gzip", NULL);
    send_body(&ending, member.bytes, member.size);
    assert_true(ending.taken);
    assert_int_equal(ending.all, WEB_BODIES_BYTES - ROOM + 1);
    atomic_fetch_add(&ending.all, ROOM - 1 - member.size * 1000);
    web_body_free(&ending.body);
    begin(&ending, "Content-Encoding: gzip", NULL);
    send_body(&ending, member.bytes, member.size);
    assert_false(ending.taken);
    assert_int_equal(ending.reply.status, 503);
    atomic_store(&ending.all, ending.body.held);
    end(&ending);
    text_free(&member);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_is_put_together),
        cmocka_unit_test(a_gzip_is_inflated),
        cmocka_unit_test(the_limit_is_to_the_byte_however_it_comes),
        cmocka_unit_test(a_bomb_is_found_out),
        cmocka_unit_test(other_codings_are_refused_before_the_body_is_read),
        cmocka_unit_test(the_coding_of_a_route_is_left_to_it),
        cmocka_unit_test(all_bodies_together_have_a_limit),
        cmocka_unit_test(room_is_set_aside_for_what_a_body_may_become),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
