/* SPDX-License-Identifier: MIT */
/* web_client.h - a client of raw sockets, which fails the test when an answer is not as expected */
#ifndef TESTS_WEB_CLIENT_H
#define TESTS_WEB_CLIENT_H

#include "../../almanac/text.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

static inline int dial_at(const char *address, unsigned port)
{
    const struct sockaddr_in to = { .sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = inet_addr(address) };
    const struct timeval patience = { .tv_sec = 20 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static inline int dial(unsigned port)
{
    return dial_at("127.0.0.1", port);
}

static inline void say(int fd, const char *words)
{
    assert_int_equal(send(fd, words, strlen(words), MSG_NOSIGNAL), strlen(words));
}

static inline void request_on(int fd, const char *method, const char *target)
{
    struct text words = { 0 };
    text_printf(&words, "%s %s HTTP/1.1\r\nHost: almanac\r\n\r\n", method, target);
    say(fd, words.bytes);
    text_free(&words);
}

struct answer {
    unsigned status;
    size_t length; /* as Content-Length says */
    struct text headers, body;
};

/* Reads one byte at a time until the headers end, and then so many bytes as they say. */
static inline void read_answer(int fd, bool with_body, struct answer *answer)
{
    *answer = (struct answer){ 0 };
    char byte;
    while (answer->headers.size < 4 ||
           strcmp(answer->headers.bytes + answer->headers.size - 4, "\r\n\r\n") != 0) {
        if (recv(fd, &byte, 1, 0) != 1)
            fail_msg("the headers end after '%s'", answer->headers.bytes);
        text_char(&answer->headers, byte);
    }
    assert_int_equal(sscanf(answer->headers.bytes, "HTTP/1.1 %u ", &answer->status), 1);
    const char *length = strcasestr(answer->headers.bytes, "\r\nContent-Length: ");
    assert_non_null(length);
    answer->length = strtoul(strchr(length + 2, ' '), NULL, 10);
    while (with_body && answer->body.size < answer->length) {
        char bytes[65536];
        size_t left = answer->length - answer->body.size;
        ssize_t size = recv(fd, bytes, left < sizeof bytes ? left : sizeof bytes, 0);
        if (size <= 0)
            fail_msg("the body ends after %zu of %zu bytes", answer->body.size, answer->length);
        text_bytes(&answer->body, bytes, (size_t)size);
    }
}

static inline void free_answer(struct answer *answer)
{
    text_free(&answer->headers);
    text_free(&answer->body);
}

/* The answer to come on fd is this one; body NULL: to a HEAD. */
static inline void must_answer(int fd, unsigned status, const char *header, const char *body)
{
    struct answer answer;
    read_answer(fd, body != NULL, &answer);
    assert_int_equal(answer.status, status);
    assert_non_null(strstr(answer.headers.bytes, "\r\nX-Content-Type-Options: nosniff\r\n"));
    if (header != NULL && strstr(answer.headers.bytes, header) == NULL)
        fail_msg("no '%s' in %s", header, answer.headers.bytes);
    if (body != NULL && *body != '\0')
        assert_string_equal(answer.body.bytes, body);
    if (body != NULL)
        assert_int_equal(answer.length, strlen(body));
    free_answer(&answer);
}

static inline void must_be_closed(int fd)
{
    char byte;
    assert_true(recv(fd, &byte, 1, 0) <= 0);
    close(fd);
}

#endif
