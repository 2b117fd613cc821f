/* SPDX-License-Identifier: MIT */
/* daemon.c - the collector at work: one loop, one clock, one schedule */
#include "answers.h"
#include "collector.h"
#include "pull.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
    LOOK_MS = 500,   /* between two checks for new observations in the ledger */
    CALM_MS = 60000, /* without a failure, before it is said that all is well again; and between
                        two lines about files that are lacking */
    BUILD_MS = 50,   /* for building RRD files, between checks for signals and transfers */
};

struct daemon {
    struct collector *collector;
    const struct log *log;
    struct mirror *mirror;
    struct pull *pull;
    int signals, wake;        /* wake: readable on a signal, or when the intake has deliveries */
    int64_t next_look;        /* steady milliseconds */
    struct fault fault;       /* of the last look */
    struct fault unrecorded;  /* what was last logged about the ledger, until it is well again */
    int64_t unrecorded_ms;    /* steady: when it last failed */
    struct mirror_tally told; /* what was last logged about the RRD files, */
    int64_t told_ms;          /* and when; steady */
    bool stop, once;
    bool failed;            /* it must exit with an error */
    struct answers answers; /* read by the web server's threads */
    struct web *web;        /* NULL with --once */
};

/* Of which figures the ledger has series is told once each; they come by figure. */
struct strangers {
    struct daemon *daemon;
    struct text last;
};

static int warn_of_stranger(void *owner, const struct series *series, struct fault *fault)
{
    struct strangers *strangers = owner;
    (void)fault;
    if (catalogue_find(&strangers->daemon->collector->catalogue, series->figure) != NULL ||
        (strangers->last.size > 0 && strcmp(strangers->last.bytes, series->figure) == 0))
        return 0;
    log_write(strangers->daemon->log, LOG_LEVEL_WARN,
              "the ledger has a figure that this configuration does not declare", "figure",
              series->figure, NULL);
    text_clear(&strangers->last);
    text_put(&strangers->last, series->figure);
    return 0;
}

/* Its series are neither served nor mirrored, which nobody would notice otherwise. */
static void warn_of_strangers(struct daemon *daemon)
{
    struct strangers strangers = { .daemon = daemon };
    struct fault fault = { 0 }; /* the mirror will tell */
    ledger_each_series(daemon->collector->ledger, 0, warn_of_stranger, &strangers, &fault);
    text_free(&strangers.last);
}

static void warn_of_reporters(const struct daemon *daemon)
{
    const struct collector *collector = daemon->collector;
    if (collector->settings->reporter_count > 0 &&
        web_options_access(collector->web)->config.user_count == 0)
        log_write(daemon->log, LOG_LEVEL_WARN,
                  "there are reporters but no passwords; nobody may report over HTTP", NULL);
}

/* Replaces the configuration, or neither of its files. */
static int load(struct daemon *daemon, struct fault *fault)
{
    struct collector *collector = daemon->collector;
    struct web_access *access = web_options_reread(collector->web, daemon->web, fault);
    if (access == NULL)
        return -1;
    if (collector_configure(collector, access, fault) != 0) {
        web_access_release(access);
        return -1;
    }
    web_options_take(collector->web, daemon->web, access);
    return 0;
}

/* A client is told of each failure; the log has one line for the same of thousands. */
static void record(struct daemon *daemon, int interrupt)
{
    const struct collector *collector = daemon->collector;
    int64_t now = clock_steady_ms(daemon->log->clock);
    struct recording recording = intake_record(collector->intake, collector->ledger, interrupt);
    bool failed = recording.fault.text[0] != '\0', told = daemon->unrecorded.text[0] != '\0';
    if (failed && strcmp(recording.fault.text, daemon->unrecorded.text) != 0) {
        log_write(daemon->log, LOG_LEVEL_ERROR, "reports cannot be recorded", "err",
                  recording.fault.text, NULL);
        daemon->unrecorded = recording.fault;
    } else if (told && recording.recorded > 0 && now - daemon->unrecorded_ms >= CALM_MS) {
        log_write(daemon->log, LOG_LEVEL_INFO, "reports are recorded again", NULL);
        daemon->unrecorded = (struct fault){ 0 };
    }
    if (failed)
        daemon->unrecorded_ms = now;
}

static void start_over(struct daemon *daemon)
{
    struct collector *collector = daemon->collector;
    struct fault fault = { 0 };
    intake_configure(collector->intake, collector->settings);
    mirror_drop(daemon->mirror);
    pull_stop(daemon->pull);
    record(daemon, -1);
    struct pull *stopped = daemon->pull;
    daemon->pull = pull_open(collector, stopped, daemon->once, &fault);
    pull_close(stopped);
    if (daemon->pull == NULL) {
        log_write(daemon->log, LOG_LEVEL_ERROR, "pull jobs not started", "err", fault.text, NULL);
        daemon->stop = daemon->failed = true;
    } else {
        log_write(daemon->log, LOG_LEVEL_INFO, "configuration loaded", "file",
                  collector->config_file, NULL);
        warn_of_strangers(daemon);
        warn_of_reporters(daemon);
    }
}

static void reload(struct daemon *daemon)
{
    struct reload *reload = daemon->collector->web->reload;
    struct settings *before = daemon->collector->settings;
    struct fault fault = { 0 };
    reload_begin(reload);
    if (load(daemon, &fault) != 0) {
        log_write(daemon->log, LOG_LEVEL_ERROR, "configuration refused; the running one is kept",
                  "err", fault.text, NULL);
        reload_end(reload, &fault);
        return;
    }
    start_over(daemon);
    settings_free(before);
    reload_end(reload, NULL);
}

/* SIGHUP is read first, however late it came; what is to stop does not reload. */
static void take_signals(struct daemon *daemon)
{
    struct signalfd_siginfo signals[3]; /* as many as there are kinds */
    ssize_t size = read(daemon->signals, signals, sizeof signals);
    bool asked = false;
    for (ssize_t i = 0; i < size / (ssize_t)sizeof *signals; i++)
        if (signals[i].ssi_signo == SIGHUP)
            asked = true;
        else
            daemon->stop = true;
    if (asked && !daemon->stop)
        reload(daemon);
}

/* Blocks these signals in all threads, except where they are waited for. */
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

static int add_wake(int wake, int fd)
{
    struct epoll_event event = { .events = EPOLLIN };
    return epoll_ctl(wake, EPOLL_CTL_ADD, fd, &event);
}

static int open_wake(struct daemon *daemon, struct fault *fault)
{
    daemon->wake = epoll_create1(EPOLL_CLOEXEC);
    if (daemon->wake >= 0 && add_wake(daemon->wake, daemon->signals) == 0 &&
        add_wake(daemon->wake, intake_fd(daemon->collector->intake)) == 0)
        return 0;
    return fault_set(fault, "cannot wait for signals and deliveries: %s", strerror(errno));
}

static void show(struct daemon *daemon)
{
    const struct collector *collector = daemon->collector;
    const struct mirror_tally files = mirror_tally(daemon->mirror);
    telemetry_put(collector->telemetry, intake_waiting(collector->intake), &files);
}

static void look(struct daemon *daemon)
{
    struct fault fault = { 0 };
    int64_t now = clock_steady_ms(daemon->log->clock);
    if (now < daemon->next_look)
        return;
    daemon->next_look = now + LOOK_MS;
    bool failed = mirror_look(daemon->mirror, &daemon->collector->catalogue, &fault) != 0;
    if (strcmp(fault.text, daemon->fault.text) != 0)
        log_write(daemon->log, failed ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO,
                  failed ? "RRD files cannot be kept level" : "RRD files are kept level again",
                  failed ? "err" : NULL, fault.text, NULL);
    daemon->fault = fault;
    atomic_store(&daemon->answers.ready, true);
}

/* That files are lacking is said of the first, and after a minute if they have become others. */
static bool is_news(const struct daemon *daemon, const struct mirror_tally *now, int64_t now_ms)
{
    const struct mirror_tally *told = &daemon->told;
    return now->lacking == 0 || told->lacking == 0 ||
           ((now->built != told->built || now->lacking != told->lacking) &&
            now_ms - daemon->told_ms >= CALM_MS);
}

static void tell_level(struct daemon *daemon)
{
    char built[24], lacking[24];
    const struct mirror_tally now = mirror_tally(daemon->mirror);
    int64_t now_ms = clock_steady_ms(daemon->log->clock);
    if (!is_news(daemon, &now, now_ms))
        return;
    snprintf(built, sizeof built, "%zu", now.built);
    snprintf(lacking, sizeof lacking, "%zu", now.lacking);
    if (now.lacking == 0)
        log_write(daemon->log, LOG_LEVEL_INFO, "RRD files level with the ledger", "built", built,
                  NULL);
    else
        log_write(daemon->log, LOG_LEVEL_WARN,
                  "some RRD files could not be built; they are tried again every minute", "built",
                  built, "lacking", lacking, NULL);
    daemon->told = now;
    daemon->told_ms = now_ms;
}

static void build(struct daemon *daemon)
{
    if (mirror_behind(daemon->mirror) == 0)
        return;
    mirror_work(daemon->mirror, BUILD_MS);
    if (mirror_behind(daemon->mirror) == 0)
        tell_level(daemon);
}

static void run(struct daemon *daemon)
{
    while (!daemon->stop) {
        pull_start(daemon->pull);
        look(daemon);
        build(daemon);
        show(daemon);
        pull_work(daemon->pull, mirror_behind(daemon->mirror) > 0 ? 0 : LOOK_MS, daemon->wake);
        record(daemon, daemon->signals);
        take_signals(daemon);
    }
}

static void run_once(struct daemon *daemon)
{
    while (!daemon->stop && pull_waiting(daemon->pull) + pull_under_way(daemon->pull) > 0) {
        pull_start(daemon->pull);
        pull_work(daemon->pull, LOOK_MS, daemon->wake);
        record(daemon, daemon->signals);
        take_signals(daemon);
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
    collector->intake = intake_open(fault);
    collector->telemetry =
        telemetry_open(collector->storage, collector->web->reload, daemon->log->clock);
    if (collector->intake == NULL || open_wake(daemon, fault) != 0)
        return -1;
    intake_configure(collector->intake, collector->settings);
    daemon->answers.telemetry = collector->telemetry;
    daemon->answers.intake = collector->intake;
    daemon->answers.log = daemon->log;
    daemon->pull = pull_open(collector, NULL, daemon->once, fault);
    return daemon->pull == NULL ? -1 : 0;
}

static void close_daemon(struct daemon *daemon)
{
    if (daemon->pull != NULL)
        pull_stop(daemon->pull);
    if (daemon->collector->intake != NULL)
        intake_stop(daemon->collector->intake);
    pull_close(daemon->pull);
    intake_close(daemon->collector->intake);
    telemetry_close(daemon->collector->telemetry);
    mirror_close(daemon->mirror);
    if (daemon->signals >= 0)
        close(daemon->signals);
    if (daemon->wake >= 0)
        close(daemon->wake);
}

static void log_start(const struct daemon *daemon)
{
    char sources[24];
    snprintf(sources, sizeof sources, "%zu", daemon->collector->settings->source_count);
    log_write(daemon->log, LOG_LEVEL_INFO, "collector started", "sources", sources, NULL);
}

static struct daemon daemon_of(struct collector *collector)
{
    return (
        struct daemon){ .collector = collector, .log = &collector->log, .signals = -1, .wake = -1 };
}

int command_daemon(struct collector *collector, char **operands, int count)
{
    (void)operands;
    (void)count;
    struct fault fault = { 0 };
    struct daemon daemon = daemon_of(collector);
    int status = 0;
    if (open_daemon(&daemon, &fault) == 0)
        daemon.web = web_options_start(collector->web, &daemon.answers, &fault);
    if (daemon.web != NULL) {
        log_start(&daemon);
        warn_of_strangers(&daemon);
        warn_of_reporters(&daemon);
        run(&daemon);
        log_write(daemon.log, LOG_LEVEL_INFO, "collector stopped", NULL);
        pull_stop(daemon.pull);
        intake_stop(collector->intake); /* answers waiting clients while they are still connected */
        reload_stop(collector->web->reload);
        web_stop(daemon.web);
        status = daemon.failed;
    } else {
        status = program_fail(daemon.log, &fault);
    }
    close_daemon(&daemon);
    return status;
}

int command_once(struct collector *collector, char **operands, int count)
{
    (void)operands;
    (void)count;
    struct fault fault = { 0 };
    struct daemon daemon = daemon_of(collector);
    daemon.once = true;
    int status = 0;
    if (open_daemon(&daemon, &fault) == 0) {
        run_once(&daemon);
        if (daemon.stop || collector_level(collector, daemon.mirror) != 0 ||
            pull_failures(daemon.pull) > 0)
            status = 1;
    } else {
        status = program_fail(daemon.log, &fault);
    }
    close_daemon(&daemon);
    return status;
}
