/* SPDX-License-Identifier: MIT */
/* api_export.c - every vintage in the formats of export.h, as a stream */
#include "api_export.h"

#include "../almanac/inquiry_answer.h"
#include "../almanac/least.h"
#include "answers.h"
#include "api_query.h"
#include "export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An export under way; it outlives its answer function. */
struct export
{
    atomic_size_t *count;      /* of all exports under way */
    struct settings *settings; /* its own share */
    struct api_query query;
    struct writer writer;
    int format; /* index into export_forms */
    struct inquiry_answer *answer;
    char left_out[24]; /* the number of series, in a header */
};

static void free_export(void *owner)
{
    struct export *export = owner;
    inquiry_answer_end(export->answer);
    ledger_close(export->query.inquiry.ledger);
    api_query_free(&export->query);
    settings_free(export->settings);
    atomic_fetch_sub(export->count, 1);
    free(export);
}

static struct export *new_export(struct answers *answers)
{
    struct export *export = array_new(1, sizeof *export);
    struct snapshot *snapshot = follower_snapshot(answers->follower);
    export->settings = settings_share(snapshot->settings);
    export->writer.figures_only = snapshot->figures_only;
    snapshot_release(snapshot);
    export->writer.provenance = true;
    export->writer.now = clock_seconds(answers->clock);
    export->count = &answers->exports;
    return export;
}

static bool read_format(struct export *export, const struct request *request, struct reply *reply)
{
    const char *word = request_parameter(request, "format");
    while (word != NULL && export_formats[export->format] != NULL &&
           strcmp(export_formats[export->format], word) != 0)
        export->format++;
    if (export_formats[export->format] != NULL)
        return true;
    reply_words(reply, 400,
                "parameter 'format': '%s'; expected openmetrics, csv, excel-csv, sdmx-csv or json",
                word);
    return false;
}

static bool read_repeat(struct export *export, const struct request *request, struct reply *reply)
{
    struct fault fault = { 0 };
    if (export_read_repeat(request_parameter(request, "repeat"), export->format,
                           &export->writer.repeat, &fault) == 0)
        return true;
    reply_words(reply, 400, "parameter 'repeat': %s", fault.text);
    return false;
}

static int make_piece(struct export *export, struct reply_bytes *piece, struct fault *fault)
{
    const struct text *out = &export->writer.out;
    int more = inquiry_answer_next(export->answer, fault);
    *piece = (struct reply_bytes){ out->bytes, out->size };
    return more;
}

static int next_piece(void *owner, struct reply_bytes *piece, struct fault *fault)
{
    struct export *export = owner;
    text_clear(&export->writer.out);
    return make_piece(export, piece, fault);
}

/* Opens the ledger and makes the first piece. */
static int begin(struct export *export, const char *ledger_path, struct reply_bytes *piece,
                 struct fault *fault)
{
    struct inquiry *inquiry = &export->query.inquiry;
    inquiry->history = true;
    export->writer.now = least_of(export->writer.now, inquiry->known_by);
    inquiry->ledger = ledger_open(ledger_path, LEDGER_READER, fault);
    if (inquiry->ledger == NULL)
        return -1;
    export->answer =
        inquiry_answer_begin(inquiry, export_forms[export->format], &export->writer, fault);
    return export->answer == NULL ? -1 : make_piece(export, piece, fault);
}

static void answer(struct export *export, const char *ledger_path, struct reply *reply)
{
    struct fault fault = { 0 };
    struct reply_bytes piece;
    int more = begin(export, ledger_path, &piece, &fault);
    if (more < 0) {
        reply_words(reply, 503, "%s", fault.text);
        free_export(export);
        return;
    }
    *reply = (struct reply){ .status = 200,
                             .content_type = export_forms[export->format]->type,
                             .head = piece,
                             .next = more ? next_piece : NULL,
                             .release = free_export,
                             .owner = export };
    size_t left_out = inquiry_answer_sum(export->answer).undeclared;
    snprintf(export->left_out, sizeof export->left_out, "%zu", left_out);
    if (left_out > 0)
        reply_header(reply, "Almanac-Series-Left-Out", export->left_out);
}

void api_answer_export(void *context, const struct request *request, struct reply *reply)
{
    struct answers *answers = context;
    if (atomic_fetch_add(&answers->exports, 1) >= API_EXPORTS) {
        atomic_fetch_sub(&answers->exports, 1);
        reply_words(reply, 503, "%d exports are under way; try again shortly", API_EXPORTS);
        return;
    }
    struct export *export = new_export(answers);
    if (read_format(export, request, reply) && read_repeat(export, request, reply) &&
        api_query_read(&export->query, &export->settings->catalogue, request, reply))
        answer(export, answers->ledger_path, reply);
    else
        free_export(export);
}
