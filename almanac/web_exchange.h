/* SPDX-License-Identifier: MIT */
/* web_exchange.h - one request, from its first line to the last byte of its answer */
#ifndef ALMANAC_WEB_EXCHANGE_H
#define ALMANAC_WEB_EXCHANGE_H

#include "web.h"
#include "web_access.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct web_exchange;

/* What the exchanges of a server share. */
struct web_exchanges {
    struct web_settings settings;
    struct web_access access;
    struct worker *password_worker; /* checks passwords that are not known yet: bcrypt is slow */
    struct worker *workers[ROUTE_QUEUES]; /* each answers slow routes; NULL: there are none */
    size_t most;                          /* requests under way at once */
    atomic_size_t under_way; /* requests that are there, but not answered to the last byte */
    atomic_size_t bodies;    /* their bodies, in bytes */
    pthread_mutex_t mutex;   /* holds what follows */
    pthread_cond_t called;
    struct web_exchange *outstanding; /* those that are answered later */
    size_t calls;                     /* of answer functions that will answer later */
    bool stopping;
};

/* Zero-initialised. web_exchanges_close either way. */
int web_exchanges_open(struct web_exchanges *shared, const struct web_settings *settings,
                       struct fault *fault);
void web_exchanges_stop(
    struct web_exchanges *shared); /* from here on no connection stays suspended */
void web_exchanges_close(struct web_exchanges *shared);

/* A request whose first line is there. NULL: out of memory. */
struct web_exchange *web_exchange_begin(struct web_exchanges *shared, const char *target,
                                        struct MHD_Connection *connection);

/* The library has come so far with the request: its headers are there, or a piece of its body,
 * which is taken (size becomes 0), or all of it (size is 0), or its connection was resumed. An
 * answer given at the first call closes the connection behind it; so a body that is not wanted is
 * not waited for. false: the connection is to be closed. */
bool web_exchange_go_on(struct web_exchange *exchange, const char *method, const char *piece,
                        size_t *size);
void web_exchange_end(struct web_exchange *exchange); /* NULL is nothing */

#endif
