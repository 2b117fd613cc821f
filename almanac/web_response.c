/* SPDX-License-Identifier: MIT */
/* web_response.c - a reply as libmicrohttpd sends it */
#include "web_response.h"

#include <microhttpd.h>
#include <string.h>

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

static struct MHD_Response *respond(struct reply *reply)
{
    struct MHD_Response *response;
    if (reply->file.there) {
        response = MHD_create_response_from_fd64(reply->file.size, reply->file.descriptor);
        reply->file.there = response == NULL;
        return response;
    }
    const struct MHD_IoVec body[] = { { reply->head.bytes, reply->head.size },
                                      { reply->tail.bytes, reply->tail.size } };
    response = MHD_create_response_from_iovec(body, 2, reply->release, reply->owner);
    if (response != NULL)
        reply->release = NULL;
    return response;
}

struct MHD_Response *web_response(const struct web_config *config, struct reply *reply)
{
    struct MHD_Response *response = respond(reply);
    if (response == NULL)
        return NULL;
    add_headers(response, config, reply);
    return response;
}
