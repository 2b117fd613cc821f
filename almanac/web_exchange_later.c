/* SPDX-License-Identifier: MIT */
/* web_exchange_later.c - answers from other threads, and the state that exchanges share */
#include "web_exchange_private.h"
#include "worker.h"

#include <microhttpd.h>

enum { PASSWORD_QUEUE = 64 };

static void hand_back(struct web_exchange *exchange)
{
    exchange->stage = ANSWERED;
    MHD_resume_connection(exchange->connection); /* the exchange may be gone when this returns */
}

void web_exchange_call_route(struct web_exchange *exchange)
{
    const struct route *route = exchange->route;
    void *context = route->context != NULL ? route->context : exchange->shared->settings.context;
    route->answer(context, &exchange->request, &exchange->reply);
}

static void answer_slowly(void *job)
{
    web_exchange_call_route(job);
    hand_back(job);
}

static void check_password(void *job)
{
    struct web_exchange *exchange = job;
    exchange->verdict =
        web_passwords_check(exchange->access->passwords, exchange->user, exchange->password);
    if (exchange->verdict == WEB_WRONG)
        log_write(exchange->shared->settings.log, LOG_LEVEL_WARN, "wrong password", "user",
                  exchange->user, NULL);
    MHD_resume_connection(exchange->connection); /* the library asks for the answer again */
}

static void answer_not_at_all(void *job)
{
    struct web_exchange *exchange = job;
    reply_words(&exchange->reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping");
    hand_back(exchange);
}

static void break_off(void *job)
{
    struct web_exchange *exchange = job;
    exchange->broken = true;
    MHD_resume_connection(exchange->connection);
}

static void make_piece(void *job)
{
    struct web_exchange *exchange = job;
    struct reply *reply = &exchange->reply;
    struct fault fault = { 0 };
    int more = reply->next(reply->owner, &reply->head, &fault);
    if (more < 0) {
        log_write(exchange->shared->settings.log, LOG_LEVEL_WARN, "answer broken off", "target",
                  exchange->target, "error", fault.text, NULL);
        exchange->broken = true;
    } else if (more == 0) {
        reply->next = NULL;
    }
    MHD_resume_connection(exchange->connection);
}

/* The worker has room for every exchange there is, so it takes this one until it stops. */
void web_exchange_continue(struct web_exchange *exchange)
{
    MHD_suspend_connection(exchange->connection);
    if (!worker_take(exchange->shared->stream_worker, exchange))
        break_off(exchange);
}

static bool is_stopping(struct web_exchanges *shared)
{
    pthread_mutex_lock(&shared->mutex);
    bool stopping = shared->stopping;
    pthread_mutex_unlock(&shared->mutex);
    return stopping;
}

static void hand_to(struct worker *worker, struct web_exchange *exchange)
{
    MHD_suspend_connection(exchange->connection); /* before: the worker may finish at once */
    if (worker_take(worker, exchange))
        return;
    if (is_stopping(exchange->shared)) {
        answer_not_at_all(exchange);
        return;
    }
    reply_words(&exchange->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                "too many requests like this wait for their answer; try again shortly");
    hand_back(exchange);
}

void web_exchange_check_password(struct web_exchange *exchange)
{
    hand_to(exchange->shared->password_worker, exchange);
}

void web_exchange_answer_slowly(struct web_exchange *exchange)
{
    hand_to(exchange->shared->workers[exchange->route->slow - 1], exchange);
}

static void add_outstanding(struct web_exchanges *shared, struct web_exchange *exchange)
{
    exchange->next = shared->outstanding;
    exchange->link = &shared->outstanding;
    if (exchange->next != NULL)
        exchange->next->link = &exchange->next;
    shared->outstanding = exchange;
}

static void remove_outstanding(struct web_exchange *exchange)
{
    *exchange->link = exchange->next;
    if (exchange->next != NULL)
        exchange->next->link = exchange->link;
}

void web_exchange_finish(void *message)
{
    struct web_exchange *exchange = message;
    pthread_mutex_lock(&exchange->shared->mutex);
    remove_outstanding(exchange);
    pthread_mutex_unlock(&exchange->shared->mutex);
    hand_back(exchange);
}

void web_exchange_answer_later(struct web_exchange *exchange)
{
    struct web_exchanges *shared = exchange->shared;
    MHD_suspend_connection(exchange->connection);
    pthread_mutex_lock(&shared->mutex);
    bool stopping = shared->stopping;
    if (!stopping) {
        add_outstanding(shared, exchange);
        shared->calls++;
    }
    pthread_mutex_unlock(&shared->mutex);
    if (stopping) {
        answer_not_at_all(exchange);
        return;
    }
    web_exchange_call_route(exchange);
    pthread_mutex_lock(&shared->mutex);
    if (--shared->calls == 0)
        pthread_cond_signal(&shared->called);
    pthread_mutex_unlock(&shared->mutex);
}

/* No other thread finishes an exchange now, except answer functions already running. */
static void stop_outstanding(struct web_exchanges *shared)
{
    struct web_exchange *exchange;
    pthread_mutex_lock(&shared->mutex);
    while (shared->calls > 0)
        pthread_cond_wait(&shared->called, &shared->mutex);
    while ((exchange = shared->outstanding) != NULL) {
        remove_outstanding(exchange);
        answer_not_at_all(exchange);
    }
    pthread_mutex_unlock(&shared->mutex);
}

/* Starts a worker for each queue that a route uses, and those for streams and passwords. */
static int start_workers(struct web_exchanges *shared, struct fault *fault)
{
    for (size_t i = 0; i < shared->settings.route_count; i++) {
        int slow = shared->settings.routes[i].slow;
        if (slow == 0 || shared->workers[slow - 1] != NULL)
            continue;
        shared->workers[slow - 1] =
            worker_start(answer_slowly, answer_not_at_all, 1, WEB_SLOW_QUEUE, fault);
        if (shared->workers[slow - 1] == NULL)
            return -1;
    }
    shared->stream_worker = worker_start(make_piece, break_off, 1, shared->most, fault);
    if (shared->stream_worker == NULL)
        return -1;
    shared->password_worker =
        worker_start(check_password, answer_not_at_all, 1, PASSWORD_QUEUE, fault);
    return shared->password_worker == NULL ? -1 : 0;
}

int web_exchanges_open(struct web_exchanges *shared, const struct web_settings *settings,
                       struct fault *fault)
{
    shared->settings = *settings;
    pthread_mutex_init(&shared->mutex, NULL);
    pthread_cond_init(&shared->called, NULL);
    shared->access = settings->access != NULL ? web_access_hold(settings->access)
                                              : web_access_open(NULL, settings->log->clock, fault);
    return start_workers(shared, fault);
}

struct web_access *web_exchanges_access(struct web_exchanges *shared)
{
    pthread_mutex_lock(&shared->mutex);
    struct web_access *access = web_access_hold(shared->access);
    pthread_mutex_unlock(&shared->mutex);
    return access;
}

void web_exchanges_take_access(struct web_exchanges *shared, struct web_access *access)
{
    pthread_mutex_lock(&shared->mutex);
    struct web_access *before = shared->access;
    shared->access = web_access_hold(access);
    pthread_mutex_unlock(&shared->mutex);
    web_access_release(before);
}

void web_exchanges_stop(struct web_exchanges *shared)
{
    pthread_mutex_lock(&shared->mutex);
    shared->stopping = true;
    pthread_mutex_unlock(&shared->mutex);
    worker_stop(shared->password_worker);
    worker_stop(shared->stream_worker);
    for (size_t i = 0; i < ROUTE_QUEUES; i++)
        worker_stop(shared->workers[i]);
    stop_outstanding(shared);
}

void web_exchanges_close(struct web_exchanges *shared)
{
    worker_free(shared->password_worker);
    worker_free(shared->stream_worker);
    for (size_t i = 0; i < ROUTE_QUEUES; i++)
        worker_free(shared->workers[i]);
    web_access_release(shared->access);
    pthread_cond_destroy(&shared->called);
    pthread_mutex_destroy(&shared->mutex);
}
