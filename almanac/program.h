/* SPDX-License-Identifier: MIT */
/* program.h - the part of the command line that both programs have */
#ifndef ALMANAC_PROGRAM_H
#define ALMANAC_PROGRAM_H

#include "log.h"
#include "options.h"

struct program {
    const char *name;        /* "almanac-exporter" */
    void (*describe)(void);  /* prints what --help says before the flags */
    const char *config_file; /* --config.file */
    const char *storage;     /* --storage.path */
    bool check;              /* --config.check */
    struct log log;          /* --log.level and --log.format, on standard error */
    int status;              /* to exit with when program_read returns -1 */
};

enum { PROGRAM_OPTIONS = 16 }; /* rows at most, its own included */

/* Fills the program, but for name and describe, and the targets of its own rows. Returns the
 * number of operands, which then stand at argv[1] and on; or -1 when all is said: after --help,
 * --version or a complaint. */
int program_read(struct program *program, const struct option_row *own, size_t own_count, int argc,
                 char **argv);

/* "NAME: words (see --help)" on standard error. Returns 2, the exit status of a wrong call. */
int program_usage(const struct program *program, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
