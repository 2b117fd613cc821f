/* SPDX-License-Identifier: MIT */
/* pull.c - the pull jobs: sources fetched in turn, recorded, and remembered as up or down */
#include "pull.h"

#include "fetch.h"
#include "record.h"
#include "schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPREAD_MS = 20 }; /* between the first turns of two sources */

struct pull {
    const struct collector *collector;
    const struct log *log;
    const struct clock *clock;
    struct fetcher *fetcher;
    struct schedule schedule;
    struct source_state *states; /* one a source */
    size_t started, failures;
    int interrupt; /* of the work under way: see record.h */
};

static const struct source_settings *source_at(const struct pull *pull, size_t index)
{
    return &pull->collector->settings->sources[index];
}

static void log_recorded(const struct pull *pull, const char *source,
                         const struct record_count *count)
{
    char words[LEDGER_OUTCOMES][24];
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        snprintf(words[i], sizeof words[i], "%zu", count->outcomes[i]);
    log_write(pull->log, LOG_LEVEL_INFO, "source read", "source", source, "recorded",
              words[LEDGER_RECORDED], "unchanged", words[LEDGER_UNCHANGED], "revised",
              words[LEDGER_REVISED], NULL);
}

static void log_failed(const struct pull *pull, const char *source, const char *words)
{
    log_write(pull->log, LOG_LEVEL_WARN, "source failed; nothing of it is recorded", "source",
              source, "err", words, NULL);
}

static void log_refused(const struct pull *pull, const char *source, const struct batch *batch)
{
    char count[24];
    struct fault first = { 0 };
    snprintf(count, sizeof count, "%zu", batch->refused);
    fault_set(&first, "%s%s: %s", source, batch->refusals[0].place, batch->refusals[0].reason);
    log_write(pull->log, LOG_LEVEL_WARN, "source refused; nothing of it is recorded", "source",
              source, "refused", count, "first", first.text, NULL);
}

static int record_result(struct pull *pull, const struct source_settings *source,
                         const struct fetch_result *result)
{
    struct fault fault = { 0 };
    struct record_count count;
    struct batch batch;
    struct delivery delivery = { .source = source->name,
                                 .format = source->format,
                                 .bytes = result->bytes,
                                 .size = result->size,
                                 .interrupt = pull->interrupt };
    batch_init(&batch, &pull->collector->catalogue, clock_seconds(pull->clock));
    batch.wording = source->wording;
    int ended = record_delivery(pull->collector->ledger, &delivery, &batch, &count, &fault);
    if (ended == 0)
        log_recorded(pull, source->name, &count);
    else if (batch.refused > 0)
        log_refused(pull, source->name, &batch);
    else
        log_failed(pull, source->name, fault.text);
    batch_free(&batch);
    return ended;
}

static void finish(void *context, const struct fetch_result *result)
{
    struct pull *pull = context;
    struct fault fault = { 0 };
    size_t index = (size_t)(uintptr_t)result->owner;
    const struct source_settings *source = source_at(pull, index);
    struct source_state *state = &pull->states[index];
    if (result->error != NULL)
        log_failed(pull, source->name, result->error);
    state->up = result->error == NULL && record_result(pull, source, result) == 0;
    state->duration_ms = result->duration_ms;
    if (state->up)
        state->last_success_ms = clock_wall_ms(pull->clock);
    else
        pull->failures++;
    if (ledger_put_source(pull->collector->ledger, state, &fault) != 0)
        log_failed(pull, source->name, fault.text);
    schedule_done(&pull->schedule, index, clock_steady_ms(pull->clock));
}

void pull_start(struct pull *pull)
{
    long index;
    while ((index = schedule_take(&pull->schedule, clock_steady_ms(pull->clock))) >= 0) {
        const struct source_settings *source = source_at(pull, (size_t)index);
        struct fetch_request request = { source->url, source->timeout, source->body_size_limit,
                                         (void *)(uintptr_t)index };
        log_write(pull->log, LOG_LEVEL_DEBUG, "fetching", "source", source->name, "url",
                  source->url, NULL);
        fetcher_start(pull->fetcher, &request);
        pull->started++;
    }
}

static int recall_state(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    struct pull *pull = owner;
    for (size_t i = 0; i < pull->schedule.count; i++)
        if (strcmp(pull->states[i].source, state->source) == 0)
            pull->states[i].last_success_ms = state->last_success_ms;
    return 0;
}

struct pull *pull_open(const struct collector *collector, struct fault *fault)
{
    const struct settings *settings = collector->settings;
    size_t room = 0, count = settings->source_count;
    struct pull *pull = array_reserve(NULL, &room, 1, sizeof *pull);
    *pull = (struct pull){ .collector = collector,
                           .log = &collector->log,
                           .clock = collector->log.clock };
    room = 0;
    pull->states = array_reserve(NULL, &room, count + 1, sizeof *pull->states);
    schedule_init(&pull->schedule, count);
    for (size_t i = 0; i < count; i++) {
        const struct source_settings *source = &settings->sources[i];
        pull->states[i] = (struct source_state){ .source = source->name };
        schedule_set(&pull->schedule, i, source->every * 1000,
                     clock_steady_ms(pull->clock) + (int64_t)i * SPREAD_MS);
    }
    pull->fetcher = fetcher_open("almanac-collector/" ALMANAC_VERSION, pull->clock, fault);
    if (pull->fetcher != NULL &&
        ledger_each_source(collector->ledger, recall_state, pull, fault) == 0)
        return pull;
    pull_close(pull);
    return NULL;
}

void pull_close(struct pull *pull)
{
    if (pull == NULL)
        return;
    fetcher_close(pull->fetcher);
    schedule_free(&pull->schedule);
    free(pull->states);
    free(pull);
}

void pull_work(struct pull *pull, int64_t limit_ms, int wake_fd)
{
    int64_t wait = schedule_wait(&pull->schedule, clock_steady_ms(pull->clock), limit_ms);
    pull->interrupt = wake_fd;
    fetcher_work(pull->fetcher, (int)wait, wake_fd, finish, pull);
}

size_t pull_under_way(const struct pull *pull)
{
    return fetcher_under_way(pull->fetcher);
}

size_t pull_waiting(const struct pull *pull)
{
    return pull->started < pull->schedule.count ? pull->schedule.count - pull->started : 0;
}

size_t pull_failures(const struct pull *pull)
{
    return pull->failures;
}
