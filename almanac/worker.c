/* SPDX-License-Identifier: MIT */
/* worker.c - threads that run jobs from a bounded queue */
#include "worker.h"

#include "arena.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct worker {
    worker_job *work, *drop;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t first, count, room;
    bool stopping;
    void **queue; /* a ring */
    size_t threads;
    pthread_t thread[];
};

/* Waits for a job. NULL: the worker is stopping and the queue is empty. */
static void *next_job(struct worker *worker, bool *stopping)
{
    void *job = NULL;
    pthread_mutex_lock(&worker->mutex);
    while (worker->count == 0 && !worker->stopping)
        pthread_cond_wait(&worker->changed, &worker->mutex);
    if (worker->count > 0) {
        job = worker->queue[worker->first];
        worker->first = (worker->first + 1) % worker->room;
        worker->count--;
    }
    *stopping = worker->stopping;
    pthread_mutex_unlock(&worker->mutex);
    return job;
}

static void *run(void *owner)
{
    struct worker *worker = owner;
    void *job;
    bool stopping;
    while ((job = next_job(worker, &stopping)) != NULL) {
        if (stopping)
            worker->drop(job);
        else
            worker->work(job);
    }
    return NULL;
}

struct worker *worker_start(worker_job *work, worker_job *drop, size_t threads, size_t queue,
                            struct fault *fault)
{
    struct worker *worker = array_new(1, sizeof *worker + threads * sizeof *worker->thread);
    worker->work = work;
    worker->drop = drop;
    worker->queue = array_new(queue, sizeof *worker->queue);
    worker->room = queue;
    pthread_mutex_init(&worker->mutex, NULL);
    pthread_cond_init(&worker->changed, NULL);
    int error = 0;
    while (error == 0 && worker->threads < threads) {
        error = pthread_create(&worker->thread[worker->threads], NULL, run, worker);
        worker->threads += error == 0;
    }
    if (error == 0)
        return worker;
    fault_set(fault, "cannot start a thread: %s", strerror(error));
    worker_stop(worker);
    worker_free(worker);
    return NULL;
}

bool worker_take(struct worker *worker, void *job)
{
    pthread_mutex_lock(&worker->mutex);
    bool taken = worker->count < worker->room && !worker->stopping;
    if (taken) {
        worker->queue[(worker->first + worker->count++) % worker->room] = job;
        pthread_cond_signal(&worker->changed);
    }
    pthread_mutex_unlock(&worker->mutex);
    return taken;
}

void worker_stop(struct worker *worker)
{
    if (worker == NULL)
        return;
    pthread_mutex_lock(&worker->mutex);
    worker->stopping = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
    for (size_t i = 0; i < worker->threads; i++)
        pthread_join(worker->thread[i], NULL);
}

void worker_free(struct worker *worker)
{
    if (worker == NULL)
        return;
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->mutex);
    free(worker->queue);
    free(worker);
}
