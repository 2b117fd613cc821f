/* SPDX-License-Identifier: MIT */
/* web.h - the HTTP server: listeners, threads and limits around a table of routes */
#ifndef ALMANAC_WEB_H
#define ALMANAC_WEB_H

#include "fault.h"
#include "log.h"
#include "route.h"

struct pattern;
struct web;
struct web_config;

struct web_settings {
    const char *const *listen; /* as listener_open takes them, borrowed */
    size_t listen_count;
    const struct route *routes; /* borrowed */
    size_t route_count;
    const char *prefix;              /* in front of every path, "/almanac/"; NULL: none */
    const struct web_config *config; /* borrowed; NULL: plain HTTP for everybody */
    const struct pattern *origins;   /* of pages that may read the answers; borrowed; NULL: none */
    bool open; /* listens beyond this machine even without TLS and passwords (or certificates) */
    void *context;         /* handed to every answer, from several threads at once */
    const struct log *log; /* borrowed */
};

enum {
    WEB_CONNECTIONS = 500,        /* at once, on all addresses together, fewer where descriptors
                                     are few: see web_connections.h; more requests at once get a 503 */
    WEB_HEAD_SECONDS = 60,        /* from a connection's begin or last answer to the next head */
    WEB_IDLE_SECONDS = 30,        /* a connection that moves no byte for so long is closed */
    WEB_REQUEST_BYTES = 32 << 10, /* of a request's first line and headers; beyond them a 4xx */
    WEB_BODY_SECONDS = 30,        /* from a request's headers to the last byte of its body */
    WEB_BODIES_BYTES = 64 << 20,  /* of all bodies under way together; beyond them a 503 */
    WEB_SLOW_QUEUE = 64,          /* slow answers that wait; a dashboard asks for many at once */
    WEB_GRACE_MS = 250,           /* to send what is answered, when the server stops */
};

/* Answers from threads of its own until web_stop, which ends the answers under way first.
 * Slow routes are answered one at a time by a worker, and new passwords are checked so by another;
 * a 503 when its queue is full. Who asks and for which route is decided before a body is read; a
 * client that is late with it is cut off, and reaches no route. Answer functions of later routes
 * must return soon. Whoever finishes their requests stops before web_stop, which says 503 to what
 * is outstanding then. Words are sent in the envelope under /api/ (envelope.h). NULL with a fault
 * that names the address which could not be had. */
struct web *web_start(const struct web_settings *settings, struct fault *fault);
void web_stop(struct web *web);

/* The port that the address listen[index] got. */
unsigned web_port(const struct web *web, size_t index);

#endif
