/* SPDX-License-Identifier: MIT */
/* web_exchange_private.h - struct web_exchange, for the two files that implement it */
#ifndef ALMANAC_WEB_EXCHANGE_PRIVATE_H
#define ALMANAC_WEB_EXCHANGE_PRIVATE_H

#include "web_body.h"
#include "web_exchange.h"

/* While its connection is suspended it belongs to a worker, or is outstanding. */
struct web_exchange {
    struct web_exchanges *shared;
    const struct web_visit *visit; /* of its connection; borrowed */
    struct web_access *access;     /* its own share, since its headers are complete */
    struct MHD_Connection *connection;
    char *target;          /* as the client wrote it */
    char *user, *password; /* as the client sent them; NULL if not */
    enum web_verdict verdict;
    struct request request;
    const struct route *route;
    struct web_body body;
    int64_t body_until; /* on the steady clock */
    struct arena arena; /* holds the headers */
    struct reply reply;
    bool broken; /* the stream could not be continued */
    enum { NEW, MET, READING, ANSWERED } stage;
    struct web_exchange *next, **link; /* in the list of outstanding */
};

/* Calls the route's answer function, on any thread. */
void web_exchange_call_route(struct web_exchange *exchange);

/* These suspend the connection. web_exchange_go_on is called again when the answer is ready or the
 * password checked. */
void web_exchange_check_password(struct web_exchange *exchange);
void web_exchange_answer_slowly(struct web_exchange *exchange);
void web_exchange_answer_later(struct web_exchange *exchange);

/* The same for the next piece of a stream; the library then reads on. */
void web_exchange_continue(struct web_exchange *exchange);

/* For struct request: the answer of a later route is complete. */
void web_exchange_finish(void *exchange);

#endif
