/* SPDX-License-Identifier: MIT */
/* program.c - the part of the command line that both programs have */
#include "program.h"

#include <assert.h>
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

int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv)
{
    int level = LOG_LEVEL_INFO, format = LOG_FORMAT_LOGFMT;
    bool version = false, help = false;
    struct option_row rows[PROGRAM_OPTIONS] = {
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
    const size_t shared = 7;
    struct fault fault = { 0 };
    assert(shared + own_count <= PROGRAM_OPTIONS);
    memcpy(rows + shared, own, own_count * sizeof *own);
    program->config_file = "/etc/almanac/almanac.yaml";
    program->storage = "/var/lib/almanac";
    int operands = options_read(rows, shared + own_count, argc, argv, &fault);
    if (operands < 0)
        return end(program, program_usage(program, "%s", fault.text));
    if (help) {
        program->describe();
        printf("\nFlags:\n");
        options_print(rows, shared + own_count);
    } else if (version) {
        printf("%s %s (revision %s)\n", program->name, ALMANAC_VERSION, ALMANAC_REVISION);
    }
    program->log = (struct log){ STDERR_FILENO, (enum log_level)level, (enum log_format)format,
                                 &clock_system };
    return help || version ? end(program, 0) : operands;
}
