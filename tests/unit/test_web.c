/* SPDX-License-Identifier: MIT */
/* test_web.c - the HTTP server as its clients meet it, on loopback */
#include "web_client.h"
#include "web_stage.h"

#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STOP_MS = 10000 }; /* well below WEB_IDLE_SECONDS, well above a busy machine */

static int request_to(const struct server *server, const char *method, const char *target)
{
    int fd = dial(web_port(server->web, 0));
    request_on(fd, method, target);
    return fd;
}

static void must_stop_soon(struct server *server)
{
    int64_t before = clock_steady_ms(&clock_system);
    stop(server);
    assert_true(clock_steady_ms(&clock_system) - before < STOP_MS);
}

static void a_connection_is_kept_for_the_next_request(void **state)
{
    int fd = request_to(*state, "GET", "/small");
    must_answer(fd, 200, "\r\nContent-Type: text/plain; charset=utf-8\r\n", "small\n");
    request_on(fd, "GET", "/small?word=%E4%BA%BF");
    must_answer(fd, 200, NULL, "亿\n");
    request_on(fd, "GET", "/empty");
    must_answer(fd, 200, NULL, "");
    say(fd, "GET /small?word=a HTTP/1.1\r\nHost: x\r\n\r\nGET /small?word=b HTTP/1.1\r\n"
            "Host: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    must_answer(fd, 200, NULL, "a\n");
    must_answer(fd, 200, NULL, "b\n");
    must_be_closed(fd);
}

static void head_has_the_length_and_no_body(void **state)
{
    int fd = request_to(*state, "HEAD", "/page");
    struct answer answer;
    read_answer(fd, false, &answer);
    assert_int_equal(answer.length, HEAD_SIZE + TAIL_SIZE);
    free_answer(&answer);
    request_on(fd, "HEAD", "/nowhere");
    must_answer(fd, 404, NULL, NULL);
    request_on(fd, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void headers_go_in_and_out(void **state)
{
    int fd = request_to(*state, "GET", "/headers");
    must_answer(fd, 200, "\r\nX-H: x\r\n", "none\n");
    say(fd, "GET /headers HTTP/1.1\r\nHost: x\r\nx-word: a, b\r\n\r\n");
    must_answer(fd, 200, "\r\nX-A: x\r\n", "a, b\n");
    close(fd);
}

static void a_304_has_the_length_and_no_body(void **state)
{
    struct server *server = *state;
    struct answer answer;
    int fd = dial(web_port(server->web, 0));
    say(fd, "GET /headers HTTP/1.1\r\nHost: x\r\nX-Word: same\r\n\r\n");
    read_answer(fd, false, &answer);
    assert_int_equal(answer.status, 304);
    assert_int_equal(answer.length, strlen("same\n"));
    free_answer(&answer);
    request_on(fd, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void what_cannot_be_answered_is_said(void **state)
{
    int fd = request_to(*state, "GET", "/smal");
    must_answer(fd, 404, "\r\nContent-Type: text/plain; charset=utf-8\r\n",
                "there is nothing at '/smal'\n");
    request_on(fd, "POST", "/small");
    must_answer(fd, 405, "\r\nAllow: GET, HEAD\r\n",
                "'/small' cannot be asked with POST; expected GET or HEAD\n");
    request_on(fd, "GET", "/small?worm=1");
    must_answer(fd, 400, NULL, "unknown parameter 'worm'; expected word\n");
    request_on(fd, "GET", "/small?word=%FF");
    must_answer(fd, 400, NULL, "parameter 'word' is not percent-encoded UTF-8\n");
    close(fd);
}

static void under_api_words_of_errors_come_in_json(void **state)
{
    static const char *const targets[] = { "/api/v1/nothing", "/api/%FF",
                                           "/api/?a=1&a=2",   "http://x/api/v1/nothing",
                                           "/api/unready",    "/%61pi/unready" };
    static const unsigned status[] = { 404, 400, 400, 404, 503, 503 };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        int fd = request_to(*state, "GET", targets[i]);
        must_answer(fd, status[i], "\r\nContent-Type: application/json\r\n", NULL);
        close(fd);
    }
    int fd = request_to(*state, "GET", "/apis");
    must_answer(fd, 404, "\r\nContent-Type: text/plain; charset=utf-8\r\n", NULL);
    close(fd);
}

static void headers_of_a_file_last_until_it_is_sent(void **state)
{
    struct server *server = *state;
    int before = atomic_load(&server->stage.released);
    int fd = request_to(server, "GET", "/file/tagged");
    struct answer answer;
    read_answer(fd, true, &answer);
    assert_non_null(strstr(answer.headers.bytes, "\r\nETag: \"file\"\r\n"));
    assert_int_equal(answer.body.size, HEAD_SIZE + TAIL_SIZE);
    free_answer(&answer);
    request_on(fd, "GET", "/small"); /* by then the one before it is done */
    must_answer(fd, 200, NULL, "small\n");
    assert_int_equal(atomic_load(&server->stage.released), before + 1);
    close(fd);
}

static void a_body_of_head_and_tail_arrives_exactly(void **state)
{
    struct server *server = *state;
    enum { TIMES = 3 };
    int fd = dial(web_port(server->web, 0));
    for (int i = 0; i < TIMES; i++) {
        struct answer answer;
        request_on(fd, "GET", "/page");
        read_answer(fd, true, &answer);
        assert_int_equal(answer.body.size, HEAD_SIZE + TAIL_SIZE);
        assert_memory_equal(answer.body.bytes, server->stage.head, HEAD_SIZE);
        assert_memory_equal(answer.body.bytes + HEAD_SIZE, server->stage.tail, TAIL_SIZE);
        free_answer(&answer);
    }
    close(fd);
    stop(server);
    assert_int_equal(server->stage.released, TIMES);
}

static void a_reply_that_nobody_reads_is_released(void **state)
{
    struct server *server = *state;
    int fd = request_to(server, "GET", "/page");
    char byte;
    assert_int_equal(recv(fd, &byte, 1, 0), 1);
    close(fd);
    stop(server);
    assert_int_equal(server->stage.released, 1);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

static void a_file_arrives_exactly_and_is_closed(void **state)
{
    struct server *server = *state;
    struct answer answer;
    int fd = dial(web_port(server->web, 0));
    request_on(fd, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    size_t before = open_descriptors();
    request_on(fd, "GET", "/file/whole");
    read_answer(fd, true, &answer);
    assert_non_null(strstr(answer.headers.bytes, "\r\nContent-Type: text/csv\r\n"));
    assert_non_null(strstr(answer.headers.bytes, "\r\nX-File: x\r\n"));
    assert_int_equal(answer.body.size, HEAD_SIZE + TAIL_SIZE);
    assert_memory_equal(answer.body.bytes, server->stage.head, HEAD_SIZE);
    assert_memory_equal(answer.body.bytes + HEAD_SIZE, server->stage.tail, TAIL_SIZE);
    free_answer(&answer);
    request_on(fd, "HEAD", "/file/whole");
    read_answer(fd, false, &answer);
    assert_int_equal(answer.length, HEAD_SIZE + TAIL_SIZE);
    free_answer(&answer);
    request_on(fd, "GET", "/file/empty");
    must_answer(fd, 200, NULL, "");
    request_on(fd, "GET", "/small"); /* by then the files before it are closed */
    must_answer(fd, 200, NULL, "small\n");
    assert_int_equal(open_descriptors(), before);
    close(fd);
}

static void a_file_that_nobody_reads_is_closed(void **state)
{
    struct server *server = *state;
    size_t before = open_descriptors();
    int fd = request_to(server, "GET", "/file/whole");
    char byte;
    assert_int_equal(recv(fd, &byte, 1, 0), 1);
    close(fd);
    stop(server);
    assert_true(open_descriptors() < before);
}

static void a_slow_answer_does_not_hold_up_the_others(void **state)
{
    struct server *server = *state;
    int slow = request_to(server, "GET", "/slow/one");
    wait_at_gate(&server->stage);
    for (int i = 0; i < 20; i++) {
        int fast = request_to(server, "GET", "/small");
        must_answer(fast, 200, NULL, "small\n");
        close(fast);
    }
    struct pollfd idle = { slow, POLLIN, 0 };
    assert_int_equal(poll(&idle, 1, 0), 0);
    open_gate(&server->stage);
    must_answer(slow, 200, NULL, "slow one\n");
    request_on(slow, "HEAD", "/slow/two");
    must_answer(slow, 200, NULL, NULL);
    close(slow);
}

static void a_slow_answer_waits_for_those_of_its_own_queue_alone(void **state)
{
    struct server *server = *state;
    int slow = request_to(server, "GET", "/slow/one");
    wait_at_gate(&server->stage);
    for (int i = 0; i < 20; i++) {
        int aside = request_to(server, "GET", "/aside");
        must_answer(aside, 200, NULL, "small\n");
        close(aside);
    }
    struct pollfd idle = { slow, POLLIN, 0 };
    assert_int_equal(poll(&idle, 1, 0), 0);
    open_gate(&server->stage);
    must_answer(slow, 200, NULL, "slow one\n");
    close(slow);
}

static void beyond_the_queue_there_is_a_503(void **state)
{
    enum { CLIENTS = 1 + WEB_SLOW_QUEUE + 1 }; /* answered, waiting, too many */
    struct server *server = *state;
    struct pollfd clients[CLIENTS];
    clients[0] = (struct pollfd){ request_to(server, "GET", "/slow/x"), POLLIN, 0 };
    wait_at_gate(&server->stage);
    for (int i = 1; i < CLIENTS; i++)
        clients[i] = (struct pollfd){ request_to(server, "GET", "/slow/x"), POLLIN, 0 };
    assert_int_equal(poll(clients, CLIENTS, 20000), 1);
    int refused = 0;
    while (clients[refused].revents == 0)
        refused++;
    must_answer(clients[refused].fd, 503, "\r\nRetry-After: 1\r\n",
                "too many requests like this wait for their answer; try again shortly\n");
    assert_int_equal(poll(clients, CLIENTS, 100), 0);
    open_gate(&server->stage);
    for (int i = 0; i < CLIENTS; i++) {
        if (i != refused)
            must_answer(clients[i].fd, 200, NULL, "slow x\n");
        close(clients[i].fd);
    }
}

static void a_hundred_clients_at_once_are_answered(void **state)
{
    enum { CLIENTS = 100 };
    struct server *server = *state;
    int clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = dial(web_port(server->web, 0));
    for (int i = 0; i < CLIENTS; i++)
        request_on(clients[i], "GET", "/small");
    for (int i = CLIENTS - 1; i >= 0; i--) {
        must_answer(clients[i], 200, NULL, "small\n");
        close(clients[i]);
    }
}

static void a_header_line_of_80_kilobytes_is_refused(void **state)
{
    struct server *server = *state;
    int fd = dial(web_port(server->web, 0));
    struct text words = { 0 };
    struct answer answer;
    text_put(&words, "GET /small HTTP/1.1\r\nHost: x\r\nX-Long: ");
    for (int i = 0; i < 80 * 1024; i++)
        text_char(&words, 'x');
    text_put(&words, "\r\n\r\n");
    send(fd, words.bytes, words.size, MSG_NOSIGNAL); /* may be refused before all is sent */
    read_answer(fd, false, &answer);
    assert_true(answer.status >= 400 && answer.status < 500);
    free_answer(&answer);
    text_free(&words);
    close(fd);
    fd = request_to(server, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void the_body_of_a_request_is_not_waited_for(void **state)
{
    struct server *server = *state;
    int fd = dial(web_port(server->web, 0));
    say(fd, "GET /small HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
    must_answer(fd, 200, "\r\nConnection: close\r\n", "small\n");
    must_be_closed(fd);
    fd = dial(web_port(server->web, 0));
    say(fd, "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    must_answer(fd, 405, NULL, "'/small' cannot be asked with POST; expected GET or HEAD\n");
    must_be_closed(fd);
    open_gate(&server->stage);
    fd = dial(web_port(server->web, 0));
    say(fd, "GET /slow/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
    must_answer(fd, 200, "\r\nConnection: close\r\n", "slow x\n");
    must_be_closed(fd);
}

static void each_address_has_its_listener(void **state)
{
    struct server *server = *state;
    static const char *const addresses[] = { "127.0.0.1", "127.0.0.2" };
    assert_int_not_equal(web_port(server->web, 0), web_port(server->web, 1));
    for (size_t i = 0; i < 2; i++) {
        int fd = dial_at(addresses[i], web_port(server->web, i));
        request_on(fd, "GET", "/small");
        must_answer(fd, 200, NULL, "small\n");
        close(fd);
    }
}

static void an_address_in_use_is_named(void **state)
{
    struct server *server = *state;
    struct fault fault = { 0 };
    char taken[32], expected[96];
    snprintf(taken, sizeof taken, "127.0.0.1:%u", web_port(server->web, 0));
    snprintf(expected, sizeof expected, "cannot listen on %s: Address already in use", taken);
    const char *const listen[] = { "127.0.0.1:0", taken };
    assert_null(start(server, listen, 2, &fault));
    assert_string_equal(fault.text, expected);
    int fd = request_to(server, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    close(fd);
}

static void it_stops_while_a_client_has_sent_half_a_request(void **state)
{
    struct server *server = *state;
    int fd = dial(web_port(server->web, 0)), silent = dial(web_port(server->web, 0));
    say(fd, "GET /small HTTP/1.1\r\nHos");
    poll(NULL, 0, 50);
    must_stop_soon(server);
    must_be_closed(fd);
    must_be_closed(silent);
}

static void it_stops_while_a_client_does_not_read(void **state)
{
    struct server *server = *state;
    int fd = request_to(server, "GET", "/huge");
    char byte;
    assert_int_equal(recv(fd, &byte, 1, 0), 1);
    must_stop_soon(server);
    close(fd);
}

static void *stop_in_a_thread(void *owner)
{
    stop(owner);
    return NULL;
}

static void a_slow_answer_under_way_is_ended_and_the_waiting_are_told(void **state)
{
    struct server *server = *state;
    pthread_t stopper;
    int first = request_to(server, "GET", "/slow/1");
    wait_at_gate(&server->stage);
    int second = request_to(server, "GET", "/slow/2");
    poll(NULL, 0, 200); /* until it is in the queue */
    pthread_create(&stopper, NULL, stop_in_a_thread, server);
    poll(NULL, 0, 200); /* until the server knows */
    open_gate(&server->stage);
    must_answer(first, 200, NULL, "slow 1\n");
    must_answer(second, 503, NULL, "the server is stopping\n");
    pthread_join(stopper, NULL);
    must_be_closed(first);
    must_be_closed(second);
}

static void listening_and_failures_are_logged(void **state)
{
    struct server *server = *state;
    char expected[64], log[4096] = "";
    snprintf(expected, sizeof expected, "msg=listening address=127.0.0.2:0 port=%u tls=false\n",
             web_port(server->web, 1));
    int fd = request_to(server, "GET", "/broken?");
    must_answer(fd, 500, NULL, "it broke\n");
    request_on(fd, "GET", "/nowhere");
    must_answer(fd, 404, NULL, "there is nothing at '/nowhere'\n");
    request_on(fd, "GET", "/unready");
    must_answer(fd, 503, "\r\nRetry-After: 1\r\n", "it broke\n");
    close(fd);
    stop(server);
    assert_true(pread(server->log.fd, log, sizeof log - 1, 0) > 0);
    assert_non_null(strstr(log, expected));
    assert_non_null(strstr(log, "level=warn msg=\"request failed\" target=/broken? status=500 "
                                "error=\"it broke\"\n"));
    assert_null(strstr(log, "/nowhere"));
    assert_null(strstr(log, "/unready"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_connection_is_kept_for_the_next_request),
        TEST(head_has_the_length_and_no_body),
        TEST(headers_go_in_and_out),
        TEST(a_304_has_the_length_and_no_body),
        TEST(what_cannot_be_answered_is_said),
        TEST(under_api_words_of_errors_come_in_json),
        TEST(a_body_of_head_and_tail_arrives_exactly),
        TEST(a_reply_that_nobody_reads_is_released),
        TEST(a_file_arrives_exactly_and_is_closed),
        TEST(a_file_that_nobody_reads_is_closed),
        TEST(headers_of_a_file_last_until_it_is_sent),
        TEST(a_slow_answer_does_not_hold_up_the_others),
        TEST(a_slow_answer_waits_for_those_of_its_own_queue_alone),
        TEST(beyond_the_queue_there_is_a_503),
        TEST(a_hundred_clients_at_once_are_answered),
        TEST(a_header_line_of_80_kilobytes_is_refused),
        TEST(the_body_of_a_request_is_not_waited_for),
        TEST(each_address_has_its_listener),
        TEST(an_address_in_use_is_named),
        TEST(it_stops_while_a_client_has_sent_half_a_request),
        TEST(it_stops_while_a_client_does_not_read),
        TEST(a_slow_answer_under_way_is_ended_and_the_waiting_are_told),
        TEST(listening_and_failures_are_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
