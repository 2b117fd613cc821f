/* SPDX-License-Identifier: MIT */
/* test_fetch.c - whatever a server does, there is an end, and words for it */
#include "../../collector/fetch_private.h"

#include "fetch_stage.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cmocka.h>

/* Whatever answers has time on a busy machine, too; only what never ends is given up soon. */
enum { LIMIT = 1000, HANG_MS = 60000, TIMEOUT = 1, PATIENCE = 30 };

/* In the place of libc's: from which byte a regular file cannot be read on; -1: none. */
static off_t unreadable = -1;

ssize_t read(int descriptor, void *bytes, size_t size)
{
    struct stat about;
    off_t at = unreadable < 0 ? -1 : lseek(descriptor, 0, SEEK_CUR);
    errno = EIO;
    if (at >= 0 && fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode)) {
        if (at >= unreadable)
            return -1;
        size = size > (size_t)(unreadable - at) ? (size_t)(unreadable - at) : size;
    }
    return syscall(SYS_read, descriptor, bytes, size);
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

static struct fetcher *open_fetcher(struct outcome *outcome)
{
    struct fault fault = { 0 };
    *outcome = (struct outcome){ 0 };
    struct fetcher *fetcher = fetcher_open(&clock_system, note, outcome, &fault);
    assert_string_equal(fault.text, "");
    return fetcher;
}

static struct fetch_request ask(const char *url, int64_t timeout)
{
    return (struct fetch_request){ .url = url, .timeout = timeout, .body_size_limit = LIMIT };
}

static void work_until_done(struct fetcher *fetcher)
{
    int64_t begin = clock_steady_ms(&clock_system);
    while (fetcher_under_way(fetcher) > 0) {
        fetcher_work(fetcher, 1000, -1);
        assert_true(clock_steady_ms(&clock_system) - begin < HANG_MS);
    }
}

static struct outcome fetch(const char *url, int64_t timeout)
{
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    struct fetch_request request = {
        .url = url, .timeout = timeout, .body_size_limit = LIMIT, .owner = &server
    };
    fetcher_start(fetcher, &request);
    work_until_done(fetcher);
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
    must_bring(url_of(url, "/identity"), "hello");
    must_bring(url_of(url, "/moved"), "hello");
}

static void the_request_says_who_asks_and_what_is_understood(void **state)
{
    (void)state;
    char url[128];
    struct outcome outcome = fetch(url_of(url, "/echo"), PATIENCE);
    assert_non_null(strstr(outcome.body, "User-Agent: almanac-collector/" ALMANAC_VERSION "\r\n"));
    assert_non_null(strstr(outcome.body, "Accept-Encoding: gzip\r\n"));
}

static void a_header_of_the_configuration_replaces_one_of_ours(void **state)
{
    (void)state;
    static const struct label headers[] = { { "accept", "text/csv" },
                                            { "Accept-encoding", "identity" } };
    static const struct transport transport = { .headers = headers, .header_count = 2 };
    char url[128];
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    struct fetch_request request = ask(url_of(url, "/echo"), PATIENCE);
    request.accept = "text/plain";
    request.transport = &transport;
    fetcher_start(fetcher, &request);
    work_until_done(fetcher);
    assert_non_null(strstr(outcome.body, "accept: text/csv\r\n"));
    assert_non_null(strstr(outcome.body, "Accept-encoding: identity\r\n"));
    assert_null(strstr(outcome.body, "Accept: "));
    assert_null(strstr(outcome.body, "gzip"));
    fetcher_close(fetcher);
}

static struct outcome post(const char *path, const struct transport *transport)
{
    char url[128];
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    struct fetch_request request = ask(url_of(url, path), PATIENCE);
    request.transport = transport;
    fetcher_start(fetcher, &request);
    work_until_done(fetcher);
    fetcher_close(fetcher);
    return outcome;
}

static void a_query_can_be_posted(void **state)
{
    static const struct label headers[] = { { "Content-Type", "text/plain" } };
    struct transport transport = { .post = "{\"query\": []}" };
    (void)state;
    struct outcome outcome = post("/echo", &transport);
    assert_non_null(strstr(outcome.body, "POST /echo HTTP/1.1\r\n"));
    assert_non_null(strstr(outcome.body, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(outcome.body, "\r\n\r\n{\"query\": []}"));
    transport.headers = headers;
    transport.header_count = 1;
    outcome = post("/echo", &transport);
    assert_non_null(strstr(outcome.body, "Content-Type: text/plain\r\n"));
    assert_null(strstr(outcome.body, "application/json"));
    outcome = post("/loop", &transport);
    assert_non_null(strstr(outcome.error, "(with header_files or post no redirect is followed)"));
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
        { "/cut-zip", "the body cannot be decompressed: it breaks off" },
        { "/flushed-zip", "the body cannot be decompressed: it breaks off" },
        { "/wrong-zip", "the body cannot be decompressed: incorrect data check" },
        { "/brotli", "the body is encoded as 'br'; expected gzip or nothing" },
        { "/deflated", "the body is encoded as 'deflate'; expected gzip or nothing" },
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

/* As a server that restarts ends HTTP/2. */
static void a_stream_that_breaks_off_is_a_broken_connection(void **state)
{
    static const CURLcode codes[] = { CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM };
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct transfer transfer = { 0 };
        transfer_word_end(&transfer, codes[i]);
        assert_non_null(strstr(transfer.fault.text, "the connection broke: "));
        assert_true(transfer_may_pass(&transfer, codes[i]));
    }
}

static void of_files_only_regular_ones_are_read(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH], path[320], url[400], words[400];
    make_scratch("fetch", folder);

    snprintf(path, sizeof path, "%s/a b", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "hello", 5), 5);
    snprintf(url, sizeof url, "file://%s/a%%20b", folder);
    must_bring(url, "hello");

    assert_int_equal(ftruncate(fd, LIMIT + 1), 0);
    must_fail(url, "the body is larger than 1000 bytes (body_size_limit)");
    close(fd);

    assert_int_equal(unlink(path), 0);
    snprintf(words, sizeof words, "%s: No such file or directory", path);
    must_fail(url, words);

    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(words, sizeof words, "%s: is no regular file; expected a regular file", path);
    must_fail(url, words);
    assert_int_equal(unlink(path), 0);

    snprintf(url, sizeof url, "file://%s", folder);
    snprintf(words, sizeof words, "%s: is a directory; expected a regular file", folder);
    must_fail(url, words);
    remove_scratch(folder);
}

static void a_file_that_cannot_be_read_on_is_not_a_shorter_one(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH], path[320], url[400];
    make_scratch("fetch", folder);
    snprintf(path, sizeof path, "%s/a", folder);
    snprintf(url, sizeof url, "file://%s", path);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "hello", 5), 5);
    close(fd);
    unreadable = 0;
    must_fail(url, "the file could only be read to byte 0 of 5");
    unreadable = 3;
    must_fail(url, "the file could only be read to byte 3 of 5");
    unreadable = -1;
    must_bring(url, "hello");
    remove_scratch(folder);
}

/* 192 of 300 ms each, 16 at a time, take longer than the timeout of one. */
static void transfers_wait_for_their_turn_and_that_is_not_held_against_them(void **state)
{
    (void)state;
    char url[128];
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    struct fetch_request request = ask(url_of(url, "/slow"), 3);
    atomic_store(&server.most, 0);
    for (int i = 0; i < 192; i++)
        fetcher_start(fetcher, &request);
    assert_int_equal(fetcher_under_way(fetcher), 192);
    work_until_done(fetcher);
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
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    int64_t begin = clock_steady_ms(&clock_system);
    assert_int_equal(pipe(wake), 0);
    fetcher_work(fetcher, 50, wake[0]);
    assert_in_range(clock_steady_ms(&clock_system) - begin, 50, HANG_MS);
    struct fetch_request request = ask(url_of(url, "/never"), 10 * PATIENCE);
    fetcher_start(fetcher, &request);
    assert_int_equal(write(wake[1], "!", 1), 1);
    begin = clock_steady_ms(&clock_system);
    fetcher_work(fetcher, HANG_MS, wake[0]);
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
    struct outcome outcome;
    struct fetcher *fetcher = open_fetcher(&outcome);
    struct fetch_request request = ask(url_of(url, "/never"), 10 * PATIENCE);
    for (int i = 0; i < FETCH_AT_ONCE + 4; i++)
        fetcher_start(fetcher, &request);
    fetcher_work(fetcher, 50, -1);
    fetcher_close(fetcher);
    assert_int_equal(outcome.whole + outcome.failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_body_arrives),
        cmocka_unit_test(the_request_says_who_asks_and_what_is_understood),
        cmocka_unit_test(a_header_of_the_configuration_replaces_one_of_ours),
        cmocka_unit_test(a_query_can_be_posted),
        cmocka_unit_test(what_a_server_does_wrong_is_said_in_words),
        cmocka_unit_test(an_address_that_leads_nowhere_is_said_in_words),
        cmocka_unit_test(a_stream_that_breaks_off_is_a_broken_connection),
        cmocka_unit_test(of_files_only_regular_ones_are_read),
        cmocka_unit_test(a_file_that_cannot_be_read_on_is_not_a_shorter_one),
        cmocka_unit_test(transfers_wait_for_their_turn_and_that_is_not_held_against_them),
        cmocka_unit_test(a_wake_or_the_end_of_the_time_ends_the_work),
        cmocka_unit_test(closing_drops_what_is_under_way_at_once),
    };
    return cmocka_run_group_tests_name("fetch", tests, start_server, stop_server);
}
