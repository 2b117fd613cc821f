/* SPDX-License-Identifier: MIT */
/* test_envelope.c - errors in the JSON that Prometheus' clients know */
#include "../../almanac/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void must_be(struct reply *reply, unsigned status, const char *body)
{
    assert_int_equal(reply->status, status);
    assert_string_equal(reply->content_type, "application/json");
    assert_int_equal(reply->head.size, strlen(body));
    assert_memory_equal(reply->head.bytes, body, strlen(body));
    reply_release(reply);
}

static void an_error_has_its_type_and_words(void **state)
{
    static const struct {
        unsigned status;
        const char *type;
    } cases[] = {
        { 400, "bad_data" },    { 401, "unauthorized" }, { 404, "not_found" }, { 405, "bad_data" },
        { 429, "unavailable" }, { 503, "unavailable" },  { 418, "internal" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text expected = { 0 };
        struct reply reply = { 0 };
        text_printf(&expected,
                    "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"no \\\"基\\\"\"}\n",
                    cases[i].type);
        reply_words(&reply, cases[i].status, "no \"%s\"", "基");
        envelope_words(&reply);
        must_be(&reply, cases[i].status, expected.bytes);
        text_free(&expected);
    }
}

static void words_are_put_into_it_with_their_headers(void **state)
{
    struct reply reply = { 0 };
    (void)state;
    reply_words(&reply, 405, "'%s' is not asked so", "/api/v1/x");
    reply_header(&reply, "Allow", "GET, HEAD");
    envelope_words(&reply);
    assert_string_equal(reply.headers[0].name, "Allow");
    assert_string_equal(reply.headers[0].value, "GET, HEAD");
    assert_null(reply.headers[1].name);
    must_be(&reply, 405,
            "{\"status\":\"error\",\"errorType\":\"bad_data\","
            "\"error\":\"'/api/v1/x' is not asked so\"}\n");
}

static void other_answers_are_left_alone(void **state)
{
    struct text text = { 0 };
    struct reply reply = { 0 };
    (void)state;
    envelope_words(&reply);
    assert_null(reply.head.bytes);
    text_put(&text, "a,b\n");
    reply_text(&reply, 200, "text/csv", &text);
    envelope_words(&reply);
    assert_string_equal(reply.content_type, "text/csv");
    assert_memory_equal(reply.head.bytes, "a,b\n", 4);
    reply_release(&reply);
}

static void what_is_no_error_is_left_alone(void **state)
{
    struct reply empty = { .status = 204, .content_type = REPLY_WORDS_TYPE };
    struct reply words = { 0 };
    (void)state;
    envelope_words(&empty);
    assert_int_equal(empty.head.size, 0);
    reply_words(&words, 200, "well");
    envelope_words(&words);
    assert_memory_equal(words.head.bytes, "well\n", 5);
    reply_release(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_has_its_type_and_words),
        cmocka_unit_test(words_are_put_into_it_with_their_headers),
        cmocka_unit_test(other_answers_are_left_alone),
        cmocka_unit_test(what_is_no_error_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
