/* SPDX-License-Identifier: MIT */
/* test_fetch.c - whatever a server does, there is an end, and words for it */
#include "../../collector/fetch.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Whatever answers has time on a busy machine, too; only what never ends is given up soon. */
enum { LIMIT = 1000, HANG_MS = 60000, TIMEOUT = 1, PATIENCE = 30, CONNECTIONS = 256 };

/* A server that does as the path says, each connection on a thread of its own. */
struct server {
    int socket;
    unsigned port;
    pthread_t thread, connections[CONNECTIONS];
    size_t count;
    atomic_int now, most; /* connections at a time */
};

static struct server server;

/* Until the client hangs up, or a while has passed: then it is still there. */
static bool linger(int fd, int ms)
{
    struct pollfd client = { .fd = fd, .events = POLLIN };
    return poll(&client, 1, ms) == 0;
}

static void say(int fd, const char *bytes, size_t size)
{
    send(fd, bytes, size, MSG_NOSIGNAL);
}

static void act_never(int fd, const char *head)
{
    (void)head;
    linger(fd, 15000);
}

static void act_trickle(int fd, const char *head)
{
    (void)head;
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    say(fd, answer, sizeof answer - 1);
    for (int i = 0; i < 100 && linger(fd, i == 0 ? 0 : 1000); i++)
        say(fd, "x", 1);
}

static void act_slow(int fd, const char *head)
{
    (void)head;
    linger(fd, 300);
    say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow", 42);
}

static void act_echo(int fd, const char *head)
{
    say(fd, "HTTP/1.0 200 OK\r\n\r\n", 19);
    say(fd, head, strlen(head));
}

static void act_endless(int fd, const char *head)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\n", piece[] = "X-More: and more\r\n";
    say(fd, answer, sizeof answer - 1);
    if (strncmp(head, "GET /endless-head", 17) != 0)
        say(fd, "\r\n", 2);
    while (send(fd, piece, sizeof piece - 1, MSG_NOSIGNAL) > 0)
        ;
}

#define GZIP        "HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\x02\x03"
#define MOVED       "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
#define BYTES(text) text, sizeof(text) - 1

static const struct deed {
    const char *path, *answer;
    size_t size;
    void (*act)(int fd, const char *head);
} deeds[] = {
    { "/ok", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), NULL },
    { "/empty", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), NULL },
    { "/none", BYTES("HTTP/1.1 204 Whatever\r\n\r\n"), NULL },
    { "/404", BYTES("HTTP/1.1 404 Not here\r\nContent-Length: 4\r\n\r\ngone"), NULL },
    { "/500", BYTES("HTTP/1.1 500 Oh\r\nContent-Length: 5000\r\n\r\noops"), NULL },
    { "/599", BYTES("HTTP/1.1 599 Odd\r\nContent-Length: 4\r\n\r\nodd."), NULL },
    { "/moved", BYTES(MOVED "/ok\r\n\r\n"), NULL },
    { "/loop", BYTES(MOVED "/loop\r\n\r\n"), NULL },
    { "/to-file", BYTES(MOVED "file:///etc/hostname\r\n\r\n"), NULL },
    { "/long", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"), NULL },
    { "/short", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"), NULL },
    { "/closed", BYTES(""), NULL },
    { "/noise", BYTES("\x16\x03\x01 is no HTTP\r\n\r\n"), NULL },
    { "/zipped", BYTES(GZIP "\xab\xca\x2c\x28\x48\x4d\x01\0\x57\x68\xc2\xe2\x06\0\0\0"), NULL },
    { "/bomb", /* 20,000 bytes of nothing */
      BYTES(GZIP
            "\xed\xc1\x31\x01\0\0\0\xc2\xa0\xf5\x4f\x6d\x0d\x0f\xa0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            "\0\0\0\0\0\0\0\0\x78\x30\x02\x53\x2f\x97\x20\x4e\0\0"),
      NULL },
    { "/bad-zip", BYTES(GZIP "this is not compressed at all"), NULL },
    { "/endless", NULL, 0, act_endless },
    { "/endless-head", NULL, 0, act_endless },
    { "/never", NULL, 0, act_never },
    { "/trickle", NULL, 0, act_trickle },
    { "/slow", NULL, 0, act_slow },
    { "/echo", NULL, 0, act_echo },
};

static void answer(int fd)
{
    char head[4096] = "", path[64] = "";
    size_t size = 0;
    while (strstr(head, "\r\n\r\n") == NULL && size < sizeof head - 1) {
        ssize_t got = recv(fd, head + size, sizeof head - 1 - size, 0);
        if (got <= 0 || (size == 0 && head[0] != 'G')) /* gone, or TLS */
            return;
        size += (size_t)got;
        head[size] = '\0';
    }
    sscanf(head, "GET %63s", path);
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (strcmp(deeds[i].path, path) != 0)
            continue;
        if (deeds[i].act != NULL)
            deeds[i].act(fd, head);
        else
            say(fd, deeds[i].answer, deeds[i].size);
    }
}

static void *serve_connection(void *fd)
{
    int now = atomic_fetch_add(&server.now, 1) + 1;
    if (now > atomic_load(&server.most))
        atomic_store(&server.most, now);
    answer((int)(intptr_t)fd);
    atomic_fetch_sub(&server.now, 1);
    close((int)(intptr_t)fd);
    return NULL;
}

static void *serve(void *unused)
{
    (void)unused;
    int fd;
    while (server.count < CONNECTIONS && (fd = accept(server.socket, NULL, NULL)) >= 0)
        pthread_create(&server.connections[server.count++], NULL, serve_connection,
                       (void *)(intptr_t)fd);
    return NULL;
}

static int start_server(void **state)
{
    (void)state;
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    setenv("no_proxy", "*", 1);
    server.socket = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server.socket, (struct sockaddr *)&address, length) != 0 ||
        listen(server.socket, 128) != 0 ||
        getsockname(server.socket, (struct sockaddr *)&address, &length) != 0)
        return -1;
    server.port = ntohs(address.sin_port);
    return pthread_create(&server.thread, NULL, serve, NULL);
}

static int stop_server(void **state)
{
    (void)state;
    shutdown(server.socket, SHUT_RDWR);
    pthread_join(server.thread, NULL);
    for (size_t i = 0; i < server.count; i++)
        pthread_join(server.connections[i], NULL);
    return close(server.socket);
}

/* What came of the transfers: the last one's words and bytes, and how many of each end. */
struct outcome {
    char error[512], body[4096];
    size_t size, whole, failed;
    void *owner;
    int64_t duration_ms;
};

static void note(void *context, struct fetch_result *result)
{
    struct outcome *outcome = context;
    *(result->error == NULL ? &outcome->whole : &outcome->failed) += 1;
    snprintf(outcome->error, sizeof outcome->error, "%s", result->error ? result->error : "");
    size_t size = result->body.size;
    assert_true(size < sizeof outcome->body);
    memcpy(outcome->body, size > 0 ? result->body.bytes : "", size);
    outcome->body[size] = '\0';
    outcome->size = size;
    outcome->owner = result->owner;
    outcome->duration_ms = result->duration_ms;
}

static struct fetcher *open_fetcher(void)
{
    struct fault fault = { 0 };
    struct fetcher *fetcher = fetcher_open("almanac-test/1", &clock_system, &fault);
    assert_string_equal(fault.text, "");
    return fetcher;
}

static struct fetch_request ask(const char *url, int64_t timeout)
{
    return (struct fetch_request){ .url = url, .timeout = timeout, .body_size_limit = LIMIT };
}

static struct outcome work_until_done(struct fetcher *fetcher)
{
    struct outcome outcome = { 0 };
    int64_t begin = clock_steady_ms(&clock_system);
    while (fetcher_under_way(fetcher) > 0) {
        fetcher_work(fetcher, 1000, -1, note, &outcome);
        assert_true(clock_steady_ms(&clock_system) - begin < HANG_MS);
    }
    return outcome;
}

static struct outcome fetch(const char *url, int64_t timeout)
{
    struct fetcher *fetcher = open_fetcher();
    struct fetch_request request = {
        .url = url, .timeout = timeout, .body_size_limit = LIMIT, .owner = &server
    };
    fetcher_start(fetcher, &request);
    struct outcome outcome = work_until_done(fetcher);
    assert_ptr_equal(outcome.owner, &server);
    assert_int_equal(outcome.whole + outcome.failed, 1);
    fetcher_close(fetcher);
    return outcome;
}

static const char *url_of(char *out, const char *path)
{
    sprintf(out, "http://127.0.0.1:%u%s", server.port, path);
    return out;
}

/* words: a shell pattern, * standing for a port or what curl says. */
static void must_fail_within(const char *url, int64_t timeout, const char *words)
{
    struct outcome outcome = fetch(url, timeout);
    if (fnmatch(words, outcome.error, 0) != 0)
        fail_msg("%s: '%s', expected '%s'", url, outcome.error, words);
}

static void must_fail(const char *url, const char *words)
{
    must_fail_within(url, PATIENCE, words);
}

static void must_bring(const char *url, const char *body)
{
    struct outcome outcome = fetch(url, PATIENCE);
    assert_string_equal(outcome.error, "");
    assert_string_equal(outcome.body, body);
    assert_int_equal(outcome.size, strlen(body));
}

static void a_whole_body_arrives(void **state)
{
    (void)state;
    char url[128];
    must_bring(url_of(url, "/ok"), "hello");
    must_bring(url_of(url, "/empty"), "");
    must_bring(url_of(url, "/zipped"), "zipped");
    must_bring(url_of(url, "/moved"), "hello");
}

static void the_request_says_who_asks_and_what_is_understood(void **state)
{
    (void)state;
    char url[128];
    struct outcome outcome = fetch(url_of(url, "/echo"), PATIENCE);
    assert_non_null(strstr(outcome.body, "User-Agent: almanac-test/1\r\n"));
    assert_non_null(strstr(outcome.body, "Accept-Encoding: gzip\r\n"));
}

static void what_a_server_does_wrong_is_said_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *path, *words;
    } cases[] = {
        { "/404", "HTTP status 404 Not Found; expected 200" },
        { "/500", "HTTP status 500 Internal Server Error; expected 200" },
        { "/599", "HTTP status 599; expected 200" },
        { "/none", "HTTP status 204 No Content; expected 200" },
        { "/loop", "more than 5 redirects" },
        { "/to-file", "a protocol that is not spoken here: *file*" },
        { "/long", "the body is larger than 1000 bytes (body_size_limit)" },
        { "/endless", "the body is larger than 1000 bytes (body_size_limit)" },
        { "/endless-head", "the connection broke: Too large response headers: *" },
        { "/bomb", "the body is larger than 1000 bytes (body_size_limit)" },
        { "/short", "the body ends early: *5 bytes remaining*" },
        { "/closed", "the connection was closed without an answer: *" },
        { "/bad-zip", "the body cannot be decompressed: *" },
        { "/noise", "a protocol that is not spoken here: *HTTP/0.9*" },
    };
    char url[128];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_fail(url_of(url, cases[i].path), cases[i].words);
    must_fail_within(url_of(url, "/never"), TIMEOUT, "no whole answer within 1 s");
    must_fail_within(url_of(url, "/trickle"), TIMEOUT, "no whole answer within 1 s");
}

static void an_address_that_leads_nowhere_is_said_in_words(void **state)
{
    (void)state;
    char url[128];
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    int reserved = socket(AF_INET, SOCK_STREAM, 0); /* bound, but nobody listens */
    assert_int_equal(bind(reserved, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(reserved, (struct sockaddr *)&address, &length), 0);
    sprintf(url, "http://me:secret@127.0.0.1:%u/", ntohs(address.sin_port));
    must_fail(url, "cannot connect to 127.0.0.1:*: Connection refused");
    close(reserved);

    sprintf(url, "https://127.0.0.1:%u/ok", server.port);
    must_fail(url, "no TLS connection: *");
    must_fail("ftp://127.0.0.1/", "a protocol that is not spoken here: *ftp*");
    must_fail("http://", "not an address that can be fetched: *");
}

static void of_files_only_regular_ones_are_read(void **state)
{
    (void)state;
    char folder[128], path[192], url[256], words[320];
    const char *scratch = getenv("ALMANAC_SCRATCH");
    snprintf(folder, sizeof folder, "%s/fetch-XXXXXX", scratch ? scratch : "/tmp");
    assert_non_null(mkdtemp(folder));

    snprintf(path, sizeof path, "%s/a b", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "hello", 5), 5);
    snprintf(url, sizeof url, "file://%s/a%%20b", folder);
    must_bring(url, "hello");

    assert_int_equal(ftruncate(fd, LIMIT + 1), 0);
    must_fail(url, "the body is larger than 1000 bytes (body_size_limit)");
    close(fd);

    assert_int_equal(unlink(path), 0);
    snprintf(words, sizeof words, "cannot read %s: No such file or directory", path);
    must_fail(url, words);

    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(words, sizeof words, "%s is not a regular file", path);
    must_fail(url, words);
    assert_int_equal(unlink(path), 0);

    snprintf(url, sizeof url, "file://%s", folder);
    snprintf(words, sizeof words, "%s is a directory; expected a file", folder);
    must_fail(url, words);
    assert_int_equal(rmdir(folder), 0);
}

/* 192 of 300 ms each, 16 at a time, take longer than the timeout of one. */
static void transfers_wait_for_their_turn_and_that_is_not_held_against_them(void **state)
{
    (void)state;
    char url[128];
    struct fetcher *fetcher = open_fetcher();
    struct fetch_request request = ask(url_of(url, "/slow"), 3);
    atomic_store(&server.most, 0);
    for (int i = 0; i < 192; i++)
        fetcher_start(fetcher, &request);
    assert_int_equal(fetcher_under_way(fetcher), 192);
    struct outcome outcome = work_until_done(fetcher);
    assert_int_equal(outcome.whole, 192);
    assert_in_range(outcome.duration_ms, 250, 2999);
    assert_in_range(atomic_load(&server.most), 2, FETCH_AT_ONCE);
    fetcher_close(fetcher);
}

static void a_wake_or_the_end_of_the_time_ends_the_work(void **state)
{
    (void)state;
    char url[128];
    int wake[2];
    struct outcome outcome = { 0 };
    struct fetcher *fetcher = open_fetcher();
    int64_t begin = clock_steady_ms(&clock_system);
    assert_int_equal(pipe(wake), 0);
    fetcher_work(fetcher, 50, wake[0], note, &outcome);
    assert_in_range(clock_steady_ms(&clock_system) - begin, 50, HANG_MS);
    struct fetch_request request = ask(url_of(url, "/never"), 10 * PATIENCE);
    fetcher_start(fetcher, &request);
    assert_int_equal(write(wake[1], "!", 1), 1);
    begin = clock_steady_ms(&clock_system);
    fetcher_work(fetcher, HANG_MS, wake[0], note, &outcome);
    assert_in_range(clock_steady_ms(&clock_system) - begin, 0, HANG_MS / 2);
    assert_int_equal(outcome.whole + outcome.failed, 0);
    close(wake[0]);
    close(wake[1]);
    fetcher_close(fetcher);
}

static void closing_drops_what_is_under_way_at_once(void **state)
{
    (void)state;
    char url[128];
    struct outcome outcome = { 0 };
    struct fetcher *fetcher = open_fetcher();
    struct fetch_request request = ask(url_of(url, "/never"), 10 * PATIENCE);
    for (int i = 0; i < FETCH_AT_ONCE + 4; i++)
        fetcher_start(fetcher, &request);
    fetcher_work(fetcher, 50, -1, note, &outcome);
    fetcher_close(fetcher);
    assert_int_equal(outcome.whole + outcome.failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_body_arrives),
        cmocka_unit_test(the_request_says_who_asks_and_what_is_understood),
        cmocka_unit_test(what_a_server_does_wrong_is_said_in_words),
        cmocka_unit_test(an_address_that_leads_nowhere_is_said_in_words),
        cmocka_unit_test(of_files_only_regular_ones_are_read),
        cmocka_unit_test(transfers_wait_for_their_turn_and_that_is_not_held_against_them),
        cmocka_unit_test(a_wake_or_the_end_of_the_time_ends_the_work),
        cmocka_unit_test(closing_drops_what_is_under_way_at_once),
    };
    return cmocka_run_group_tests_name("fetch", tests, start_server, stop_server);
}
