/* SPDX-License-Identifier: MIT */
/* pull.c - fetches and reads the pull sources, each in its turn */
#include "pull.h"

#include "../almanac/source_url.h"
#include "../almanac/worker.h"
#include "bodies.h"
#include "fetch.h"
#include "intake.h"
#include "schedule.h"
#include "source.h"
#include "standing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    READERS = 4,
    UNDER_WAY = 32, /* sources being fetched, read or recorded, whose bodies are in memory */
    PRUNE_MS = 24 * 3600 * 1000,
};

/* The validators of the last recorded body; NULL: none. */
struct validators {
    char *etag, *last_modified;
};

struct pull {
    const struct collector *collector;
    struct settings *settings; /* borrowed, as the collector may have others before this closes */
    const struct log *log;
    const struct clock *clock;
    struct fetcher *fetcher;
    struct schedule *schedule;
    struct standing *standing;
    struct validators *validators; /* one of each source */
    struct worker *readers, *pruner;
    int64_t next_prune; /* steady milliseconds */
    size_t started, failures;
    size_t reading; /* fetched, not recorded yet */
    bool stopped;
    int stop; /* readable when stopping */
};

static const struct source_settings *source_at(const struct pull *pull, size_t index)
{
    return &pull->settings->sources[index];
}

static void log_recorded(const struct pull *pull, const struct delivery *delivery)
{
    char words[LEDGER_OUTCOMES][24];
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        snprintf(words[i], sizeof words[i], "%zu", delivery->outcomes[i]);
    log_write(pull->log, LOG_LEVEL_INFO, "source read", "source", delivery->source, "recorded",
              words[LEDGER_RECORDED], "unchanged", words[LEDGER_UNCHANGED], "revised",
              words[LEDGER_REVISED], NULL);
    delivery_log_doubts(delivery, pull->log);
}

static void log_failed(const struct pull *pull, const char *source, const char *words)
{
    log_write(pull->log, LOG_LEVEL_WARN, "source failed; nothing of it is recorded", "source",
              source, "err", words, NULL);
}

static void log_end(const struct pull *pull, const struct delivery *delivery)
{
    if (delivery->recorded)
        log_recorded(pull, delivery);
    else if (delivery->batch.refused > 0)
        delivery_log_refused(delivery, pull->log, LOG_LEVEL_WARN,
                             "source refused; nothing of it is recorded");
    else
        log_failed(pull, delivery->source, delivery->fault.text);
}

static void forget_validators(struct validators *validators)
{
    free(validators->etag);
    free(validators->last_modified);
    *validators = (struct validators){ 0 };
}

/* Ends a source's turn, successful or not. */
static void end_turn(struct pull *pull, size_t index, bool up)
{
    pull->failures += !up;
    standing_note(pull->standing, index, up);
    if (!up)
        forget_validators(&pull->validators[index]);
    schedule_done(pull->schedule, index);
}

/* Tries again within the turn, if there is time for that. */
static void try_again(struct pull *pull, size_t index)
{
    if (!schedule_retry(pull->schedule, index)) {
        end_turn(pull, index, false);
        return;
    }
    pull->failures++;
    standing_note(pull->standing, index, false);
}

static void prune(void *owner)
{
    const struct pull *pull = owner;
    bodies_prune(pull->collector->bodies_directory, &pull->settings->bodies,
                 clock_seconds(pull->clock));
}

/* Prunes on its own thread, since there may be many bodies; one waiting job is enough. */
static void prune_soon(struct pull *pull)
{
    pull->next_prune = clock_steady_ms(pull->clock) + PRUNE_MS;
    worker_take(pull->pruner, pull);
}

/* A body being read and recorded: from finish through read_fetched, on a reader's thread, and the
 * intake to end_fetched; or, once this is stopped, to drop_fetched. */
struct fetched {
    struct pull *pull;
    size_t index; /* the source's index */
    struct delivery *delivery;
    struct text bytes;
    struct body body;
};

static void end_body(struct fetched *fetched, bool keep)
{
    struct fault fault = { 0 };
    if (body_end(&fetched->body, keep, &fault))
        prune_soon(fetched->pull);
    if (fault.text[0] != '\0')
        log_write(fetched->pull->log, LOG_LEVEL_WARN, "body not stored yet; it is tried again",
                  "source", fetched->delivery->source, "err", fault.text, NULL);
}

/* What it sent is lost, so it must not say that nothing has changed since. */
static void ask_again(struct pull *pull, size_t index)
{
    forget_validators(&pull->validators[index]);
    try_again(pull, index);
}

static void end_fetched(struct delivery *delivery)
{
    struct fetched *fetched = delivery->owner;
    struct pull *pull = fetched->pull;
    end_body(fetched, delivery->recorded && delivery_is_news(delivery));
    if (delivery->recorded || !pull->stopped) { /* otherwise it was only interrupted */
        log_end(pull, delivery);
        telemetry_delivery(pull->collector->telemetry, TELEMETRY_PULL, delivery);
        if (delivery->unwritten)
            ask_again(pull, fetched->index);
        else
            end_turn(pull, fetched->index, delivery->recorded);
    }
    pull->reading--;
    delivery_free(delivery);
    free(fetched);
}

/* Before the record, so that the ledger names no missing body: where the draft is not moved to its
 * place after it, bodies_prune does that. */
static void keep_body(struct fetched *fetched)
{
    const struct pull *pull = fetched->pull;
    const struct bodies_limits *limits = &fetched->delivery->settings->bodies;
    struct delivery *delivery = fetched->delivery;
    if (limits->size > 0)
        delivery->unwritten = body_draft(&fetched->body, pull->collector->bodies_directory,
                                         &fetched->bytes, limits->size, &delivery->fault) != 0;
    else
        digest_sha256(fetched->bytes.bytes, fetched->bytes.size, fetched->body.sha256,
                      &delivery->fault);
    delivery->fetch.sha256 = fetched->body.sha256;
    delivery->fetch.size = (int64_t)fetched->bytes.size;
}

static void drop_fetched(void *job)
{
    struct fetched *fetched = job;
    end_body(fetched, false);
    text_free(&fetched->bytes);
    delivery_free(fetched->delivery);
    free(fetched);
}

/* Runs on a reader's thread, so that a large or slow body does not delay others. */
static void read_fetched(void *job)
{
    struct fetched *fetched = job;
    const struct pull *pull = fetched->pull;
    const struct reading reading = { .interrupt = pull->stop, .clock = pull->clock };
    source_read(source_at(pull, fetched->index), &fetched->bytes, &reading, fetched->delivery);
    if (delivery_is_good(fetched->delivery))
        keep_body(fetched);
    text_free(&fetched->bytes);
    if (!intake_put(pull->collector->intake, fetched->delivery))
        drop_fetched(fetched);
}

/* Keeps the validators; a failed turn forgets them. */
static void remember_validators(struct validators *validators, const struct fetch_result *result)
{
    forget_validators(validators);
    validators->etag = result->etag == NULL ? NULL : array_string(result->etag);
    validators->last_modified =
        result->last_modified == NULL ? NULL : array_string(result->last_modified);
}

static void send_fetched(struct pull *pull, size_t index, struct fetch_result *result)
{
    const struct source_settings *source = source_at(pull, index);
    struct fetched *fetched = array_new(1, sizeof *fetched);
    struct delivery *delivery =
        delivery_new(source->name, pull->settings, &source->form, clock_seconds(pull->clock));
    delivery->yields = true;
    delivery->done = end_fetched;
    delivery->owner = fetched;
    delivery->fetch.url = source_url_public(source->url, &delivery->batch.arena);
    delivery->fetch.status = result->status;
    remember_validators(&pull->validators[index], result);
    *fetched = (struct fetched){ pull, index, delivery, result->body, { "", NULL, NULL } };
    result->body = (struct text){ 0 };
    pull->reading++;
    worker_take(pull->readers, fetched); /* the queue has room for all sources */
}

static void fail(struct pull *pull, size_t index, const struct fetch_result *result)
{
    log_failed(pull, source_at(pull, index)->name, result->error);
    schedule_wait_as_told(pull->schedule, index, result->retry_after);
    if (result->may_pass)
        try_again(pull, index);
    else
        end_turn(pull, index, false);
}

static void finish(void *context, struct fetch_result *result)
{
    struct pull *pull = context;
    size_t index = (size_t)(uintptr_t)result->owner;
    standing_took(pull->standing, index, result->duration_ms);
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
        send_fetched(pull, index, result);
    }
}

static bool is_full(const struct pull *pull)
{
    return pull_under_way(pull) >= UNDER_WAY;
}

void pull_start(struct pull *pull)
{
    long index;
    schedule_look_at_calendars(pull->schedule);
    standing_write(pull->standing, false);
    if (clock_steady_ms(pull->clock) >= pull->next_prune)
        prune_soon(pull);
    while (!is_full(pull) && (index = schedule_take(pull->schedule)) >= 0) {
        const struct source_settings *source = source_at(pull, (size_t)index);
        const struct validators *validators = &pull->validators[index];
        struct fetch_request request = source_request(source, (void *)(uintptr_t)index);
        request.etag = validators->etag;
        request.last_modified = validators->last_modified;
        log_write(pull->log, LOG_LEVEL_DEBUG, "fetching", "source", source->name, NULL);
        fetcher_start(pull->fetcher, &request);
        pull->started++;
    }
}

struct pull *pull_open(const struct collector *collector, const struct pull *before, bool once,
                       struct fault *fault)
{
    struct settings *settings = collector->settings;
    struct standing *standing = standing_open(collector, fault);
    if (standing == NULL)
        return NULL;
    struct pull *pull = array_new(1, sizeof *pull);
    *pull = (struct pull){ .collector = collector,
                           .settings = settings,
                           .log = &collector->log,
                           .clock = collector->log.clock,
                           .standing = standing,
                           .stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) };
    pull->validators = array_new(settings->source_count, sizeof *pull->validators);
    pull->schedule = schedule_open(settings, pull->clock, once);
    if (before != NULL)
        schedule_go_on_waiting(pull->schedule, before->schedule);
    pull->fetcher = fetcher_open(pull->clock, finish, pull, fault);
    if (pull->fetcher != NULL)
        pull->readers =
            worker_start(read_fetched, drop_fetched, READERS, settings->source_count + 1, fault);
    if (pull->readers != NULL)
        pull->pruner = worker_start(prune, prune, 1, 1, fault);
    if (pull->pruner != NULL)
        return pull;
    pull_close(pull);
    return NULL;
}

void pull_stop(struct pull *pull)
{
    if (pull == NULL || pull->stopped)
        return;
    pull->stopped = true;
    eventfd_write(pull->stop, 1);
    fetcher_close(pull->fetcher);
    pull->fetcher = NULL;
    worker_stop(pull->readers);
    standing_write(pull->standing, true);
}

void pull_close(struct pull *pull)
{
    if (pull == NULL)
        return;
    pull_stop(pull);
    worker_stop(pull->pruner);
    worker_free(pull->readers);
    worker_free(pull->pruner);
    if (pull->stop >= 0)
        close(pull->stop);
    for (size_t i = 0; i < pull->settings->source_count; i++)
        forget_validators(&pull->validators[i]);
    schedule_close(pull->schedule);
    standing_close(pull->standing);
    free(pull->validators);
    free(pull);
}

void pull_work(struct pull *pull, int64_t limit_ms, int wake_fd)
{
    int64_t wait = is_full(pull) ? limit_ms : schedule_wait(pull->schedule, limit_ms);
    fetcher_work(pull->fetcher, (int)wait, wake_fd);
}

size_t pull_under_way(const struct pull *pull)
{
    return fetcher_under_way(pull->fetcher) + pull->reading;
}

size_t pull_waiting(const struct pull *pull)
{
    size_t count = pull->settings->source_count;
    return pull->started < count ? count - pull->started : 0;
}

size_t pull_failures(const struct pull *pull)
{
    return pull->failures;
}
