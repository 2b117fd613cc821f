/* SPDX-License-Identifier: MIT */
/* web.c - the HTTP server: listeners, threads and limits around a table of routes */
#include "web.h"

#include "listener.h"
#include "web_door.h"
#include "worker.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    THREADS = 2, /* of each listener */
    GRACE_STEP_MS = 5,
    SLOW_QUEUE = 8,
    CLERK_QUEUE = 64,
};

struct web {
    struct web_settings settings;
    struct web_door door;
    struct worker *clerk;         /* checks passwords that are not known yet: bcrypt is slow */
    struct worker *worker;        /* answers the slow routes */
    atomic_size_t under_way;      /* requests that are there, but not answered to the last byte */
    size_t started;               /* of the daemons */
    struct MHD_Daemon *daemons[]; /* one a listener, in the order of settings.listen */
};

/* One request, from its first line to the last byte of its answer. While its connection is
 * suspended it is a worker's. */
struct visit {
    struct web *web;
    struct MHD_Connection *connection;
    char *target;          /* as the client wrote it */
    char *user, *password; /* as the client says; NULL where it does not */
    enum web_verdict verdict;
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
    if (visit->password != NULL)
        explicit_bzero(visit->password, strlen(visit->password));
    MHD_free(visit->password);
    MHD_free(visit->user);
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

static void add_headers(struct MHD_Response *response, const struct web_config *config,
                        const struct reply *reply)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (size_t i = 0; i < WEB_HEADERS; i++)
        if (config->headers[i] != NULL &&
            strcmp(web_header_names[i], "X-Content-Type-Options") != 0)
            MHD_add_response_header(response, web_header_names[i], config->headers[i]);
    for (size_t i = 0; i < REPLY_HEADERS && reply->headers[i].name != NULL; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
}

/* Hands the reply over to a response. */
static struct MHD_Response *respond(const struct web_config *config, struct reply *reply)
{
    const struct MHD_IoVec body[] = { { reply->head.bytes, reply->head.size },
                                      { reply->tail.bytes, reply->tail.size } };
    struct MHD_Response *response =
        MHD_create_response_from_iovec(body, 2, reply->release, reply->owner);
    if (response == NULL)
        return NULL;
    reply->release = NULL;
    add_headers(response, config, reply);
    return response;
}

static enum MHD_Result send_reply(struct visit *visit)
{
    if (visit->reply.status >= 500)
        log_failure(visit);
    struct MHD_Response *response = respond(visit->web->door.config, &visit->reply);
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

static void call_route(struct visit *visit)
{
    const struct route *route = visit->route;
    void *context = route->context != NULL ? route->context : visit->web->settings.context;
    route->answer(context, &visit->request, &visit->reply);
}

static void answer_slowly(void *job)
{
    call_route(job);
    hand_back(job);
}

static void check_password(void *job)
{
    struct visit *visit = job;
    const struct web *web = visit->web;
    visit->verdict = web_passwords_check(web->door.passwords, visit->user, visit->password);
    if (visit->verdict == WEB_WRONG)
        log_write(web->settings.log, LOG_LEVEL_WARN, "wrong password", "user", visit->user, NULL);
    MHD_resume_connection(visit->connection); /* it is asked for its answer once more */
}

static void answer_not_at_all(void *job)
{
    struct visit *visit = job;
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping");
    hand_back(visit);
}

static void hand_to(struct worker *worker, struct visit *visit)
{
    MHD_suspend_connection(visit->connection); /* first: the worker may be done at once */
    if (worker_take(worker, visit))
        return;
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                "too many requests like this wait for their answer; try again shortly");
    hand_back(visit);
}

static const char *find_header(void *message, const char *name)
{
    return MHD_lookup_connection_value(message, MHD_HEADER_KIND, name);
}

/* Whether the client is let in; unknown where its password takes checking. */
static enum web_verdict admit(struct visit *visit)
{
    struct web_passwords *passwords = visit->web->door.passwords;
    if (passwords == NULL)
        return WEB_RIGHT;
    if (visit->verdict != WEB_UNKNOWN)
        return visit->verdict;
    visit->user = MHD_basic_auth_get_username_password(visit->connection, &visit->password);
    visit->verdict = visit->user == NULL
                         ? WEB_WRONG
                         : web_passwords_recall(passwords, visit->user, visit->password);
    return visit->verdict;
}

static void find_route(struct visit *visit, const char *method)
{
    const struct web_settings *settings = &visit->web->settings;
    const char *prefix = settings->prefix == NULL ? "/" : settings->prefix;
    if (!request_read(&visit->request, visit->target, &visit->reply) ||
        !request_strip(&visit->request, prefix, &visit->reply))
        return;
    visit->request.find_header = find_header;
    visit->request.message = visit->connection;
    visit->request.user = visit->user;
    visit->route =
        route_find(settings->routes, settings->route_count, method, &visit->request, &visit->reply);
}

static void refuse(struct reply *reply)
{
    reply_words(reply, MHD_HTTP_UNAUTHORIZED,
                "a name and its password are needed; these are not right, or not there");
    reply_header(reply, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                 "Basic realm=\"Almanac\", charset=\"UTF-8\"");
}

static enum MHD_Result answer(struct visit *visit, const char *method)
{
    enum web_verdict verdict = admit(visit);
    if (verdict == WEB_UNKNOWN) {
        hand_to(visit->web->clerk, visit);
        return MHD_YES;
    }
    if (verdict == WEB_RIGHT)
        find_route(visit, method);
    else
        refuse(&visit->reply);
    if (visit->route != NULL && visit->route->slow) {
        hand_to(visit->web->worker, visit);
        return MHD_YES;
    }
    if (visit->route != NULL)
        call_route(visit);
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
        if (!web_limit_take(&web->door.limit, clock_steady_ms(web->settings.log->clock))) {
            reply_words(&visit->reply, MHD_HTTP_TOO_MANY_REQUESTS,
                        "more requests than 'rate_limit' lets through; try again shortly");
            return send_reply(visit);
        }
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

static void on_connection(void *cls, struct MHD_Connection *connection, void **own,
                          enum MHD_ConnectionNotificationCode what)
{
    const struct web *web = cls;
    (void)own;
    if (web->door.config->has_tls && what == MHD_CONNECTION_NOTIFY_STARTED)
        web_tls_guard(
            &web->door.tls,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session);
}

static void *pointer_to(const char *string)
{
    return (void *)(uintptr_t)string; /* the library takes it so, and does not write there */
}

static struct MHD_Daemon *start_daemon(struct web *web, int listener)
{
    unsigned connections = WEB_CONNECTIONS / (unsigned)web->settings.listen_count;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, listener, NULL },
        { MHD_OPTION_THREAD_POOL_SIZE, THREADS, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, connections, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, WEB_IDLE_SECONDS, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, WEB_REQUEST_BYTES, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)begin_visit, web },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)end_visit, web },
        { MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, web },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, pointer_to(web->door.tls.certificate) },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, pointer_to(web->door.tls.key) },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, pointer_to(web->door.tls.priorities) },
        { web->door.tls.trust == NULL ? MHD_OPTION_END : MHD_OPTION_HTTPS_MEM_TRUST, 0,
          pointer_to(web->door.tls.trust) },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };
    return MHD_start_daemon(flags | (web->door.config->has_tls ? MHD_USE_TLS : 0), 0, NULL, NULL,
                            on_request, web, MHD_OPTION_EXTERNAL_LOGGER, on_message, web,
                            MHD_OPTION_ARRAY, options, MHD_OPTION_ARRAY,
                            web->door.config->has_tls ? tls : plain, MHD_OPTION_END);
}

static int start_listening(struct web *web, const char *address, struct fault *fault)
{
    int listener = web_door_listen(&web->door, address, web->settings.open, fault);
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
              "tls", web->door.config->has_tls ? "true" : "false", NULL);
    return 0;
}

static int start_workers(struct web *web, struct fault *fault)
{
    web->worker = worker_start(answer_slowly, answer_not_at_all, SLOW_QUEUE, fault);
    if (web->worker == NULL || web->door.passwords == NULL)
        return web->worker == NULL ? -1 : 0;
    web->clerk = worker_start(check_password, answer_not_at_all, CLERK_QUEUE, fault);
    return web->clerk == NULL ? -1 : 0;
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
    int failed = web_door_open(&web->door, settings->config, settings->log->clock, fault);
    if (failed == 0)
        failed = start_workers(web, fault);
    for (size_t i = 0; i < settings->listen_count && failed == 0; i++)
        failed = start_listening(web, settings->listen[i], fault);
    if (failed == 0)
        return web;
    web_stop(web);
    return NULL;
}

void web_stop(struct web *web)
{
    worker_stop(web->clerk); /* from here on no connection is suspended for longer than a moment */
    worker_stop(web->worker);
    for (int ms = 0; ms < WEB_GRACE_MS && atomic_load(&web->under_way) > 0; ms += GRACE_STEP_MS)
        poll(NULL, 0, GRACE_STEP_MS);
    for (size_t i = 0; i < web->started; i++)
        MHD_stop_daemon(web->daemons[i]);
    worker_free(web->clerk);
    worker_free(web->worker);
    web_door_close(&web->door);
    free(web);
}

unsigned web_port(const struct web *web, size_t index)
{
    return listener_port(
        MHD_get_daemon_info(web->daemons[index], MHD_DAEMON_INFO_LISTEN_FD)->listen_fd);
}
