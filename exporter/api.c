/* SPDX-License-Identifier: MIT */
/* api.c - the JSON API under /api/v1/: the catalogue, and observations from the ledger */
#include "api.h"

#include "../almanac/envelope.h"
#include "../almanac/hash.h"
#include "../almanac/inquiry_answer.h"
#include "../almanac/inquiry_first.h"
#include "answers.h"
#include "api_figures.h"
#include "api_series.h"
#include "openapi.h"
#include "spool.h"

#include <stdlib.h>
#include <string.h>

/* The request being answered. */
struct call {
    const struct answers *answers;
    const struct request *request;
    struct reply *reply;
    struct api_query query;
};

/* Writes the answer, or sets the fault. */
typedef void call_writer(struct call *call, FILE *out, struct fault *fault);

static void spool_answer(struct call *call, call_writer *write)
{
    struct fault fault = { 0 };
    struct spool *spool = spool_open(call->answers->spools, &fault);
    if (spool == NULL) {
        reply_words(call->reply, 503, "%s", fault.text);
        return;
    }
    call->query.inquiry.goes_on = spool_goes_on;
    call->query.inquiry.owner = spool;
    write(call, spool_out(spool), &fault);
    spool_reply(spool, &fault, call->request, call->reply);
}

/* What the answer leaves out, or why it is empty. */
static int write_warnings(const struct inquiry *inquiry, const struct inquiry_sum *sum, FILE *out,
                          struct fault *fault)
{
    struct text words = { 0 }, list = { 0 };
    int result = sum->rows > 0 ? 0 : inquiry_first_known(inquiry, &words, fault);
    if (sum->undeclared > 0)
        text_printf(&list, "\"%zu series are left out: the catalogue does not have their figures\"",
                    sum->undeclared);
    if (words.size > 0) {
        text_put(&list, list.size > 0 ? "," : "");
        text_json(&list, words.bytes);
    }
    if (list.size > 0)
        fprintf(out, ",\"warnings\":[%s]", list.bytes);
    text_free(&words);
    text_free(&list);
    return result;
}

static int ask(struct call *call, const struct format *format, FILE *out, struct fault *fault)
{
    struct writer writer = { .provenance = true, .details = true };
    struct inquiry_sum sum;
    struct inquiry *inquiry = &call->query.inquiry;
    inquiry->ledger = ledger_open(call->answers->ledger_path, LEDGER_READER, fault);
    if (inquiry->ledger == NULL)
        return -1;
    int result = inquiry_answer_print(inquiry, format, &writer, out, &sum, fault);
    if (result == 0)
        result = write_warnings(inquiry, &sum, out, fault);
    ledger_close(inquiry->ledger);
    return result;
}

static void begin_envelope(FILE *out)
{
    fputs("{\"status\":\"success\",\"data\":", out);
}

static void ask_for_json(struct call *call, const struct format *format, FILE *out,
                         struct fault *fault)
{
    begin_envelope(out);
    if (ask(call, format, out, fault) == 0)
        fputs("}\n", out);
}

static void write_observations(struct call *call, FILE *out, struct fault *fault)
{
    ask_for_json(call, &format_json, out, fault);
}

static void write_series(struct call *call, FILE *out, struct fault *fault)
{
    call->query.inquiry.history = true;
    ask_for_json(call, &api_series_format, out, fault);
}

static void write_figures(struct call *call, FILE *out, struct fault *fault)
{
    (void)fault;
    const struct inquiry *inquiry = &call->query.inquiry;
    const struct catalogue *catalogue = inquiry->catalogue;
    struct text text = { 0 };
    text_char(&text, '[');
    for (size_t i = 0; i < catalogue->count; i++) {
        if (!inquiry_asks_for(inquiry, catalogue->figures[i].name))
            continue;
        text_put(&text, text.size == 1 ? "\n" : ",\n");
        api_figure_write(&text, &catalogue->figures[i]);
    }
    text_put(&text, "\n]}\n");
    begin_envelope(out);
    fwrite(text.bytes, 1, text.size, out);
    text_free(&text);
}

/* Reads the parameters and answers with the current catalogue. */
static void answer(void *context, const struct request *request, struct reply *reply,
                   call_writer *write)
{
    struct call call = { .answers = context, .request = request, .reply = reply };
    struct snapshot *snapshot = follower_snapshot(call.answers->follower);
    if (api_query_read(&call.query, &snapshot->settings->catalogue, request, reply))
        spool_answer(&call, write);
    api_query_free(&call.query);
    snapshot_release(snapshot);
}

void api_answer_figures(void *context, const struct request *request, struct reply *reply)
{
    answer(context, request, reply, write_figures);
}

void api_answer_series(void *context, const struct request *request, struct reply *reply)
{
    answer(context, request, reply, write_series);
}

void api_answer_observations(void *context, const struct request *request, struct reply *reply)
{
    answer(context, request, reply, write_observations);
}

void api_answer_openapi(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    size_t size = strlen(openapi_json);
    char *etag = array_new(1, SPOOL_ETAG);
    spool_etag(etag, hash_bytes(HASH_EMPTY, openapi_json, size));
    *reply = (struct reply){ .status = 200,
                             .content_type = ENVELOPE_TYPE,
                             .head = { openapi_json, size },
                             .release = free,
                             .owner = etag };
    request_tag(request, reply, etag);
}
