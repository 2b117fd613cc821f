/* SPDX-License-Identifier: MIT */
/* envelope.c - answers under /api/v1/: JSON that says whether it went well, as Prometheus has it */
#include "envelope.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const char *envelope_error_type(unsigned status)
{
    static const struct {
        unsigned status;
        const char *type;
    } types[] = {
        { 400, "bad_data" },  { 401, "unauthorized" }, { 403, "forbidden" },
        { 404, "not_found" }, { 413, "bad_data" },     { 415, "bad_data" },
        { 422, "execution" }, { 500, "internal" },     { 503, "unavailable" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].status == status)
            return types[i].type;
    return "internal";
}

void envelope_error(struct reply *reply, unsigned status, const char *format, ...)
{
    struct text body = { 0 };
    char *words = NULL;
    va_list args;
    va_start(args, format);
    body.failed = vasprintf(&words, format, args) < 0;
    va_end(args);
    if (!body.failed) {
        text_printf(&body, "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":",
                    envelope_error_type(status));
        text_json(&body, words);
        text_put(&body, "}\n");
        free(words);
    }
    reply_text(reply, status, ENVELOPE_TYPE, &body);
}
