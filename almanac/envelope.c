/* SPDX-License-Identifier: MIT */
/* envelope.c - the JSON envelope of answers under /api/v1/, as in Prometheus' API */
#include "envelope.h"

#include <string.h>

const char *envelope_error_type(unsigned status)
{
    static const struct {
        unsigned status;
        const char *type;
    } types[] = {
        { 400, "bad_data" },  { 401, "unauthorized" }, { 403, "forbidden" },
        { 404, "not_found" }, { 405, "bad_data" },     { 413, "bad_data" },
        { 415, "bad_data" },  { 422, "execution" },    { 429, "unavailable" },
        { 500, "internal" },  { 503, "unavailable" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].status == status)
            return types[i].type;
    return "internal";
}

void envelope_words(struct reply *reply)
{
    if (reply->status < 400 || strcmp(reply->content_type, REPLY_WORDS_TYPE) != 0)
        return;
    struct reply before = *reply;
    struct text words = { 0 }, body = { 0 };
    text_bytes(&words, before.head.bytes, before.head.size - 1); /* without their '\n' */
    text_printf(&body, "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":",
                envelope_error_type(before.status));
    text_json(&body, words.bytes);
    text_put(&body, "}\n");
    reply_text(reply, before.status, ENVELOPE_TYPE, &body);
    memcpy(reply->headers, before.headers, sizeof reply->headers);
    text_free(&words);
    reply_release(&before);
}
