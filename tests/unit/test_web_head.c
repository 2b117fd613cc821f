/* SPDX-License-Identifier: MIT */
/* test_web_head.c - what the heads of requests say, as the server takes them */
#include "../../almanac/listener.h"
#include "web_client.h"
#include "web_stage.h"

#include <stdlib.h>
#include <string.h>

static int dial_server(void **state)
{
    const struct server *server = *state;
    return dial(web_port(server->web, 0));
}

static void must_get(void **state, const char *head, unsigned status, const char *body)
{
    int fd = dial_server(state);
    say(fd, head);
    must_answer(fd, status, NULL, body);
    close(fd);
}

static void lines_of_one_name_are_one_value(void **state)
{
    must_get(state,
             "GET /headers HTTP/1.1\r\nHost: x\r\nX-Word: a\r\nX-Other: y\r\nx-word: b, c\r\n\r\n",
             200, "a, b, c\n");
    must_get(state,
             "GET /headers HTTP/1.1\r\nHost: x\r\nX-Word: \r\nX-Word: b\r\nX-Word: c\r\n\r\n", 200,
             ", b, c\n");
    must_get(state, "GET /headers HTTP/1.1\r\nHost: x\r\nX-Words: a\r\n\r\n", 200, "none\n");
}

static void a_second_length_hides_no_request(void **state)
{
    struct server *server = *state;
    int fd = dial(web_port(server->web, 0));
    say(fd, "GET /small HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 33\r\n\r\n"
            "GET /small HTTP/1.1\r\nHost: x\r\n\r\n");
    must_answer(fd, 200, "\r\nConnection: close\r\n", "small\n");
    must_be_closed(fd);
    fd = dial(web_port(server->web, 0));
    say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 36\r\n\r\n"
            "oneGET /small HTTP/1.1\r\nHost: x\r\n\r\n");
    must_answer(fd, 400, "\r\nConnection: close\r\n",
                "Content-Length is '3, 36'; expected one number\n");
    must_be_closed(fd);
}

static void a_target_may_name_the_server(void **state)
{
    must_get(state, "GET http://x:80/small?word=a HTTP/1.1\r\nHost: x\r\n\r\n", 200, "a\n");
    must_get(state, "GET HTTPS://x/small HTTP/1.1\r\nHost: x\r\n\r\n", 200, "small\n");
    must_get(state, "GET http://x/smal HTTP/1.1\r\nHost: x\r\n\r\n", 404,
             "there is nothing at '/smal'\n");
}

/* However many there are: the library itself has no answer to more than it has memory for. */
static void too_many_parameters_are_refused_in_words(void **state)
{
    static const size_t counts[] = { 65, 500, 1000, 5000 };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct text head = { 0 };
        text_put(&head, "GET /small?");
        for (size_t j = 0; j < counts[i]; j++)
            text_put(&head, "a[]&");
        text_put(&head, " HTTP/1.1\r\nHost: x\r\n\r\n");
        must_get(state, head.bytes, 400, "more than 64 parameters\n");
        text_free(&head);
    }
}

static void without_parameters_ampersands_are_nothing(void **state)
{
    struct text head = { 0 };
    text_put(&head, "GET /small?");
    for (size_t j = 0; j < 5000; j++)
        text_char(&head, '&');
    text_put(&head, "word=b HTTP/1.1\r\nHost: x\r\n\r\n");
    must_get(state, head.bytes, 200, "b\n");
    text_free(&head);
}

static void pages_of_other_sites_change_nothing(void **state)
{
    struct server *server = *state;
    static const char no[] =
        "a page of another site may not send anything here; expected a program\n";
    must_get(state,
             "POST /echo HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nContent-Type: "
             "text/plain\r\n"
             "Content-Length: 1\r\n\r\na",
             403, no);
    must_get(state, "DELETE /echo HTTP/1.1\r\nHost: x\r\nOrigin: null\r\n\r\n", 403, no);
    must_get(state, "GET /small HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n", 200,
             "small\n");
    assert_int_equal(atomic_load(&server->stage.echoed), 0);
    must_get(state, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na", 200, "a\n");
}

static void a_head_that_takes_too_long_is_cut_off(void **state)
{
    struct server *server = *state;
    int fd = dial_server(state);
    say(fd, "GET /small HTTP/1.1\r\n");
    atomic_fetch_add(&server->stage.ahead_ms, (WEB_HEAD_SECONDS + 1) * 1000);
    must_be_closed(fd);
}

/* Starts a server on a copy of the socket, and stops it. Who connected before is answered. */
static void must_serve_those_who_wait(struct server *server, int listener)
{
    struct fault fault = { 0 };
    char address[16];
    snprintf(address, sizeof address, "fd:%d", dup(listener));
    const char *listen = address;
    int fd = dial(listener_port(listener));
    request_on(fd, "GET", "/small");
    struct web *web = start(server, &listen, 1, &fault);
    assert_string_equal(fault.text, "");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
    web_stop(web);
}

static void a_socket_that_was_passed_goes_on_listening(void **state)
{
    struct fault fault = { 0 };
    int listener = listener_open("127.0.0.1:0", &fault);
    assert_true(listener >= 0);
    must_serve_those_who_wait(*state, listener);
    must_serve_those_who_wait(*state, listener);
    close(listener);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_of_one_name_are_one_value),
        TEST(a_second_length_hides_no_request),
        TEST(a_target_may_name_the_server),
        TEST(too_many_parameters_are_refused_in_words),
        TEST(without_parameters_ampersands_are_nothing),
        TEST(pages_of_other_sites_change_nothing),
        TEST(a_head_that_takes_too_long_is_cut_off),
        TEST(a_socket_that_was_passed_goes_on_listening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
