/* SPDX-License-Identifier: MIT */
/* program.c - the command line common to both programs */
#include "program.h"

#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SHARED = 7 }; /* flags of both programs */

/* Returns the exit status. */
__attribute__((format(printf, 2, 3))) static int complain(const struct program *program,
                                                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: ", program->name);
    vfprintf(stderr, format, args);
    fputs(" (see --help)\n", stderr);
    va_end(args);
    return 2;
}

void program_checked(const struct program *program, size_t figures, size_t sources)
{
    printf("%s: %zu figure%s, %zu source%s\n", program->config_file, figures,
           figures == 1 ? "" : "s", sources, sources == 1 ? "" : "s");
}

int program_end(int status)
{
    bool lost = ferror(stdout) != 0, failed = fflush(stdout) != 0;
    if (status != 0 || (!lost && !failed))
        return status;
    fprintf(stderr, "cannot write: %s\n", failed ? strerror(errno) : "some of the words are lost");
    return 1;
}

int program_fail(const struct log *log, const struct fault *fault)
{
    log_write(log, LOG_LEVEL_ERROR, "cannot start", "err", fault->text, NULL);
    return 1;
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

/* After the command's name, its own flags apply instead of the program's. */
static int read_command(struct program *program, struct options *options, int argc, char **argv,
                        struct fault *fault)
{
    if (find_command(program, argv[0], fault) != 0)
        return -1;
    for (size_t i = SHARED; i < options->count; i++)
        if (options->given[i])
            return fault_set(fault, "'--%s' goes without a command", options->rows[i].name);
    options->count = SHARED;
    options_add(options, program->command->rows, program->command->row_count);
    program->operands = argv + 1;
    return options_read(options, argc, argv, fault);
}

static void print_help(const struct program *program, const struct option_row *shared,
                       const struct option_row *own, size_t own_count)
{
    struct options all = { 0 };
    options_add(&all, shared, SHARED);
    options_add(&all, own, own_count);
    program->describe();
    printf("\nCommands:\n");
    for (size_t i = 0; i < program->command_count; i++)
        printf("  %s %s\n      %s\n", program->commands[i].name, program->commands[i].operands,
               program->commands[i].help);
    printf("\nFlags:\n");
    options_print(all.rows, all.count);
    for (size_t i = 0; i < program->command_count; i++) {
        const struct command *command = &program->commands[i];
        if (command->row_count > 0)
            printf("\nFlags of %s:\n", command->name);
        options_print(command->rows, command->row_count);
    }
}

static const char default_config[] = "/etc/almanac/almanac.yaml";

/* Threads that are started later inherit this. */
static void hold_reloads(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Returns the number of operands, or -1 when the program should exit. */
static int begin(struct program *program, int operands)
{
    const struct command *command = program->command;
    if (command == NULL)
        hold_reloads();
    signal(SIGXFSZ, SIG_IGN); /* beyond RLIMIT_FSIZE a write fails like on a full disk */
    signal(SIGCHLD, SIG_DFL); /* if its starter ignored it, no child's end would be told */
    if (command != NULL && operands < command->least)
        return end(program, complain(program, "'%s' lacks an operand; expected %s %s",
                                     command->name, command->name, command->operands));
    if (program->config_file == default_config && access(default_config, F_OK) != 0)
        return end(program, complain(program, "%s: %s; expected it there, or --config.file=FILE",
                                     default_config, strerror(errno)));
    return operands;
}

int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv)
{
    int level = LOG_LEVEL_INFO, format = LOG_FORMAT_LOGFMT, operands = 0;
    bool version = false, help = false;
    const struct option_row shared[SHARED] = {
        { "config.file", "FILE", OPTION_WORD, &program->config_file,
          "Configuration file (default /etc/almanac/almanac.yaml).", NULL },
        { "config.check", NULL, OPTION_FLAG, &program->check, "Check the configuration and exit.",
          NULL },
        { "storage.path", "DIR", OPTION_WORD, &program->storage,
          "Where ledger.db and rrd/ lie (default /var/lib/almanac).", NULL },
        { "log.level", "LEVEL", OPTION_CHOICE, &level, "debug, info, warn or error (default info).",
          log_level_words },
        { "log.format", "FORMAT", OPTION_CHOICE, &format, "logfmt or json (default logfmt).",
          log_format_words },
        { "version", NULL, OPTION_FLAG, &version, "Print the version and exit.", NULL },
        { "help", NULL, OPTION_FLAG, &help, "Print this help and exit.", NULL },
    };
    struct options options = { 0 };
    struct fault fault = { 0 };
    program->config_file = default_config;
    program->storage = "/var/lib/almanac";
    options_add(&options, shared, SHARED);
    options_add(&options, own, own_count);
    int at = options_read_leading(&options, argc, argv, &fault);
    if (at > 0 && at < argc)
        operands = read_command(program, &options, argc - at, argv + at, &fault);
    if (at < 0 || operands < 0)
        return end(program, complain(program, "%s", fault.text));
    program->log = (struct log){ STDERR_FILENO, (enum log_level)level, (enum log_format)format,
                                 &clock_system };
    if (help)
        print_help(program, shared, own, own_count);
    else if (version)
        printf("%s %s (revision %s)\n", program->name, ALMANAC_VERSION, ALMANAC_REVISION);
    return help || version ? end(program, 0) : begin(program, operands);
}
