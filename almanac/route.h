/* SPDX-License-Identifier: MIT */
/* route.h - which handler answers a request: a table, no sockets */
#ifndef ALMANAC_ROUTE_H
#define ALMANAC_ROUTE_H

#include "request.h"

enum { ROUTE_QUEUES = 3 };

struct route {
    const char *path; /* at most one '*', for a non-empty part without '/'; or '**' at its end, for
                       * all that is left, '/' or not, but for nothing */
    const char *parameters; /* the names it takes, "from,to,name[]"; NULL: none */
    int slow; /* 0: answered at once; else away from those, one at a time of each of the queues 1 to
                 ROUTE_QUEUES, which do not wait for each other */
    void (*answer)(void *context, const struct request *request, struct reply *reply);
    const char *methods; /* NULL: "GET,HEAD" */
    void *context;       /* in place of the server's, where set */
    bool later;          /* answered when request_finish is called; not slow, too */
    size_t body_limit;   /* of a request's body, in bytes; 0: none is read */
    const char *coding;  /* of bodies that are handed over as they come, beside gzip and none */
};

/* The route of a path that there is (404), asked with one of its methods (405) and with parameters
 * that it takes (400); or NULL where the reply is already that error. */
const struct route *route_find(const struct route *routes, size_t count, const char *method,
                               struct request *request, struct reply *reply);

#endif
