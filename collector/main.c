/* SPDX-License-Identifier: MIT */
/* main.c - almanac-collector: records figures in the ledger and keeps their RRD files */
#include "../almanac/options.h"
#include "collector.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct arguments {
    const char *config_file, *storage, *listen, *log_level, *log_format;
    bool check, once, version, help;
};

struct command {
    const char *name, *operands, *help;
    int least; /* operands */
    int (*run)(struct collector *collector, char **operands, int count);
};

static const struct command commands[] = {
    { "import", "FILE…",
      "record the observations of CSV (or .json) files, each whole or not at all", 1,
      command_import },
    { "rebuild", "[FIGURE…]", "build the RRD files again from the ledger", 0, command_rebuild },
};

static void print_help(const struct option_row *options, size_t count)
{
    printf("usage: almanac-collector [FLAGS] [COMMAND]\n\n"
           "Records figures reported over time in an append-only ledger and keeps an RRD file for\n"
           "each series. Without a command it runs as a daemon and reads the sources of its\n"
           "configuration in turn.\n\nCommands:\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  %s %-14s %s\n", commands[i].name, commands[i].operands, commands[i].help);
    printf("\nFlags:\n");
    options_print(options, count);
}

static int usage(const char *words, const char *detail)
{
    fprintf(stderr, "almanac-collector: %s%s (see --help)\n", words, detail);
    return 2;
}

static int run_command(struct collector *collector, const struct arguments *arguments,
                       char **operands, int count)
{
    if (count == 0)
        return arguments->once ? command_once(collector) : command_daemon(collector);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(operands[0], commands[i].name) == 0)
            return commands[i].run(collector, operands + 1, count - 1);
    return 2;
}

static int check_command(char **operands, int count)
{
    if (count == 0)
        return 0;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(operands[0], commands[i].name) == 0)
            return count - 1 >= commands[i].least ? 0 : usage("missing operand of ", operands[0]);
    return usage("unknown command ", operands[0]);
}

static int run(struct collector *collector, const struct arguments *arguments, char **operands,
               int count)
{
    struct fault fault = { 0 };
    if (collector_configure(collector, &fault) != 0) {
        fprintf(stderr, "%s\n", fault.text);
        return 2;
    }
    if (arguments->check) {
        printf("%s: %zu figures, %zu sources\n", collector->config_file,
               collector->settings->figure_count, collector->settings->source_count);
        return 0;
    }
    if (collector_open(collector, arguments->storage, &fault) == 0)
        return run_command(collector, arguments, operands, count);
    fprintf(stderr, "%s\n", fault.text);
    return 1;
}

int main(int argc, char **argv)
{
    struct arguments arguments = { .config_file = "/etc/almanac/almanac.yaml",
                                   .storage = "/var/lib/almanac",
                                   .listen = "127.0.0.1:10197",
                                   .log_level = "info",
                                   .log_format = "logfmt" };
    const struct option_row options[] = {
        { "config.file", "FILE", OPTION_WORD, &arguments.config_file, "Configuration file." },
        { "config.check", NULL, OPTION_FLAG, &arguments.check,
          "Check the configuration and exit." },
        { "storage.path", "DIR", OPTION_WORD, &arguments.storage, "Where ledger.db and rrd/ lie." },
        { "once", NULL, OPTION_FLAG, &arguments.once, "Read each source once and exit." },
        { "web.listen-address", "ADDRESS", OPTION_WORD, &arguments.listen,
          "Where /-/healthy and /-/ready are answered." },
        { "log.level", "LEVEL", OPTION_WORD, &arguments.log_level, "debug, info, warn or error." },
        { "log.format", "FORMAT", OPTION_WORD, &arguments.log_format, "logfmt or json." },
        { "version", NULL, OPTION_FLAG, &arguments.version, "Print the version and exit." },
        { "help", NULL, OPTION_FLAG, &arguments.help, "Print this help and exit." },
    };
    const size_t option_count = sizeof options / sizeof *options;
    struct fault fault = { 0 };
    int count = options_read(options, option_count, argc, argv, &fault);
    if (count < 0)
        return usage(fault.text, "");
    if (arguments.help || arguments.version) {
        if (arguments.help)
            print_help(options, option_count);
        else
            printf("almanac-collector %s (revision %s)\n", ALMANAC_VERSION, ALMANAC_REVISION);
        return 0;
    }
    int level = log_level_from(arguments.log_level), format = log_format_from(arguments.log_format);
    if (level < 0)
        return usage("--log.level must be debug, info, warn or error, not ", arguments.log_level);
    if (format < 0)
        return usage("--log.format must be logfmt or json, not ", arguments.log_format);
    if (check_command(argv + 1, count) != 0)
        return 2;
    struct collector collector = { .config_file = arguments.config_file,
                                   .listen = arguments.listen,
                                   .log = { STDERR_FILENO, (enum log_level)level,
                                            (enum log_format)format, &clock_system } };
    int status = run(&collector, &arguments, argv + 1, count);
    collector_close(&collector);
    return status;
}
