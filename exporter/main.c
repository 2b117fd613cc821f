/* SPDX-License-Identifier: MIT */
/* main.c - almanac-exporter: serves the newest figures to Prometheus, and their graphs */
#include "../almanac/file.h"
#include "../almanac/program.h"
#include "../almanac/web_options.h"
#include "answers.h"
#include "export.h"
#include "scrape.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

struct exporter {
    struct program program;
    struct web_options web;
    bool figures_only;
    struct settings *settings;
    char *ledger_path, *rrd_directory;
    struct export_request export;
    sigset_t signals;
};

static int load(struct exporter *exporter, struct follower *follower, struct web *web,
                struct fault *fault)
{
    struct web_access *access = web_options_reread(&exporter->web, web, fault);
    if (access == NULL)
        return -1;
    struct settings *settings = settings_load(exporter->program.config_file, fault);
    if (settings == NULL) {
        web_access_release(access);
        return -1;
    }
    web_options_take(&exporter->web, web, access);
    follower_reload(follower, settings);
    settings_free(settings);
    return 0;
}

static void reload(struct exporter *exporter, struct follower *follower, struct web *web)
{
    struct fault fault = { 0 };
    reload_begin(exporter->web.reload);
    int failed = load(exporter, follower, web, &fault);
    if (failed)
        log_write(&exporter->program.log, LOG_LEVEL_ERROR,
                  "configuration refused; the running one is kept", "err", fault.text, NULL);
    else
        log_write(&exporter->program.log, LOG_LEVEL_INFO, "configuration loaded", "file",
                  exporter->program.config_file, NULL);
    reload_end(exporter->web.reload, failed ? &fault : NULL);
}

/* Blocks signals before the first thread starts, so that only this one receives them. */
static void block_signals(struct exporter *exporter)
{
    sigemptyset(&exporter->signals);
    sigaddset(&exporter->signals, SIGHUP);
    sigaddset(&exporter->signals, SIGINT);
    sigaddset(&exporter->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &exporter->signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* SIGHUP is delivered first, however late it came. */
static bool must_stop(void)
{
    const struct timespec at_once = { 0 };
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    return sigtimedwait(&ends, NULL, &at_once) > 0;
}

static void wait_for_the_end(struct exporter *exporter, struct follower *follower, struct web *web)
{
    int number;
    while (sigwait(&exporter->signals, &number) == 0 && number == SIGHUP && !must_stop())
        reload(exporter, follower, web);
}

static int serve(struct exporter *exporter, struct fault *fault)
{
    struct spools spools = { .clock = &clock_system,
                             .limit = SPOOL_BYTES,
                             .all_limit = SPOOL_ALL_BYTES };
    struct answers answers = { .ledger_path = exporter->ledger_path,
                               .spools = &spools,
                               .most_chosen = SCRAPE_CHOSEN_BYTES,
                               .rrd_directory = exporter->rrd_directory,
                               .metrics_path = exporter->web.telemetry_path,
                               .clock = &clock_system,
                               .reload = exporter->web.reload,
                               .process = process_open(&clock_system) };
    block_signals(exporter);
    setenv("TZ", "UTC0", 1); /* librrd draws days in the process' zone; ours are in UTC */
    answers.follower = follower_start(exporter->ledger_path, exporter->settings,
                                      exporter->figures_only, &exporter->program.log, fault);
    if (answers.follower != NULL)
        answers.remote_queue = remote_queue_start(exporter->ledger_path, answers.follower,
                                                  &clock_system, REMOTE_SENDING_BYTES, fault);
    struct web *web = NULL;
    if (answers.remote_queue != NULL)
        web = web_options_start(&exporter->web, &answers, fault);
    if (web != NULL) {
        log_write(&exporter->program.log, LOG_LEVEL_INFO, "exporter started", "ledger",
                  exporter->ledger_path, NULL);
        wait_for_the_end(exporter, answers.follower, web);
    }
    reload_stop(exporter->web.reload);
    remote_queue_stop(answers.remote_queue);
    if (web != NULL) {
        web_stop(web);
        log_write(&exporter->program.log, LOG_LEVEL_INFO, "exporter stopped", NULL);
    }
    remote_queue_free(answers.remote_queue);
    follower_stop(answers.follower);
    process_close(answers.process);
    return web == NULL ? -1 : 0;
}

static int write_export(struct exporter *exporter, int count)
{
    exporter->export.ledger_path = exporter->ledger_path;
    exporter->export.settings = exporter->settings;
    exporter->export.now = clock_seconds(&clock_system);
    return export_run(&exporter->export, exporter->program.operands, count);
}

static int run(struct exporter *exporter, int count)
{
    const struct program *program = &exporter->program;
    struct fault fault = { 0 };
    exporter->settings = settings_load(program->config_file, &fault);
    if (exporter->settings == NULL || web_options_check(&exporter->web, &fault) != 0) {
        fprintf(stderr, "%s\n", fault.text);
        return 2;
    }
    if (program->check) {
        program_checked(program, exporter->settings->catalogue.count,
                        exporter->settings->source_count);
        return 0;
    }
    exporter->ledger_path = file_path(program->storage, "ledger.db");
    exporter->rrd_directory = file_path(program->storage, "rrd");
    if (program->command != NULL)
        return write_export(exporter, count);
    if (serve(exporter, &fault) == 0)
        return 0;
    return program_fail(&program->log, &fault);
}

static void describe(void)
{
    printf("usage: almanac-exporter [FLAGS] [COMMAND]\n\n"
           "Serves an Almanac ledger:\n"
           "  /metrics           the newest figures, for Prometheus; parameters name[]=FAMILY and\n"
           "                     figure[]=FIGURE choose\n"
           "  /graph/FIGURE.png  their history; parameters from=PERIOD, to=PERIOD, asOf=PERIOD,\n"
           "                     lang=en|zh and label[]=NAME=VALUE\n"
           "  /api/v1/           all that was reported, as JSON\n"
           "  /api/v1/read       the history, for remote_read of a Prometheus\n"
           "Listens on 127.0.0.1:10196 if it is not told otherwise.\n");
}

int main(int argc, char **argv)
{
    struct exporter exporter = { 0 };
    struct option_row own[2 + WEB_OPTION_ROWS] = {
        { "metrics.figures-only", NULL, OPTION_FLAG, &exporter.figures_only,
          "Leave out what is said of each series besides its value: period, comparator and the "
          "like.",
          NULL },
        { "web.cors.origin", "REGEX", OPTION_WORD, &exporter.web.cors_origin,
          "Sites whose pages may read the answers, like https://(a|b)\\.example\\.org.", NULL },
    };
    const struct option_row exporting[] = {
        { "format", "FORMAT", OPTION_CHOICE, &exporter.export.format,
          "openmetrics, csv, excel-csv, sdmx-csv or json (default openmetrics).", export_formats },
        { "repeat", "DURATION", OPTION_WORD, &exporter.export.repeat,
          "In openmetrics, how often a value that stays is repeated (default 1d; 0: never).",
          NULL },
        { "as-of", "DATE", OPTION_WORD, &exporter.export.as_of,
          "What was known at the end of that day (default: what is known now).", NULL },
    };
    const struct command commands[] = {
        { "export", "[FIGURE...]", "Write the history in the ledger to standard output.", 0,
          exporting, sizeof exporting / sizeof *exporting },
    };
    exporter.program = (struct program){
        .name = "almanac-exporter", .describe = describe, .commands = commands, .command_count = 1
    };
    exporter.web.program = &exporter.program;
    exporter.web.default_address = "127.0.0.1:10196";
    exporter.web.routes = exporter_routes;
    exporter.web.route_count = exporter_route_count;
    web_options_rows(&exporter.web, own + 2);
    int count = program_read(&exporter.program, own, sizeof own / sizeof *own, argc, argv);
    if (count < 0)
        return program_end(exporter.program.status);
    int status = run(&exporter, count);
    web_options_free(&exporter.web);
    settings_free(exporter.settings);
    free(exporter.ledger_path);
    free(exporter.rrd_directory);
    return program_end(status);
}
