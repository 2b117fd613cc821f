/* SPDX-License-Identifier: MIT */
/* remote_queue.h - answers remote reads one by one, on its own thread and ledger connection */
#ifndef EXPORTER_REMOTE_QUEUE_H
#define EXPORTER_REMOTE_QUEUE_H

#include "../almanac/request.h"
#include "follower.h"
#include "remote_query.h"

struct remote_queue;

enum {
    REMOTE_QUEUE = 64,               /* waiting reads: a dashboard requests many at once */
    REMOTE_PATIENCE_MS = 60000,      /* a Prometheus waits no longer either */
    REMOTE_SENDING_BYTES = 512 << 20 /* while more are unsent, no other answer is begun */
};

/* Answers a later route, whose context is a struct answers: a POST in snappy. 503 if too many reads
 * wait, or one has waited too long, or answers that clients read slowly fill the memory. */
void remote_queue_answer(void *context, const struct request *request, struct reply *reply);

/* Borrows all of these. sending: REMOTE_SENDING_BYTES. */
struct remote_queue *remote_queue_start(const char *ledger_path, struct follower *follower,
                                        const struct clock *clock, size_t sending,
                                        struct fault *fault);

/* remote_queue_stop aborts the current read and drops the waiting ones; call it before the server
 * stops, and remote_queue_free after. NULL does nothing. */
void remote_queue_stop(struct remote_queue *queue);
void remote_queue_free(struct remote_queue *queue);

#endif
