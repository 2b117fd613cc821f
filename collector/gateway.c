/* SPDX-License-Identifier: MIT */
/* gateway.c - the Pushgateway API: PUT, POST and DELETE /metrics/job/… */
#include "gateway.h"

#include "../almanac/id_map.h"
#include "../almanac/ledger_group.h"
#include "contradiction.h"
#include "grouping.h"
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct group_push {
    struct pending pending; /* first: see push_open */
    struct grouping grouping;
    bool replaces; /* PUT, DELETE: the whole group; otherwise the figures that it names */
};

/* Whether the label only names the group: no figure has one that is called so. */
static bool names_group_alone(const char *name)
{
    return strcmp(name, "job") == 0 || strcmp(name, "instance") == 0;
}

static struct label *merge_labels(struct batch *batch, const struct page_sample *sample,
                                  const struct grouping *grouping, size_t *count)
{
    struct label *labels =
        arena_take(&batch->arena, sample->label_count + grouping->count + 1, sizeof *labels);
    *count = 0;
    for (size_t i = 0; i < sample->label_count; i++)
        if (label_value(grouping->labels, grouping->count, sample->labels[i].name) == NULL)
            labels[(*count)++] = sample->labels[i];
    for (size_t i = 0; i < grouping->count; i++)
        if (!names_group_alone(grouping->labels[i].name))
            labels[(*count)++] = grouping->labels[i];
    return labels;
}

/* The period of a stock is the second of the push; that of a flow, the period that contains it. */
static const char *period_of(int64_t now, const struct figure *figure, char *out)
{
    char freq = '\0';
    if (figure != NULL && figure->kind == FIGURE_FLOW)
        freq = figure->freq != '\0' ? figure->freq : 'D';
    period_write_around(now, freq, out);
    return out;
}

/* Client libraries export a counter visits as visits_total, with visits_created. */
static void complain_of_counter(struct batch *batch, const char *name, struct fault *fault)
{
    static const char *const endings[] = { "_total", "_created" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!page_name_ends(name, endings[i]))
            continue;
        const char *counted = arena_copy(&batch->arena, name, strlen(name) - strlen(endings[i]));
        if (catalogue_find(batch->catalogue, counted) == NULL)
            continue;
        *fault = (struct fault){ 0 };
        fault_set(fault, "unknown figure '%s'; figures are pushed as gauges, expected '%s'", name,
                  counted);
    }
}

static void take_value(struct delivery *delivery, const struct page_sample *sample)
{
    const struct group_push *push = delivery->owner;
    struct batch *batch = &delivery->batch;
    const struct figure *figure = catalogue_find(batch->catalogue, sample->name);
    char period[PERIOD_TIME];
    struct text value = { 0 };
    struct complaint complaint = { 0 };
    struct report report = { .fields = {
                                 [REPORT_FIGURE] = sample->name,
                                 [REPORT_TIME_PERIOD] = period_of(batch->now, figure, period),
                                 [REPORT_OBS_VALUE] = page_write_decimal(sample->value, &value) } };
    report.labels = merge_labels(batch, sample, &push->grouping, &report.label_count);
    batch->mark = sample->line;
    int failed = batch_take(batch, &report, &complaint);
    text_free(&value);
    if (failed == 0)
        return;
    if (figure == NULL)
        complain_of_counter(batch, sample->name, &complaint.fault);
    batch_refuse_at(batch, complaint.field, sample->line, sample->column, "%s: %s", complaint.name,
                    complaint.fault.text);
}

static void take_sample(void *context, const struct page_sample *sample)
{
    struct delivery *delivery = context;
    struct batch *batch = &delivery->batch;
    if (batch_is_full(batch))
        return;
    if (sample->timed)
        batch_refuse_at(batch, REPORT_TIME_PERIOD, sample->line, sample->column,
                        "it has a timestamp; expected none, the time of the push counts");
    else
        take_value(delivery, sample);
}

static void read_page(struct delivery *delivery, const struct request *request)
{
    struct page page = { .bytes = request->body.bytes,
                         .size = request->body.size,
                         .exposition = EXPOSITION_TEXT,
                         .visit = take_sample,
                         .context = delivery };
    delivery->batch.by_line = true;
    if (page_read(&page) == 0)
        return;
    batch_take_back(&delivery->batch, 0, 0);
    batch_refuse_at(&delivery->batch, REFUSED_DOCUMENT, page.line, page.column, "%s",
                    page.fault.text);
}

/* The series that a push states, and those that leave its group. */
struct settling {
    struct delivery *delivery;
    const struct group_push *push;
    struct id_map pushed; /* the pushed series' ids */
    bool *named;          /* by figure of the catalogue: whether it was pushed */
    int64_t *leaving;
    size_t count, room;
};

static int join_pushed(struct settling *settling, struct ledger *ledger)
{
    struct batch *batch = &settling->delivery->batch;
    settling->named = arena_take(&batch->arena, batch->catalogue->count, sizeof *settling->named);
    for (size_t i = 0; i < batch->count; i++) {
        const struct observation *observation = &batch_item(batch, i)->observation;
        int64_t id = ledger_join_group(ledger, settling->push->grouping.key, observation,
                                       &settling->delivery->fault);
        if (id < 0)
            return -1;
        delivery_note_begun(settling->delivery, ledger, observation);
        id_map_add(&settling->pushed, (const char *)&id, sizeof id, id);
        settling->named[observation->figure - batch->catalogue->figures] = true;
    }
    return 0;
}

static bool stays(const struct settling *settling, int64_t series, const struct figure *figure)
{
    const struct catalogue *catalogue = settling->delivery->batch.catalogue;
    bool named = settling->named[figure - catalogue->figures];
    return id_map_find(&settling->pushed, (const char *)&series, sizeof series) != 0 ||
           !(named || settling->push->replaces);
}

/* The figure with the series' labels and their values, which may be older than its declaration. */
static struct figure *as_pushed(const struct figure *figure, const struct series *series,
                                struct arena *arena)
{
    struct figure *copy = arena_take(arena, 1, sizeof *copy);
    *copy = *figure;
    copy->code_count = 0;
    copy->label_count = series->label_count;
    copy->labels = arena_take(arena, series->label_count, sizeof *copy->labels);
    for (size_t i = 0; i < series->label_count; i++)
        copy->labels[i] = arena_string(arena, series->labels[i].name);
    return copy;
}

static int take_withdrawal(struct batch *batch, const struct figure *figure,
                           const struct series *series, struct fault *fault)
{
    char period[PERIOD_TIME];
    struct complaint complaint = { 0 };
    struct report report = { .fields = { [REPORT_FIGURE] = series->figure,
                                         [REPORT_TIME_PERIOD] =
                                             period_of(batch->now, figure, period),
                                         [REPORT_OBS_STATUS] = "O" },
                             .labels = series->labels,
                             .label_count = series->label_count };
    const struct catalogue *declared = batch->catalogue;
    const struct catalogue then = { as_pushed(figure, series, &batch->arena), 1 };
    batch->catalogue = &then;
    int failed = batch_take(batch, &report, &complaint);
    batch->catalogue = declared;
    return failed ? fault_set(fault, "%s cannot be withdrawn: %s: %s", series->figure,
                              complaint.name, complaint.fault.text)
                  : 0;
}

/* A series whose figure is not in the catalogue stays, in case it returns. */
static int withdraw(void *owner, const struct series *series, struct fault *fault)
{
    struct settling *settling = owner;
    struct batch *batch = &settling->delivery->batch;
    const struct figure *figure = catalogue_find(batch->catalogue, series->figure);
    if (figure == NULL || stays(settling, series->id, figure))
        return 0;
    if (take_withdrawal(batch, figure, series, fault) != 0)
        return -1;
    settling->leaving = array_reserve(settling->leaving, &settling->room, settling->count + 1,
                                      sizeof *settling->leaving);
    settling->leaving[settling->count++] = series->id;
    return 0;
}

/* Called on the writer's thread, before the batch is appended. */
static int settle_group(struct delivery *delivery, struct ledger *ledger)
{
    const struct group_push *push = delivery->owner;
    struct settling settling = { .delivery = delivery, .push = push };
    struct fault *fault = &delivery->fault;
    size_t pushed = delivery->batch.count;
    int result = join_pushed(&settling, ledger);
    delivery->batch.by_line = false; /* withdrawn series have no place in the page */
    delivery->batch.mark = 0;
    if (result == 0)
        result = ledger_each_of_group(ledger, push->grouping.key, withdraw, &settling, fault);
    if (result == 0)
        push_permit(delivery, pushed);
    if (push->pending.forbidden)
        result = -1;
    for (size_t i = 0; i < settling.count && result == 0; i++)
        result = ledger_leave_group(ledger, settling.leaving[i], fault);
    id_map_clear(&settling.pushed);
    free(settling.leaving);
    return result;
}

static void acknowledge(struct delivery *delivery)
{
    const struct pending *pending = delivery->owner;
    const struct batch *batch = &delivery->batch;
    const struct refusal *first = batch->refusals;
    struct text empty = { 0 };
    text_put(&empty, "");
    if (batch->refused > 0)
        reply_words(pending->reply, pending->forbidden ? 403 : 400,
                    "%s%s%s; %zu refused, nothing of it is recorded", first->place,
                    first->place[0] == '\0' ? "" : ": ", first->reason, batch->refused);
    else if (!delivery->recorded)
        reply_words(pending->reply, 503, "%s", delivery->fault.text);
    else
        reply_text(pending->reply, strcmp(pending->request->method, "DELETE") == 0 ? 202 : 200,
                   REPLY_WORDS_TYPE, &empty);
    text_free(&empty);
    push_end(delivery);
}

/* "/JOB…" after /metrics/job, "@base64/JOB…" after /metrics/job@base64 */
static int read_group(struct delivery *delivery, const struct request *request, struct fault *fault)
{
    struct group_push *push = delivery->owner;
    struct arena *arena = &delivery->batch.arena;
    bool encoded = strncmp(request->path, "/metrics/job@base64/", 20) == 0;
    struct text path = { 0 };
    text_printf(&path, "%s/%s", encoded ? "@base64" : "", request->tail);
    char *copy = arena_string(arena, path.bytes);
    text_free(&path);
    push->replaces = strcmp(request->method, "POST") != 0;
    return grouping_read(copy, arena, &push->grouping, fault);
}

/* Like a Pushgateway, accepts as text whatever is not declared as something else. */
static bool is_text(const struct request *request, struct reply *reply)
{
    static const char *const others[] = { "application/vnd.google.protobuf",
                                          "application/openmetrics-text" };
    const char *type = request_header(request, "Content-Type");
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strlen(others[i]) != length || strncasecmp(type, others[i], length) != 0)
            continue;
        reply_words(reply, 415,
                    "Content-Type: '%s' is not read; expected text/plain; version=0.0.4", type);
        return false;
    }
    return true;
}

void gateway_answer(void *context, const struct request *request, struct reply *reply)
{
    static const struct form form = { .format = FORM_METRICS };
    const struct pending pending = { context, request, reply, TELEMETRY_GATEWAY, false };
    bool deletes = strcmp(request->method, "DELETE") == 0;
    struct fault fault = { 0 };
    if (!deletes && !is_text(request, reply)) {
        request_finish(request);
        return;
    }
    struct delivery *delivery = push_open(&pending, sizeof(struct group_push), &form);
    delivery->amend = settle_group;
    delivery->done = acknowledge;
    if (read_group(delivery, request, &fault) != 0) {
        reply_words(reply, 400, "%s", fault.text);
        push_end(delivery);
        return;
    }
    if (!deletes)
        read_page(delivery, request);
    contradictions_refuse(&delivery->batch);
    push_permit(delivery, 0);
    if (delivery->batch.refused > 0)
        acknowledge(delivery);
    else
        push_put(delivery);
}
