/* SPDX-License-Identifier: MIT */
/* web_stage.h - a server for tests of the HTTP server, with routes whose slow ones wait at a gate
 */
#ifndef TESTS_WEB_STAGE_H
#define TESTS_WEB_STAGE_H

#include "../../almanac/web.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { HEAD_SIZE = 2 << 20, TAIL_SIZE = 1501, HUGE_SIZE = 64 << 20, ECHO_SIZE = 1000, LATER = 200 };

/* What the routes below answer from. Slow answers wait until the gate is open. */
struct stage {
    char *head, *tail;
    atomic_int released, echoed, pieces;
    atomic_llong ahead_ms; /* of its clock */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool open;
    int waiting;
    struct later {
        const struct request *request;
        struct reply *reply;
    } later[LATER]; /* those that nobody has answered yet */
    size_t later_count;
};

static inline void answer_small(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    const char *word = request_parameter(request, "word");
    reply_words(reply, 200, "%s", word == NULL ? "small" : word);
}

static inline void count_release(void *owner)
{
    struct stage *stage = owner;
    atomic_fetch_add(&stage->released, 1);
}

static inline void answer_page(void *context, const struct request *request, struct reply *reply)
{
    struct stage *stage = context;
    (void)request;
    *reply = (struct reply){ .status = 200,
                             .content_type = "text/plain",
                             .head = { stage->head, HEAD_SIZE },
                             .tail = { stage->tail, TAIL_SIZE },
                             .release = count_release,
                             .owner = stage };
}

static inline void answer_huge(void *context, const struct request *request, struct reply *reply)
{
    char *bytes = calloc(1, HUGE_SIZE);
    (void)context, (void)request;
    *reply = (struct reply){ .status = 200,
                             .content_type = "text/plain",
                             .head = { bytes, HUGE_SIZE },
                             .release = free,
                             .owner = bytes };
}

/* A file of head and tail. */
static inline void answer_file(void *context, const struct request *request, struct reply *reply)
{
    struct stage *stage = context;
    bool empty = strcmp(request->tail, "empty") == 0;
    int fd = memfd_create("file", 0);
    assert_int_equal(write(fd, stage->head, HEAD_SIZE), HEAD_SIZE);
    assert_int_equal(write(fd, stage->tail, TAIL_SIZE), TAIL_SIZE);
    reply_file(reply, "text/csv", fd, empty ? 0 : HEAD_SIZE + TAIL_SIZE);
    reply_header(reply, "X-File", "x");
    if (strcmp(request->tail, "tagged") == 0) {
        reply_header(reply, "ETag", "\"file\"");
        reply->release = count_release;
        reply->owner = stage;
    }
}

enum { PIECE_SIZE = 50000, PIECES = 40 };

/* A stream that tells how much of it was made: PIECES pieces of the head's bytes; of "broken", two;
 * of "endless", more than anybody reads. */
struct flow {
    struct stage *stage;
    int left;
    bool breaks;
};

static inline int make_piece(void *owner, struct reply_bytes *piece, struct fault *fault)
{
    struct flow *flow = owner;
    if (flow->left == 0 && flow->breaks)
        return fault_set(fault, "the spring is dry");
    flow->left--;
    atomic_fetch_add(&flow->stage->pieces, 1);
    *piece = (struct reply_bytes){ flow->stage->head, PIECE_SIZE };
    return flow->left > 0 || flow->breaks;
}

static inline void release_flow(void *owner)
{
    struct flow *flow = owner;
    count_release(flow->stage);
    free(flow);
}

static inline void answer_stream(void *context, const struct request *request, struct reply *reply)
{
    struct flow *flow = malloc(sizeof *flow);
    bool breaks = strcmp(request->tail, "broken") == 0;
    bool endless = strcmp(request->tail, "endless") == 0;
    *flow = (struct flow){ context, breaks ? 1 : endless ? INT32_MAX : PIECES - 1, breaks };
    *reply = (struct reply){ .status = 200,
                             .content_type = "text/plain",
                             .head = { flow->stage->head, PIECE_SIZE },
                             .next = make_piece,
                             .release = release_flow,
                             .owner = flow };
}

static inline void wait_for_the_gate(struct stage *stage)
{
    pthread_mutex_lock(&stage->mutex);
    stage->waiting++;
    pthread_cond_broadcast(&stage->changed);
    while (!stage->open)
        pthread_cond_wait(&stage->changed, &stage->mutex);
    stage->waiting--;
    pthread_mutex_unlock(&stage->mutex);
}

static inline void answer_slowly(void *context, const struct request *request, struct reply *reply)
{
    struct stage *stage = context;
    wait_for_the_gate(stage);
    reply_words(reply, 200, "slow %s", request->tail);
}

static inline void answer_empty(void *context, const struct request *request, struct reply *reply)
{
    (void)context, (void)request;
    *reply = (struct reply){ .status = 200, .content_type = "text/plain" };
}

static inline void answer_failure(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    reply_words(reply, strcmp(request->path, "/broken") == 0 ? 500 : 503, "it broke");
}

/* Says what the request has under the header "X-Word", and has as many headers as fit. */
static inline void answer_headers(void *context, const struct request *request, struct reply *reply)
{
    static const char *const names[REPLY_HEADERS] = { "X-A", "X-B", "X-C", "X-D",
                                                      "X-E", "X-F", "X-G", "X-H" };
    (void)context;
    const char *word = request_header(request, "X-Word");
    reply_words(reply, word != NULL && strcmp(word, "same") == 0 ? 304 : 200, "%s",
                word == NULL ? "none" : word);
    for (size_t i = 0; i < REPLY_HEADERS; i++)
        reply_header(reply, names[i], "x");
}

static inline void answer_echo(void *context, const struct request *request, struct reply *reply)
{
    struct stage *stage = context;
    assert_int_equal(request->body.bytes[request->body.size], '\0');
    atomic_fetch_add(&stage->echoed, 1);
    reply_words(reply, 200, "%s", request->body.bytes);
}

static inline void answer_size(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    reply_words(reply, 200, "%zu bytes", request->body.size);
}

/* When finish_one is called, or at once: "/later/now", and "/later/gate" when that is open. */
static inline void answer_later(void *context, const struct request *request, struct reply *reply)
{
    struct stage *stage = context;
    bool gate = strcmp(request->tail, "gate") == 0;
    if (gate)
        wait_for_the_gate(stage);
    if (gate || strcmp(request->tail, "now") == 0) {
        reply_words(reply, 200, "%s", request->tail);
        request_finish(request);
        return;
    }
    pthread_mutex_lock(&stage->mutex);
    stage->later[stage->later_count++] = (struct later){ request, reply };
    pthread_cond_broadcast(&stage->changed);
    pthread_mutex_unlock(&stage->mutex);
}

static const struct route routes[] = {
    { .path = "/small", .parameters = "word", .answer = answer_small },
    { .path = "/page", .answer = answer_page },
    { .path = "/huge", .answer = answer_huge },
    { .path = "/slow/*", .slow = 1, .answer = answer_slowly },
    { .path = "/aside", .slow = 2, .answer = answer_small },
    { .path = "/empty", .answer = answer_empty },
    { .path = "/broken", .answer = answer_failure },
    { .path = "/unready", .answer = answer_failure },
    { .path = "/api/unready", .answer = answer_failure },
    { .path = "/file/*", .answer = answer_file },
    { .path = "/stream/*", .slow = 1, .answer = answer_stream },
    { .path = "/headers", .answer = answer_headers },
    { .path = "/echo",
      .answer = answer_echo,
      .methods = "PUT,POST,DELETE",
      .body_limit = ECHO_SIZE },
    { .path = "/size", .answer = answer_size, .methods = "POST", .body_limit = HEAD_SIZE },
    { .path = "/later/*",
      .later = true,
      .answer = answer_later,
      .methods = "GET,POST",
      .body_limit = ECHO_SIZE },
    { .path = "/slow-size",
      .slow = 1,
      .answer = answer_size,
      .methods = "POST",
      .body_limit = HEAD_SIZE },
};

struct server {
    struct stage stage;
    struct clock clock;
    struct log log; /* to a file in memory */
    struct web *web;
};

static inline struct web *start(struct server *server, const char *const *listen, size_t count,
                                struct fault *fault)
{
    const struct web_settings settings = { .listen = listen,
                                           .listen_count = count,
                                           .routes = routes,
                                           .route_count = sizeof routes / sizeof *routes,
                                           .context = &server->stage,
                                           .log = &server->log };
    return web_start(&settings, fault);
}

static inline int64_t wall(void *owner)
{
    (void)owner;
    return clock_wall_ms(&clock_system);
}

static inline int64_t steady(void *owner)
{
    struct stage *stage = owner;
    return clock_steady_ms(&clock_system) + atomic_load(&stage->ahead_ms);
}

static inline int set_up(void **state)
{
    struct server *server = calloc(1, sizeof *server);
    struct stage *stage = &server->stage;
    stage->head = malloc(HEAD_SIZE);
    stage->tail = malloc(TAIL_SIZE);
    for (size_t i = 0; i < HEAD_SIZE; i++)
        stage->head[i] = (char)('a' + i % 23);
    memset(stage->tail, 'z', TAIL_SIZE);
    pthread_mutex_init(&stage->mutex, NULL);
    pthread_cond_init(&stage->changed, NULL);
    server->clock = (struct clock){ wall, steady, stage };
    server->log =
        (struct log){ memfd_create("log", 0), LOG_LEVEL_INFO, LOG_FORMAT_LOGFMT, &server->clock };
    const char *const listen[] = { "127.0.0.1:0", "127.0.0.2:0" };
    struct fault fault = { 0 };
    server->web = start(server, listen, 2, &fault);
    assert_string_equal(fault.text, "");
    *state = server;
    return 0;
}

static inline void open_gate(struct stage *stage)
{
    pthread_mutex_lock(&stage->mutex);
    stage->open = true;
    pthread_cond_broadcast(&stage->changed);
    pthread_mutex_unlock(&stage->mutex);
}

static inline void wait_at_gate(struct stage *stage)
{
    pthread_mutex_lock(&stage->mutex);
    while (stage->waiting == 0)
        pthread_cond_wait(&stage->changed, &stage->mutex);
    pthread_mutex_unlock(&stage->mutex);
}

/* Waits until there is a request to answer later, and answers one: with what it asks for, and its
 * body. */
static inline void finish_one(struct stage *stage)
{
    pthread_mutex_lock(&stage->mutex);
    while (stage->later_count == 0)
        pthread_cond_wait(&stage->changed, &stage->mutex);
    struct later later = stage->later[--stage->later_count];
    pthread_mutex_unlock(&stage->mutex);
    reply_words(later.reply, 200, "later %s%s", later.request->tail, later.request->body.bytes);
    request_finish(later.request);
}

static inline void wait_for_later(struct stage *stage, size_t count)
{
    pthread_mutex_lock(&stage->mutex);
    while (stage->later_count < count)
        pthread_cond_wait(&stage->changed, &stage->mutex);
    pthread_mutex_unlock(&stage->mutex);
}

static inline void stop(struct server *server)
{
    struct web *web = server->web;
    server->web = NULL;
    if (web != NULL)
        web_stop(web);
}

static inline int tear_down(void **state)
{
    struct server *server = *state;
    open_gate(&server->stage);
    stop(server);
    close(server->log.fd);
    pthread_cond_destroy(&server->stage.changed);
    pthread_mutex_destroy(&server->stage.mutex);
    free(server->stage.head);
    free(server->stage.tail);
    free(server);
    return 0;
}

#endif
