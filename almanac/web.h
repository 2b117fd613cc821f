/* SPDX-License-Identifier: MIT */
/* web.h - the HTTP server: listeners, threads and limits around a table of routes */
#ifndef ALMANAC_WEB_H
#define ALMANAC_WEB_H

#include "fault.h"
#include "log.h"
#include "route.h"

struct pattern;
struct web;
struct web_access;

struct web_settings {
    const char *const *listen; /* for listener_open; borrowed */
    size_t listen_count;
    const struct route *routes; /* borrowed */
    size_t route_count;
    const char *prefix;            /* before every path, "/almanac/"; NULL: none */
    struct web_access *access;     /* the server takes a hold; NULL: plain HTTP for everyone */
    const struct pattern *origins; /* of sites whose pages may read answers; borrowed; NULL: none */
    bool open;     /* accept non-local addresses even without TLS and passwords (or certificates) */
    void *context; /* passed to every answer function, from several threads at once */
    const struct log *log; /* borrowed */
};

enum {
    WEB_CONNECTIONS = 500,        /* on all addresses together, fewer if descriptors are scarce: see
                                     web_connections.h; more concurrent requests get a 503 */
    WEB_HEAD_SECONDS = 60,        /* from a connection's start or last answer to the next head */
    WEB_IDLE_SECONDS = 30,        /* a connection that transfers nothing for this long is closed */
    WEB_REQUEST_BYTES = 32 << 10, /* of a request's first line and headers; more is a 4xx */
    WEB_BODY_SECONDS = 30,        /* from a request's headers to the end of its body */
    WEB_BODIES_BYTES = 64 << 20,  /* of all bodies being received; more is a 503 */
    WEB_SLOW_QUEUE = 64,          /* waiting slow answers; a dashboard requests many at once */
    WEB_GRACE_MS = 250,           /* to finish sending answers when the server stops */
};

/* Serves from its own threads until web_stop, which first finishes the answers in progress. Each
 * queue of slow routes has a thread, and so have new passwords and the pieces of streams; a request
 * for a full queue gets a 503. Access and route are
 * decided before the body is read; a client that sends its body too slowly is disconnected and
 * reaches no route. Answer functions of later routes must return quickly. Stop the threads that
 * finish their requests before web_stop, which answers 503 to those outstanding. Under /api/
 * plain-text replies are sent in the envelope (envelope.h). NULL with a fault that names the
 * address that could not be opened. */
struct web *web_start(const struct web_settings *settings, struct fault *fault);
void web_stop(struct web *web);

/* Whether the running server could take this access: it cannot begin or cease to use TLS, nor open
 * to the network unguarded. -1 with a fault that says what it would need. */
int web_check_access(const struct web *web, const struct web_access *access, struct fault *fault);
/* For connections, and for requests whose headers are complete, from now on. If it requires or
 * verifies clients' certificates, older connections are closed when they ask for something. */
void web_take_access(struct web *web, struct web_access *access);

/* The port of the address listen[index]. */
unsigned web_port(const struct web *web, size_t index);

#endif
