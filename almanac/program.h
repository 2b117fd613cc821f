/* SPDX-License-Identifier: MIT */
/* program.h - the command line common to both programs */
#ifndef ALMANAC_PROGRAM_H
#define ALMANAC_PROGRAM_H

#include "log.h"
#include "options.h"

/* A word after the flags that selects another task. */
struct command {
    const char *name, *operands, *help;
    int least;                     /* minimum number of operands */
    const struct option_row *rows; /* its own flags, which follow its name */
    size_t row_count;
};

struct program {
    const char *name;       /* "almanac-exporter" */
    void (*describe)(void); /* prints the first part of --help */
    const struct command *commands;
    size_t command_count;
    const struct command *command; /* the one given, or NULL */
    char **operands;
    const char *config_file; /* --config.file */
    const char *storage;     /* --storage.path */
    bool check;              /* --config.check */
    struct log log;          /* --log.level and --log.format, on standard error */
    int status;              /* exit status when program_read returns -1 */
};

/* Fills the members after command_count, and the targets of the program's and the command's rows.
 * Without a command it blocks SIGHUP, so that a reload that is asked for during the start waits.
 * Returns the number of operands, or -1 when the program should exit: after --help, --version or an
 * error. */
int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv);

/* Prints what a configuration that was only checked has. */
void program_checked(const struct program *program, size_t figures, size_t sources);

/* Returns the exit status: 1 in the place of 0, with words on standard error, if some of standard
 * output could not be written. */
int program_end(int status);

/* Logs why the program cannot start. Returns 1, its exit status. */
int program_fail(const struct log *log, const struct fault *fault);

#endif
