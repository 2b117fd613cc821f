/* SPDX-License-Identifier: MIT */
/* push.h - reports over HTTP: POST /api/v1/observations */
#ifndef COLLECTOR_PUSH_H
#define COLLECTOR_PUSH_H

#include "answers.h"

enum { PUSH_BYTES = 32 << 20 }; /* of an inflated body */

/* Answers a later route; the context is a struct answers. The body is JSON, NDJSON, CSV or
 * SDMX-CSV, as Content-Type says. All of it is recorded or nothing; with ?partial=true everything
 * that is good. 200 with the result once it is on disk in the ledger. If nothing is recorded: 400
 * with every refusal and its place; 403 if the user may not report some of it; 415; 503 if a retry
 * may succeed. */
void push_answer(void *context, const struct request *request, struct reply *reply);
#define PUSH_PARAMETERS "partial"

/* A push, and the request that waits for it: the owner of its delivery, which it lives in. */
struct pending {
    const struct answers *answers;
    const struct request *request;
    struct reply *reply;
    enum telemetry_origin origin;
    bool forbidden; /* the user may not report some of it */
};

/* The delivery of a push in this form, received now. Its source is the request's user; without one,
 * "push". Its owner has size bytes and begins like this pending. */
struct delivery *push_open(const struct pending *pending, size_t size, const struct form *form);
/* Refuses what the user may not report of the observations from first on. */
void push_permit(struct delivery *delivery, size_t first);
/* Puts it into the intake; if that turns it away, it is done, and this is false. */
bool push_put(struct delivery *delivery);
/* Once the reply is written: counts and logs the push, and frees it. */
void push_end(struct delivery *delivery);

#endif
