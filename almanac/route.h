/* SPDX-License-Identifier: MIT */
/* route.h - a table from requests to the functions that answer them; no sockets */
#ifndef ALMANAC_ROUTE_H
#define ALMANAC_ROUTE_H

#include "request.h"

enum { ROUTE_QUEUES = 4 };

struct route {
    const char *path; /* at most one '*', which matches a non-empty part without '/'; or a final
                         '**', which matches any non-empty rest */
    const char *parameters; /* the names it accepts, "from,to,name[]"; NULL: none */
    int slow; /* 0: answered at once; 1 to ROUTE_QUEUES: answered by this queue's thread, one at a
                 time; queues do not wait for each other */
    void (*answer)(void *context, const struct request *request, struct reply *reply);
    const char *methods; /* "PUT,POST"; NULL: "GET, HEAD" */
    void *context;       /* replaces the server's, if set */
    bool later;          /* answered by request_finish; excludes slow */
    size_t body_limit;   /* maximum of a request's body, in bytes; 0: no body is read */
    const char *coding;  /* one more Content-Encoding than gzip; its bodies are not decoded */
};

/* Finds the route that matches the path (else 404), the method (405) and the parameters (400).
 * NULL: the reply is that error. */
const struct route *route_find(const struct route *routes, size_t count, const char *method,
                               struct request *request, struct reply *reply);

#endif
