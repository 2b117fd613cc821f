/* SPDX-License-Identifier: MIT */
/* request.h - a request's path, parameters and body; no sockets */
#ifndef ALMANAC_REQUEST_H
#define ALMANAC_REQUEST_H

#include "reply.h"

enum { REQUEST_PARAMETERS = 64 };

struct parameter {
    const char *name, *value; /* decoded, UTF-8 */
};

struct request {
    const char *method; /* "GET", "PUT", … */
    const char *user;   /* the authenticated user; NULL if no password is required */
    const char *path;   /* decoded, UTF-8 */
    /* The decoded part that '*' matched, or "". The part that '**' matched is still encoded, so
     * that an encoded slash stays within its segment: call request_decode for each segment. */
    char *tail;
    struct parameter parameters[REQUEST_PARAMETERS];
    size_t parameter_count;
    struct {
        const char *bytes; /* borrowed; NUL-terminated */
        size_t size;
    } body;        /* inflated from gzip; empty if the route takes none */
    char *bytes;   /* owned; the members above point into it, the path first */
    char *written; /* the whole path, as the client wrote it */
    const char *(*find_header)(void *message, const char *name); /* NULL: no headers */
    void (*finish)(void *message);                               /* set for later routes */
    void *message;
};

/* Skips "http://host" in the absolute form of a target, which proxies use. */
const char *request_behind_server(const char *target);

/* Parses a request target ("/path?name=value&…", with or without "http://host" in front). Every
 * parameter may appear once, unless its name ends in "[]"; all must be UTF-8. Otherwise false, and
 * the reply is a 400. Call request_free either way. */
bool request_read(struct request *request, const char *target, struct reply *reply);
void request_free(struct request *request);
const char *request_parameter(const struct request *request, const char *name); /* or NULL */
const char *request_header(const struct request *request, const char *name);    /* or NULL */

/* The client's spelling of the path from at on; at points into the decoded path. */
char *request_written(const struct request *request, const char *at);

/* Decodes %XX in place. false if the result is not UTF-8. */
bool request_decode(char *part);

/* Completes a later route: sends the reply that its answer function was given. Call it once, from
 * any thread, also from within that function. Request and reply are valid until then and belong to
 * the server afterwards. */
void request_finish(const struct request *request);

/* Adds the entity tag to a 200, which becomes a 304 if the client has it already. The tag must
 * outlive the reply. */
void request_tag(const struct request *request, struct reply *reply, const char *etag);

/* Strips the prefix ("/" or "/almanac/"), except its last slash, from the path. false if the reply
 * is a 404, or redirects from "/" to the prefix, which must outlive the reply. */
bool request_strip(struct request *request, const char *prefix, struct reply *reply);

#endif
