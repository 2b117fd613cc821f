/* SPDX-License-Identifier: MIT */
/* main.c - almanac-collector: records figures in the ledger and keeps their RRD files */
#include "answers.h"
#include "collector.h"
#include "jq.h"

#include <stdio.h>

static void describe(void)
{
    printf("usage: almanac-collector [FLAGS] [COMMAND]\n\n"
           "Records figures reported over time in an append-only ledger and keeps an RRD file for\n"
           "each series. Without a command it runs as a daemon and reads the sources of its\n"
           "configuration in turn, and listens on 127.0.0.1:10197 if it is not told otherwise.\n");
}

static int complain(const struct fault *fault, int status)
{
    fprintf(stderr, "%s\n", fault->text);
    return status;
}

/* The actions: the commands in order, then the two without a command. */
enum { IMPORT, REBUILD, OBSERVATIONS, TRY, COMMANDS, DAEMON = COMMANDS, ONCE, ACTIONS };

/* What an action needs. */
enum need { NO_LEDGER, LEDGER, LEDGER_OR_NEW };

static const struct {
    collector_command *run;
    enum ledger_door door;
    enum need need;
} actions[ACTIONS] = {
    [IMPORT] = { command_import, LEDGER_WRITER, LEDGER_OR_NEW },
    [REBUILD] = { command_rebuild, LEDGER_WRITER, LEDGER },
    [OBSERVATIONS] = { command_observations, LEDGER_READER, LEDGER },
    [TRY] = { command_try, LEDGER_READER, NO_LEDGER },
    [DAEMON] = { command_daemon, LEDGER_WRITER, LEDGER_OR_NEW },
    [ONCE] = { command_once, LEDGER_WRITER, LEDGER_OR_NEW },
};

/* Checks that are too slow for every load of the configuration. */
static int check_programs(const struct collector *collector, struct fault *fault)
{
    const struct settings *settings = collector->settings;
    for (size_t i = 0; i < settings->source_count; i++) {
        const struct source_settings *source = &settings->sources[i];
        if (source->form.jq == NULL || jq_check(source, collector->log.clock, fault) == 0)
            continue;
        fault_at(fault, "%s: source '%s': ", collector->config_file, source->name);
        return -1;
    }
    return 0;
}

/* A source says itself how a file is read. */
static int check_importing(const struct importing *importing, struct fault *fault)
{
    if (importing->name == NULL || (!importing->history && importing->format < 0))
        return 0;
    return fault_set(fault, "'--source' does not go with '--%s'; expected one of them",
                     importing->history ? "history" : "format");
}

/* Before the ledger is opened, which may make one. */
static bool find_source(struct collector *collector)
{
    struct importing *importing = &collector->importing;
    importing->source = collector_source(collector, importing->name);
    return importing->source != NULL;
}

static int run(struct collector *collector, const struct program *program, size_t action, int count)
{
    struct fault fault = { 0 };
    if (check_importing(&collector->importing, &fault) != 0 ||
        web_options_check(collector->web, &fault) != 0 ||
        collector_configure(collector, web_options_access(collector->web), &fault) != 0)
        return complain(&fault, 2);
    if (program->check) {
        if (check_programs(collector, &fault) != 0)
            return complain(&fault, 2);
        program_checked(program, collector->settings->catalogue.count,
                        collector->settings->source_count);
        return 0;
    }
    if (collector->importing.name != NULL && !find_source(collector))
        return 2;
    if (actions[action].need == LEDGER && collector_has_ledger(program->storage, &fault) != 0)
        return complain(&fault, 1);
    if (actions[action].need != NO_LEDGER &&
        collector_open(collector, program->storage, actions[action].door, &fault) != 0)
        return program->command != NULL ? complain(&fault, 1)
                                        : program_fail(&collector->log, &fault);
    return actions[action].run(collector, program->operands, count);
}

int main(int argc, char **argv)
{
    struct program program = { .name = "almanac-collector", .describe = describe };
    struct web_options web = { .program = &program,
                               .default_address = "127.0.0.1:10197",
                               .routes = collector_routes,
                               .route_count = collector_route_count };
    struct collector collector = { .web = &web, .importing = { .format = -1 } };
    bool once = false;
    struct option_row own[1 + WEB_OPTION_ROWS] = {
        { "once", NULL, OPTION_FLAG, &once, "Read each source once and exit.", NULL },
    };
    const struct option_row importing[] = {
        { "source", "NAME", OPTION_WORD, &collector.importing.name,
          "Read the files as that source is read, and record them as its own.", NULL },
        { "history", NULL, OPTION_FLAG, &collector.importing.history,
          "Take a file as a history, such as an export: its values in their order, with its "
          "sources and times.",
          NULL },
        { "format", "FORMAT", OPTION_CHOICE, &collector.importing.format,
          "csv, json or sdmx-csv (default: json of a file named .json, else csv).",
          import_formats },
    };
    const struct option_row asking[] = {
        { "as-of", "DATE", OPTION_WORD, &collector.asking.as_of,
          "What was known at the end of that day (default: what is known now).", NULL },
        { "history", NULL, OPTION_FLAG, &collector.asking.history,
          "Every vintage, not only those in force.", NULL },
        { "format", "FORMAT", OPTION_CHOICE, &collector.asking.format,
          "table, csv or json (default table).", observations_formats },
    };
    const struct command commands[COMMANDS] = {
        [IMPORT] = { "import", "FILE...",
                     "Record the observations of files, each whole or not at all.", 1, importing,
                     sizeof importing / sizeof *importing },
        [REBUILD] = { "rebuild", "[FIGURE...]", "Build the RRD files again from the ledger.", 0,
                      NULL, 0 },
        [OBSERVATIONS] = { "observations", "FIGURE [LABEL=VALUE...]",
                           "Print what the ledger knows of a figure.", 1, asking,
                           sizeof asking / sizeof *asking },
        [TRY] = { "try", "SOURCE [FILE]",
                  "Read a source, or a file as if it came from it; show it and record nothing.", 1,
                  NULL, 0 },
    };
    program.commands = commands;
    program.command_count = COMMANDS;
    web_options_rows(&web, own + 1);
    int count = program_read(&program, own, sizeof own / sizeof *own, argc, argv);
    if (count < 0)
        return program_end(program.status);
    size_t action = once ? ONCE : DAEMON;
    if (program.command != NULL)
        action = (size_t)(program.command - commands);
    collector.config_file = program.config_file;
    collector.log = program.log;
    int status = run(&collector, &program, action, count);
    web_options_free(&web);
    collector_close(&collector);
    return program_end(status);
}
