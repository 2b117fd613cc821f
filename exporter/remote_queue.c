/* SPDX-License-Identifier: MIT */
/* remote_queue.c - answers remote reads one by one, on its own thread and ledger connection */
#include "remote_queue.h"

#include "../almanac/worker.h"
#include "answers.h"
#include "remote_read.h"

#include <stdatomic.h>
#include <stdlib.h>

struct remote_queue {
    const char *ledger_path;
    struct follower *follower;
    const struct clock *clock;
    struct ledger *ledger; /* the thread's own; NULL until needed, and after a failure */
    struct worker *worker;
    atomic_bool stopping;
    size_t most_sending;
    atomic_size_t sending; /* bytes of unsent answers */
};

/* A waiting read. */
struct job {
    struct remote_queue *queue;
    const struct request *request;
    struct reply *reply;
    int64_t since; /* steady milliseconds */
};

/* Opens the ledger if it is not open, or has become another file. */
static int have_ledger(struct remote_queue *queue, struct fault *fault)
{
    struct fault gone = { 0 };
    if (queue->ledger != NULL && ledger_version(queue->ledger, &gone) < 0) {
        ledger_close(queue->ledger);
        queue->ledger = NULL;
    }
    if (queue->ledger == NULL)
        queue->ledger = ledger_open(queue->ledger_path, LEDGER_READER, fault);
    return queue->ledger == NULL ? -1 : 0;
}

static void answer_from_ledger(struct remote_queue *queue, const struct request *request,
                               struct reply *reply)
{
    struct snapshot *snapshot = follower_snapshot(queue->follower);
    const struct catalogue *catalogue = &snapshot->settings->catalogue;
    struct remote_read read = { .ledger = queue->ledger,
                                .catalogue = catalogue,
                                .clock = queue->clock,
                                .stopping = &queue->stopping,
                                .most_samples = REMOTE_SAMPLES,
                                .figures_only = snapshot->figures_only };
    ledger_prefer(queue->ledger, catalogue);
    remote_read_answer(&read, request, reply);
    ledger_prefer(queue->ledger, NULL);
    snapshot_release(snapshot);
}

static void work(void *owner)
{
    struct job *job = owner;
    struct fault fault = { 0 };
    if (clock_steady_ms(job->queue->clock) - job->since > REMOTE_PATIENCE_MS)
        reply_words(job->reply, 503, "others take too long; try again shortly");
    else if (atomic_load(&job->queue->sending) > job->queue->most_sending)
        reply_words(job->reply, 503,
                    "too much of earlier answers is not sent yet; try again "
                    "shortly");
    else if (have_ledger(job->queue, &fault) == 0)
        answer_from_ledger(job->queue, job->request, job->reply);
    else
        reply_words(job->reply, 503, "%s", fault.text);
    reply_count(job->reply, &job->queue->sending);
    request_finish(job->request);
    free(job);
}

static void drop(void *owner)
{
    struct job *job = owner;
    reply_words(job->reply, 503, "the server is stopping");
    request_finish(job->request);
    free(job);
}

void remote_queue_answer(void *context, const struct request *request, struct reply *reply)
{
    struct remote_queue *queue = ((const struct answers *)context)->remote_queue;
    struct job *job = array_new(1, sizeof *job);
    *job = (struct job){ queue, request, reply, clock_steady_ms(queue->clock) };
    if (worker_take(queue->worker, job))
        return;
    free(job);
    reply_words(reply, 503, "too many remote reads wait for their answer; try again shortly");
    request_finish(request);
}

struct remote_queue *remote_queue_start(const char *ledger_path, struct follower *follower,
                                        const struct clock *clock, size_t sending,
                                        struct fault *fault)
{
    struct remote_queue *queue = array_new(1, sizeof *queue);
    *queue = (struct remote_queue){
        .ledger_path = ledger_path, .follower = follower, .clock = clock, .most_sending = sending
    };
    queue->worker = worker_start(work, drop, 1, REMOTE_QUEUE, fault);
    if (queue->worker != NULL)
        return queue;
    remote_queue_free(queue);
    return NULL;
}

void remote_queue_stop(struct remote_queue *queue)
{
    if (queue == NULL)
        return;
    atomic_store(&queue->stopping, true);
    worker_stop(queue->worker);
}

void remote_queue_free(struct remote_queue *queue)
{
    if (queue == NULL)
        return;
    worker_free(queue->worker);
    ledger_close(queue->ledger);
    free(queue);
}
