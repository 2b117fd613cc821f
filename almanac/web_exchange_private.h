/* SPDX-License-Identifier: MIT */
/* web_exchange_private.h - an exchange, for the two files that handle it */
#ifndef ALMANAC_WEB_EXCHANGE_PRIVATE_H
#define ALMANAC_WEB_EXCHANGE_PRIVATE_H

#include "web_body.h"
#include "web_exchange.h"

/* While its connection is suspended it is a worker's, or outstanding. */
struct web_exchange {
    struct web_exchanges *shared;
    struct MHD_Connection *connection;
    char *target;          /* as the client wrote it */
    char *user, *password; /* as the client says; NULL where it does not */
    enum web_verdict verdict;
    struct request request;
    const struct route *route;
    struct web_body body;
    int64_t body_until; /* of the steady clock */
    struct arena arena; /* of headers */
    struct reply reply;
    enum { NEW, MET, READING, ANSWERED } stage;
    struct web_exchange *next, **link; /* among the outstanding */
};

/* Calls the route's answer function, in whichever thread. */
void web_exchange_call_route(struct web_exchange *exchange);

/* These suspend the connection. web_exchange_go_on is called again when there is an answer, or the
 * password was checked. */
void web_exchange_check_password(struct web_exchange *exchange);
void web_exchange_answer_slowly(struct web_exchange *exchange);
void web_exchange_answer_later(struct web_exchange *exchange);

/* For struct request: the answer of a later route counts. */
void web_exchange_finish(void *exchange);

#endif
