/* SPDX-License-Identifier: MIT */
/* listener.c - opens a listening socket from an address in text */
#include "listener.h"

#include "arena.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The send buffer per client: large enough to fill the path, small enough to stay in the
 * processor's cache until a client on this machine reads it. */
enum { BACKLOG = 511, SENDING = 512 * 1024 };

static bool is_number(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= 5 && strspn(text, "0123456789") == length;
}

static bool is_port(const char *text)
{
    return is_number(text) && atoi(text) <= 65535;
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
    if (at->ai_family == AF_INET6) /* [::] includes the IPv4 addresses */
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

/* "fd:3" */
static int listen_inherited(const char *address, struct fault *fault)
{
    int fd = atoi(address + 3), listens = 0;
    socklen_t size = sizeof listens;
    if (!is_number(address + 3) || fd < 3 ||
        getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0)
        return fault_set(
            fault,
            "cannot listen on %s: it is no socket that listens; expected one that was passed",
            address);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

/* Splits a copy of the address, which the caller frees; *host and *port point into it. NULL with a
 * fault. */
static char *take_apart(const char *address, char **host, char **port, struct fault *fault)
{
    char *copy = array_string(address);
    if (split(copy, host, port))
        return copy;
    fault_set(fault,
              "'%s' is not an address to listen on; expected HOST:PORT, [IPV6]:PORT, :PORT or "
              "fd:NUMBER, and a port of at most 65535",
              address);
    free(copy);
    return NULL;
}

static int listen_by_name(const char *address, struct fault *fault)
{
    char *host, *port, *copy = take_apart(address, &host, &port, fault);
    const char *why;
    if (copy == NULL)
        return -1;
    int fd = listen_on(*host == '\0' ? "::" : host, port, &why);
    if (fd < 0 && *host == '\0' && errno == EAFNOSUPPORT) /* a kernel without IPv6 */
        fd = listen_on("0.0.0.0", port, &why);
    if (fd < 0)
        fault_set(fault, "cannot listen on %s: %s", address, why);
    free(copy);
    return fd;
}

static bool is_inherited(const char *address)
{
    return strncmp(address, "fd:", 3) == 0;
}

int listener_check(const char *address, struct fault *fault)
{
    char *host, *port;
    if (is_inherited(address) && is_number(address + 3))
        return 0;
    char *copy = take_apart(address, &host, &port, fault);
    bool good = copy != NULL;
    free(copy);
    return good ? 0 : -1;
}

int listener_open(const char *address, struct fault *fault)
{
    int fd =
        is_inherited(address) ? listen_inherited(address, fault) : listen_by_name(address, fault);
    const int sending = SENDING;
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &sending, sizeof sending); /* for its connections */
    return fd;
}

/* The socket's address, IPv4 mapped to IPv6; false for other kinds. */
static bool read_name(int listener, struct in6_addr *address, in_port_t *port)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } name = { .any.sa_family = AF_UNSPEC };
    socklen_t size = sizeof name;
    getsockname(listener, &name.any, &size);
    if (name.any.sa_family == AF_INET6) {
        *address = name.v6.sin6_addr;
        *port = ntohs(name.v6.sin6_port);
    } else {
        *address = (struct in6_addr){ .s6_addr = { [10] = 0xff, [11] = 0xff } };
        memcpy(address->s6_addr + 12, &name.v4.sin_addr, 4);
        *port = ntohs(name.v4.sin_port);
    }
    return name.any.sa_family == AF_INET6 || name.any.sa_family == AF_INET;
}

unsigned listener_port(int listener)
{
    struct in6_addr address;
    in_port_t port;
    return read_name(listener, &address, &port) ? port : 0;
}

bool listener_is_local(int listener)
{
    struct in6_addr address;
    in_port_t port;
    if (!read_name(listener, &address, &port))
        return true; /* a Unix socket */
    return IN6_IS_ADDR_LOOPBACK(&address) ||
           (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

int listener_passed(struct fault *fault)
{
    const char *process = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (process == NULL || count == NULL || atol(process) != (long)getpid() || atoi(count) < 1)
        return fault_set(fault, "systemd has passed no socket; expected LISTEN_FDS and this "
                                "process' id in LISTEN_PID");
    return atoi(count);
}
