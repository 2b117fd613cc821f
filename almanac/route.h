/* SPDX-License-Identifier: MIT */
/* route.h - which handler answers a path: a table, no sockets */
#ifndef ALMANAC_ROUTE_H
#define ALMANAC_ROUTE_H

#include "text.h"

enum { REQUEST_PARAMETERS = 16 };

struct parameter {
    const char *name, *value; /* decoded, UTF-8 */
};

struct request {
    const char *path;
    const char *tail; /* the part of the path that '*' stood for, or "" */
    struct parameter parameters[REQUEST_PARAMETERS];
    size_t parameter_count;
};

/* An answer. The body is head and tail one after the other; release, when set, is called with
 * owner once both have been sent. */
struct reply {
    unsigned status;
    const char *content_type; /* static */
    const char *allow;        /* static; of a 405 */
    struct {
        const char *bytes;
        size_t size;
    } head, tail;
    void (*release)(void *owner);
    void *owner;
};

struct route {
    const char *path; /* "/metrics", or with one '*' for a non-empty part without '/': "/graph/" "*"
                         ".png" */
    const char *parameters; /* the names it takes, "from,to,lang"; NULL: none */
    bool slow;              /* answered one at a time, away from the others */
    void (*answer)(void *context, const struct request *request, struct reply *reply);
};

/* Answers with the route for the path: GET and HEAD only (405), known path (404), known parameters,
 * each at most once (400). Returns NULL where the reply is already an error. */
const struct route *route_find(const struct route *routes, size_t count, const char *method,
                               struct request *request, struct reply *reply);

/* The parameter's value or NULL. */
const char *request_parameter(const struct request *request, const char *name);

/* A plain-text answer of one line, '\n' added. */
void reply_words(struct reply *reply, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Hands the text's bytes over to the reply. 500 if the text failed. */
void reply_text(struct reply *reply, unsigned status, const char *content_type, struct text *text);
void reply_release(struct reply *reply);

#endif
