/* SPDX-License-Identifier: MIT */
/* remote_read.h - answers a remote read: the ledger's history as samples */
#ifndef EXPORTER_REMOTE_READ_H
#define EXPORTER_REMOTE_READ_H

#include "../almanac/catalogue.h"
#include "../almanac/clock.h"
#include "../almanac/ledger.h"
#include "../almanac/request.h"

#include <stdatomic.h>

enum {
    REMOTE_SAMPLES = 50000000,       /* Prometheus' own limit for a query */
    REMOTE_ANSWER_BYTES = 512 << 20, /* of a compressed answer */
    REMOTE_SECONDS = 20,             /* until an answer is abandoned */
};

/* All pointers are borrowed. */
struct remote_read {
    struct ledger *ledger; /* this thread's own, with preferences set */
    const struct catalogue *catalogue;
    const struct clock *clock;
    const atomic_bool *stopping; /* true: abandon the answer */
    size_t most_samples;         /* per answer; REMOTE_SAMPLES */
    bool figures_only;           /* without the info series of qualifier.h */
};

/* Answers a POST of Prometheus' remote read with series of figures in the catalogue, and with the
 * info series of what was not exact or not normal, as of one moment of the ledger. 200; 400 in
 * words if the request is wrong or asks for too much; 503 if the ledger cannot be read or the
 * server stops. */
void remote_read_answer(const struct remote_read *read, const struct request *request,
                        struct reply *reply);

#endif
