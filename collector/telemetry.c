/* SPDX-License-Identifier: MIT */
/* telemetry.c - the collector's own metrics */
#include "telemetry.h"

#include "../almanac/accept.h"
#include "../almanac/file.h"
#include "../almanac/gzip.h"
#include "../almanac/process.h"
#include "../almanac/vitals.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MEASURE_MS = 60000 }; /* between two measurements of the RRD files */

static const char *const outcomes[LEDGER_OUTCOMES] = {
    [LEDGER_RECORDED] = "recorded", [LEDGER_UNCHANGED] = "unchanged", [LEDGER_REVISED] = "revised"
};

enum { RECORDED, REFUSED, TURNED_AWAY, FAILED, ENDS };
static const char *const delivery_ends[ENDS] = { "recorded", "refused", "turned_away", "failed" };

struct telemetry {
    pthread_mutex_t mutex;
    const struct clock *clock;
    char *ledger_path, *wal_path, *rrd_path;
    struct process *process;
    struct reload *reload;
    uint64_t observations[LEDGER_OUTCOMES], refusals[REFUSAL_CAUSES];
    uint64_t deliveries[TELEMETRY_ORIGINS][ENDS];
    uint64_t fetches[TELEMETRY_FETCHES];
    size_t waiting;
    struct mirror_tally files;
    struct source_state *sources;
    size_t source_count;
    struct arena source_names;
    int64_t rrd_bytes, measured_ms; /* steady; 0: never */
};

struct telemetry *telemetry_open(const char *storage, struct reload *reload,
                                 const struct clock *clock)
{
    struct telemetry *telemetry = array_new(1, sizeof *telemetry);
    *telemetry = (struct telemetry){ .clock = clock,
                                     .ledger_path = file_path(storage, "ledger.db"),
                                     .wal_path = file_path(storage, "ledger.db-wal"),
                                     .rrd_path = file_path(storage, "rrd"),
                                     .process = process_open(clock),
                                     .reload = reload };
    pthread_mutex_init(&telemetry->mutex, NULL);
    return telemetry;
}

void telemetry_close(struct telemetry *telemetry)
{
    if (telemetry == NULL)
        return;
    pthread_mutex_destroy(&telemetry->mutex);
    process_close(telemetry->process);
    free(telemetry->ledger_path);
    free(telemetry->wal_path);
    free(telemetry->rrd_path);
    free(telemetry->sources);
    arena_free(&telemetry->source_names);
    free(telemetry);
}

static int end_of(const struct delivery *delivery)
{
    if (delivery->recorded)
        return RECORDED;
    if (delivery->turned_away)
        return TURNED_AWAY;
    return delivery->fault.text[0] != '\0' ? FAILED : REFUSED;
}

void telemetry_delivery(struct telemetry *telemetry, enum telemetry_origin origin,
                        const struct delivery *delivery)
{
    const struct batch *batch = &delivery->batch;
    pthread_mutex_lock(&telemetry->mutex);
    telemetry->deliveries[origin][end_of(delivery)]++;
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        telemetry->observations[i] += delivery->outcomes[i];
    for (size_t i = 0; i < batch->refused; i++)
        telemetry->refusals[batch->refusals[i].cause]++;
    pthread_mutex_unlock(&telemetry->mutex);
}

void telemetry_fetch(struct telemetry *telemetry, enum telemetry_fetch end)
{
    pthread_mutex_lock(&telemetry->mutex);
    telemetry->fetches[end]++;
    pthread_mutex_unlock(&telemetry->mutex);
}

void telemetry_put(struct telemetry *telemetry, size_t waiting, const struct mirror_tally *files)
{
    pthread_mutex_lock(&telemetry->mutex);
    telemetry->waiting = waiting;
    telemetry->files = *files;
    pthread_mutex_unlock(&telemetry->mutex);
}

void telemetry_put_sources(struct telemetry *telemetry, const struct source_state *states,
                           size_t count)
{
    pthread_mutex_lock(&telemetry->mutex);
    free(telemetry->sources);
    arena_clear(&telemetry->source_names);
    telemetry->sources = array_new(count, sizeof *states);
    telemetry->source_count = count;
    for (size_t i = 0; i < count; i++) {
        telemetry->sources[i] = states[i];
        telemetry->sources[i].source = arena_string(&telemetry->source_names, states[i].source);
    }
    pthread_mutex_unlock(&telemetry->mutex);
}

static int64_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : 0;
}

static int64_t size_below(const char *folder, bool folders)
{
    int64_t size = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = file_path(folder, entry->d_name);
        size += folders ? size_below(path, false) : size_of(path);
        free(path);
    }
    closedir(directory);
    return size;
}

/* Runs without the mutex, since there may be many files. */
static void measure(struct telemetry *telemetry)
{
    int64_t now = clock_steady_ms(telemetry->clock);
    pthread_mutex_lock(&telemetry->mutex);
    bool fresh = telemetry->measured_ms != 0 && now - telemetry->measured_ms < MEASURE_MS;
    if (!fresh)
        telemetry->measured_ms = now;
    pthread_mutex_unlock(&telemetry->mutex);
    if (fresh)
        return;
    int64_t size = size_below(telemetry->rrd_path, true);
    pthread_mutex_lock(&telemetry->mutex);
    telemetry->rrd_bytes = size;
    pthread_mutex_unlock(&telemetry->mutex);
}

/* The page being written, and which families the request wants. */
struct scrape {
    struct exposition out;
    struct choice choice;
};

static void put(struct scrape *scrape, const struct family *family, const struct label *labels,
                size_t label_count, uint64_t number)
{
    char value[24];
    snprintf(value, sizeof value, "%llu", (unsigned long long)number);
    if (choice_has_family(&scrape->choice, family->name))
        exposition_sample(&scrape->out, family, labels, label_count, value);
}

static void write_events(const struct telemetry *telemetry, struct scrape *scrape)
{
    static const struct family observations = {
        "almanac_collector_observations_total", FAMILY_COUNTER, NULL,
        "Observations that sources and pushes reported, by what became of them and why they were "
        "refused."
    };
    static const struct family deliveries = {
        "almanac_collector_deliveries_total", FAMILY_COUNTER, NULL,
        "Deliveries, by how they came in and what became of them."
    };
    static const struct family fetches = { "almanac_collector_fetches_total", FAMILY_COUNTER, NULL,
                                           "Fetches of sources, by how they ended." };
    static const char *const origins[] = { "pull", "push", "pushgateway" };
    static const char *const ends[] = { "read", "not_modified", "failed" };
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        put(scrape, &observations, &(struct label){ "outcome", outcomes[i] }, 1,
            telemetry->observations[i]);
    for (int i = 0; i < REFUSAL_CAUSES; i++) {
        const struct label labels[] = { { "outcome", "refused" }, { "reason", refusal_cause(i) } };
        put(scrape, &observations, labels, 2, telemetry->refusals[i]);
    }
    for (size_t i = 0; i < TELEMETRY_ORIGINS; i++)
        for (size_t j = 0; j < ENDS; j++) {
            const struct label labels[] = { { "origin", origins[i] },
                                            { "outcome", delivery_ends[j] } };
            put(scrape, &deliveries, labels, 2, telemetry->deliveries[i][j]);
        }
    for (size_t i = 0; i < TELEMETRY_FETCHES; i++)
        put(scrape, &fetches, &(struct label){ "outcome", ends[i] }, 1, telemetry->fetches[i]);
}

static void write_gauges(const struct telemetry *telemetry, struct scrape *scrape)
{
    const struct mirror_tally *files = &telemetry->files;
    const struct {
        struct family family;
        uint64_t number;
    } rows[] = {
        { { "almanac_collector_rrd_builds_total", FAMILY_COUNTER, NULL,
            "RRD files that were built." },
          files->built },
        { { "almanac_collector_rrd_build_failures_total", FAMILY_COUNTER, NULL,
            "RRD files that could not be built." },
          files->failed },
        { { "almanac_collector_rrd_files_behind", FAMILY_GAUGE, NULL,
            "RRD files that are still to be built." },
          files->behind + files->lacking },
        { { "almanac_collector_deliveries_waiting", FAMILY_GAUGE, NULL,
            "Deliveries that wait to be recorded." },
          telemetry->waiting },
        { { "almanac_collector_ledger_size_bytes", FAMILY_GAUGE, "bytes",
            "Size of the ledger, with its write-ahead log." },
          (uint64_t)(size_of(telemetry->ledger_path) + size_of(telemetry->wal_path)) },
        { { "almanac_collector_rrd_size_bytes", FAMILY_GAUGE, "bytes",
            "Size of all RRD files, measured once a minute at most." },
          (uint64_t)telemetry->rrd_bytes },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put(scrape, &rows[i].family, NULL, 0, rows[i].number);
}

static void write_page(struct telemetry *telemetry, struct scrape *scrape)
{
    struct exposition *out = &scrape->out;
    struct choice *choice = &scrape->choice;
    static const struct family build = {
        "almanac_collector_build_info", FAMILY_INFO, NULL,
        "A constant 1, labelled with what the collector was built from and with."
    };
    measure(telemetry);
    pthread_mutex_lock(&telemetry->mutex);
    vitals_write_build(out, choice, &build);
    write_events(telemetry, scrape);
    write_gauges(telemetry, scrape);
    vitals_write_sources(out, choice, telemetry->sources, telemetry->source_count);
    pthread_mutex_unlock(&telemetry->mutex);
    reload_write(telemetry->reload, out, choice, "almanac_collector_config_last_reload_successful",
                 "almanac_collector_config_last_reload_success_timestamp_seconds");
    process_write(telemetry->process, out, choice);
    exposition_end(out);
}

static bool is_met(const struct choice *choice, struct reply *reply)
{
    const struct request *request = choice->request;
    for (size_t i = 0; i < request->parameter_count; i++)
        if (!choice->met[i]) {
            reply_words(reply, 400, "parameter 'name[]': there is no family '%s'",
                        request->parameters[i].value);
            return false;
        }
    return true;
}

static void reply_page(struct reply *reply, const struct request *request,
                       enum exposition_format format, struct text *page)
{
    bool gzip = accept_coding(request_header(request, "Accept-Encoding")) == ACCEPT_GZIP;
    struct text coded = { 0 };
    if (gzip)
        gzip_whole(&coded, page->bytes, page->size);
    reply_text(reply, 200, exposition_types[format], gzip ? &coded : page);
    if (gzip)
        reply_header(reply, "Content-Encoding", "gzip");
    text_free(&coded);
}

void telemetry_answer(struct telemetry *telemetry, const struct request *request,
                      struct reply *reply)
{
    struct scrape scrape = { .out.format = exposition_choose(request_header(request, "Accept")),
                             .choice.request = request };
    write_page(telemetry, &scrape);
    if (is_met(&scrape.choice, reply))
        reply_page(reply, request, scrape.out.format, &scrape.out.page);
    reply_header(reply, "Vary", "Accept, Accept-Encoding");
    text_free(&scrape.out.page);
}
