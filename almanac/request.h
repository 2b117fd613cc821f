/* SPDX-License-Identifier: MIT */
/* request.h - what is asked for: a path, parameters, a body; no sockets */
#ifndef ALMANAC_REQUEST_H
#define ALMANAC_REQUEST_H

#include "reply.h"

enum { REQUEST_PARAMETERS = 64 };

struct parameter {
    const char *name, *value; /* decoded, UTF-8 */
};

struct request {
    const char *method; /* "GET", "PUT", … */
    const char *user;   /* who asks, as the password proved; NULL where none is needed */
    const char *path;   /* decoded, UTF-8 */
    /* What '*' stood for, decoded, or "". What '**' stood for is as the client wrote it, so that an
     * encoded slash stays within its part: request_decode is for each part. */
    char *tail;
    struct parameter parameters[REQUEST_PARAMETERS];
    size_t parameter_count;
    struct {
        const char *bytes; /* borrowed; a NUL behind them */
        size_t size;
    } body;        /* inflated from gzip; empty where the route takes none */
    char *bytes;   /* owned; what the others point into, the path first */
    char *written; /* all of the path, as the client wrote it */
    const char *(*find_header)(void *message, const char *name); /* NULL: it has no headers */
    void (*finish)(void *message);                               /* of a later route */
    void *message;
};

/* Takes a request target ("/path?name=value&…", with or without "http://host" in front) apart.
 * false where the reply is already a 400: each parameter at most once but for those whose names end
 * in "[]", all of it UTF-8. request_free either way. */
bool request_read(struct request *request, const char *target, struct reply *reply);
void request_free(struct request *request);
const char *request_parameter(const struct request *request, const char *name); /* or NULL */
const char *request_header(const struct request *request, const char *name);    /* or NULL */

/* What the client wrote where, in the path, at begins. */
char *request_written(const struct request *request, const char *at);

/* Undoes the %XX in place. false if that is not UTF-8. */
bool request_decode(char *part);

/* The reply that a later route's answer function was handed counts: once, from any thread, from
 * within that function too. Request and reply last until then, and are the server's again. */
void request_finish(const struct request *request);

/* Takes the prefix ("/" or "/almanac/") off, but for its last slash, the path. false where the
 * reply is a 404 already, or the redirection from "/" to the prefix, which lasts as long as the
 * reply. */
bool request_strip(struct request *request, const char *prefix, struct reply *reply);

#endif
