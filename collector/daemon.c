/* SPDX-License-Identifier: MIT */
/* daemon.c - the collector at work: one loop, one clock, one schedule */
#include "../almanac/web.h"
#include "collector.h"
#include "fetch.h"
#include "record.h"
#include "schedule.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
    LOOK_MS = 500,  /* between two looks at what others have recorded */
    BUILD_MS = 50,  /* for RRD files, before signals and transfers are looked after */
    SPREAD_MS = 20, /* between the first fetches of two sources */
};

struct daemon {
    struct collector *collector;
    const struct log *log;
    const struct clock *clock;
    struct mirror *mirror;
    struct fetcher *fetcher;
    struct schedule schedule;
    struct source_state *states; /* one a source */
    int signals;
    bool once, stop;
    size_t failures;
    atomic_bool ready; /* read by the web server's threads */
};

static const struct source_settings *source_at(const struct daemon *daemon, size_t index)
{
    return &daemon->collector->settings->sources[index];
}

static void log_number(const struct log *log, const char *message, const char *key, size_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    log_write(log, LOG_LEVEL_INFO, message, key, digits, NULL);
}

static void log_recorded(const struct daemon *daemon, const char *source,
                         const struct record_count *count)
{
    char words[LEDGER_OUTCOMES][24];
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        snprintf(words[i], sizeof words[i], "%zu", count->outcomes[i]);
    log_write(daemon->log, LOG_LEVEL_INFO, "source read", "source", source, "recorded",
              words[LEDGER_RECORDED], "unchanged", words[LEDGER_UNCHANGED], "revised",
              words[LEDGER_REVISED], NULL);
}

static void log_failed(const struct daemon *daemon, const char *source, const char *words)
{
    log_write(daemon->log, LOG_LEVEL_WARN, "source failed; nothing of it is recorded", "source",
              source, "err", words, NULL);
}

static void log_refused(const struct daemon *daemon, const char *source, const struct batch *batch)
{
    struct text words = { 0 };
    text_printf(&words, "%s%s: %s", source, batch->refusals[0].place, batch->refusals[0].reason);
    if (batch->refused > 1)
        text_printf(&words, " (and %zu more refusals)", batch->refused - 1);
    log_failed(daemon, source, text_failed(&words) ? "refused" : words.bytes);
    text_free(&words);
}

static int record_result(struct daemon *daemon, const struct source_settings *source,
                         const struct fetch_result *result)
{
    struct fault fault = { 0 };
    struct record_count count;
    struct batch batch;
    struct delivery delivery = { source->name, source->format, result->bytes, result->size };
    batch_init(&batch, &daemon->collector->catalogue, clock_seconds(daemon->clock));
    int ended = record_delivery(daemon->collector->ledger, &delivery, &batch, &count, &fault);
    if (ended == 0)
        log_recorded(daemon, source->name, &count);
    else if (batch.refused > 0)
        log_refused(daemon, source->name, &batch);
    else
        log_failed(daemon, source->name, fault.text);
    batch_free(&batch);
    return ended;
}

static void finish(void *context, const struct fetch_result *result)
{
    struct daemon *daemon = context;
    struct fault fault = { 0 };
    size_t index = (size_t)(uintptr_t)result->owner;
    const struct source_settings *source = source_at(daemon, index);
    struct source_state *state = &daemon->states[index];
    if (result->error != NULL)
        log_failed(daemon, source->name, result->error);
    state->up = result->error == NULL && record_result(daemon, source, result) == 0;
    state->duration_ms = result->duration_ms;
    if (state->up)
        state->last_success_ms = clock_wall_ms(daemon->clock);
    else
        daemon->failures++;
    if (ledger_put_source(daemon->collector->ledger, state, &fault) != 0)
        log_failed(daemon, source->name, fault.text);
    schedule_done(&daemon->schedule, index, clock_steady_ms(daemon->clock));
}

static void start_due(struct daemon *daemon)
{
    long index;
    while ((index = schedule_take(&daemon->schedule, clock_steady_ms(daemon->clock))) >= 0) {
        const struct source_settings *source = source_at(daemon, (size_t)index);
        struct fetch_request request = { source->url, source->timeout, source->body_size_limit,
                                         (void *)(uintptr_t)index };
        log_write(daemon->log, LOG_LEVEL_DEBUG, "fetching", "source", source->name, "url",
                  source->url, NULL);
        fetcher_start(daemon->fetcher, &request);
    }
}

static int recall_state(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    struct daemon *daemon = owner;
    for (size_t i = 0; i < daemon->schedule.count; i++)
        if (strcmp(daemon->states[i].source, state->source) == 0)
            daemon->states[i].last_success_ms = state->last_success_ms;
    return 0;
}

/* Everything that hangs on the settings. Transfers under way are dropped, to be begun anew. */
static int take_settings(struct daemon *daemon, struct fault *fault)
{
    const struct settings *settings = daemon->collector->settings;
    size_t room = 0, count = settings->source_count;
    fetcher_close(daemon->fetcher);
    schedule_free(&daemon->schedule);
    free(daemon->states);
    daemon->states = array_reserve(NULL, &room, count + 1, sizeof *daemon->states);
    schedule_init(&daemon->schedule, count);
    for (size_t i = 0; i < count; i++) {
        const struct source_settings *source = &settings->sources[i];
        daemon->states[i] = (struct source_state){ .source = source->name };
        schedule_set(&daemon->schedule, i, source->every * 1000,
                     clock_steady_ms(daemon->clock) + (int64_t)i * SPREAD_MS);
    }
    daemon->fetcher = fetcher_open("almanac-collector/" ALMANAC_VERSION, daemon->clock, fault);
    if (daemon->fetcher == NULL)
        return -1;
    return ledger_each_source(daemon->collector->ledger, recall_state, daemon, fault);
}

static void reload(struct daemon *daemon)
{
    struct collector *collector = daemon->collector;
    struct fault fault = { 0 };
    struct settings *before = collector->settings;
    if (collector_configure(collector, &fault) != 0) {
        collector->settings = before;
        log_write(daemon->log, LOG_LEVEL_ERROR, "configuration refused; the running one is kept",
                  "err", fault.text, NULL);
        return;
    }
    mirror_drop(daemon->mirror);
    if (take_settings(daemon, &fault) != 0) {
        log_write(daemon->log, LOG_LEVEL_ERROR, "configuration not taken", "err", fault.text, NULL);
        daemon->stop = true;
    } else {
        log_write(daemon->log, LOG_LEVEL_INFO, "configuration loaded", "file",
                  collector->config_file, NULL);
    }
    settings_free(before);
}

static void take_signals(struct daemon *daemon)
{
    struct signalfd_siginfo signal;
    while (read(daemon->signals, &signal, sizeof signal) == (ssize_t)sizeof signal)
        if (signal.ssi_signo == SIGHUP)
            reload(daemon);
        else
            daemon->stop = true;
}

/* From here on these signals come in only where they are waited for, in every thread. */
static int open_signals(struct fault *fault)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0)
        return fault_set(fault, "cannot block signals");
    int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    return fd >= 0 ? fd : fault_set(fault, "cannot wait for signals: %s", strerror(errno));
}

static void look(struct daemon *daemon)
{
    struct fault fault = { 0 };
    if (mirror_look(daemon->mirror, &daemon->collector->catalogue, &fault) != 0)
        log_write(daemon->log, LOG_LEVEL_ERROR, "ledger not read", "err", fault.text, NULL);
    atomic_store(&daemon->ready, true);
}

static void build(struct daemon *daemon)
{
    if (mirror_behind(daemon->mirror) == 0)
        return;
    mirror_work(daemon->mirror, BUILD_MS);
    if (mirror_behind(daemon->mirror) == 0)
        log_number(daemon->log, "RRD files level with the ledger", "built",
                   mirror_built(daemon->mirror));
}

static bool has_ended(const struct daemon *daemon)
{
    return daemon->stop || (daemon->once && fetcher_under_way(daemon->fetcher) == 0);
}

static void run(struct daemon *daemon)
{
    int64_t next_look = 0;
    start_due(daemon);
    while (!has_ended(daemon)) {
        int64_t now = clock_steady_ms(daemon->clock);
        if (!daemon->once && now >= next_look) {
            look(daemon);
            next_look = now + LOOK_MS;
        }
        build(daemon);
        int64_t wait = mirror_behind(daemon->mirror) > 0
                           ? 0
                           : schedule_wait(&daemon->schedule, clock_steady_ms(daemon->clock),
                                           next_look > now ? next_look - now : LOOK_MS);
        fetcher_work(daemon->fetcher, (int)wait, daemon->signals, finish, daemon);
        take_signals(daemon);
        if (!daemon->stop && !daemon->once)
            start_due(daemon);
    }
}

static int open_daemon(struct daemon *daemon, struct fault *fault)
{
    struct collector *collector = daemon->collector;
    daemon->signals = open_signals(fault);
    if (daemon->signals < 0)
        return -1;
    daemon->mirror =
        mirror_open(collector->rrd_directory, collector->ledger, &collector->log, fault);
    if (daemon->mirror == NULL)
        return fault_set(fault, "%s: another almanac-collector is running on this storage",
                         collector->rrd_directory);
    return take_settings(daemon, fault);
}

static void close_daemon(struct daemon *daemon)
{
    fetcher_close(daemon->fetcher);
    mirror_close(daemon->mirror);
    schedule_free(&daemon->schedule);
    free(daemon->states);
    if (daemon->signals >= 0)
        close(daemon->signals);
}

static int complain(const struct daemon *daemon, const struct fault *fault)
{
    log_write(daemon->log, LOG_LEVEL_ERROR, "cannot start", "err", fault->text, NULL);
    return 1;
}

static struct daemon daemon_of(struct collector *collector, bool once)
{
    return (struct daemon){ .collector = collector,
                            .log = &collector->log,
                            .clock = collector->log.clock,
                            .signals = -1,
                            .once = once };
}

static void answer_healthy(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    (void)request;
    reply_words(reply, 200, "Almanac collector is healthy.");
}

static void answer_ready(void *context, const struct request *request, struct reply *reply)
{
    (void)request;
    struct daemon *daemon = context;
    if (atomic_load(&daemon->ready))
        reply_words(reply, 200, "Almanac collector is ready.");
    else
        reply_words(reply, 503, "Almanac collector has not read its ledger yet.");
}

static const struct route routes[] = {
    { "/-/healthy", NULL, false, answer_healthy },
    { "/-/ready", NULL, false, answer_ready },
};

int command_daemon(struct collector *collector)
{
    struct fault fault = { 0 };
    struct daemon daemon = daemon_of(collector, false);
    struct web_settings web_settings = {
        &collector->listen, 1, routes, sizeof routes / sizeof *routes, &daemon, daemon.log
    };
    struct web *web = NULL;
    int status = 0;
    if (open_daemon(&daemon, &fault) == 0)
        web = web_start(&web_settings, &fault);
    if (web != NULL) {
        log_number(daemon.log, "collector started", "sources", collector->settings->source_count);
        run(&daemon);
        log_write(daemon.log, LOG_LEVEL_INFO, "collector stopped", NULL);
        web_stop(web);
    } else {
        status = complain(&daemon, &fault);
    }
    close_daemon(&daemon);
    return status;
}

int command_once(struct collector *collector)
{
    struct fault fault = { 0 };
    struct daemon daemon = daemon_of(collector, true);
    int status = 0;
    if (open_daemon(&daemon, &fault) == 0) {
        run(&daemon);
        if (daemon.stop || collector_level(collector, daemon.mirror) != 0 || daemon.failures > 0)
            status = 1;
    } else {
        status = complain(&daemon, &fault);
    }
    close_daemon(&daemon);
    return status;
}
