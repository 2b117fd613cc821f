/* SPDX-License-Identifier: MIT */
/* program.c - the command line common to both programs */
#include "program.h"

#include "text.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int program_usage(const struct program *program, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: ", program->name);
    vfprintf(stderr, format, args);
    fputs(" (see --help)\n", stderr);
    va_end(args);
    return 2;
}

static int end(struct program *program, int status)
{
    program->status = status;
    return -1;
}

/* "import, rebuild or observations" */
static void list_commands(const struct program *program, struct text *list)
{
    for (size_t i = 0; i < program->command_count; i++)
        text_printf(list, "%s%s",
                    i == 0                            ? ""
                    : i + 1 == program->command_count ? " or "
                                                      : ", ",
                    program->commands[i].name);
}

static int find_command(struct program *program, const char *word, struct fault *fault)
{
    for (size_t i = 0; i < program->command_count; i++) {
        program->command = &program->commands[i];
        if (strcmp(program->command->name, word) == 0)
            return 0;
    }
    struct text known = { 0 };
    list_commands(program, &known);
    fault_set(fault, "unknown command '%s'; expected %s", word, known.bytes);
    text_free(&known);
    return -1;
}

/* The shared rows, with room for the program's after them. */
struct table {
    struct option_row rows[PROGRAM_OPTIONS];
    size_t shared;
};

static size_t add_rows(struct table *table, const struct option_row *rows, size_t count)
{
    assert(table->shared + count <= PROGRAM_OPTIONS);
    if (count > 0)
        memcpy(table->rows + table->shared, rows, count * sizeof *rows);
    return table->shared + count;
}

/* After the command's name, its own flags apply instead of the program's. */
static int read_command(struct program *program, struct table *table, int argc, char **argv,
                        struct fault *fault)
{
    if (find_command(program, argv[0], fault) != 0)
        return -1;
    size_t count = add_rows(table, program->command->rows, program->command->row_count);
    program->operands = argv + 1;
    return options_read(table->rows, count, argc, argv, fault);
}

static void print_help(const struct program *program, const struct table *table,
                       const struct option_row *own, size_t own_count)
{
    struct table all = *table;
    program->describe();
    printf("\nCommands:\n");
    for (size_t i = 0; i < program->command_count; i++)
        printf("  %s %s\n      %s\n", program->commands[i].name, program->commands[i].operands,
               program->commands[i].help);
    printf("\nFlags:\n");
    options_print(all.rows, add_rows(&all, own, own_count));
    for (size_t i = 0; i < program->command_count; i++) {
        const struct command *command = &program->commands[i];
        if (command->row_count > 0)
            printf("\nFlags of %s:\n", command->name);
        options_print(command->rows, command->row_count);
    }
}

static const char default_config[] = "/etc/almanac/almanac.yaml";

int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv)
{
    int level = LOG_LEVEL_INFO, format = LOG_FORMAT_LOGFMT, operands = 0;
    bool version = false, help = false;
    struct table table = {
        { { "config.file", "FILE", OPTION_WORD, &program->config_file,
            "Configuration file (default /etc/almanac/almanac.yaml).", NULL },
          { "config.check", NULL, OPTION_FLAG, &program->check, "Check the configuration and exit.",
            NULL },
          { "storage.path", "DIR", OPTION_WORD, &program->storage,
            "Where ledger.db and rrd/ lie (default /var/lib/almanac).", NULL },
          { "log.level", "LEVEL", OPTION_CHOICE, &level,
            "debug, info, warn or error (default info).", log_level_words },
          { "log.format", "FORMAT", OPTION_CHOICE, &format, "logfmt or json (default logfmt).",
            log_format_words },
          { "version", NULL, OPTION_FLAG, &version, "Print the version and exit.", NULL },
          { "help", NULL, OPTION_FLAG, &help, "Print this help and exit.", NULL } },
        7
    };
    struct fault fault = { 0 };
    program->config_file = default_config;
    program->storage = "/var/lib/almanac";
    int at = options_read_leading(table.rows, add_rows(&table, own, own_count), argc, argv, &fault);
    if (at > 0 && at < argc)
        operands = read_command(program, &table, argc - at, argv + at, &fault);
    if (at < 0 || operands < 0)
        return end(program, program_usage(program, "%s", fault.text));
    program->log = (struct log){ STDERR_FILENO, (enum log_level)level, (enum log_format)format,
                                 &clock_system };
    if (help)
        print_help(program, &table, own, own_count);
    else if (version)
        printf("%s %s (revision %s)\n", program->name, ALMANAC_VERSION, ALMANAC_REVISION);
    if (help || version)
        return end(program, 0);
    const struct command *command = program->command;
    if (command != NULL && operands < command->least)
        return end(program, program_usage(program, "'%s' lacks an operand; expected %s %s",
                                          command->name, command->name, command->operands));
    if (program->config_file == default_config && access(default_config, F_OK) != 0)
        return end(program,
                   program_usage(program, "%s: %s; expected it there, or --config.file=FILE",
                                 default_config, strerror(errno)));
    return operands;
}
