/* SPDX-License-Identifier: MIT */
/* web_body.c - receives the body of a request piece by piece, within limits */
#include "web_body.h"

#include "gzip.h"
#include "web.h"

#include <stdlib.h>
#include <string.h>

enum { BAD_REQUEST = 400, TOO_LARGE = 413, UNSUPPORTED = 415, BUSY = 503 };

static bool hold(struct web_body *body, size_t size)
{
    if (atomic_fetch_add(body->all, size) + size > WEB_BODIES_BYTES) {
        atomic_fetch_sub(body->all, size);
        return false;
    }
    body->held += size;
    return true;
}

static void let_go(struct web_body *body, size_t size)
{
    atomic_fetch_sub(body->all, size);
    body->held -= size;
}

static void refuse(struct web_body *body, unsigned status)
{
    body->refused = status;
    text_free(&body->bytes);
    let_go(body, body->held);
}

static void say_why(const struct web_body *body, struct reply *reply)
{
    if (body->refused == TOO_LARGE)
        reply_words(reply, TOO_LARGE, "the body is too large; expected at most %zu bytes%s",
                    body->limit, body->gzip ? ", inflated" : "");
    else
        reply_words(reply, BUSY, "too many bodies are under way; try again shortly");
}

/* Refuses a body with two framings: the library uses Transfer-Encoding, or the first length, but a
 * proxy may use the other and take the rest for another request. */
static bool knows_its_end(const struct request *request, struct reply *reply)
{
    const char *coding = request_header(request, "Transfer-Encoding");
    const char *length = request_header(request, "Content-Length");
    if (coding != NULL && strcasecmp(coding, "chunked") != 0)
        reply_words(reply, BAD_REQUEST, "Transfer-Encoding is '%s'; expected chunked", coding);
    else if (coding != NULL && length != NULL)
        reply_words(reply, BAD_REQUEST,
                    "there are Transfer-Encoding and Content-Length; expected one of them");
    else if (length != NULL && strchr(length, ',') != NULL)
        reply_words(reply, BAD_REQUEST, "Content-Length is '%s'; expected one number", length);
    else
        return true;
    return false;
}

static bool knows_its_coding(struct web_body *body, const struct request *request, const char *also,
                             struct reply *reply)
{
    const char *coding = request_header(request, "Content-Encoding");
    if (coding == NULL || strcasecmp(coding, "identity") == 0 ||
        (also != NULL && strcasecmp(coding, also) == 0))
        return true;
    body->gzip = strcasecmp(coding, "gzip") == 0 || strcasecmp(coding, "x-gzip") == 0;
    if (!body->gzip) {
        reply_words(reply, UNSUPPORTED, "Content-Encoding is '%s'; expected %s%sgzip or none",
                    coding, also == NULL ? "" : also, also == NULL ? "" : ", ");
        reply_header(reply, "Accept-Encoding", also == NULL ? "gzip" : also);
    }
    return body->gzip;
}

bool web_body_begin(struct web_body *body, const struct request *request, const struct route *route,
                    atomic_size_t *all, struct reply *reply)
{
    *body = (struct web_body){ .limit = route->body_limit, .all = all };
    if (!knows_its_end(request, reply) || !knows_its_coding(body, request, route->coding, reply))
        return false;
    const char *length = request_header(request, "Content-Length");
    if (length == NULL || strtoull(length, NULL, 10) <= body->limit)
        return true;
    body->refused = TOO_LARGE;
    say_why(body, reply);
    return false;
}

void web_body_take(struct web_body *body, const char *piece, size_t size)
{
    if (body->refused != 0)
        return;
    if (size > body->limit - body->bytes.size)
        refuse(body, TOO_LARGE);
    else if (!hold(body, size))
        refuse(body, BUSY);
    else
        text_bytes(&body->bytes, piece, size);
}

/* Deflate expands a byte to no more than this. */
enum { INFLATION = 1032, INFLATION_MORE = 1024 };

/* During inflation the body counts twice: as received, and at its maximum size. */
static int inflate_body(struct web_body *body, struct fault *fault)
{
    struct text plain = { .limit = body->limit };
    size_t most = body->bytes.size * INFLATION + INFLATION_MORE;
    if (!hold(body, most < body->limit ? most : body->limit)) {
        refuse(body, BUSY);
        return 0;
    }
    int broken = gzip_inflate(&plain, body->bytes.bytes, body->bytes.size, fault);
    text_free(&body->bytes);
    body->bytes = plain;
    if (text_failed(&plain))
        refuse(body, TOO_LARGE);
    else
        let_go(body, body->held - plain.size);
    return broken;
}

bool web_body_end(struct web_body *body, struct reply *reply)
{
    struct fault fault = { 0 };
    if (body->refused == 0 && body->gzip && inflate_body(body, &fault) != 0) {
        reply_words(reply, BAD_REQUEST, "the body is not good gzip: %s", fault.text);
        return false;
    }
    if (body->refused != 0)
        say_why(body, reply);
    return body->refused == 0;
}

void web_body_free(struct web_body *body)
{
    text_free(&body->bytes);
    if (body->all != NULL)
        let_go(body, body->held);
}
