/* SPDX-License-Identifier: MIT */
/* remote_read.c - answers a remote read: the ledger's history as samples */
#include "remote_read.h"

#include "../almanac/arena.h"
#include "../almanac/ledger_history.h"
#include "../almanac/timeline.h"
#include "matchers.h"
#include "qualifier.h"
#include "remote_answer.h"
#include "remote_query.h"
#include "samples.h"

#include <stdlib.h>
#include <string.h>

#define PROTOBUF_TYPE "application/x-protobuf"

enum { BREATH = 65536 }; /* samples between two looks at the clock */

/* A series of the ledger, as which the query wants it. */
struct found {
    int64_t id;
    bool value;
    uint32_t infos; /* bit i: the info series of qualifiers[i] */
};

/* An answer being written. */
struct answering {
    const struct remote_read *read;
    struct matchers *matchers; /* of the current query, like the next and the plan */
    uint32_t allowed;          /* the qualifiers whose family's name matches */
    struct found *found;       /* in the ledger's order */
    size_t found_count, found_room, next;
    struct samples_plan plan;
    struct timeline timeline, info; /* of the current series, and of its info series */
    struct label *labels;           /* of the info series */
    size_t label_room;
    const struct series *series; /* being written */
    bool begun;                  /* it already has a sample */
    size_t samples;
    int64_t ends; /* the deadline, on the steady clock */
    bool asked_too_much;
    struct remote_answer answer;
};

static bool is_stopping(const struct answering *answering)
{
    return atomic_load(answering->read->stopping);
}

static bool goes_on(void *owner)
{
    const struct answering *answering = owner;
    return !is_stopping(answering) && clock_steady_ms(answering->read->clock) <= answering->ends;
}

/* Sorted by name, with __name__. */
static void put_labels(struct remote_answer *answer, const struct series *series)
{
    static const char name[] = "__name__";
    bool named = false;
    for (size_t i = 0; i < series->label_count; i++) {
        const struct label *label = &series->labels[i];
        if (!named && strcmp(label->name, name) > 0) {
            remote_answer_label(answer, name, series->figure);
            named = true;
        }
        remote_answer_label(answer, label->name, label->value);
    }
    if (!named)
        remote_answer_label(answer, name, series->figure);
}

static bool put_sample(void *owner, int64_t ms, double value)
{
    struct answering *answering = owner;
    if (!answering->begun) {
        remote_answer_begin_series(&answering->answer);
        put_labels(&answering->answer, answering->series);
        answering->begun = true;
    }
    remote_answer_sample(&answering->answer, ms, value);
    return ++answering->samples <= answering->read->most_samples &&
           (answering->samples % BREATH != 0 || goes_on(answering));
}

/* 0, or -1 with a fault if the answer must end: the server stops, or too much is asked for. */
static int must_end(struct answering *answering, struct fault *fault)
{
    static const char expected[] =
        "expected matchers for fewer series, a shorter time or a wider step";
    if (is_stopping(answering))
        return fault_set(fault, "the server is stopping");
    if (answering->samples > answering->read->most_samples)
        fault_set(fault, "the answer would have more than %zu samples; %s",
                  answering->read->most_samples, expected);
    else if (text_failed(&answering->answer.body))
        fault_set(fault, "the answer would have more than %d bytes; %s", REMOTE_ANSWER_BYTES,
                  expected);
    else if (clock_steady_ms(answering->read->clock) > answering->ends)
        fault_set(fault, "the answer takes more than %d seconds; %s", REMOTE_SECONDS, expected);
    else
        return 0;
    answering->asked_too_much = true;
    return -1;
}

/* The words of what was refused, unless the answer ends for a reason of its own. */
static int refuse(struct answering *answering, const struct fault *refusal, struct fault *fault)
{
    if (must_end(answering, fault) != 0)
        return -1;
    answering->asked_too_much = true;
    return fault_set(fault, "%s", refusal->text);
}

static void put_series(struct answering *answering, const struct series *series,
                       const struct timeline *timeline)
{
    answering->series = series;
    answering->begun = false;
    samples_each(&answering->plan, timeline, put_sample, answering);
    if (answering->begun)
        remote_answer_end_series(&answering->answer);
}

/* Valid until the next call. */
static struct series info_series(struct answering *answering, size_t qualifier,
                                 const struct series *series)
{
    answering->labels =
        array_reserve(answering->labels, &answering->label_room,
                      series->label_count + QUALIFIER_LABELS, sizeof *answering->labels);
    return qualifier_series(&qualifiers[qualifier], series, answering->labels);
}

static void put_infos(struct answering *answering, const struct series *series,
                      enum figure_kind kind, uint32_t infos)
{
    infos &= qualifiers_in(&answering->timeline);
    for (size_t i = 0; i < QUALIFIERS; i++) {
        if ((infos >> i & 1) == 0)
            continue;
        const struct series info = info_series(answering, i, series);
        qualifier_timeline(&qualifiers[i], &answering->timeline, kind, &answering->info);
        put_series(answering, &info, &answering->info);
    }
}

static int match_infos(struct answering *answering, const struct series *series, uint32_t *infos,
                       struct fault *fault)
{
    int match = 0;
    *infos = 0;
    for (size_t i = 0; match >= 0 && i < QUALIFIERS; i++) {
        if ((answering->allowed >> i & 1) == 0)
            continue;
        const struct series info = info_series(answering, i, series);
        match = matchers_match(answering->matchers, &info, fault);
        *infos |= (uint32_t)(match > 0) << i;
    }
    return match;
}

static int find_series(void *owner, const struct series *series, struct fault *fault)
{
    struct answering *answering = owner;
    struct fault slow = { 0 };
    struct found found = { .id = series->id };
    if (catalogue_find(answering->read->catalogue, series->figure) == NULL)
        return 0;
    int match = matchers_match(answering->matchers, series, &slow);
    found.value = match > 0;
    if (match >= 0)
        match = match_infos(answering, series, &found.infos, &slow);
    if (match < 0)
        return refuse(answering, &slow, fault);
    if (must_end(answering, fault) != 0)
        return -1;
    if (found.value || found.infos != 0) {
        answering->found = array_reserve(answering->found, &answering->found_room,
                                         answering->found_count + 1, sizeof *answering->found);
        answering->found[answering->found_count++] = found;
    }
    return 0;
}

static int put_if_found(void *owner, const struct series *series, struct fault *fault)
{
    struct answering *answering = owner;
    const struct remote_read *read = answering->read;
    if (answering->next == answering->found_count ||
        answering->found[answering->next].id != series->id)
        return 0;
    const struct found *found = &answering->found[answering->next++];
    enum figure_kind kind = catalogue_find(read->catalogue, series->figure)->kind;
    if (ledger_read_timeline(read->ledger, series->id, kind, &answering->timeline, fault) != 0)
        return -1;
    if (found->value)
        put_series(answering, series, &answering->timeline);
    put_infos(answering, series, kind, found->infos);
    return must_end(answering, fault);
}

/* A name that takes too long to match is told with the first series. */
static uint32_t allowed_qualifiers(const struct answering *answering)
{
    struct fault slow = { 0 };
    uint32_t allowed = 0;
    for (size_t i = 0; i < QUALIFIERS && !answering->read->figures_only; i++)
        if (matchers_match_name(answering->matchers, qualifiers[i].family->name, &slow) != 0)
            allowed |= UINT32_C(1) << i;
    return allowed;
}

static int answer_found(struct answering *answering, const struct remote_query *query,
                        struct fault *fault)
{
    struct ledger *ledger = answering->read->ledger;
    answering->allowed = allowed_qualifiers(answering);
    answering->found_count = answering->next = 0;
    if (ledger_each_series(ledger, 0, find_series, answering, fault) != 0)
        return -1;
    samples_plan(&answering->plan, query, clock_wall_ms(answering->read->clock),
                 answering->found_count);
    return ledger_each_series(ledger, 0, put_if_found, answering, fault);
}

static int answer_query(struct answering *answering, const struct remote_query *query,
                        struct fault *fault)
{
    const struct pattern_patience patience = { goes_on, answering };
    struct fault refusal = { 0 };
    remote_answer_begin_query(&answering->answer);
    answering->matchers =
        matchers_compile(query->matchers, query->matcher_count, &patience, &refusal);
    int result = answering->matchers != NULL ? answer_found(answering, query, fault)
                                             : refuse(answering, &refusal, fault);
    matchers_free(answering->matchers);
    remote_answer_end_query(&answering->answer);
    return result;
}

static int answer_queries(struct answering *answering, const struct remote_request *request,
                          struct fault *fault)
{
    int result = ledger_freeze(answering->read->ledger, fault);
    if (result != 0)
        return -1;
    remote_answer_begin(&answering->answer);
    for (size_t i = 0; result == 0 && i < request->count; i++)
        result = answer_query(answering, &request->queries[i], fault);
    remote_answer_end(&answering->answer);
    ledger_thaw(answering->read->ledger);
    return result != 0 ? -1 : must_end(answering, fault);
}

static void answer_request(struct answering *answering, const struct remote_request *request,
                           struct reply *reply)
{
    struct fault fault = { 0 };
    if (answer_queries(answering, request, &fault) == 0) {
        reply_text(reply, 200, PROTOBUF_TYPE, &answering->answer.body);
        reply_header(reply, "Content-Encoding", "snappy");
    } else {
        reply_words(reply, answering->asked_too_much ? 400 : 503, "%s", fault.text);
    }
    free(answering->found);
    free(answering->labels);
    timeline_free(&answering->timeline);
    timeline_free(&answering->info);
    text_free(&answering->answer.body);
}

void remote_read_answer(const struct remote_read *read, const struct request *request,
                        struct reply *reply)
{
    struct remote_request queries = { 0 };
    struct fault fault = { 0 };
    struct answering *answering = array_new(1, sizeof *answering);
    if (remote_request_read(&queries, request->body.bytes, request->body.size, &fault) != 0) {
        reply_words(reply, 400, "%s", fault.text);
    } else {
        answering->read = read;
        answering->ends = clock_steady_ms(read->clock) + REMOTE_SECONDS * 1000;
        answering->answer.body.limit = REMOTE_ANSWER_BYTES;
        answer_request(answering, &queries, reply);
    }
    remote_request_free(&queries);
    free(answering);
}
