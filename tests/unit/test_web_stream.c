/* SPDX-License-Identifier: MIT */
/* test_web_stream.c - answers that are made while the client reads */
#include "web_client.h"
#include "web_stage.h"

#include <errno.h>
#include <poll.h>

enum { BODY_SIZE = PIECE_SIZE * PIECES };

static int ask(const struct server *server, const char *method, const char *target)
{
    int fd = dial(web_port(server->web, 0));
    request_on(fd, method, target);
    return fd;
}

/* Reads until the text ends so. */
static void read_until(int fd, struct text *text, const char *end)
{
    size_t length = strlen(end);
    char byte;
    while (text->size < length || strcmp(text->bytes + text->size - length, end) != 0) {
        if (recv(fd, &byte, 1, 0) != 1)
            fail_msg("it ends after '%s'", text->bytes);
        text_char(text, byte);
    }
}

static void read_head(int fd, const char *header)
{
    struct text head = { 0 };
    read_until(fd, &head, "\r\n\r\n");
    assert_non_null(strstr(head.bytes, " 200 "));
    if (strstr(head.bytes, header) == NULL)
        fail_msg("no '%s' in %s", header, head.bytes);
    text_free(&head);
}

/* Reads size bytes, or all there are; the number read. */
static size_t read_more(int fd, struct text *body, size_t size)
{
    char bytes[4096];
    size_t before = body->size;
    ssize_t got = 1;
    while (got > 0 && body->size - before < size) {
        size_t left = size - (body->size - before);
        got = recv(fd, bytes, left < sizeof bytes ? left : sizeof bytes, 0);
        text_bytes(body, bytes, got > 0 ? (size_t)got : 0);
    }
    return body->size - before;
}

/* Reads a chunked body; false: the connection ends before it does. */
static bool read_chunks(int fd, struct text *body)
{
    for (;;) {
        struct text line = { 0 };
        char byte;
        while (recv(fd, &byte, 1, 0) == 1 && byte != '\n')
            text_char(&line, byte);
        size_t size = line.size == 0 ? 0 : strtoul(line.bytes, NULL, 16);
        bool last = line.size > 0 && line.bytes[0] == '0';
        text_free(&line);
        if (read_more(fd, body, size) < size || (size == 0 && !last))
            return false;
        struct text end = { 0 };
        read_until(fd, &end, "\r\n");
        text_free(&end);
        if (last)
            return true;
    }
}

static void must_be_pieces(const struct server *server, const struct text *body, size_t count)
{
    assert_int_equal(body->size, count * PIECE_SIZE);
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(body->bytes + i * PIECE_SIZE, server->stage.head, PIECE_SIZE);
}

static void wait_for_release(struct server *server)
{
    for (int ms = 0; ms < 10000 && atomic_load(&server->stage.released) == 0; ms += 10)
        poll(NULL, 0, 10);
    assert_int_equal(atomic_load(&server->stage.released), 1);
}

static void a_stream_arrives_exactly(void **state)
{
    struct server *server = *state;
    struct text body = { 0 };
    int fd = ask(server, "GET", "/stream/whole");
    read_head(fd, "\r\nTransfer-Encoding: chunked\r\n");
    assert_true(read_chunks(fd, &body));
    must_be_pieces(server, &body, PIECES);
    request_on(fd, "GET", "/small");
    must_answer(fd, 200, NULL, "small\n");
    wait_for_release(server);
    text_free(&body);
    close(fd);
}

static void without_chunks_it_ends_with_the_connection(void **state)
{
    struct server *server = *state;
    struct text body = { 0 };
    int fd = dial(web_port(server->web, 0));
    say(fd, "GET /stream/whole HTTP/1.0\r\n\r\n");
    read_head(fd, "\r\nConnection: close\r\n");
    read_more(fd, &body, BODY_SIZE + 1);
    must_be_pieces(server, &body, PIECES);
    text_free(&body);
    close(fd);
}

static void for_a_head_nothing_is_made(void **state)
{
    struct server *server = *state;
    int fd = ask(server, "HEAD", "/stream/whole");
    read_head(fd, "\r\nContent-Type: text/plain\r\n");
    must_be_closed(fd);
    assert_int_equal(atomic_load(&server->stage.pieces), 0);
    wait_for_release(server);
}

/* The library's buffers and the kernel's fill up; then no more is made. */
static int pieces_when_full(struct server *server)
{
    int before = -1, now = atomic_load(&server->stage.pieces);
    while (now != before) {
        poll(NULL, 0, 300);
        before = now;
        now = atomic_load(&server->stage.pieces);
    }
    return now;
}

static void no_more_is_made_than_is_read(void **state)
{
    enum { KERNEL_BYTES = 32 << 20 };
    struct server *server = *state;
    struct text body = { 0 };
    int slow = ask(server, "GET", "/stream/endless");
    read_head(slow, "\r\nTransfer-Encoding: chunked\r\n");
    int made = pieces_when_full(server);
    assert_in_range(made, 1, KERNEL_BYTES / PIECE_SIZE);
    int fd = ask(server, "GET", "/stream/whole");
    read_head(fd, "");
    assert_true(read_chunks(fd, &body));
    must_be_pieces(server, &body, PIECES);
    assert_int_equal(atomic_load(&server->stage.pieces), made + PIECES - 1);
    read_more(slow, &body, KERNEL_BYTES);
    assert_true(pieces_when_full(server) > made + PIECES - 1);
    text_free(&body);
    close(slow);
    close(fd);
}

static void what_breaks_off_does_not_look_whole(void **state)
{
    struct server *server = *state;
    struct text body = { 0 };
    char log[4096] = "", bytes[4096];
    int fd = ask(server, "GET", "/stream/broken");
    errno = 0;
    read_head(fd, "\r\nTransfer-Encoding: chunked\r\n");
    assert_false(read_chunks(fd, &body));
    assert_in_range(body.size, 0, 2 * PIECE_SIZE);
    must_be_closed(fd);
    fd = dial(web_port(server->web, 0));
    say(fd, "GET /stream/broken HTTP/1.0\r\n\r\n");
    while (recv(fd, bytes, sizeof bytes, 0) > 0)
        continue;
    assert_int_equal(errno, ECONNRESET);
    close(fd);
    text_free(&body);
    stop(server);
    assert_true(pread(server->log.fd, log, sizeof log - 1, 0) > 0);
    assert_non_null(strstr(log, "level=warn msg=\"answer broken off\" target=/stream/broken "
                                "error=\"the spring is dry\"\n"));
}

static void a_client_may_leave_in_the_middle(void **state)
{
    struct server *server = *state;
    struct text body = { 0 };
    int fd = ask(server, "GET", "/stream/endless");
    read_more(fd, &body, BODY_SIZE);
    close(fd);
    wait_for_release(server);
    text_free(&body);
}

static void it_stops_in_the_middle(void **state)
{
    enum { CLIENTS = 20 };
    struct server *server = *state;
    struct text body = { 0 };
    int clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = ask(server, "GET", "/stream/endless");
    read_more(clients[0], &body, BODY_SIZE);
    stop(server);
    assert_int_equal(atomic_load(&server->stage.released), CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        close(clients[i]);
    text_free(&body);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stream_arrives_exactly),
        TEST(without_chunks_it_ends_with_the_connection),
        TEST(for_a_head_nothing_is_made),
        TEST(no_more_is_made_than_is_read),
        TEST(what_breaks_off_does_not_look_whole),
        TEST(a_client_may_leave_in_the_middle),
        TEST(it_stops_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
