/* SPDX-License-Identifier: MIT */
/* test_web_exchange.c - requests with bodies as they come over the wire, on loopback */
#include "../../almanac/gzip.h"
#include "web_client.h"
#include "web_stage.h"

#include <errno.h>
#include <poll.h>

#define POST "POST /echo HTTP/1.1\r\nHost: x\r\n"

static int say_to(const struct server *server, const char *words)
{
    int fd = dial(web_port(server->web, 0));
    say(fd, words);
    return fd;
}

/* Closed by the server, not given up by the client. */
static void must_be_cut_off(int fd)
{
    char byte;
    ssize_t size = recv(fd, &byte, 1, 0);
    assert_true(size == 0 || (size < 0 && errno == ECONNRESET));
    close(fd);
}

static void must_continue(int fd)
{
    static const char expected[] = "HTTP/1.1 100 Continue\r\n\r\n";
    char words[sizeof expected] = "";
    assert_int_equal(recv(fd, words, sizeof words - 1, MSG_WAITALL), sizeof words - 1);
    assert_string_equal(words, expected);
}

/* Says a header that the library waits for the body behind, and knows that it was read. */
static int begin_body(const struct server *server)
{
    int fd = say_to(server, POST "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n");
    must_continue(fd);
    return fd;
}

static void say_bytes(int fd, const char *header, const struct text *body)
{
    struct text words = { 0 };
    text_printf(&words, POST "%s\r\nContent-Length: %zu\r\n\r\n", header, body->size);
    text_bytes(&words, body->bytes, body->size);
    assert_int_equal(send(fd, words.bytes, words.size, MSG_NOSIGNAL), words.size);
    text_free(&words);
}

static void bodies_follow_one_another_on_a_connection(void **state)
{
    int fd = say_to(*state, POST "Content-Length: 3\r\n\r\none" POST
                                 "Transfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n");
    must_answer(fd, 200, NULL, "one\n");
    say(fd, "c;of=what\r\n and a third\r\n0\r\nX-Footer: y\r\n\r\n" POST "\r\n");
    must_answer(fd, 200, NULL, "two and a third\n");
    must_answer(fd, 200, NULL, "\n");
    say(fd, "DELETE /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    must_answer(fd, 200, NULL, "\n");
    say(fd, "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
    must_answer(fd, 200, NULL, "x\n");
    close(fd);
}

static void a_large_body_arrives_whole(void **state)
{
    static const char *const paths[] = { "/size", "/slow-size" };
    struct server *server = *state;
    int fd = dial(web_port(server->web, 0));
    for (size_t i = 0; i < 2; i++) {
        struct text words = { 0 };
        text_printf(&words, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", paths[i],
                    HEAD_SIZE);
        text_bytes(&words, server->stage.head, HEAD_SIZE);
        assert_int_equal(send(fd, words.bytes, words.size, MSG_NOSIGNAL), words.size);
        must_answer(fd, 200, NULL, "2097152 bytes\n");
        text_free(&words);
    }
    close(fd);
}

static void gzip_is_inflated_on_the_way_in(void **state)
{
    struct server *server = *state;
    struct text member = { 0 };
    int fd = dial(web_port(server->web, 0));
    gzip_whole(&member, "zipped", 6);
    say_bytes(fd, "Content-Encoding: gzip", &member);
    must_answer(fd, 200, NULL, "zipped\n");
    member.size--;
    say_bytes(fd, "Content-Encoding: gzip", &member);
    must_answer(fd, 400, "\r\nConnection: close\r\n", "the body is not good gzip: it breaks off\n");
    must_be_cut_off(fd);
    fd = dial(web_port(server->web, 0));
    say_bytes(fd, "Content-Encoding: br", &member);
    must_answer(fd, 415, "\r\nAccept-Encoding: gzip\r\n",
                "Content-Encoding is 'br'; expected gzip or none\n");
    must_be_closed(fd);
    text_free(&member);
    assert_int_equal(server->stage.echoed, 1);
}

static void a_bomb_does_not_reach_the_route(void **state)
{
    struct server *server = *state;
    struct text member = { 0 };
    char *nothing = calloc(1, 500000);
    int fd = dial(web_port(server->web, 0));
    gzip_whole(&member, nothing, 500000);
    say_bytes(fd, "Content-Encoding: gzip", &member);
    must_answer(fd, 413, "\r\nConnection: close\r\n",
                "the body is too large; expected at most 1000 bytes, inflated\n");
    must_be_cut_off(fd);
    text_free(&member);
    free(nothing);
    assert_int_equal(server->stage.echoed, 0);
}

static void too_large_a_body_is_refused_as_soon_as_that_is_known(void **state)
{
    static const char words[] = "the body is too large; expected at most 1000 bytes\n";
    struct server *server = *state;
    int fd = say_to(server, POST "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
    must_answer(fd, 413, "\r\nConnection: close\r\n", words);
    must_be_cut_off(fd);
    fd = say_to(server, POST "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 300; i++)
        say(fd, "5\r\nabcde\r\n");
    say(fd, "0\r\n\r\n");
    must_answer(fd, 413, "\r\nConnection: close\r\n", words);
    must_be_cut_off(fd);
    assert_int_equal(server->stage.echoed, 0);
}

static void a_body_for_no_route_is_not_asked_for(void **state)
{
    int fd = say_to(*state, "POST /nowhere HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            "Content-Length: 3\r\n\r\n");
    must_answer(fd, 404, "\r\nConnection: close\r\n", "there is nothing at '/nowhere'\n");
    must_be_cut_off(fd);
    fd = begin_body(*state);
    say(fd, "continued");
    must_answer(fd, 200, NULL, "continued\n");
    close(fd);
}

static void a_body_that_is_cut_off_reaches_no_route(void **state)
{
    static const char *const halves[] = {
        POST "Content-Length: 9\r\n\r\nhalf",
        POST "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        POST "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
    };
    struct server *server = *state;
    int half_closed[3];
    for (size_t i = 0; i < 3; i++) {
        half_closed[i] = say_to(server, halves[i]);
        shutdown(half_closed[i], SHUT_WR);
        close(say_to(server, halves[i]));
    }
    poll(NULL, 0, 100); /* until they are read */
    stop(server);
    for (size_t i = 0; i < 3; i++)
        must_be_cut_off(half_closed[i]);
    assert_int_equal(server->stage.echoed, 0);
}

static void a_late_byte_is_one_too_many(void **state)
{
    struct server *server = *state;
    int fd = begin_body(server);
    say(fd, "12345678");
    atomic_store(&server->stage.ahead_ms, WEB_BODY_SECONDS * 1000 + 1);
    say(fd, "9");
    must_be_cut_off(fd);
    assert_int_equal(server->stage.echoed, 0);
}

static void a_body_is_not_waited_for_longer_for_a_byte_now_and_then(void **state)
{
    struct server *server = *state;
    int fd = begin_body(server);
    atomic_store(&server->stage.ahead_ms, WEB_BODY_SECONDS * 1000 - 900);
    say(fd, "1");
    must_be_cut_off(fd); /* well before the connection would have been idle for too long */
    assert_int_equal(server->stage.echoed, 0);
}

static void nor_for_bytes_that_are_none_of_the_body(void **state)
{
    static const char *const beginnings[] = {
        POST "Transfer-Encoding: chunked\r\n\r\n4;extended",
        POST "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Footer: endless",
    };
    struct server *server = *state;
    int clients[2];
    for (size_t i = 0; i < 2; i++)
        clients[i] = say_to(server, beginnings[i]);
    poll(NULL, 0, 100); /* until they are read */
    atomic_store(&server->stage.ahead_ms, WEB_BODY_SECONDS * 1000 - 900);
    for (int i = 0; i < 25; i++) { /* a byte is not far behind another */
        send(clients[0], "y", 1, MSG_NOSIGNAL);
        send(clients[1], "y", 1, MSG_NOSIGNAL);
        poll(NULL, 0, 100);
    }
    for (size_t i = 0; i < 2; i++) {
        struct pollfd end = { clients[i], POLLIN, 0 };
        assert_int_equal(poll(&end, 1, 0), 1);
        close(clients[i]);
    }
    assert_int_equal(server->stage.echoed, 0);
}

static void a_connection_may_be_idle_again_behind_a_body(void **state)
{
    struct server *server = *state;
    int fd = begin_body(server);
    atomic_store(&server->stage.ahead_ms, WEB_BODY_SECONDS * 1000 - 3000);
    say(fd, "123456789");
    must_answer(fd, 200, NULL, "123456789\n");
    struct pollfd idle = { fd, POLLIN, 0 };
    assert_int_equal(poll(&idle, 1, 4500), 0);
    close(fd);
}

static void many_bodies_come_at_once(void **state)
{
    enum { CLIENTS = 100 };
    struct server *server = *state;
    int clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = say_to(server, POST "Content-Length: 8\r\n\r\nhalf");
    for (int i = CLIENTS - 1; i >= 0; i--)
        say(clients[i], "more");
    for (int i = 0; i < CLIENTS; i++) {
        must_answer(clients[i], 200, NULL, "halfmore\n");
        close(clients[i]);
    }
}

static void it_stops_in_the_middle_of_a_body(void **state)
{
    struct server *server = *state;
    int fd = begin_body(server);
    say(fd, "half");
    stop(server);
    must_be_cut_off(fd);
    assert_int_equal(server->stage.echoed, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bodies_follow_one_another_on_a_connection),
        TEST(a_large_body_arrives_whole),
        TEST(gzip_is_inflated_on_the_way_in),
        TEST(a_bomb_does_not_reach_the_route),
        TEST(too_large_a_body_is_refused_as_soon_as_that_is_known),
        TEST(a_body_for_no_route_is_not_asked_for),
        TEST(a_body_that_is_cut_off_reaches_no_route),
        TEST(a_late_byte_is_one_too_many),
        TEST(a_body_is_not_waited_for_longer_for_a_byte_now_and_then),
        TEST(nor_for_bytes_that_are_none_of_the_body),
        TEST(a_connection_may_be_idle_again_behind_a_body),
        TEST(many_bodies_come_at_once),
        TEST(it_stops_in_the_middle_of_a_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
