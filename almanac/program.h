/* SPDX-License-Identifier: MIT */
/* program.h - the part of the command line that both programs have */
#ifndef ALMANAC_PROGRAM_H
#define ALMANAC_PROGRAM_H

#include "log.h"
#include "options.h"

/* A word behind the flags that has the program do something else. */
struct command {
    const char *name, *operands, *help;
    int least;                     /* operands */
    const struct option_row *rows; /* flags of its own, which stand behind its name */
    size_t row_count;
};

struct program {
    const char *name;       /* "almanac-exporter" */
    void (*describe)(void); /* prints what --help says first */
    const struct command *commands;
    size_t command_count;
    const struct command *command; /* the one that is called, or NULL */
    char **operands;
    const char *config_file; /* --config.file */
    const char *storage;     /* --storage.path */
    bool check;              /* --config.check */
    struct log log;          /* --log.level and --log.format, on standard error */
    int status;              /* to exit with when program_read returns -1 */
};

enum { PROGRAM_OPTIONS = 24 }; /* rows at most, its own included */

/* Fills what stands behind commands and command_count, and the targets of the program's own rows
 * and of the command's. Returns the number of operands, or -1 when all is said: after --help,
 * --version or a complaint. */
int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv);

/* "NAME: words (see --help)" on standard error. Returns 2, the exit status of a wrong call. */
int program_usage(const struct program *program, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
