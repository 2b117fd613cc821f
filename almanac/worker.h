/* SPDX-License-Identifier: MIT */
/* worker.h - one thread that does jobs in turn, from a bounded queue */
#ifndef ALMANAC_WORKER_H
#define ALMANAC_WORKER_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>

struct worker;
typedef void worker_job(void *job);

/* At most queue jobs wait, beside the one under way. Each job that is taken is either done or
 * dropped, once; both in the worker's thread. */
struct worker *worker_start(worker_job *work, worker_job *drop, size_t queue, struct fault *fault);
bool worker_take(struct worker *worker, void *job); /* false: the queue is full, or it stops */

/* Ends the job under way and drops those that wait. Until worker_free no job is taken. NULL is
 * nothing. */
void worker_stop(struct worker *worker);
void worker_free(struct worker *worker);

#endif
