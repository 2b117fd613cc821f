/* SPDX-License-Identifier: MIT */
/* main.c - almanac-exporter: serves the newest figures to Prometheus, and their graphs */
#include "../almanac/file.h"
#include "../almanac/options.h"
#include "../almanac/web.h"
#include "answers.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct arguments {
    const char *config_file, *storage, *log_level, *log_format;
    struct option_list listen;
    bool check, version, help;
};

struct exporter {
    const struct arguments *arguments;
    struct log log;
    struct settings *settings;
    char *ledger_path, *rrd_directory;
    sigset_t signals;
};

static int usage(const char *words, const char *detail)
{
    fprintf(stderr, "almanac-exporter: %s%s (see --help)\n", words, detail);
    return 2;
}

static void reload(struct exporter *exporter, struct follower *follower)
{
    struct fault fault = { 0 };
    struct settings *settings = settings_load(exporter->arguments->config_file, &fault);
    if (settings == NULL) {
        log_write(&exporter->log, LOG_LEVEL_ERROR, "configuration refused; the running one is kept",
                  "err", fault.text, NULL);
        return;
    }
    follower_reload(follower, settings);
    settings_free(settings);
    log_write(&exporter->log, LOG_LEVEL_INFO, "configuration loaded", "file",
              exporter->arguments->config_file, NULL);
}

/* Blocked before the first thread starts, so that they come in here and nowhere else. */
static void block_signals(struct exporter *exporter)
{
    sigemptyset(&exporter->signals);
    sigaddset(&exporter->signals, SIGHUP);
    sigaddset(&exporter->signals, SIGINT);
    sigaddset(&exporter->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &exporter->signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void wait_for_the_end(struct exporter *exporter, struct follower *follower)
{
    int number;
    while (sigwait(&exporter->signals, &number) == 0 && number == SIGHUP)
        reload(exporter, follower);
}

static int serve(struct exporter *exporter, struct fault *fault)
{
    struct answers answers = { .rrd_directory = exporter->rrd_directory,
                               .clock = &clock_system,
                               .started_ms = clock_wall_ms(&clock_system) };
    struct web_settings web_settings = { .listen = exporter->arguments->listen.words,
                                         .listen_count = exporter->arguments->listen.count,
                                         .routes = answers_routes,
                                         .route_count = answers_route_count,
                                         .context = &answers,
                                         .log = &exporter->log };
    block_signals(exporter);
    setenv("TZ", "UTC0", 1); /* librrd draws days in the process' zone; ours are UTC */
    answers.follower =
        follower_start(exporter->ledger_path, exporter->settings, &exporter->log, fault);
    struct web *web = answers.follower == NULL ? NULL : web_start(&web_settings, fault);
    if (web != NULL) {
        log_write(&exporter->log, LOG_LEVEL_INFO, "exporter started", "ledger",
                  exporter->ledger_path, NULL);
        wait_for_the_end(exporter, answers.follower);
        web_stop(web);
        log_write(&exporter->log, LOG_LEVEL_INFO, "exporter stopped", NULL);
    }
    follower_stop(answers.follower);
    return web == NULL ? -1 : 0;
}

static int run(struct exporter *exporter)
{
    const struct arguments *arguments = exporter->arguments;
    struct fault fault = { 0 };
    exporter->settings = settings_load(arguments->config_file, &fault);
    if (exporter->settings == NULL) {
        fprintf(stderr, "%s\n", fault.text);
        return 2;
    }
    if (arguments->check) {
        printf("%s: %zu figures, %zu sources\n", arguments->config_file,
               exporter->settings->figure_count, exporter->settings->source_count);
        return 0;
    }
    exporter->ledger_path = file_path(arguments->storage, "ledger.db");
    exporter->rrd_directory = file_path(arguments->storage, "rrd");
    if (serve(exporter, &fault) == 0)
        return 0;
    log_write(&exporter->log, LOG_LEVEL_ERROR, "cannot start", "err", fault.text, NULL);
    return 1;
}

static void print_help(const struct option_row *options, size_t count)
{
    printf("usage: almanac-exporter [FLAGS]\n\n"
           "Serves the newest figures of an Almanac ledger in Prometheus text format on /metrics,\n"
           "and graphs of their history on /graph/FIGURE.png?from=…&to=…&lang=en|zh.\n\nFlags:\n");
    options_print(options, count);
}

int main(int argc, char **argv)
{
    struct arguments arguments = { .config_file = "/etc/almanac/almanac.yaml",
                                   .storage = "/var/lib/almanac",
                                   .log_level = "info",
                                   .log_format = "logfmt" };
    const struct option_row options[] = {
        { "config.file", "FILE", OPTION_WORD, &arguments.config_file, "Configuration file." },
        { "config.check", NULL, OPTION_FLAG, &arguments.check,
          "Check the configuration and exit." },
        { "storage.path", "DIR", OPTION_WORD, &arguments.storage,
          "Where the collector keeps ledger.db and rrd/." },
        { "web.listen-address", "ADDRESS", OPTION_LIST, &arguments.listen,
          "Address to listen on, HOST:PORT; repeatable (127.0.0.1:10196)." },
        { "log.level", "LEVEL", OPTION_WORD, &arguments.log_level, "debug, info, warn or error." },
        { "log.format", "FORMAT", OPTION_WORD, &arguments.log_format, "logfmt or json." },
        { "version", NULL, OPTION_FLAG, &arguments.version, "Print the version and exit." },
        { "help", NULL, OPTION_FLAG, &arguments.help, "Print this help and exit." },
    };
    const size_t option_count = sizeof options / sizeof *options;
    struct fault fault = { 0 };
    int operands = options_read(options, option_count, argc, argv, &fault);
    if (operands != 0)
        return usage(operands < 0 ? fault.text : "unexpected argument ",
                     operands < 0 ? "" : argv[1]);
    if (arguments.help || arguments.version) {
        if (arguments.help)
            print_help(options, option_count);
        else
            printf("almanac-exporter %s (revision %s)\n", ALMANAC_VERSION, ALMANAC_REVISION);
        return 0;
    }
    if (arguments.listen.count == 0)
        arguments.listen.words[arguments.listen.count++] = "127.0.0.1:10196";
    int level = log_level_from(arguments.log_level), format = log_format_from(arguments.log_format);
    if (level < 0)
        return usage("--log.level must be debug, info, warn or error, not ", arguments.log_level);
    if (format < 0)
        return usage("--log.format must be logfmt or json, not ", arguments.log_format);
    struct exporter exporter = { .arguments = &arguments,
                                 .log = { STDERR_FILENO, (enum log_level)level,
                                          (enum log_format)format, &clock_system } };
    int status = run(&exporter);
    settings_free(exporter.settings);
    free(exporter.ledger_path);
    free(exporter.rrd_directory);
    return status;
}
