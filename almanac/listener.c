/* SPDX-License-Identifier: MIT */
/* listener.c - from an address in words to a socket that listens on it */
#include "listener.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 511 };

static bool is_port(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= 5 && strspn(text, "0123456789") == length && atoi(text) <= 65535;
}

/* Splits "[::1]:10196" in place into "::1" and "10196". */
static bool split(char *address, char **host, char **port)
{
    char *colon = strrchr(address, ':');
    if (colon == NULL || !is_port(colon + 1))
        return false;
    *colon = '\0';
    *port = colon + 1;
    *host = address;
    if (*address != '[')
        return strchr(address, ':') == NULL;
    *host = address + 1;
    bool closed = colon > address + 2 && colon[-1] == ']';
    colon[-1] = '\0';
    return closed;
}

static int listen_at(const struct addrinfo *at)
{
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    int yes = 1, no = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (at->ai_family == AF_INET6) /* [::] means the IPv4 addresses too */
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int cause = errno;
    close(fd);
    errno = cause;
    return -1;
}

/* Returns a descriptor, or -1 with *why. */
static int listen_on(const char *host, const char *port, const char **why)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    int error = getaddrinfo(host, port, &hints, &found);
    if (error != 0) {
        *why = error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error);
        return -1;
    }
    int fd = -1;
    for (const struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next)
        fd = listen_at(at);
    *why = strerror(errno);
    freeaddrinfo(found);
    return fd;
}

int listener_open(const char *address, struct fault *fault)
{
    char *copy = strdup(address), *host, *port;
    if (copy == NULL)
        return fault_set(fault, "cannot listen on %s: out of memory", address);
    int fd = -1;
    if (!split(copy, &host, &port)) {
        fault_set(fault,
                  "'%s' is not an address to listen on; expected HOST:PORT, [IPV6]:PORT or "
                  ":PORT",
                  address);
    } else {
        const char *why;
        fd = listen_on(*host == '\0' ? "::" : host, port, &why);
        if (fd < 0 && *host == '\0' && errno == EAFNOSUPPORT) /* a kernel without IPv6 */
            fd = listen_on("0.0.0.0", port, &why);
        if (fd < 0)
            fault_set(fault, "cannot listen on %s: %s", address, why);
    }
    free(copy);
    return fd;
}

unsigned listener_port(int listener)
{
    struct sockaddr_storage name = { 0 };
    socklen_t size = sizeof name;
    getsockname(listener, (struct sockaddr *)&name, &size);
    if (name.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)(const void *)&name)->sin6_port);
    return ntohs(((const struct sockaddr_in *)(const void *)&name)->sin_port);
}
