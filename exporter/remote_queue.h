/* SPDX-License-Identifier: MIT */
/* remote_queue.h - remote reads in turn, on a thread and a connection to the ledger of their own */
#ifndef EXPORTER_REMOTE_QUEUE_H
#define EXPORTER_REMOTE_QUEUE_H

#include "../almanac/request.h"
#include "follower.h"
#include "remote_query.h"

struct remote_queue;

enum {
    REMOTE_QUEUE = 64,               /* reads that wait: a dashboard asks for many at once */
    REMOTE_SENDING_BYTES = 512 << 20 /* of answers under way, when the next is begun */
};

/* A later route's answer, for struct answers: a POST in snappy. A 503 where too many wait, or
 * answers that clients are slow to take fill the memory. */
void remote_queue_answer(void *context, const struct request *request, struct reply *reply);

/* The path is copied, the others are borrowed. sending: REMOTE_SENDING_BYTES. */
struct remote_queue *remote_queue_start(const char *ledger_path, struct follower *follower,
                                        const struct clock *clock, size_t sending,
                                        struct fault *fault);

/* stop gives up the read under way and drops those that wait, before the server stops; free, behind
 * that. NULL is nothing. */
void remote_queue_stop(struct remote_queue *queue);
void remote_queue_free(struct remote_queue *queue);

#endif
