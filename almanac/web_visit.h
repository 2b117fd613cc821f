/* SPDX-License-Identifier: MIT */
/* web_visit.h - one request, from its first line to the last byte of its answer */
#ifndef ALMANAC_WEB_VISIT_H
#define ALMANAC_WEB_VISIT_H

#include "web.h"
#include "web_door.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct web_visit;

/* What the visits of a server share. */
struct web_visits {
    struct web_settings settings;
    struct web_door door;
    struct worker *clerk; /* checks passwords that are not known yet: bcrypt is slow */
    struct worker *workers[ROUTE_QUEUES]; /* each answers slow routes; NULL: there are none */
    size_t most;                          /* requests under way at once */
    atomic_size_t under_way; /* requests that are there, but not answered to the last byte */
    atomic_size_t bodies;    /* their bodies, in bytes */
    pthread_mutex_t mutex;   /* holds what follows */
    pthread_cond_t called;
    struct web_visit *outstanding; /* those that are answered later */
    size_t calls;                  /* of answer functions that will answer later */
    bool stopping;
};

/* Zero-initialised. web_visits_close either way. */
int web_visits_open(struct web_visits *visits, const struct web_settings *settings,
                    struct fault *fault);
void web_visits_stop(struct web_visits *visits); /* from here on no connection stays suspended */
void web_visits_close(struct web_visits *visits);

/* A request whose first line is there. NULL: out of memory. */
struct web_visit *web_visit_begin(struct web_visits *visits, const char *target,
                                  struct MHD_Connection *connection);

/* The library has come so far with the request: its headers are there, or a piece of its body,
 * which is taken (size becomes 0), or all of it (size is 0), or its connection was resumed. An
 * answer given at the first call closes the connection behind it; so a body that is not wanted is
 * not waited for. false: the connection is to be closed. */
bool web_visit_go_on(struct web_visit *visit, const char *method, const char *piece, size_t *size);
void web_visit_end(struct web_visit *visit); /* NULL is nothing */

#endif
