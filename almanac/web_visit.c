/* SPDX-License-Identifier: MIT */
/* web_visit.c - one request, from its first line to the last byte of its answer */
#include "web_visit.h"

#include "envelope.h"
#include "web_body.h"
#include "web_cors.h"
#include "web_head.h"
#include "web_response.h"
#include "worker.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

enum { CLERK_QUEUE = 64 };

/* While its connection is suspended it is a worker's, or outstanding. */
struct web_visit {
    struct web_visits *visits;
    struct MHD_Connection *connection;
    char *target;          /* as the client wrote it */
    char *user, *password; /* as the client says; NULL where it does not */
    enum web_verdict verdict;
    struct request request;
    const struct route *route;
    struct web_body body;
    int64_t body_until; /* of the steady clock */
    struct arena arena; /* of headers */
    struct reply reply;
    enum { NEW, MET, READING, ANSWERED } stage;
    struct web_visit *next, **link; /* among the outstanding */
};

static int64_t now(const struct web_visit *visit)
{
    return clock_steady_ms(visit->visits->settings.log->clock);
}

struct web_visit *web_visit_begin(struct web_visits *visits, const char *target,
                                  struct MHD_Connection *connection)
{
    struct web_visit *visit = calloc(1, sizeof *visit);
    char *copy = strdup(target);
    if (visit == NULL || copy == NULL) {
        free(visit);
        free(copy);
        return NULL;
    }
    visit->visits = visits;
    visit->connection = connection;
    visit->target = copy;
    return visit;
}

void web_visit_end(struct web_visit *visit)
{
    if (visit == NULL)
        return;
    if (visit->stage != NEW)
        atomic_fetch_sub(&visit->visits->under_way, 1);
    reply_release(&visit->reply);
    request_free(&visit->request);
    web_body_free(&visit->body);
    arena_free(&visit->arena);
    if (visit->password != NULL)
        explicit_bzero(visit->password, strlen(visit->password));
    MHD_free(visit->password);
    MHD_free(visit->user);
    free(visit->target);
    free(visit);
}

static void log_failure(const struct web_visit *visit)
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
        log_write(visit->visits->settings.log, level, "request failed", "target", visit->target,
                  "status", status.bytes, "error", error.bytes, NULL);
    text_free(&status);
    text_free(&error);
}

static const char *prefix_of(const struct web_visit *visit)
{
    const char *prefix = visit->visits->settings.prefix;
    return prefix == NULL ? "/" : prefix;
}

/* What the server itself has to say, before a path is found or read, comes so, too. */
static bool is_enveloped(const struct web_visit *visit)
{
    const char *prefix = prefix_of(visit);
    size_t size = strlen(prefix);
    return strncmp(visit->target, prefix, size) == 0 &&
           strncmp(visit->target + size, "api/", 4) == 0;
}

static bool send_reply(struct web_visit *visit)
{
    if (visit->reply.status >= 500)
        log_failure(visit);
    if (is_enveloped(visit))
        envelope_words(&visit->reply);
    struct MHD_Response *response = web_response(visit->visits->door.config, &visit->reply);
    if (response == NULL)
        return false;
    web_cors_answer(visit->visits->settings.origins, visit->connection, response);
    enum MHD_Result queued = MHD_queue_response(visit->connection, visit->reply.status, response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}

static void hand_back(struct web_visit *visit)
{
    visit->stage = ANSWERED;
    MHD_resume_connection(visit->connection); /* the visit may be gone when this returns */
}

static void call_route(struct web_visit *visit)
{
    const struct route *route = visit->route;
    void *context = route->context != NULL ? route->context : visit->visits->settings.context;
    route->answer(context, &visit->request, &visit->reply);
}

static void answer_slowly(void *job)
{
    call_route(job);
    hand_back(job);
}

static void check_password(void *job)
{
    struct web_visit *visit = job;
    struct web_visits *visits = visit->visits;
    visit->verdict = web_passwords_check(visits->door.passwords, visit->user, visit->password);
    if (visit->verdict == WEB_WRONG)
        log_write(visits->settings.log, LOG_LEVEL_WARN, "wrong password", "user", visit->user,
                  NULL);
    MHD_resume_connection(visit->connection); /* it is asked for its answer once more */
}

static void answer_not_at_all(void *job)
{
    struct web_visit *visit = job;
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping");
    hand_back(visit);
}

static bool is_stopping(struct web_visits *visits)
{
    pthread_mutex_lock(&visits->mutex);
    bool stopping = visits->stopping;
    pthread_mutex_unlock(&visits->mutex);
    return stopping;
}

static void hand_to(struct worker *worker, struct web_visit *visit)
{
    MHD_suspend_connection(visit->connection); /* first: the worker may be done at once */
    if (worker_take(worker, visit))
        return;
    if (is_stopping(visit->visits)) {
        answer_not_at_all(visit);
        return;
    }
    reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                "too many requests like this wait for their answer; try again shortly");
    hand_back(visit);
}

static void add_outstanding(struct web_visits *visits, struct web_visit *visit)
{
    visit->next = visits->outstanding;
    visit->link = &visits->outstanding;
    if (visit->next != NULL)
        visit->next->link = &visit->next;
    visits->outstanding = visit;
}

static void remove_outstanding(struct web_visit *visit)
{
    *visit->link = visit->next;
    if (visit->next != NULL)
        visit->next->link = visit->link;
}

static void finish(void *message)
{
    struct web_visit *visit = message;
    pthread_mutex_lock(&visit->visits->mutex);
    remove_outstanding(visit);
    pthread_mutex_unlock(&visit->visits->mutex);
    hand_back(visit);
}

static void answer_later(struct web_visit *visit)
{
    struct web_visits *visits = visit->visits;
    MHD_suspend_connection(visit->connection);
    pthread_mutex_lock(&visits->mutex);
    bool stopping = visits->stopping;
    if (!stopping) {
        add_outstanding(visits, visit);
        visits->calls++;
    }
    pthread_mutex_unlock(&visits->mutex);
    if (stopping) {
        answer_not_at_all(visit);
        return;
    }
    call_route(visit);
    pthread_mutex_lock(&visits->mutex);
    if (--visits->calls == 0)
        pthread_cond_signal(&visits->called);
    pthread_mutex_unlock(&visits->mutex);
}

/* Nobody else finishes one any more, but for the answer functions that were called already. */
static void stop_outstanding(struct web_visits *visits)
{
    struct web_visit *visit;
    pthread_mutex_lock(&visits->mutex);
    while (visits->calls > 0)
        pthread_cond_wait(&visits->called, &visits->mutex);
    while ((visit = visits->outstanding) != NULL) {
        remove_outstanding(visit);
        answer_not_at_all(visit);
    }
    pthread_mutex_unlock(&visits->mutex);
}

static const char *find_header(void *message, const char *name)
{
    struct web_visit *visit = message;
    return web_head_field(visit->connection, name, &visit->arena);
}

/* Whether the client is let in; unknown where its password takes checking. */
static enum web_verdict admit(struct web_visit *visit)
{
    struct web_passwords *passwords = visit->visits->door.passwords;
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

static void find_route(struct web_visit *visit, const char *method)
{
    const struct web_settings *settings = &visit->visits->settings;
    if (!request_read(&visit->request, visit->target, &visit->reply) ||
        !request_strip(&visit->request, prefix_of(visit), &visit->reply))
        return;
    visit->request.find_header = find_header;
    visit->request.finish = finish;
    visit->request.message = visit;
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

static bool answer(struct web_visit *visit)
{
    if (visit->route->later) {
        answer_later(visit);
        return true;
    }
    if (visit->route->slow > 0) {
        hand_to(visit->visits->workers[visit->route->slow - 1], visit);
        return true;
    }
    call_route(visit);
    return send_reply(visit);
}

static bool begin_body(struct web_visit *visit)
{
    if (!web_body_begin(&visit->body, &visit->request, visit->route, &visit->visits->bodies,
                        &visit->reply))
        return send_reply(visit);
    visit->body_until = now(visit) + WEB_BODY_SECONDS * 1000;
    visit->stage = READING;
    return true;
}

/* The library closes a connection that moves no byte for so long. */
static void be_patient(struct web_visit *visit, int64_t ms)
{
    MHD_set_connection_option(visit->connection, MHD_CONNECTION_OPTION_TIMEOUT,
                              (unsigned)((ms + 999) / 1000));
}

static bool read_body(struct web_visit *visit, const char *piece, size_t *size)
{
    int64_t left = visit->body_until - now(visit);
    if (left <= 0)
        return false;
    if (*size > 0) {
        web_body_take(&visit->body, piece, *size);
        *size = 0;
        be_patient(visit, left);
        return true;
    }
    be_patient(visit, WEB_IDLE_SECONDS * 1000);
    if (!web_body_end(&visit->body, &visit->reply)) {
        reply_header(&visit->reply, MHD_HTTP_HEADER_CONNECTION, "close");
        return send_reply(visit);
    }
    if (visit->body.bytes.size > 0) {
        visit->request.body.bytes = visit->body.bytes.bytes;
        visit->request.body.size = visit->body.bytes.size;
    }
    return answer(visit);
}

static bool meet(struct web_visit *visit, const char *method)
{
    if (web_cors_asks(visit->visits->settings.origins, visit->connection, method)) {
        visit->reply = (struct reply){ .status = 204, .content_type = REPLY_WORDS_TYPE };
        return send_reply(visit);
    }
    if (web_cors_forbids(visit->visits->settings.origins, visit->connection, method)) {
        reply_words(&visit->reply, MHD_HTTP_FORBIDDEN,
                    "a page of another site may not send anything here; expected a program");
        return send_reply(visit);
    }
    enum web_verdict verdict = admit(visit);
    if (verdict == WEB_UNKNOWN) {
        hand_to(visit->visits->clerk, visit);
        return true;
    }
    if (verdict == WEB_RIGHT)
        find_route(visit, method);
    else
        refuse(&visit->reply);
    if (visit->route == NULL)
        return send_reply(visit);
    return visit->route->body_limit > 0 && web_head_has_body(visit->connection) ? begin_body(visit)
                                                                                : answer(visit);
}

/* Whether there is room for one more. */
static bool is_welcome(struct web_visit *visit)
{
    size_t others = atomic_fetch_add(&visit->visits->under_way, 1);
    visit->stage = MET;
    if (others >= visit->visits->most) {
        reply_words(&visit->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                    "more than %zu requests are under way; try again shortly", visit->visits->most);
        reply_header(&visit->reply, MHD_HTTP_HEADER_CONNECTION, "close");
        return false;
    }
    if (web_limit_take(&visit->visits->door.limit, now(visit)))
        return true;
    reply_words(&visit->reply, MHD_HTTP_TOO_MANY_REQUESTS,
                "more requests than 'rate_limit' lets through; try again shortly");
    return false;
}

bool web_visit_go_on(struct web_visit *visit, const char *method, const char *piece, size_t *size)
{
    if (visit->stage == NEW) {
        if (!is_welcome(visit))
            return send_reply(visit);
        if (!web_head_has_body(visit->connection))
            return true;
    }
    if (visit->stage == READING)
        return read_body(visit, piece, size);
    return visit->stage == ANSWERED ? send_reply(visit) : meet(visit, method);
}

/* One for each queue that a route is answered from. */
static int start_workers(struct web_visits *visits, struct fault *fault)
{
    for (size_t i = 0; i < visits->settings.route_count; i++) {
        int slow = visits->settings.routes[i].slow;
        if (slow == 0 || visits->workers[slow - 1] != NULL)
            continue;
        visits->workers[slow - 1] =
            worker_start(answer_slowly, answer_not_at_all, 1, WEB_SLOW_QUEUE, fault);
        if (visits->workers[slow - 1] == NULL)
            return -1;
    }
    if (visits->door.passwords == NULL)
        return 0;
    visits->clerk = worker_start(check_password, answer_not_at_all, 1, CLERK_QUEUE, fault);
    return visits->clerk == NULL ? -1 : 0;
}

int web_visits_open(struct web_visits *visits, const struct web_settings *settings,
                    struct fault *fault)
{
    visits->settings = *settings;
    pthread_mutex_init(&visits->mutex, NULL);
    pthread_cond_init(&visits->called, NULL);
    if (web_door_open(&visits->door, settings->config, settings->log->clock, fault) != 0)
        return -1;
    return start_workers(visits, fault);
}

void web_visits_stop(struct web_visits *visits)
{
    pthread_mutex_lock(&visits->mutex);
    visits->stopping = true;
    pthread_mutex_unlock(&visits->mutex);
    worker_stop(visits->clerk);
    for (size_t i = 0; i < ROUTE_QUEUES; i++)
        worker_stop(visits->workers[i]);
    stop_outstanding(visits);
}

void web_visits_close(struct web_visits *visits)
{
    worker_free(visits->clerk);
    for (size_t i = 0; i < ROUTE_QUEUES; i++)
        worker_free(visits->workers[i]);
    web_door_close(&visits->door);
    pthread_cond_destroy(&visits->called);
    pthread_mutex_destroy(&visits->mutex);
}
