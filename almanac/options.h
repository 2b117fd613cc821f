/* SPDX-License-Identifier: MIT */
/* options.h - command-line flags from a table: parsing and --help */
#ifndef ALMANAC_OPTIONS_H
#define ALMANAC_OPTIONS_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>

enum option_kind {
    OPTION_FLAG,   /* target: bool */
    OPTION_WORD,   /* target: const char *, preset to the default */
    OPTION_LIST,   /* target: struct option_list, repeatable */
    OPTION_CHOICE, /* target: int, an index into choices; preset to the default */
};

struct option_list {
    const char *words[16];
    size_t count;
};

struct option_row {
    const char *name;  /* "web.listen-address", without the dashes */
    const char *value; /* the value's name in --help, "ADDRESS"; NULL for a flag */
    enum option_kind kind;
    void *target;
    const char *help;           /* one sentence */
    const char *const *choices; /* NULL-terminated */
};

enum { OPTIONS_MOST = 24 };

/* Zero-initialise. */
struct options {
    struct option_row rows[OPTIONS_MOST];
    bool given[OPTIONS_MOST];
    size_t count;
};

void options_add(struct options *options, const struct option_row *rows, size_t count);

/* Fills the targets from argv; options and operands may be mixed, "--" ends the options. Only a
 * list may be repeated, and no value may be empty. Moves the operands to argv[1] and on, and
 * returns their number, or -1 with a fault. */
int options_read(struct options *options, int argc, char **argv, struct fault *fault);

/* The same, but stops at the first operand, which is a command. Returns its index in argv, argc if
 * there is none, or -1 with a fault. */
int options_read_leading(struct options *options, int argc, char **argv, struct fault *fault);

/* Prints the table as the lines of a help text on standard output. */
void options_print(const struct option_row *rows, size_t count);

#endif
