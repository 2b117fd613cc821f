/* SPDX-License-Identifier: MIT */
/* push.c - reports over HTTP: POST /api/v1/observations */
#include "push.h"

#include "../almanac/envelope.h"
#include "permit.h"

#include <string.h>
#include <strings.h>

/* Longer reports, in bytes, are recorded while they are read. */
enum { AHEAD = 64 * 1024 };

static const struct {
    const char *type;
    struct form form;
} types[] = {
    { "application/json", { .format = FORM_JSON, .values = FORM_ONE } },
    { "application/x-ndjson", { .format = FORM_JSON, .values = FORM_LINES } },
    { "application/ndjson", { .format = FORM_JSON, .values = FORM_LINES } },
    { "text/csv", { .format = FORM_CSV } },
    { "application/vnd.sdmx.data+csv", { .format = FORM_SDMX_CSV } },
};

static bool is_among(const char *const *words, const char *at, size_t length)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == length && strncasecmp(at, *words, length) == 0)
            return true;
    return false;
}

/* Whether the parameters after the type, "; name=value; …", are allowed. */
static bool parameters_fit(const char *at, enum form_format format)
{
    static const char *const any[] = { "", "charset=utf-8", "charset=\"utf-8\"", "header=present",
                                       NULL };
    static const char *const sdmx[] = {
        "version=2.0.0", "version=1.0.0", "labels=id", "labels=name",
        "labels=both",   "keys=none",     NULL
    };
    for (at += strspn(at, " \t"); *at == ';'; at += strspn(at, " \t")) {
        at += 1 + strspn(at + 1, " \t");
        size_t length = strcspn(at, " \t;");
        if (!is_among(any, at, length) && (format != FORM_SDMX_CSV || !is_among(sdmx, at, length)))
            return false;
        at += length;
    }
    return *at == '\0';
}

static bool read_type(const struct request *request, struct form *form, struct reply *reply)
{
    const char *type = request_header(request, "Content-Type");
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strlen(types[i].type) != length || strncasecmp(type, types[i].type, length) != 0)
            continue;
        *form = types[i].form;
        if (parameters_fit(type + length, form->format))
            return true;
    }
    reply_words(reply, 415,
                "Content-Type: %s%s%s; expected application/json, application/x-ndjson, text/csv "
                "or application/vnd.sdmx.data+csv;version=2.0.0, in UTF-8",
                type == NULL ? "is not given" : "'", type == NULL ? "" : type,
                type == NULL ? "" : "' is not read");
    return false;
}

static bool read_partial(const struct request *request, bool *partial, struct reply *reply)
{
    const char *word = request_parameter(request, "partial");
    *partial = word != NULL && strcmp(word, "true") == 0;
    if (word == NULL || *partial || strcmp(word, "false") == 0)
        return true;
    reply_words(reply, 400, "parameter 'partial': '%s'; expected true or false", word);
    return false;
}

/* "recorded":1,…,"new_series":0,"refusals":[{"place":":3:4","reason":"…"}] */
static void put_outcome(struct text *body, const struct delivery *delivery)
{
    const struct batch *batch = &delivery->batch;
    text_printf(body,
                "{\"recorded\":%zu,\"unchanged\":%zu,\"revised\":%zu,\"new_series\":%zu,"
                "\"refused\":%zu,\"refusals\":[",
                delivery->outcomes[LEDGER_RECORDED], delivery->outcomes[LEDGER_UNCHANGED],
                delivery->outcomes[LEDGER_REVISED], delivery->begun, batch->refused);
    for (size_t i = 0; i < batch->refused; i++) {
        text_put(body, i == 0 ? "{\"place\":" : ",{\"place\":");
        text_json(body, batch->refusals[i].place);
        text_put(body, ",\"reason\":");
        text_json(body, batch->refusals[i].reason);
        text_char(body, '}');
    }
    text_put(body, "]}");
}

static void reply_outcome(struct reply *reply, unsigned status, const struct delivery *delivery)
{
    struct text body = { 0 };
    if (status == 200)
        text_put(&body, "{\"status\":\"success\",\"data\":");
    else
        text_printf(&body,
                    "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%zu refused; nothing "
                    "of the report is recorded\",\"data\":",
                    envelope_error_type(status), delivery->batch.refused);
    put_outcome(&body, delivery);
    text_put(&body, "}\n");
    reply_text(reply, status, ENVELOPE_TYPE, &body);
}

static void acknowledge(struct delivery *delivery)
{
    const struct pending *pending = delivery->owner;
    if (delivery->recorded)
        reply_outcome(pending->reply, 200, delivery);
    else if (delivery->fault.text[0] != '\0')
        reply_words(pending->reply, 503, "%s", delivery->fault.text);
    else
        reply_outcome(pending->reply, pending->forbidden ? 403 : 400, delivery);
    push_end(delivery);
}

struct delivery *push_open(const struct pending *pending, size_t size, const struct form *form)
{
    const struct answers *answers = pending->answers;
    const char *user = pending->request->user;
    struct settings *settings = intake_settings(answers->intake);
    struct delivery *delivery = delivery_new(user != NULL ? user : "push", settings, form,
                                             clock_seconds(answers->log->clock));
    settings_free(settings);
    delivery->owner = arena_take(&delivery->batch.arena, 1, size);
    *(struct pending *)delivery->owner = *pending;
    return delivery;
}

void push_permit(struct delivery *delivery, size_t first)
{
    struct pending *pending = delivery->owner;
    pending->forbidden = permit_check(delivery, first, pending->request->user) > 0;
}

bool push_put(struct delivery *delivery)
{
    const struct pending *pending = delivery->owner;
    bool taken = intake_put(pending->answers->intake, delivery);
    if (!taken)
        delivery->done(delivery);
    return taken;
}

void push_end(struct delivery *delivery)
{
    const struct pending *pending = delivery->owner;
    const struct request *request = pending->request;
    const struct log *log = pending->answers->log;
    telemetry_delivery(pending->answers->telemetry, pending->origin, delivery);
    if (delivery->batch.refused > 0 && delivery->fault.text[0] == '\0')
        delivery_log_refused(delivery, log, LOG_LEVEL_INFO,
                             delivery->recorded ? "push refused in part"
                                                : "push refused; nothing of it is recorded");
    delivery_log_doubts(delivery, log);
    delivery_free(delivery);
    request_finish(request);
}

void push_answer(void *context, const struct request *request, struct reply *reply)
{
    struct form form = { 0 };
    bool partial;
    if (!read_type(request, &form, reply) || !read_partial(request, &partial, reply)) {
        request_finish(request);
        return;
    }
    const struct pending pending = { context, request, reply, TELEMETRY_PUSH, false };
    struct delivery *delivery = push_open(&pending, sizeof pending, &form);
    bool ahead = !partial && request->body.size > AHEAD;
    delivery->done = acknowledge;
    delivery->partial = partial;
    if (ahead)
        delivery_ahead(delivery);
    if (ahead && !push_put(delivery))
        return;
    delivery_read(delivery, request->body.bytes, request->body.size);
    push_permit(delivery, 0);
    if (ahead)
        delivery_judged(delivery);
    else if (delivery_is_good(delivery))
        push_put(delivery);
    else
        acknowledge(delivery);
}
