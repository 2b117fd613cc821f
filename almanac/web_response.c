/* SPDX-License-Identifier: MIT */
/* web_response.c - turns a reply into a response of libmicrohttpd */
#include "web_response.h"

#include <microhttpd.h>
#include <stdlib.h>

enum { STREAM_BLOCK = 16 << 10 };

static void add_headers(struct MHD_Response *response, const struct web_config *config,
                        const struct reply *reply)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (size_t i = 0; i < WEB_HEADERS; i++)
        if (config->headers[i] != NULL)
            MHD_add_response_header(response, web_header_name(i), config->headers[i]);
    for (size_t i = 0; i < REPLY_HEADERS && reply->headers[i].name != NULL; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
}

static struct MHD_Response *respond_file(struct reply *reply)
{
    struct MHD_Response *response =
        MHD_create_response_from_fd64(reply->file.size, reply->file.descriptor);
    reply->file.there = response == NULL;
    return response;
}

/* A contiguous body is sent together with the headers. */
static struct MHD_Response *respond_run(struct reply *reply)
{
    void *run = (void *)(uintptr_t)reply->head.bytes; /* the library does not write to it */
    return MHD_create_response_from_buffer_with_free_callback_cls(reply->head.size, run,
                                                                  reply->release, reply->owner);
}

static struct MHD_Response *respond_parts(struct reply *reply)
{
    size_t count = 0;
    struct MHD_IoVec *body = array_new(reply->part_count + 2, sizeof *body);
    body[count++] = (struct MHD_IoVec){ reply->head.bytes, reply->head.size };
    for (size_t i = 0; i < reply->part_count; i++)
        body[count++] = (struct MHD_IoVec){ reply->parts[i].bytes, reply->parts[i].size };
    body[count++] = (struct MHD_IoVec){ reply->tail.bytes, reply->tail.size };
    struct MHD_Response *response =
        MHD_create_response_from_iovec(body, (unsigned)count, reply->release, reply->owner);
    free(body);
    return response;
}

static struct MHD_Response *respond_bytes(struct reply *reply)
{
    struct MHD_Response *response =
        reply->part_count == 0 && reply->tail.size == 0 ? respond_run(reply) : respond_parts(reply);
    if (response != NULL)
        reply->release = NULL;
    return response;
}

struct MHD_Response *web_response(const struct web_config *config, struct reply *reply,
                                  web_reader *read, void *owner)
{
    struct MHD_Response *response =
        reply->next != NULL
            ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read, owner, NULL)
        : reply->file.there ? respond_file(reply)
                            : respond_bytes(reply);
    if (response == NULL)
        return NULL;
    add_headers(response, config, reply);
    return response;
}
