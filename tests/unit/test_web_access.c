/* SPDX-License-Identifier: MIT */
/* test_web_access.c - who is let in by a server with passwords, prefix and limits, and as whom */
#include "../../almanac/web_access.h"
#include "../../almanac/web_config.h"
#include "scratch.h"
#include "web_client.h"

#include "../../almanac/web.h"

#include <poll.h>

/* "secret" for each; the cost of slow is such that a check takes a while. */
#define ALICE_USER "alice: $2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n"
#define SLOW_USER  "slow: $2b$12$abcdefghijklmnopqrstuuT1Iwu6o8Wx7BoOyIMHfgVJq6JO/IJhW\n"
#define USERS      "basic_auth_users:\n  " ALICE_USER "  " SLOW_USER

static void answer_user(void *context, const struct request *request, struct reply *reply)
{
    reply_words(reply, 200, "%s %s", (const char *)context,
                request->user == NULL ? "nobody" : request->user);
}

static void answer_user_later(void *context, const struct request *request, struct reply *reply)
{
    reply_words(reply, 200, "%s %s %s", (const char *)context, request->user, request->body.bytes);
    request_finish(request);
}

static char own[] = "own", shared[] = "shared";
static const struct route access_routes[] = {
    { .path = "/user", .answer = answer_user },
    { .path = "/slow", .slow = true, .answer = answer_user },
    { .path = "/own", .answer = answer_user, .methods = "PUT,POST", .context = own },
    { .path = "/later",
      .later = true,
      .answer = answer_user_later,
      .methods = "POST",
      .body_limit = 9 },
};

static const struct log *log_to_nowhere(void)
{
    static const struct log log = { -1, LOG_LEVEL_ERROR, LOG_FORMAT_LOGFMT, &clock_system };
    return &log;
}

static struct web_access *access_of(const char *config)
{
    char folder[SCRATCH_PATH], path[320];
    struct fault fault = { 0 };
    make_scratch("web-access", folder);
    snprintf(path, sizeof path, "%s/web.yml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(config, file);
    fclose(file);
    struct web_access *access = web_access_open(path, &clock_system, &fault);
    remove_scratch(folder);
    if (access == NULL)
        fail_msg("%s", fault.text);
    return access;
}

/* config NULL: none. */
static struct web *start(const char *config, const char *prefix)
{
    struct web_access *access = config == NULL ? NULL : access_of(config);
    static const char *const listen[] = { "127.0.0.1:0" };
    const struct web_settings settings = { .listen = listen,
                                           .listen_count = 1,
                                           .routes = access_routes,
                                           .route_count = 4,
                                           .prefix = prefix,
                                           .access = access,
                                           .context = shared,
                                           .log = log_to_nowhere() };
    struct fault fault = { 0 };
    struct web *web = web_start(&settings, &fault);
    web_access_release(access);
    if (web == NULL)
        fail_msg("%s", fault.text);
    return web;
}

static struct web *start_with_users(void)
{
    return start(USERS, NULL);
}

/* credentials: base64 of "name:password", or NULL. */
static int ask(const struct web *web, const char *method, const char *target,
               const char *credentials)
{
    int fd = dial(web_port(web, 0));
    struct text words = { 0 };
    text_printf(&words, "%s %s HTTP/1.1\r\nHost: almanac\r\n", method, target);
    if (credentials != NULL)
        text_printf(&words, "Authorization: %s\r\n", credentials);
    text_put(&words, "\r\n");
    say(fd, words.bytes);
    text_free(&words);
    return fd;
}

static void must_be(const struct web *web, const char *method, const char *target,
                    const char *credentials, unsigned status, const char *body)
{
    int fd = ask(web, method, target, credentials);
    must_answer(fd, status, NULL, body);
    close(fd);
}

#define ALICE       "Basic YWxpY2U6c2VjcmV0" /* alice:secret */
#define ALICE_WRONG "Basic YWxpY2U6c2VjcmVU" /* alice:secreT */
#define BOB         "Basic Ym9iOnNlY3JldA==" /* bob:secret */
#define SLOW        "Basic c2xvdzpzZWNyZXQ=" /* slow:secret */
#define SLOW_WRONG  "Basic c2xvdzp3cm9uZw==" /* slow:wrong */
#define NO          "a name and its password are needed; these are not right, or not there\n"

static void the_user_is_told_to_the_answer(void **state)
{
    struct web *web = start_with_users();
    (void)state;
    for (int i = 0; i < 2; i++) { /* checked, then recalled */
        must_be(web, "GET", "/user", ALICE, 200, "shared alice\n");
        must_be(web, "GET", "/slow", ALICE, 200, "shared alice\n");
        must_be(web, "POST", "/own", ALICE, 200, "own alice\n");
        must_be(web, "GET", "/user", "bASIC YWxpY2U6c2VjcmV0", 200, "shared alice\n");
        must_be(web, "GET", "/nowhere", ALICE, 404, "there is nothing at '/nowhere'\n");
    }
    web_stop(web);
}

static int push(const struct web *web, const char *credentials, const char *rest)
{
    int fd = dial(web_port(web, 0));
    struct text words = { 0 };
    text_printf(&words, "POST /later HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n%s", credentials,
                rest);
    say(fd, words.bytes);
    text_free(&words);
    return fd;
}

static void who_asks_is_known_before_the_body_is_read(void **state)
{
    struct web *web = start_with_users();
    (void)state;
    for (int i = 0; i < 2; i++) { /* checked, then recalled */
        int fd = push(web, SLOW, "Content-Length: 4\r\n\r\nbody");
        must_answer(fd, 200, NULL, "shared slow body\n");
        close(fd);
    }
    int fd = push(web, ALICE_WRONG, "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    must_answer(fd, 401, "\r\nConnection: close\r\n", NO);
    must_be_closed(fd);
    fd = push(web, SLOW_WRONG, "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n");
    must_answer(fd, 401, "\r\nConnection: close\r\n", NO);
    must_be_closed(fd);
    web_stop(web);
}

static void everybody_else_gets_a_401_whatever_the_path(void **state)
{
    static const char *const credentials[] = { NULL,          ALICE_WRONG,      BOB, "Basic",
                                               "Basic !",     "Basic YWxpY2U=", /* alice */
                                               "Bearer abcd", "Basic Og==" /* : */ };
    struct web *web = start_with_users();
    (void)state;
    must_be(web, "GET", "/user", ALICE, 200, "shared alice\n");
    for (size_t i = 0; i < sizeof credentials / sizeof *credentials; i++) {
        must_be(web, "GET", "/user", credentials[i], 401, NO);
        must_be(web, "GET", "/nowhere", credentials[i], 401, NO);
        must_be(web, "DELETE", "/own", credentials[i], 401, NO);
    }
    int fd = ask(web, "GET", "/user", NULL);
    must_answer(fd, 401, "\r\nWWW-Authenticate: Basic realm=\"Almanac\", charset=\"UTF-8\"\r\n",
                NO);
    close(fd);
    web_stop(web);
}

static void without_passwords_nobody_is_known(void **state)
{
    struct web *web = start(NULL, NULL);
    (void)state;
    must_be(web, "GET", "/user", ALICE, 200, "shared nobody\n");
    web_stop(web);
}

static void a_check_under_way_holds_up_nobody_who_is_known(void **state)
{
    struct web *web = start_with_users();
    (void)state;
    must_be(web, "GET", "/user", ALICE, 200, "shared alice\n");
    struct pollfd slow = { ask(web, "GET", "/user", SLOW), POLLIN, 0 };
    must_be(web, "GET", "/user", ALICE, 200, "shared alice\n");
    assert_int_equal(poll(&slow, 1, 0), 0);
    must_answer(slow.fd, 200, NULL, "shared slow\n");
    close(slow.fd);
    web_stop(web);
}

static bool is_told_of_the_stop(int fd)
{
    struct answer answer;
    read_answer(fd, true, &answer);
    bool told = answer.status == 503 && strcmp(answer.body.bytes, "the server is stopping\n") == 0;
    free_answer(&answer);
    must_be_closed(fd);
    return told;
}

/* The one under way, whichever that is, may still get its answer. */
static void it_stops_while_passwords_are_checked(void **state)
{
    struct web *web = start_with_users();
    (void)state;
    int first = ask(web, "GET", "/user", SLOW);
    int second = ask(web, "GET", "/user", SLOW_WRONG);
    poll(NULL, 0, 100);
    web_stop(web);
    int told = is_told_of_the_stop(first) + is_told_of_the_stop(second);
    assert_in_range(told, 1, 2);
}

static void take(struct web *web, const char *config)
{
    struct web_access *access = access_of(config);
    web_take_access(web, access);
    web_access_release(access);
}

/* However early its first line came. */
static void a_user_who_is_gone_is_out_before_the_headers_end(void **state)
{
    struct web *web = start("basic_auth_users:\n  " ALICE_USER, NULL);
    (void)state;
    must_be(web, "GET", "/user", ALICE, 200, "shared alice\n");
    int fd = dial(web_port(web, 0));
    say(fd, "GET /user HTTP/1.1\r\nHost: almanac\r\n");
    poll(NULL, 0, 100);
    take(web, "basic_auth_users:\n  " SLOW_USER);
    say(fd, "Authorization: " ALICE "\r\n\r\n");
    must_answer(fd, 401, NULL, NO);
    close(fd);
    web_stop(web);
}

static void a_prefix_stands_in_front_of_every_path(void **state)
{
    struct web *web = start(NULL, "/a/b/");
    (void)state;
    must_be(web, "GET", "/a/b/user", NULL, 200, "shared nobody\n");
    must_be(web, "GET", "/user", NULL, 404, "there is nothing at '/user'\n");
    must_be(web, "GET", "/a/busers", NULL, 404, "there is nothing at '/a/busers'\n");
    int fd = ask(web, "GET", "/", NULL);
    must_answer(fd, 302, "\r\nLocation: /a/b/\r\n", "it is at /a/b/\n");
    close(fd);
    web_stop(web);
}

static void more_than_the_limit_gets_a_429(void **state)
{
    struct web *web = start("rate_limit: {interval: 1h, burst: 2}\n", NULL);
    (void)state;
    must_be(web, "GET", "/user", NULL, 200, "shared nobody\n");
    must_be(web, "GET", "/user", NULL, 200, "shared nobody\n");
    must_be(web, "GET", "/user", NULL, 429,
            "more requests than 'rate_limit' lets through; try again shortly\n");
    web_stop(web);
}

static void only_a_guarded_server_opens_to_the_network(void **state)
{
    static const struct {
        bool tls, user, open, opens;
        enum web_client client;
        const char *address;
    } cases[] = {
        { false, false, false, true, WEB_CLIENT_NONE, "127.0.0.9:0" },
        { false, false, false, false, WEB_CLIENT_NONE, "0.0.0.0:0" },
        { false, false, true, true, WEB_CLIENT_NONE, "0.0.0.0:0" },
        { true, false, false, false, WEB_CLIENT_NONE, "0.0.0.0:0" },
        { false, true, false, false, WEB_CLIENT_NONE, "0.0.0.0:0" },
        { true, true, false, true, WEB_CLIENT_NONE, "0.0.0.0:0" },
        { true, false, false, false, WEB_CLIENT_VERIFY_IF_GIVEN, "0.0.0.0:0" },
        { true, false, false, true, WEB_CLIENT_REQUIRE_AND_VERIFY, "0.0.0.0:0" },
        { false, false, false, false, WEB_CLIENT_REQUIRE_AND_VERIFY, "0.0.0.0:0" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct web_access access = { .config = { .has_tls = cases[i].tls,
                                                       .tls.client = cases[i].client,
                                                       .user_count = cases[i].user } };
        struct fault fault = { 0 };
        int listener = web_access_listen(&access, cases[i].address, cases[i].open, &fault);
        if ((listener >= 0) != cases[i].opens)
            fail_msg("case %zu: %s", i, fault.text);
        if (listener >= 0)
            close(listener);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_user_is_told_to_the_answer),
        cmocka_unit_test(who_asks_is_known_before_the_body_is_read),
        cmocka_unit_test(everybody_else_gets_a_401_whatever_the_path),
        cmocka_unit_test(without_passwords_nobody_is_known),
        cmocka_unit_test(a_check_under_way_holds_up_nobody_who_is_known),
        cmocka_unit_test(it_stops_while_passwords_are_checked),
        cmocka_unit_test(a_user_who_is_gone_is_out_before_the_headers_end),
        cmocka_unit_test(a_prefix_stands_in_front_of_every_path),
        cmocka_unit_test(more_than_the_limit_gets_a_429),
        cmocka_unit_test(only_a_guarded_server_opens_to_the_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
