/* SPDX-License-Identifier: MIT */
/* web.c - the HTTP server: listeners, threads and limits around a table of routes */
#include "web.h"

#include "listener.h"
#include "worker.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 2, GRACE_STEP_MS = 5 }; /* threads of each listener */

struct web {
    struct web_settings settings;
    struct worker *worker;        /* answers the slow routes */
    atomic_size_t under_way;      /* requests that are there, but not answered to the last byte */
    size_t started;               /* of the daemons */
    struct MHD_Daemon *daemons[]; /* one a listener, in the order of settings.listen */
};

/* One request, from its first line to the last byte of its answer. That of a slow route is
 * the worker's while its connection is suspended. */
struct visit {
    struct web *web;
    struct MHD_Connection *connection;
    char *target; /* as the client wrote it */
    struct request request;
    const struct route *route;
    struct reply reply;
    bool begun, answered;
};

static void *begin_visit(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct visit *visit = calloc(1, sizeof *visit);
    if (visit == NULL)
        return NULL;
    visit->web = cls;
    visit->connection = connection;
    visit->target = strdup(target);
    return visit;
}

static void end_visit(void *cls, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode why)
{
    struct web *web = cls;
    struct visit *visit = *state;
    (void)connection, (void)why;
    if (visit == NULL)
        return;
    if (visit->begun)
        atomic_fetch_sub(&web->under_way, 1);
    reply_release(&visit->reply);
    request_free(&visit->request);
    free(visit->target);
    free(visit);
}

static void log_failure(const struct visit *visit)
{
    const char *words = visit->reply.head.bytes;
    size_t length = 0;
    while (length < visit->reply.head.size && words[length] != '\n')
        length++;
    struct text status = { 0 }, error = { 0 };
    text_number(&status, visit->reply.status);
    text_bytes(&error, words, length);
    /* 503 is an answer for now, not a defect: a busy client must not fill the log with it. */
    enum log_level level =
        visit->reply.status == MHD_HTTP_SERVICE_UNAVAILABLE ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARN;
    if (!text_failed(&status) && !text_failed(&error))
        log_write(visit->web->settings.log, level, "request failed", "target", visit->target,
                  "status", status.bytes, "error", error.bytes, NULL);
    text_free(&status);
    text_free(&error);
}

/* Hands the reply over to a response. */
static struct MHD_Response *respond(struct reply *reply)
{
    const struct MHD_IoVec body[] = { { reply->head.bytes, reply->head.size },
                                      { reply->tail.bytes, reply->tail.size } };
    struct MHD_Response *response =
        MHD_create_response_from_iovec(body, 2, reply->release, reply->owner);
    if (response == NULL)
        return NULL;
    reply->release = NULL;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (size_t i = 0; i < REPLY_HEADERS && reply->headers[i].name != NULL; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
    return response;
}

static enum MHD_Result send_reply(struct visit *visit)
{
    if (visit->reply.status >= 500)
        log_failure(visit);
    struct MHD_Response *response = respond(&visit->reply);
    if (response == NULL)
        return MHD_NO;
    enum MHD_Result queued = MHD_queue_response(visit->connection, visit->reply.status, response);
    MHD_destroy_response(response);
    return queued;
}

static void hand_back(struct visit *visit)
{
    visit->answered = true;
    MHD_resume_connection(visit->connection); /* the visit may be gone when this returns */
}

static void answer_slowly(void *job)
{
    struct visit *visit = job;
    visit->route->answer(visit->web->settings.context, &visit->request, &visit->reply);
    hand_back(visit);
}

static void answer_not_at_all(void *job)
{
    struct visit *visit = job;
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping");
    hand_back(visit);
}

static void hand_to_worker(struct visit *visit)
{
    MHD_suspend_connection(visit->connection); /* first: the worker may be done at once */
    if (worker_take(visit->web->worker, visit))
        return;
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                "too many requests like this wait for their answer; try again shortly");
    hand_back(visit);
}

static const char *find_header(void *message, const char *name)
{
    return MHD_lookup_connection_value(message, MHD_HEADER_KIND, name);
}

static bool read_request(struct visit *visit)
{
    if (!request_read(&visit->request, visit->target, &visit->reply))
        return false;
    visit->request.find_header = find_header;
    visit->request.message = visit->connection;
    return true;
}

static enum MHD_Result answer(struct visit *visit, const char *method)
{
    const struct web_settings *settings = &visit->web->settings;
    if (read_request(visit))
        visit->route = route_find(settings->routes, settings->route_count, method, &visit->request,
                                  &visit->reply);
    if (visit->route != NULL && visit->route->slow) {
        hand_to_worker(visit);
        return MHD_YES;
    }
    if (visit->route != NULL)
        visit->route->answer(settings->context, &visit->request, &visit->reply);
    return send_reply(visit);
}

static bool has_body(struct MHD_Connection *connection)
{
    const char *length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const char *encoding =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING);
    return encoding != NULL || (length != NULL && strcmp(length, "0") != 0);
}

/* The library calls this when a request's headers are there, when all of it is there, and again
 * when its connection is resumed. An answer given at the first call closes the connection behind
 * it; so the body of a request is never waited for. */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *body,
                                  size_t *body_size, void **state)
{
    struct web *web = cls;
    struct visit *visit = *state;
    (void)path, (void)version, (void)body, (void)body_size;
    if (visit == NULL || visit->target == NULL)
        return MHD_NO; /* out of memory: the connection is closed */
    if (!visit->begun) {
        visit->begun = true;
        atomic_fetch_add(&web->under_way, 1);
        if (!has_body(connection))
            return MHD_YES;
    }
    return visit->answered ? send_reply(visit) : answer(visit, method);
}

__attribute__((format(printf, 2, 0))) static void on_message(void *cls, const char *format,
                                                             va_list args)
{
    const struct web *web = cls;
    char *words = NULL;
    if (vasprintf(&words, format, args) < 0)
        return;
    words[strcspn(words, "\n")] = '\0';
    log_write(web->settings.log, LOG_LEVEL_DEBUG, "libmicrohttpd", "text", words, NULL);
    free(words);
}

static struct MHD_Daemon *start_daemon(struct web *web, int listener)
{
    unsigned connections = WEB_CONNECTIONS / (unsigned)web->settings.listen_count;
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, listener, NULL },
        { MHD_OPTION_THREAD_POOL_SIZE, THREADS, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, connections, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, WEB_IDLE_SECONDS, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, WEB_REQUEST_BYTES, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)begin_visit, web },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)end_visit, web },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                                MHD_USE_ERROR_LOG,
                            0, NULL, NULL, on_request, web, MHD_OPTION_EXTERNAL_LOGGER, on_message,
                            web, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static int start_listening(struct web *web, const char *address, struct fault *fault)
{
    int listener = listener_open(address, fault);
    if (listener < 0)
        return -1;
    struct MHD_Daemon *daemon = start_daemon(web, listener);
    if (daemon == NULL) {
        close(listener);
        return fault_set(fault, "cannot serve HTTP on %s", address);
    }
    web->daemons[web->started++] = daemon;
    char port[8];
    snprintf(port, sizeof port, "%u", listener_port(listener));
    log_write(web->settings.log, LOG_LEVEL_INFO, "listening", "address", address, "port", port,
              NULL);
    return 0;
}

struct web *web_start(const struct web_settings *settings, struct fault *fault)
{
    size_t size = sizeof(struct web) + settings->listen_count * sizeof(struct MHD_Daemon *);
    struct web *web = calloc(1, size);
    if (web == NULL) {
        fault_set(fault, "cannot start the HTTP server: out of memory");
        return NULL;
    }
    web->settings = *settings;
    web->worker = worker_start(answer_slowly, answer_not_at_all, fault);
    if (web->worker == NULL) {
        free(web);
        return NULL;
    }
    for (size_t i = 0; i < settings->listen_count; i++) {
        if (start_listening(web, settings->listen[i], fault) != 0) {
            web_stop(web);
            return NULL;
        }
    }
    return web;
}

void web_stop(struct web *web)
{
    worker_stop(web->worker); /* from here on no connection is suspended for longer than a moment */
    for (int ms = 0; ms < WEB_GRACE_MS && atomic_load(&web->under_way) > 0; ms += GRACE_STEP_MS)
        poll(NULL, 0, GRACE_STEP_MS);
    for (size_t i = 0; i < web->started; i++)
        MHD_stop_daemon(web->daemons[i]);
    worker_free(web->worker);
    free(web);
}

unsigned web_port(const struct web *web, size_t index)
{
    return listener_port(
        MHD_get_daemon_info(web->daemons[index], MHD_DAEMON_INFO_LISTEN_FD)->listen_fd);
}
