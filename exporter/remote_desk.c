/* SPDX-License-Identifier: MIT */
/* remote_desk.c - remote reads in turn, on a thread and a connection to the ledger of their own */
#include "remote_desk.h"

#include "../almanac/worker.h"
#include "answers.h"
#include "remote_read.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct remote_desk {
    char *ledger_path;
    struct follower *follower;
    const struct clock *clock;
    struct ledger *ledger; /* the thread's; NULL until it is needed, and after it failed */
    struct worker *worker;
    atomic_bool stopping;
    size_t most_sending;
    atomic_size_t sending; /* bytes of answers that are not sent yet */
};

/* An answer under way, and what was to become of it. */
struct sending {
    struct remote_desk *desk;
    size_t size;
    void (*release)(void *owner);
    void *owner;
};

/* A read that waits. */
struct job {
    struct remote_desk *desk;
    const struct request *request;
    struct reply *reply;
};

static void end_sending(void *owner)
{
    struct sending *sending = owner;
    atomic_fetch_sub(&sending->desk->sending, sending->size);
    sending->release(sending->owner);
    free(sending);
}

/* Counts the answer until its last byte is sent. */
static void begin_sending(struct remote_desk *desk, struct reply *reply)
{
    size_t room = 0;
    if (reply->release == NULL)
        return;
    struct sending *sending = array_reserve(NULL, &room, 1, sizeof *sending);
    *sending = (struct sending){ desk, reply->head.size, reply->release, reply->owner };
    atomic_fetch_add(&desk->sending, sending->size);
    reply->release = end_sending;
    reply->owner = sending;
}

/* Opens the ledger where it is not open, or is another file by now. */
static int have_ledger(struct remote_desk *desk, struct fault *fault)
{
    struct fault gone = { 0 };
    if (desk->ledger != NULL && ledger_version(desk->ledger, &gone) < 0) {
        ledger_close(desk->ledger);
        desk->ledger = NULL;
    }
    if (desk->ledger == NULL)
        desk->ledger = ledger_open(desk->ledger_path, LEDGER_READER, fault);
    return desk->ledger == NULL ? -1 : 0;
}

static void answer_from_ledger(struct remote_desk *desk, const struct request *request,
                               struct reply *reply)
{
    struct snapshot *snapshot = follower_snapshot(desk->follower);
    struct catalogue catalogue = catalogue_of(snapshot->settings);
    struct remote_read read = { .ledger = desk->ledger,
                                .catalogue = &catalogue,
                                .clock = desk->clock,
                                .stopping = &desk->stopping,
                                .most_samples = REMOTE_SAMPLES };
    ledger_prefer(desk->ledger, catalogue.figures, catalogue.count);
    remote_read_answer(&read, request, reply);
    ledger_prefer(desk->ledger, NULL, 0);
    snapshot_release(snapshot);
}

static void work(void *owner)
{
    struct job *job = owner;
    struct fault fault = { 0 };
    if (atomic_load(&job->desk->sending) > job->desk->most_sending)
        reply_words(job->reply, 503,
                    "too much of earlier answers is not sent yet; try again "
                    "shortly");
    else if (have_ledger(job->desk, &fault) == 0)
        answer_from_ledger(job->desk, job->request, job->reply);
    else
        reply_words(job->reply, 503, "%s", fault.text);
    begin_sending(job->desk, job->reply);
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

void remote_desk_answer(void *context, const struct request *request, struct reply *reply)
{
    struct remote_desk *desk = ((const struct answers *)context)->remote_desk;
    struct job *job = malloc(sizeof *job);
    if (job != NULL) {
        *job = (struct job){ desk, request, reply };
        if (worker_take(desk->worker, job))
            return;
    }
    free(job);
    reply_words(reply, 503, "too many remote reads wait for their answer; try again shortly");
    request_finish(request);
}

struct remote_desk *remote_desk_start(const char *ledger_path, struct follower *follower,
                                      const struct clock *clock, size_t sending,
                                      struct fault *fault)
{
    size_t room = 0;
    struct remote_desk *desk = array_reserve(NULL, &room, 1, sizeof *desk);
    *desk = (struct remote_desk){ .ledger_path = strdup(ledger_path),
                                  .follower = follower,
                                  .clock = clock,
                                  .most_sending = sending };
    desk->worker = worker_start(work, drop, 1, REMOTE_QUEUE, fault);
    if (desk->worker != NULL)
        return desk;
    remote_desk_free(desk);
    return NULL;
}

void remote_desk_stop(struct remote_desk *desk)
{
    if (desk == NULL)
        return;
    atomic_store(&desk->stopping, true);
    worker_stop(desk->worker);
}

void remote_desk_free(struct remote_desk *desk)
{
    if (desk == NULL)
        return;
    worker_free(desk->worker);
    ledger_close(desk->ledger);
    free(desk->ledger_path);
    free(desk);
}
