/* SPDX-License-Identifier: MIT */
/* route.h - which handler answers a request: a table, no sockets */
#ifndef ALMANAC_ROUTE_H
#define ALMANAC_ROUTE_H

#include "reply.h"

enum { REQUEST_PARAMETERS = 64 };

struct parameter {
    const char *name, *value; /* decoded, UTF-8 */
};

struct request {
    const char *user; /* who asks, as the password proved; NULL where none is needed */
    const char *path; /* decoded, UTF-8 */
    char *tail;       /* the part of the path that '*' stood for, or "" */
    struct parameter parameters[REQUEST_PARAMETERS];
    size_t parameter_count;
    struct {
        const char *bytes; /* borrowed; a NUL behind them */
        size_t size;
    } body;      /* inflated; empty where the route takes none */
    char *bytes; /* owned; what the others point into */
    const char *(*find_header)(void *message, const char *name); /* NULL: it has no headers */
    void (*finish)(void *message);                               /* of a later route */
    void *message;
};

struct route {
    const char *path;       /* at most one '*', for a non-empty part without '/' */
    const char *parameters; /* the names it takes, "from,to,name[]"; NULL: none */
    bool slow;              /* answered one at a time, away from the others */
    void (*answer)(void *context, const struct request *request, struct reply *reply);
    const char *methods; /* NULL: "GET,HEAD" */
    void *context;       /* in place of the server's, where set */
    bool later;          /* answered when request_finish is called; not slow, too */
    size_t body_limit;   /* of a request's body, in bytes; 0: none is read */
};

/* Takes a request target ("/path?name=value&…") apart. false where the reply is already a 400:
 * each parameter at most once but for those whose names end in "[]", all of it UTF-8.
 * request_free either way. */
bool request_read(struct request *request, const char *target, struct reply *reply);
void request_free(struct request *request);
const char *request_parameter(const struct request *request, const char *name); /* or NULL */
const char *request_header(const struct request *request, const char *name);    /* or NULL */

/* The reply that a later route's answer function was handed counts: once, from any thread, from
 * within that function too. Request and reply last until then, and are the server's again. */
void request_finish(const struct request *request);

/* Takes the prefix ("/" or "/almanac/") off, but for its last slash, the path. false where the
 * reply is a 404 already, or the redirection from "/" to the prefix, which lasts as long as the
 * reply. */
bool request_strip(struct request *request, const char *prefix, struct reply *reply);

/* The route of a path that there is (404), asked with one of its methods (405) and with parameters
 * that it takes (400); or NULL where the reply is already that error. */
const struct route *route_find(const struct route *routes, size_t count, const char *method,
                               struct request *request, struct reply *reply);

#endif
