/* SPDX-License-Identifier: MIT */
/* fetch_stage.h - a server that does as the path says, for tests of what fetches from it */
#ifndef TESTS_FETCH_STAGE_H
#define TESTS_FETCH_STAGE_H

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 256 };

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
static inline bool linger(int fd, int ms)
{
    struct pollfd client = { .fd = fd, .events = POLLIN };
    return poll(&client, 1, ms) == 0;
}

static inline void say(int fd, const char *bytes, size_t size)
{
    send(fd, bytes, size, MSG_NOSIGNAL);
}

static inline void act_never(int fd, const char *head)
{
    (void)head;
    linger(fd, 15000);
}

static inline void act_trickle(int fd, const char *head)
{
    (void)head;
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    say(fd, answer, sizeof answer - 1);
    for (int i = 0; i < 100 && linger(fd, i == 0 ? 0 : 1000); i++)
        say(fd, "x", 1);
}

static inline void act_slow(int fd, const char *head)
{
    (void)head;
    linger(fd, 300);
    say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow", 42);
}

static inline void act_echo(int fd, const char *head)
{
    say(fd, "HTTP/1.0 200 OK\r\n\r\n", 19);
    say(fd, head, strlen(head));
}

static inline void act_endless(int fd, const char *head)
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
    { "/cut-zip", BYTES(GZIP "\xab\xca\x2c\x28\x48\x4d\x01\0"), NULL },
    { "/flushed-zip", BYTES(GZIP "\xaa\xca\x2c\x28\x48\x4d\x01\0\0\0\xff\xff"), NULL },
    { "/wrong-zip", BYTES(GZIP "\xab\xca\x2c\x28\x48\x4d\x01\0\x57\x68\xc2\xe3\x06\0\0\0"), NULL },
    { "/brotli", BYTES("HTTP/1.0 200 OK\r\nContent-Encoding: br\r\n\r\nhello"), NULL },
    { "/deflated",
      BYTES(
          "HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: deflate\r\n\r\n"
          "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xab\xca\x2c\x28\x48\x4d\x01\0\x57\x68\xc2\xe2\x06\0\0\0"),
      NULL },
    { "/identity", BYTES("HTTP/1.0 200 OK\r\nContent-Encoding: identity\r\n\r\nhello"), NULL },
    { "/bad-zip", BYTES(GZIP "this is not compressed at all"), NULL },
    { "/endless", NULL, 0, act_endless },
    { "/endless-head", NULL, 0, act_endless },
    { "/never", NULL, 0, act_never },
    { "/trickle", NULL, 0, act_trickle },
    { "/slow", NULL, 0, act_slow },
    { "/echo", NULL, 0, act_echo },
};

/* What is posted ends with a brace. */
static inline bool is_whole(const char *request, size_t size)
{
    return strstr(request, "\r\n\r\n") != NULL && (*request == 'G' || request[size - 1] == '}');
}

static inline void answer(int fd)
{
    char head[4096] = "", path[64] = "";
    size_t size = 0;
    while (!is_whole(head, size) && size < sizeof head - 1) {
        ssize_t got = recv(fd, head + size, sizeof head - 1 - size, 0);
        if (got <= 0 || (size == 0 && head[0] != 'G' && head[0] != 'P')) /* gone, or TLS */
            return;
        size += (size_t)got;
        head[size] = '\0';
    }
    sscanf(head, "%*s %63s", path);
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (strcmp(deeds[i].path, path) != 0)
            continue;
        if (deeds[i].act != NULL)
            deeds[i].act(fd, head);
        else
            say(fd, deeds[i].answer, deeds[i].size);
    }
}

static inline void *serve_connection(void *fd)
{
    int now = atomic_fetch_add(&server.now, 1) + 1;
    if (now > atomic_load(&server.most))
        atomic_store(&server.most, now);
    answer((int)(intptr_t)fd);
    atomic_fetch_sub(&server.now, 1);
    close((int)(intptr_t)fd);
    return NULL;
}

static inline void *serve(void *unused)
{
    (void)unused;
    int fd;
    while (server.count < CONNECTIONS && (fd = accept(server.socket, NULL, NULL)) >= 0)
        pthread_create(&server.connections[server.count++], NULL, serve_connection,
                       (void *)(intptr_t)fd);
    return NULL;
}

static inline int start_server(void **state)
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

static inline int stop_server(void **state)
{
    (void)state;
    shutdown(server.socket, SHUT_RDWR);
    pthread_join(server.thread, NULL);
    for (size_t i = 0; i < server.count; i++)
        pthread_join(server.connections[i], NULL);
    return close(server.socket);
}

#endif
