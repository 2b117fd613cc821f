/* SPDX-License-Identifier: MIT */
/* main.c - almanac-collector: records figures in the ledger and keeps their RRD files */
#include "../almanac/program.h"
#include "collector.h"

#include <stdio.h>
#include <string.h>

struct command {
    const char *name, *operands, *help;
    int least; /* operands */
    collector_command *run;
};

static const struct command commands[] = {
    { "import", "FILE...",
      "record the observations of CSV or .json files, each whole or not at all", 1,
      command_import },
    { "rebuild", "[FIGURE...]", "build the RRD files again from the ledger", 0, command_rebuild },
};

static void describe(void)
{
    printf("usage: almanac-collector [FLAGS] [COMMAND]\n\n"
           "Records figures reported over time in an append-only ledger and keeps an RRD file for\n"
           "each series. Without a command it runs as a daemon and reads the sources of its\n"
           "configuration in turn.\n\nCommands:\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  %-8s%-12s %s\n", commands[i].name, commands[i].operands, commands[i].help);
}

/* NULL after a complaint. */
static const struct command *find_command(const struct program *program, char **operands, int count)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct command *command = &commands[i];
        if (strcmp(operands[0], command->name) != 0)
            continue;
        if (count - 1 >= command->least)
            return command;
        program_usage(program, "'%s' lacks an operand; expected %s %s", command->name,
                      command->name, command->operands);
        return NULL;
    }
    program_usage(program, "unknown command '%s'; expected import or rebuild", operands[0]);
    return NULL;
}

static int complain(const struct fault *fault, int status)
{
    fprintf(stderr, "%s\n", fault->text);
    return status;
}

/* command NULL: the daemon, or one round of it. */
static int run(struct collector *collector, const struct program *program,
               const struct command *command, char **operands, int count)
{
    struct fault fault = { 0 };
    if (collector_configure(collector, &fault) != 0)
        return complain(&fault, 2);
    if (program->check) {
        printf("%s: %zu figures, %zu sources\n", collector->config_file,
               collector->settings->figure_count, collector->settings->source_count);
        return 0;
    }
    if (collector_open(collector, program->storage, &fault) != 0)
        return complain(&fault, 1);
    return command->run(collector, operands, count);
}

int main(int argc, char **argv)
{
    static const struct command daemon = { .run = command_daemon }, round = { .run = command_once };
    struct program program = { .name = "almanac-collector", .describe = describe };
    const char *listen = "127.0.0.1:10197";
    bool once = false;
    const struct option_row own[] = {
        { "once", NULL, OPTION_FLAG, &once, "Read each source once and exit.", NULL },
        { "web.listen-address", "ADDRESS", OPTION_WORD, &listen,
          "Where /-/healthy and /-/ready are answered (default 127.0.0.1:10197).", NULL },
    };
    int count = program_read(&program, own, sizeof own / sizeof *own, argc, argv);
    if (count < 0)
        return program.status;
    const struct command *command = once ? &round : &daemon;
    if (count > 0 && once)
        return program_usage(&program, "--once goes without a command");
    if (count > 0 && (command = find_command(&program, argv + 1, count)) == NULL)
        return 2;
    struct collector collector = { .config_file = program.config_file,
                                   .listen = listen,
                                   .log = program.log };
    int status = run(&collector, &program, command, argv + 2, count - 1);
    collector_close(&collector);
    return status;
}
