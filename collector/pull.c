/* SPDX-License-Identifier: MIT */
/* pull.c - the pull jobs: sources fetched in turn, read, and remembered as up or down */
#include "pull.h"

#include "../almanac/source_url.h"
#include "../almanac/worker.h"
#include "backoff.h"
#include "bodies.h"
#include "calendar.h"
#include "fetch.h"
#include "intake.h"
#include "schedule.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    SPREAD_MS = 20,         /* between the first turns of two sources, */
    SPREAD_MOST_MS = 10000, /* and of all of them at most */
    CALENDAR_MS = 24 * 3600 * 1000,
    CALENDAR_SLACK_MS = 2000,
    RETRY_AFTER_MOST = 24 * 3600, /* seconds that a server may ask to wait */
};

/* What is remembered of a source between its turns. */
struct memory {
    unsigned failures;          /* attempts of the turn under way that failed */
    char *etag, *last_modified; /* of what was recorded last; NULL: nothing */
    bool met;                   /* its first turn is over */
};

struct pull {
    const struct collector *collector;
    const struct log *log;
    const struct clock *clock;
    struct fetcher *fetcher;
    struct schedule schedule;
    struct source_state *states; /* one a source */
    struct memory *memories;     /* likewise */
    struct backoff backoff;
    bool once;
    struct worker *reader;
    size_t started, failures;
    size_t reading; /* fetched, and not recorded yet */
    bool stopped;
    int stop; /* readable once it is to stop */
};

static const struct source_settings *source_at(const struct pull *pull, size_t index)
{
    return &pull->collector->settings->sources[index];
}

static void log_recorded(const struct pull *pull, const struct delivery *delivery)
{
    char words[LEDGER_OUTCOMES][24];
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        snprintf(words[i], sizeof words[i], "%zu", delivery->outcomes[i]);
    log_write(pull->log, LOG_LEVEL_INFO, "source read", "source", delivery->source, "recorded",
              words[LEDGER_RECORDED], "unchanged", words[LEDGER_UNCHANGED], "revised",
              words[LEDGER_REVISED], NULL);
}

static void log_failed(const struct pull *pull, const char *source, const char *words)
{
    log_write(pull->log, LOG_LEVEL_WARN, "source failed; nothing of it is recorded", "source",
              source, "err", words, NULL);
}

static void log_refused(const struct pull *pull, const struct delivery *delivery)
{
    const struct batch *batch = &delivery->batch;
    char count[24];
    struct fault first = { 0 };
    snprintf(count, sizeof count, "%zu", batch->refused);
    fault_set(&first, "%s%s: %s", delivery->source, batch->refusals[0].place,
              batch->refusals[0].reason);
    log_write(pull->log, LOG_LEVEL_WARN, "source refused; nothing of it is recorded", "source",
              delivery->source, "refused", count, "first", first.text, NULL);
}

static void log_end(const struct pull *pull, const struct delivery *delivery)
{
    if (delivery->recorded)
        log_recorded(pull, delivery);
    else if (delivery->batch.refused > 0)
        log_refused(pull, delivery);
    else
        log_failed(pull, delivery->source, delivery->fault.text);
}

static bool has_calendar(const struct pull *pull, size_t index)
{
    return source_at(pull, index)->calendar.at >= 0;
}

/* The wall clock may be set while a turn is waited for. */
static void set_by_calendar(struct pull *pull, size_t index)
{
    int64_t now = clock_wall_ms(pull->clock);
    int64_t wait = calendar_next(&source_at(pull, index)->calendar, now / 1000) * 1000 - now;
    schedule_set(&pull->schedule, index, CALENDAR_MS, clock_steady_ms(pull->clock) + wait);
}

/* FNV-1a, so that a source keeps its place in the period. */
static uint64_t hash(const char *name)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (; *name != '\0'; name++)
        sum = (sum ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return sum;
}

/* All are read when the collector starts; from then on each has a place of its own in its period.
 */
static void end_first_turn(struct pull *pull, size_t index)
{
    const struct source_settings *source = source_at(pull, index);
    int64_t every = source->every * 1000, now = clock_steady_ms(pull->clock);
    int64_t half = (int64_t)(hash(source->name) % (uint64_t)(every / 2));
    schedule_set(&pull->schedule, index, every, now + every - half);
}

static void end_schedule(struct pull *pull, size_t index)
{
    struct memory *memory = &pull->memories[index];
    bool first = !memory->met;
    memory->met = true;
    memory->failures = 0;
    if (pull->once)
        schedule_set(&pull->schedule, index, 1, INT64_MAX);
    else if (has_calendar(pull, index))
        set_by_calendar(pull, index);
    else if (first)
        end_first_turn(pull, index);
    else
        schedule_done(&pull->schedule, index, clock_steady_ms(pull->clock));
}

static void forget_validators(struct memory *memory)
{
    free(memory->etag);
    free(memory->last_modified);
    memory->etag = memory->last_modified = NULL;
}

/* The turn of a source is over, well or not. */
static void end_turn(struct pull *pull, size_t index, bool up)
{
    struct fault fault = { 0 };
    struct source_state *state = &pull->states[index];
    state->up = up;
    if (up)
        state->last_success_ms = clock_wall_ms(pull->clock);
    else
        pull->failures++;
    if (ledger_put_source(pull->collector->ledger, state, &fault) != 0)
        log_failed(pull, state->source, fault.text);
    if (!up)
        forget_validators(&pull->memories[index]);
    telemetry_put_sources(pull->collector->telemetry, pull->states, pull->schedule.count);
    end_schedule(pull, index);
}

/* A body on its way to the ledger. */
struct errand {
    struct pull *pull;
    size_t index; /* of the source */
    struct delivery *delivery;
    struct text bytes;
    struct body body;
};

static void end_errand(struct delivery *delivery)
{
    struct errand *errand = delivery->owner;
    log_end(errand->pull, delivery);
    telemetry_delivery(errand->pull->collector->telemetry, TELEMETRY_PULL, delivery);
    body_end(&errand->body, delivery->recorded && delivery_is_news(delivery));
    end_turn(errand->pull, errand->index, delivery->recorded);
    errand->pull->reading--;
    delivery_free(delivery);
    free(errand);
}

/* Before it is recorded, so that the ledger names no body that is not there. */
static void keep_body(struct errand *errand)
{
    const struct pull *pull = errand->pull;
    const struct bodies_limits *limits = &errand->delivery->settings->bodies;
    struct delivery *delivery = errand->delivery;
    const char *folder = pull->collector->bodies_directory;
    if (limits->size > 0) {
        body_draft(&errand->body, folder, &errand->bytes, &delivery->fault);
        if (errand->body.draft != NULL)
            bodies_prune(folder, limits, clock_seconds(pull->clock));
    } else {
        digest_sha256(errand->bytes.size > 0 ? errand->bytes.bytes : "", errand->bytes.size,
                      errand->body.sha256, &delivery->fault);
    }
    delivery->fetch.sha256 = errand->body.sha256;
    delivery->fetch.size = (int64_t)errand->bytes.size;
}

/* On the reader's thread, so that a large or slow one holds up nobody else. */
static void read_errand(void *job)
{
    struct errand *errand = job;
    const struct pull *pull = errand->pull;
    source_read(source_at(pull, errand->index), &errand->bytes, pull->stop, pull->clock,
                errand->delivery);
    if (delivery_is_good(errand->delivery))
        keep_body(errand);
    text_free(&errand->bytes);
    intake_put(pull->collector->intake, errand->delivery);
}

static void drop_errand(void *job)
{
    struct errand *errand = job;
    text_free(&errand->bytes);
    delivery_free(errand->delivery);
    free(errand);
}

/* If the turn does not end well, they are forgotten. */
static void remember_validators(struct memory *memory, const struct fetch_result *result)
{
    forget_validators(memory);
    memory->etag = result->etag == NULL ? NULL : strdup(result->etag);
    memory->last_modified = result->last_modified == NULL ? NULL : strdup(result->last_modified);
}

static void send_errand(struct pull *pull, size_t index, struct fetch_result *result)
{
    const struct source_settings *source = source_at(pull, index);
    size_t room = 0;
    struct errand *errand = array_reserve(NULL, &room, 1, sizeof *errand);
    struct delivery *delivery = delivery_new(source->name, pull->collector->settings, &source->form,
                                             clock_seconds(pull->clock));
    delivery->yields = true;
    delivery->done = end_errand;
    delivery->owner = errand;
    delivery->fetch.url = source_url_public(source->url, &delivery->batch.arena);
    delivery->fetch.status = result->status;
    remember_validators(&pull->memories[index], result);
    *errand = (struct errand){ pull, index, delivery, result->body, { "", NULL, NULL } };
    result->body = (struct text){ 0 };
    pull->reading++;
    worker_take(pull->reader, errand); /* it has room for all sources */
}

/* When the source is asked again within its turn, in steady milliseconds; 0: not before the next.
 */
static int64_t next_attempt(struct pull *pull, size_t index, const struct fetch_result *result)
{
    int64_t now = clock_steady_ms(pull->clock);
    int64_t asked = result->retry_after < RETRY_AFTER_MOST ? result->retry_after : RETRY_AFTER_MOST;
    unsigned failures = ++pull->memories[index].failures;
    if (pull->once || !result->may_pass || failures >= BACKOFF_ATTEMPTS)
        return 0;
    int64_t then = now + backoff_delay(&pull->backoff, failures);
    if (now + asked * 1000 > then)
        then = now + asked * 1000;
    bool late = !has_calendar(pull, index) && asked == 0 &&
                then >= schedule_next(&pull->schedule, index, now);
    return late ? 0 : then;
}

static void fail(struct pull *pull, size_t index, const struct fetch_result *result)
{
    struct fault fault = { 0 };
    struct source_state *state = &pull->states[index];
    int64_t then = next_attempt(pull, index, result);
    log_failed(pull, state->source, result->error);
    if (then == 0) {
        end_turn(pull, index, false);
        return;
    }
    pull->failures++;
    state->up = false;
    if (ledger_put_source(pull->collector->ledger, state, &fault) != 0)
        log_failed(pull, state->source, fault.text);
    telemetry_put_sources(pull->collector->telemetry, pull->states, pull->schedule.count);
    schedule_again(&pull->schedule, index, then);
}

static void finish(void *context, struct fetch_result *result)
{
    struct pull *pull = context;
    size_t index = (size_t)(uintptr_t)result->owner;
    pull->states[index].duration_ms = result->duration_ms;
    telemetry_fetch(pull->collector->telemetry, result->error != NULL   ? FETCH_FAILED
                                                : result->status == 304 ? FETCH_NOT_MODIFIED
                                                                        : FETCH_READ);
    if (result->error != NULL) {
        fail(pull, index, result);
    } else if (result->status == 304) {
        log_write(pull->log, LOG_LEVEL_INFO, "source not modified", "source",
                  source_at(pull, index)->name, NULL);
        end_turn(pull, index, true);
    } else {
        send_errand(pull, index, result);
    }
}

/* Those that are waited for by the calendar keep to the wall clock, which may have been set. One
 * that is due in a moment is left alone: the two clocks do not agree to the millisecond. */
static void look_at_calendars(struct pull *pull)
{
    int64_t soon = clock_steady_ms(pull->clock) + CALENDAR_SLACK_MS;
    for (size_t i = 0; i < pull->schedule.count; i++)
        if (has_calendar(pull, i) && pull->memories[i].met &&
            schedule_is_waiting(&pull->schedule, i, soon))
            set_by_calendar(pull, i);
}

void pull_start(struct pull *pull)
{
    long index;
    look_at_calendars(pull);
    while ((index = schedule_take(&pull->schedule, clock_steady_ms(pull->clock))) >= 0) {
        const struct source_settings *source = source_at(pull, (size_t)index);
        const struct memory *memory = &pull->memories[index];
        struct fetch_request request = source_request(source, (void *)(uintptr_t)index);
        request.etag = memory->etag;
        request.last_modified = memory->last_modified;
        log_write(pull->log, LOG_LEVEL_DEBUG, "fetching", "source", source->name, NULL);
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

struct pull *pull_open(const struct collector *collector, bool once, struct fault *fault)
{
    const struct settings *settings = collector->settings;
    size_t room = 0, count = settings->source_count;
    struct pull *pull = array_reserve(NULL, &room, 1, sizeof *pull);
    *pull = (struct pull){ .collector = collector,
                           .once = once,
                           .log = &collector->log,
                           .clock = collector->log.clock,
                           .stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) };
    room = 0;
    pull->states = array_reserve(NULL, &room, count + 1, sizeof *pull->states);
    room = 0;
    pull->memories = array_reserve(NULL, &room, count + 1, sizeof *pull->memories);
    memset(pull->memories, 0, (count + 1) * sizeof *pull->memories);
    const int64_t spread =
        SPREAD_MS * (int64_t)count < SPREAD_MOST_MS ? SPREAD_MS * (int64_t)count : SPREAD_MOST_MS;
    pull->backoff.state = (uint64_t)clock_wall_ms(pull->clock);
    schedule_init(&pull->schedule, count);
    for (size_t i = 0; i < count; i++) {
        const struct source_settings *source = &settings->sources[i];
        pull->states[i] = (struct source_state){ .source = source->name };
        schedule_set(&pull->schedule, i, has_calendar(pull, i) ? CALENDAR_MS : source->every * 1000,
                     clock_steady_ms(pull->clock) + (int64_t)i * spread / (int64_t)count);
    }
    pull->fetcher = fetcher_open("almanac-collector/" ALMANAC_VERSION, pull->clock, fault);
    if (pull->fetcher != NULL)
        pull->reader = worker_start(read_errand, drop_errand, count + 1, fault);
    if (pull->reader != NULL &&
        ledger_each_source(collector->ledger, recall_state, pull, fault) == 0)
        return pull;
    pull_close(pull);
    return NULL;
}

void pull_stop(struct pull *pull)
{
    if (pull->stopped)
        return;
    pull->stopped = true;
    eventfd_write(pull->stop, 1);
    fetcher_close(pull->fetcher);
    pull->fetcher = NULL;
    worker_stop(pull->reader);
}

void pull_close(struct pull *pull)
{
    if (pull == NULL)
        return;
    pull_stop(pull);
    worker_free(pull->reader);
    if (pull->stop >= 0)
        close(pull->stop);
    for (size_t i = 0; i < pull->schedule.count; i++)
        forget_validators(&pull->memories[i]);
    schedule_free(&pull->schedule);
    free(pull->memories);
    free(pull->states);
    free(pull);
}

void pull_work(struct pull *pull, int64_t limit_ms, int wake_fd)
{
    int64_t wait = schedule_wait(&pull->schedule, clock_steady_ms(pull->clock), limit_ms);
    fetcher_work(pull->fetcher, (int)wait, wake_fd, finish, pull);
}

size_t pull_under_way(const struct pull *pull)
{
    return fetcher_under_way(pull->fetcher) + pull->reading;
}

size_t pull_waiting(const struct pull *pull)
{
    return pull->started < pull->schedule.count ? pull->schedule.count - pull->started : 0;
}

size_t pull_failures(const struct pull *pull)
{
    return pull->failures;
}
