/* SPDX-License-Identifier: MIT */
/* web_exchange.h - one request, from its first line to the last byte of its answer */
#ifndef ALMANAC_WEB_EXCHANGE_H
#define ALMANAC_WEB_EXCHANGE_H

#include "web.h"
#include "web_access.h"
#include "web_connections.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct web_exchange;

/* What the exchanges of a server share. */
struct web_exchanges {
    struct web_settings settings;
    struct web_connections *all;          /* borrowed */
    struct worker *password_worker;       /* checks unknown passwords: bcrypt is slow */
    struct worker *stream_worker;         /* makes the next pieces of streams */
    struct worker *workers[ROUTE_QUEUES]; /* one per queue of slow routes; NULL: none */
    size_t most;                          /* concurrent requests */
    atomic_size_t under_way;              /* requests not yet answered to the last byte */
    atomic_size_t bodies;                 /* bytes of their bodies */
    pthread_mutex_t mutex;                /* guards the members below */
    pthread_cond_t called;
    struct web_access *access;        /* for the next request or connection */
    struct web_exchange *outstanding; /* those to be answered later */
    size_t calls;                     /* running answer functions of later routes */
    bool stopping;
};

/* Zero-initialise shared. Call web_exchanges_close either way. */
int web_exchanges_open(struct web_exchanges *shared, const struct web_settings *settings,
                       struct fault *fault);
/* No connection stays suspended after this. */
void web_exchanges_stop(struct web_exchanges *shared);
void web_exchanges_close(struct web_exchanges *shared);

/* The access in force; pass it to web_access_release. */
struct web_access *web_exchanges_access(struct web_exchanges *shared);
void web_exchanges_take_access(struct web_exchanges *shared, struct web_access *access);

/* What belongs to an open connection. */
struct web_visit {
    struct web_connection *connection;
    struct web_access *access; /* that it came in by; its TLS session borrows from it */
};

/* Begins a request when its first line is read. The visit is borrowed. */
struct web_exchange *web_exchange_begin(struct web_exchanges *shared, const struct web_visit *visit,
                                        const char *target, struct MHD_Connection *connection);

/* Called when the request's headers are complete, for a piece of its body, which is consumed (size
 * becomes 0), at the body's end (size is 0), and after its connection is resumed. An answer at the
 * first call closes the connection afterwards, so that an unwanted body is not awaited. false:
 * close the connection. */
bool web_exchange_go_on(struct web_exchange *exchange, const char *method, const char *piece,
                        size_t *size);
void web_exchange_end(struct web_exchange *exchange);

#endif
