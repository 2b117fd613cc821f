/* SPDX-License-Identifier: MIT */
/* test_listener.c - addresses in words, and sockets that listen on them */
#include "../../almanac/listener.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int must_listen(const char *address)
{
    struct fault fault = { 0 };
    int listener = listener_open(address, &fault);
    if (listener < 0)
        fail_msg("%s: %s", address, fault.text);
    assert_true(listener_port(listener) > 0);
    return listener;
}

static void must_not_listen(const char *address, const char *words)
{
    struct fault fault = { 0 };
    assert_int_equal(listener_open(address, &fault), -1);
    assert_string_equal(fault.text, words);
}

/* Whether somebody answers at the IPv4 address. */
static bool answers(const char *address, unsigned port)
{
    const struct sockaddr_in to = { .sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = inet_addr(address) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = connect(fd, (const struct sockaddr *)&to, sizeof to) == 0;
    close(fd);
    return connected;
}

static void an_address_is_listened_on_and_no_other(void **state)
{
    (void)state;
    int listener = must_listen("127.0.0.1:0");
    assert_true(answers("127.0.0.1", listener_port(listener)));
    assert_false(answers("127.0.0.2", listener_port(listener)));
    close(listener);
}

static void without_a_host_all_addresses_are_meant(void **state)
{
    (void)state;
    int listener = must_listen(":0");
    assert_true(answers("127.0.0.1", listener_port(listener)));
    assert_true(answers("127.0.0.2", listener_port(listener)));
    close(listener);
}

static void a_name_is_looked_up(void **state)
{
    (void)state;
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", NULL, NULL, &found) != 0)
        skip(); /* a machine without /etc/hosts */
    freeaddrinfo(found);
    close(must_listen("localhost:0"));
}

static void an_ipv6_address_stands_in_brackets(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    int listener = listener_open("[::1]:0", &fault);
    if (listener < 0) { /* a machine without IPv6 */
        assert_memory_equal(fault.text, "cannot listen on [::1]:0: ", 26);
        skip();
    }
    assert_true(listener_port(listener) > 0);
    close(listener);
}

static void a_port_is_had_again_once_it_is_free(void **state)
{
    char address[32], words[96];
    (void)state;
    int listener = must_listen("127.0.0.1:0");
    snprintf(address, sizeof address, "127.0.0.1:%u", listener_port(listener));
    snprintf(words, sizeof words, "cannot listen on %s: Address already in use", address);
    must_not_listen(address, words);
    close(listener);
    close(must_listen(address));
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const wrong[] = { "",       "10196",     "localhost",  "127.0.0.1", ":",
                                         ":x",     ":-1",       ":65536",     ":123456",   ": 80",
                                         "::1:80", "[::1]",     "[::1:80",    "::1]:80",   "[]:80",
                                         "[:80",   "[::1]x:80", "http://a:80" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char words[128];
        snprintf(words, sizeof words,
                 "'%s' is not an address to listen on; expected HOST:PORT, [IPV6]:PORT, :PORT or "
                 "fd:NUMBER, and a port of at most 65535",
                 wrong[i]);
        must_not_listen(wrong[i], words);
    }
}

static void what_cannot_be_listened_on_is_named_with_the_cause(void **state)
{
    (void)state;
    must_not_listen("192.0.2.1:10196",
                    "cannot listen on 192.0.2.1:10196: Cannot assign requested address");
    must_not_listen("1.2.3.4.5:80", "cannot listen on 1.2.3.4.5:80: Name or service not known");
}

static void a_socket_that_listens_already_is_taken_as_it_is(void **state)
{
    struct fault fault = { 0 };
    char address[16];
    (void)state;
    int first = must_listen("127.0.0.1:0");
    snprintf(address, sizeof address, "fd:%d", first);
    assert_int_equal(listener_open(address, &fault), first);
    assert_true(answers("127.0.0.1", listener_port(first)));
    close(first);
    static const char *const wrong[] = { "fd:", "fd:2", "fd:x", "fd:-1", "fd:3x", "fd:999" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char words[128];
        snprintf(words, sizeof words,
                 "cannot listen on %s: it is no socket that listens; expected one that was passed",
                 wrong[i]);
        must_not_listen(wrong[i], words);
    }
}

static void what_is_being_sent_is_bounded(void **state)
{
    (void)state;
    int listener = must_listen("127.0.0.1:0"), size = 0;
    socklen_t length = sizeof size;
    assert_int_equal(getsockopt(listener, SOL_SOCKET, SO_SNDBUF, &size, &length), 0);
    assert_in_range(size, 65536, 1024 * 1024); /* twice of what was asked for, or less */
    close(listener);
}

static void what_only_this_machine_reaches_is_told_apart(void **state)
{
    static const struct {
        const char *address;
        bool local;
    } cases[] = {
        { "127.0.0.1:0", true }, { "127.9.9.9:0", true },          { "localhost:0", true },
        { "[::1]:0", true },     { "0.0.0.0:0", false },           { ":0", false },
        { "[::]:0", false },     { "[::ffff:127.0.0.1]:0", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        int listener = listener_open(cases[i].address, &fault);
        if (listener < 0 && cases[i].address[0] == '[')
            continue; /* a machine without IPv6 */
        if (listener_is_local(listener) != cases[i].local)
            fail_msg("%s", cases[i].address);
        close(listener);
    }
}

static void sockets_are_passed_to_the_process_that_is_named(void **state)
{
    static const struct {
        const char *process, *count;
        int passed;
    } cases[] = { { NULL, "1", -1 },   { "1", "1", -1 },    { "self", NULL, -1 },
                  { "self", "0", -1 }, { "self", "x", -1 }, { "self", "2", 2 } };
    char self[24];
    (void)state;
    snprintf(self, sizeof self, "%ld", (long)getpid());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        const char *process = cases[i].process;
        unsetenv("LISTEN_PID");
        unsetenv("LISTEN_FDS");
        if (process != NULL)
            setenv("LISTEN_PID", strcmp(process, "self") == 0 ? self : process, 1);
        if (cases[i].count != NULL)
            setenv("LISTEN_FDS", cases[i].count, 1);
        assert_int_equal(listener_passed(&fault), cases[i].passed);
        assert_int_equal(fault.text[0] == '\0', cases[i].passed > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_listened_on_and_no_other),
        cmocka_unit_test(without_a_host_all_addresses_are_meant),
        cmocka_unit_test(a_name_is_looked_up),
        cmocka_unit_test(an_ipv6_address_stands_in_brackets),
        cmocka_unit_test(a_port_is_had_again_once_it_is_free),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(what_cannot_be_listened_on_is_named_with_the_cause),
        cmocka_unit_test(a_socket_that_listens_already_is_taken_as_it_is),
        cmocka_unit_test(what_is_being_sent_is_bounded),
        cmocka_unit_test(what_only_this_machine_reaches_is_told_apart),
        cmocka_unit_test(sockets_are_passed_to_the_process_that_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
