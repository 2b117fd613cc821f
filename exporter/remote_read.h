/* SPDX-License-Identifier: MIT */
/* remote_read.h - the answer to a remote read: the ledger's history as samples */
#ifndef EXPORTER_REMOTE_READ_H
#define EXPORTER_REMOTE_READ_H

#include "../almanac/catalogue.h"
#include "../almanac/clock.h"
#include "../almanac/ledger.h"
#include "../almanac/request.h"

#include <stdatomic.h>

enum {
    REMOTE_SAMPLES = 50000000,       /* as many as a query of Prometheus may hold */
    REMOTE_ANSWER_BYTES = 512 << 20, /* of an answer, compressed */
    REMOTE_SECONDS = 20,             /* until an answer is given up */
};

/* What it points to is borrowed. */
struct remote_read {
    struct ledger *ledger; /* this thread's own, with its preferences */
    const struct catalogue *catalogue;
    const struct clock *clock;
    const atomic_bool *stopping; /* true: it is given up */
    size_t most_samples;         /* of an answer; REMOTE_SAMPLES */
};

/* Answers a POST of Prometheus' remote read with series of figures in the catalogue, all of one
 * moment of the ledger. 200, 400 in words where the request is wrong or asks for too much, or 503
 * where the ledger cannot be read or the server stops. */
void remote_read_answer(const struct remote_read *read, const struct request *request,
                        struct reply *reply);

#endif
