/* SPDX-License-Identifier: MIT */
/* scrape.c - the answer to a scrape of /metrics: its format, coding and families */
#include "scrape.h"

#include "../almanac/catalogue.h"
#include "answers.h"
#include "metrics.h"
#include "shared_body.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETAG = 48 };

/* Everything kept until the last byte is sent. */
struct scrape {
    struct snapshot *snapshot;
    enum exposition_format format;
    enum accept_coding coding;
    const struct rendition *page; /* the snapshot's, or &own */
    struct rendition own;         /* for a choice of families */
    struct text tail;
    struct shared_body *body; /* the page and its tail in one run, or NULL */
    char etag[ETAG];
};

static void end_scrape(void *owner)
{
    struct scrape *scrape = owner;
    snapshot_release(scrape->snapshot);
    rendition_free(&scrape->own);
    text_free(&scrape->tail);
    shared_body_release(scrape->body);
    free(scrape);
}

static void write_tail(struct scrape *scrape, const struct answers *answers, struct choice *choice,
                       bool ledger_up)
{
    struct exposition out = { .format = scrape->format };
    metrics_write_scrape(&out, choice, ledger_up, answers->reload, answers->process);
    if (scrape->coding == ACCEPT_GZIP) {
        gzip_end(&scrape->tail, &scrape->page->sum, out.page.bytes, out.page.size);
        text_free(&out.page);
    } else {
        scrape->tail = out.page;
    }
}

/* false: a parameter names something unknown, and the reply says so. */
static bool check_choice(const struct choice *choice, const struct snapshot *snapshot,
                         struct reply *reply)
{
    const struct catalogue *catalogue = &snapshot->settings->catalogue;
    for (size_t i = 0; i < choice->request->parameter_count; i++) {
        const struct parameter *parameter = &choice->request->parameters[i];
        bool is_name = strcmp(parameter->name, "name[]") == 0;
        if (choice->met[i] || catalogue_find(catalogue, parameter->value) != NULL)
            continue;
        reply_words(reply, 400, "parameter '%s': there is no %s '%s'", parameter->name,
                    is_name ? "family" : "figure", parameter->value);
        return false;
    }
    return true;
}

static bool write_chosen(struct scrape *scrape, const struct answers *answers,
                         const struct request *request, bool ledger_up, struct reply *reply)
{
    struct choice choice = { .request = request };
    struct exposition out = { .format = scrape->format };
    if (atomic_load(&answers->chosen) > answers->most_chosen) {
        reply_words(reply, 503, "too much of earlier answers is not sent yet; try again shortly");
        return false;
    }
    metrics_write(&out, scrape->snapshot, &choice);
    rendition_code(&scrape->own, &out.page, scrape->coding);
    text_free(&out.page);
    scrape->page = &scrape->own;
    write_tail(scrape, answers, &choice, ledger_up);
    return check_choice(&choice, scrape->snapshot, reply);
}

static void write_whole(struct scrape *scrape, const struct answers *answers, bool ledger_up)
{
    scrape->page = rendition_of(scrape->snapshot, scrape->format, scrape->coding);
    write_tail(scrape, answers, NULL, ledger_up);
}

/* Weak, since it covers the figures, but not the last reload and the process_* families after them,
 * nor the end of an OpenMetrics page. */
static void write_etag(struct scrape *scrape, bool ledger_up)
{
    snprintf(scrape->etag, sizeof scrape->etag, "W/\"%016" PRIx64 "%s%s%s\"", scrape->page->hash,
             scrape->format == EXPOSITION_OPENMETRICS ? "-openmetrics" : "",
             scrape->coding == ACCEPT_GZIP ? "-gzip" : "", ledger_up ? "" : "-stale");
}

/* A 304 has the headers of the 200, including its length; the server omits the body. */
static void reply_page(struct scrape *scrape, const struct request *request, struct reply *reply)
{
    *reply = (struct reply){ .status = 200,
                             .content_type = exposition_types[scrape->format],
                             .parts = scrape->page->bytes,
                             .part_count = scrape->page->byte_count,
                             .tail = { scrape->tail.bytes, scrape->tail.size },
                             .release = end_scrape,
                             .owner = scrape };
    if (scrape->etag[0] != '\0')
        request_tag(request, reply, scrape->etag);
    if (scrape->coding == ACCEPT_GZIP) {
        reply->head = (struct reply_bytes){ gzip_beginning, GZIP_BEGINNING };
        reply_header(reply, "Content-Encoding", "gzip");
    }
}

static void join(struct scrape *scrape, struct reply *reply)
{
    scrape->body = rendition_body(scrape->snapshot, scrape->format, scrape->coding, reply);
    if (scrape->body == NULL)
        return;
    reply->head = (struct reply_bytes){ scrape->body->bytes, scrape->body->size };
    reply->tail = (struct reply_bytes){ 0 };
    reply->part_count = 0;
}

static void answer(struct scrape *scrape, struct answers *answers, const struct request *request,
                   struct reply *reply)
{
    bool ledger_up = follower_ledger_up(answers->follower);
    if (!choice_is_made(request)) {
        write_whole(scrape, answers, ledger_up);
    } else if (!write_chosen(scrape, answers, request, ledger_up, reply)) {
        end_scrape(scrape);
        return;
    }
    if (scrape->page->byte_count > 0) /* else all of it differs at every scrape */
        write_etag(scrape, ledger_up);
    reply_page(scrape, request, reply);
    if (scrape->page == &scrape->own)
        reply_count(reply, &answers->chosen);
    else if (reply->status == 200)
        join(scrape, reply);
}

void scrape_answer(void *context, const struct request *request, struct reply *reply)
{
    struct answers *answers = context;
    struct scrape *scrape = array_new(1, sizeof *scrape);
    scrape->snapshot = follower_snapshot(answers->follower);
    scrape->format = exposition_choose(request_header(request, "Accept"));
    scrape->coding = accept_coding(request_header(request, "Accept-Encoding"));
    if (scrape->coding == ACCEPT_NEITHER) {
        reply_words(reply, 406,
                    "none of the codings in 'Accept-Encoding' is at hand; "
                    "expected gzip or identity");
        end_scrape(scrape);
    } else {
        answer(scrape, answers, request, reply);
    }
    reply_header(reply, "Vary", "Accept, Accept-Encoding");
}
