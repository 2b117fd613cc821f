/* SPDX-License-Identifier: MIT */
/* worker.h - threads that run jobs from a bounded queue */
#ifndef ALMANAC_WORKER_H
#define ALMANAC_WORKER_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>

struct worker;
typedef void worker_job(void *job);

/* Jobs start in the order in which they were accepted; with one thread they also end in it. At most
 * queue jobs wait, besides the running ones. Each accepted job is either done or dropped, once, on
 * one of the threads. */
struct worker *worker_start(worker_job *work, worker_job *drop, size_t threads, size_t queue,
                            struct fault *fault);
bool worker_take(struct worker *worker, void *job); /* false: the queue is full or stopped */

/* Finishes the running jobs and drops the waiting ones. After this, no job is accepted. NULL does
 * nothing. */
void worker_stop(struct worker *worker);
void worker_free(struct worker *worker);

#endif
