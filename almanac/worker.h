/* SPDX-License-Identifier: MIT */
/* worker.h - threads that do jobs in turn, from a bounded queue */
#ifndef ALMANAC_WORKER_H
#define ALMANAC_WORKER_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>

struct worker;
typedef void worker_job(void *job);

/* Jobs begin in the order in which they were taken; with one thread they also end in it. At most
 * queue jobs wait, beside those under way. Each job that is taken is either done or dropped, once;
 * both in one of the threads. */
struct worker *worker_start(worker_job *work, worker_job *drop, size_t threads, size_t queue,
                            struct fault *fault);
bool worker_take(struct worker *worker, void *job); /* false: the queue is full, or it stops */

/* Ends the jobs under way and drops those that wait. Until worker_free no job is taken. NULL is
 * nothing. */
void worker_stop(struct worker *worker);
void worker_free(struct worker *worker);

#endif
