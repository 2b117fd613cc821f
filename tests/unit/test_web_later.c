/* SPDX-License-Identifier: MIT */
/* test_web_later.c - answers that come later, from whichever thread has them */
#include "web_client.h"
#include "web_stage.h"

#include <poll.h>

static int say_to(const struct server *server, const char *words)
{
    int fd = dial(web_port(server->web, 0));
    say(fd, words);
    return fd;
}

static int ask(const struct server *server, const char *target)
{
    int fd = dial(web_port(server->web, 0));
    request_on(fd, "GET", target);
    return fd;
}

static void *stop_in_a_thread(void *owner)
{
    stop(owner);
    return NULL;
}

static void *finish_some(void *owner)
{
    for (int i = 0; i < 50; i++)
        finish_one(owner);
    return NULL;
}

static void an_answer_comes_when_it_is_finished(void **state)
{
    struct server *server = *state;
    int fd = ask(server, "/later/one");
    wait_for_later(&server->stage, 1);
    for (int i = 0; i < 20; i++) {
        int other = ask(server, "/small");
        must_answer(other, 200, NULL, "small\n");
        close(other);
    }
    struct pollfd idle = { fd, POLLIN, 0 };
    assert_int_equal(poll(&idle, 1, 0), 0);
    finish_one(&server->stage);
    must_answer(fd, 200, NULL, "later one\n");
    request_on(fd, "GET", "/later/two");
    finish_one(&server->stage);
    must_answer(fd, 200, NULL, "later two\n");
    close(fd);
}

static void an_answer_may_come_at_once(void **state)
{
    int fd = ask(*state, "/later/now");
    must_answer(fd, 200, NULL, "now\n");
    request_on(fd, "GET", "/later/now");
    must_answer(fd, 200, NULL, "now\n");
    close(fd);
}

static void the_request_lasts_until_it_is_finished(void **state)
{
    struct server *server = *state;
    int fd = say_to(server, "POST /later/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n body"
                            "GET /small HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_later(&server->stage, 1);
    assert_string_equal(request_header(server->stage.later[0].request, "Content-Length"), "5");
    finish_one(&server->stage);
    must_answer(fd, 200, NULL, "later x body\n");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void the_client_may_be_gone_by_then(void **state)
{
    struct server *server = *state;
    close(ask(server, "/later/one"));
    finish_one(&server->stage);
    int fd = ask(server, "/small");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void a_hundred_are_finished_by_two_threads(void **state)
{
    enum { CLIENTS = 100 };
    struct server *server = *state;
    pthread_t finishers[2];
    int clients[CLIENTS];
    for (int i = 0; i < 2; i++)
        pthread_create(&finishers[i], NULL, finish_some, &server->stage);
    for (int i = 0; i < CLIENTS; i++) {
        char target[32];
        snprintf(target, sizeof target, "/later/%d", i);
        clients[i] = ask(server, target);
    }
    for (int i = 0; i < CLIENTS; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "later %d\n", i);
        must_answer(clients[i], 200, NULL, expected);
        close(clients[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(finishers[i], NULL);
}

static void what_is_outstanding_at_the_stop_is_told_so(void **state)
{
    enum { CLIENTS = 10 };
    struct server *server = *state;
    int clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = ask(server, "/later/one");
    wait_for_later(&server->stage, CLIENTS);
    for (int i = 0; i < 3; i++)
        finish_one(&server->stage);
    stop(server);
    int finished = 0;
    for (int i = 0; i < CLIENTS; i++) {
        struct answer answer;
        read_answer(clients[i], true, &answer);
        finished += answer.status == 200;
        if (answer.status != 200)
            assert_string_equal(answer.body.bytes, "the server is stopping\n");
        free_answer(&answer);
        must_be_closed(clients[i]);
    }
    assert_int_equal(finished, 3);
}

/* On a connection of the listener whose thread does not wait at the gate. */
static void wait_until_it_stops(int fd)
{
    bool stops = false;
    for (int i = 0; i < 1000 && !stops; i++) {
        struct answer answer;
        poll(NULL, 0, i > 0 ? 10 : 0);
        request_on(fd, "GET", "/later/now");
        read_answer(fd, true, &answer);
        stops = answer.status == 503;
        free_answer(&answer);
    }
    assert_true(stops);
    close(fd);
}

static void it_stops_behind_the_answer_functions_under_way(void **state)
{
    struct server *server = *state;
    pthread_t stopper;
    int fd = ask(server, "/later/gate"), other = dial_at("127.0.0.2", web_port(server->web, 1));
    wait_at_gate(&server->stage);
    pthread_create(&stopper, NULL, stop_in_a_thread, server);
    wait_until_it_stops(other);
    open_gate(&server->stage);
    must_answer(fd, 200, NULL, "gate\n");
    pthread_join(stopper, NULL);
    must_be_closed(fd);
}

static void nothing_is_begun_once_it_stops(void **state)
{
    struct server *server = *state;
    pthread_t stopper;
    int gate = ask(server, "/later/gate"), other = dial_at("127.0.0.2", web_port(server->web, 1));
    int third = dial_at("127.0.0.2", web_port(server->web, 1));
    request_on(other, "GET", "/small");
    must_answer(other, 200, NULL, "small\n"); /* it is accepted, and so is what comes before it */
    wait_at_gate(&server->stage);
    pthread_create(&stopper, NULL, stop_in_a_thread, server);
    wait_until_it_stops(third);
    request_on(other, "GET", "/later/too-late");
    must_answer(other, 503, NULL, "the server is stopping\n");
    open_gate(&server->stage);
    pthread_join(stopper, NULL);
    must_answer(gate, 200, NULL, "gate\n");
    close(gate);
    close(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_comes_when_it_is_finished),
        TEST(an_answer_may_come_at_once),
        TEST(the_request_lasts_until_it_is_finished),
        TEST(the_client_may_be_gone_by_then),
        TEST(a_hundred_are_finished_by_two_threads),
        TEST(what_is_outstanding_at_the_stop_is_told_so),
        TEST(it_stops_behind_the_answer_functions_under_way),
        TEST(nothing_is_begun_once_it_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
