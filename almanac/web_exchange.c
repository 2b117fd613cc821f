/* SPDX-License-Identifier: MIT */
/* web_exchange.c - one request, from its first line to the last byte of its answer */
#include "web_exchange_private.h"

#include "envelope.h"
#include "web_body.h"
#include "web_cors.h"
#include "web_head.h"
#include "web_response.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int64_t now(const struct web_exchange *exchange)
{
    return clock_steady_ms(exchange->shared->settings.log->clock);
}

struct web_exchange *web_exchange_begin(struct web_exchanges *shared, const struct web_visit *visit,
                                        const char *target, struct MHD_Connection *connection)
{
    struct web_exchange *exchange = array_new(1, sizeof *exchange);
    exchange->shared = shared;
    exchange->visit = visit;
    exchange->connection = connection;
    exchange->target = array_string(target);
    return exchange;
}

void web_exchange_end(struct web_exchange *exchange)
{
    if (exchange->stage != NEW)
        atomic_fetch_sub(&exchange->shared->under_way, 1);
    reply_release(&exchange->reply);
    request_free(&exchange->request);
    web_body_free(&exchange->body);
    arena_free(&exchange->arena);
    if (exchange->password != NULL)
        explicit_bzero(exchange->password, strlen(exchange->password));
    MHD_free(exchange->password);
    MHD_free(exchange->user);
    web_access_release(exchange->access);
    free(exchange->target);
    free(exchange);
}

static void log_failure(const struct web_exchange *exchange)
{
    const char *words = exchange->reply.head.bytes;
    size_t length = 0;
    while (length < exchange->reply.head.size && words[length] != '\n')
        length++;
    struct text error = { 0 };
    char status[12];
    snprintf(status, sizeof status, "%u", exchange->reply.status);
    text_bytes(&error, words, length);
    /* 503 is temporary, not a defect: a busy client must not fill the log with it. */
    enum log_level level =
        exchange->reply.status == MHD_HTTP_SERVICE_UNAVAILABLE ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARN;
    log_write(exchange->shared->settings.log, level, "request failed", "target", exchange->target,
              "status", status, "error", error.bytes, NULL);
    text_free(&error);
}

static const char *prefix_of(const struct web_exchange *exchange)
{
    const char *prefix = exchange->shared->settings.prefix;
    return prefix == NULL ? "/" : prefix;
}

/* Also of errors of the server itself, before a path is parsed or matched. */
static bool is_enveloped(const struct web_exchange *exchange)
{
    if (exchange->route != NULL)
        return strncmp(exchange->route->path, "/api/", 5) == 0;
    const char *prefix = prefix_of(exchange), *path = request_behind_server(exchange->target);
    size_t size = strlen(prefix);
    return strncmp(path, prefix, size) == 0 && strncmp(path + size, "api/", 4) == 0;
}

static int socket_of(const struct web_exchange *exchange)
{
    return MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD)
        ->connect_fd;
}

/* Whether the connection is reset if it is closed now. A client of HTTP/1.0 takes an orderly end of
 * the connection for the end of the answer. */
static void resets(const struct web_exchange *exchange, bool on)
{
    const struct linger at_once = { .l_onoff = on };
    setsockopt(socket_of(exchange), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

/* Resets the connection before the library ends it. */
static ssize_t reset_connection(const struct web_exchange *exchange)
{
    const struct sockaddr nobody = { .sa_family = AF_UNSPEC };
    connect(socket_of(exchange), &nobody, sizeof nobody);
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* Copies from the current piece of the stream. */
static ssize_t read_stream(void *owner, uint64_t position, char *out, size_t room)
{
    struct web_exchange *exchange = owner;
    struct reply_bytes *piece = &exchange->reply.head;
    size_t size = piece->size < room ? piece->size : room;
    (void)position;
    if (exchange->broken)
        return reset_connection(exchange);
    if (piece->size == 0 && exchange->reply.next == NULL) {
        resets(exchange, false);
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    if (piece->size == 0) {
        web_exchange_continue(exchange);
        return 0;
    }
    memcpy(out, piece->bytes, size);
    piece->bytes += size;
    piece->size -= size;
    return (ssize_t)size;
}

static bool send_reply(struct web_exchange *exchange)
{
    if (exchange->reply.status >= 500)
        log_failure(exchange);
    if (is_enveloped(exchange))
        envelope_words(&exchange->reply);
    struct MHD_Response *response =
        web_response(&exchange->access->config, &exchange->reply, read_stream, exchange);
    if (response == NULL)
        return false;
    /* After the head of a chunked answer libmicrohttpd 0.9.75 sends the last chunk, which a client
     * would take for the next answer. */
    if (exchange->reply.next != NULL && strcmp(exchange->request.method, "HEAD") == 0)
        MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
    else if (exchange->reply.next != NULL)
        resets(exchange, true);
    web_cors_answer(exchange->shared->settings.origins, exchange->connection, response);
    enum MHD_Result queued =
        MHD_queue_response(exchange->connection, exchange->reply.status, response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}

static const char *find_header(void *message, const char *name)
{
    struct web_exchange *exchange = message;
    return web_head_field(exchange->connection, name, &exchange->arena);
}

/* Whether the client may enter; unknown if its password must be checked first. */
static enum web_verdict admit(struct web_exchange *exchange)
{
    struct web_passwords *passwords = exchange->access->passwords;
    if (passwords == NULL)
        return WEB_RIGHT;
    if (exchange->verdict != WEB_UNKNOWN)
        return exchange->verdict;
    web_head_spell_basic(exchange->connection);
    exchange->user =
        MHD_basic_auth_get_username_password(exchange->connection, &exchange->password);
    exchange->verdict = exchange->user == NULL
                            ? WEB_WRONG
                            : web_passwords_recall(passwords, exchange->user, exchange->password);
    return exchange->verdict;
}

static void find_route(struct web_exchange *exchange, const char *method)
{
    const struct web_settings *settings = &exchange->shared->settings;
    if (!request_read(&exchange->request, exchange->target, &exchange->reply) ||
        !request_strip(&exchange->request, prefix_of(exchange), &exchange->reply))
        return;
    exchange->request.find_header = find_header;
    exchange->request.finish = web_exchange_finish;
    exchange->request.message = exchange;
    exchange->request.user = exchange->user;
    exchange->route = route_find(settings->routes, settings->route_count, method,
                                 &exchange->request, &exchange->reply);
}

static void refuse(struct reply *reply)
{
    reply_words(reply, MHD_HTTP_UNAUTHORIZED,
                "a name and its password are needed; these are not right, or not there");
    reply_header(reply, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                 "Basic realm=\"Almanac\", charset=\"UTF-8\"");
}

static bool answer(struct web_exchange *exchange)
{
    if (exchange->route->later) {
        web_exchange_answer_later(exchange);
        return true;
    }
    if (exchange->route->slow > 0) {
        web_exchange_answer_slowly(exchange);
        return true;
    }
    web_exchange_call_route(exchange);
    return send_reply(exchange);
}

static bool begin_body(struct web_exchange *exchange)
{
    if (!web_body_begin(&exchange->body, &exchange->request, exchange->route,
                        &exchange->shared->bodies, &exchange->reply))
        return send_reply(exchange);
    exchange->body_until = now(exchange) + WEB_BODY_SECONDS * 1000;
    exchange->stage = READING;
    /* The library does not say when bytes between the pieces arrive. */
    web_connection_reading(exchange->shared->all, exchange->visit->connection,
                           exchange->body_until);
    return true;
}

static bool read_body(struct web_exchange *exchange, const char *piece, size_t *size)
{
    if (now(exchange) >= exchange->body_until)
        return false;
    if (*size > 0) {
        web_body_take(&exchange->body, piece, *size);
        *size = 0;
        return true;
    }
    web_connection_busy(exchange->shared->all, exchange->visit->connection);
    if (!web_body_end(&exchange->body, &exchange->reply)) {
        reply_header(&exchange->reply, MHD_HTTP_HEADER_CONNECTION, "close");
        return send_reply(exchange);
    }
    if (exchange->body.bytes.size > 0) {
        exchange->request.body.bytes = exchange->body.bytes.bytes;
        exchange->request.body.size = exchange->body.bytes.size;
    }
    return answer(exchange);
}

static bool meet(struct web_exchange *exchange, const char *method)
{
    if (web_cors_asks(exchange->shared->settings.origins, exchange->connection, method)) {
        exchange->reply = (struct reply){ .status = 204, .content_type = REPLY_WORDS_TYPE };
        return send_reply(exchange);
    }
    if (web_cors_forbids(exchange->connection, method)) {
        reply_words(&exchange->reply, MHD_HTTP_FORBIDDEN,
                    "a page of another site may not send anything here; expected a program");
        return send_reply(exchange);
    }
    enum web_verdict verdict = admit(exchange);
    if (verdict == WEB_UNKNOWN) {
        web_exchange_check_password(exchange);
        return true;
    }
    if (verdict == WEB_RIGHT)
        find_route(exchange, method);
    else
        refuse(&exchange->reply);
    if (exchange->route == NULL)
        return send_reply(exchange);
    return exchange->route->body_limit > 0 && web_head_has_body(exchange->connection)
               ? begin_body(exchange)
               : answer(exchange);
}

/* Whether there is room for one more request. Requests with a body may use half of it: slow bodies
 * must not keep a scraper out. */
static bool is_welcome(struct web_exchange *exchange)
{
    size_t others = atomic_fetch_add(&exchange->shared->under_way, 1);
    size_t most = exchange->shared->most;
    exchange->stage = MET;
    if (others >= (web_head_has_body(exchange->connection) ? most / 2 : most)) {
        reply_words(&exchange->reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                    "too many requests are under way; try again shortly");
        reply_header(&exchange->reply, MHD_HTTP_HEADER_CONNECTION, "close");
        return false;
    }
    if (web_limit_take(&exchange->access->limit, now(exchange)))
        return true;
    reply_words(&exchange->reply, MHD_HTTP_TOO_MANY_REQUESTS,
                "more requests than 'rate_limit' lets through; try again shortly");
    return false;
}

/* Whether the connection came in before certificates were asked for as they are now: nobody has
 * looked at the client's. Clients connect again by themselves. */
static bool is_too_old(const struct web_exchange *exchange)
{
    const struct web_config *config = &exchange->access->config;
    return exchange->visit->access != exchange->access && config->has_tls &&
           config->tls.client >= WEB_CLIENT_REQUIRE_ANY;
}

bool web_exchange_go_on(struct web_exchange *exchange, const char *method, const char *piece,
                        size_t *size)
{
    if (exchange->stage == NEW) {
        web_connection_busy(exchange->shared->all, exchange->visit->connection);
        exchange->access = web_exchanges_access(exchange->shared);
        if (is_too_old(exchange))
            return false;
        if (!is_welcome(exchange))
            return send_reply(exchange);
        if (!web_head_has_body(exchange->connection))
            return true;
    }
    if (exchange->stage == READING)
        return read_body(exchange, piece, size);
    return exchange->stage == ANSWERED ? send_reply(exchange) : meet(exchange, method);
}
