/* SPDX-License-Identifier: MIT */
/* child.h - runs another program on some bytes, within limits */
#ifndef COLLECTOR_CHILD_H
#define COLLECTOR_CHILD_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"
#include "../almanac/text.h"

struct child {
    const char *const *argv; /* looked up in PATH; NULL-terminated */
    const char *input;
    size_t input_size;
    int64_t seconds;           /* of real time until it is killed, and of processor time */
    int64_t memory, output;    /* maximum in bytes */
    int interrupt;             /* a descriptor, readable: the child is killed; -1: none */
    const struct clock *clock; /* borrowed */
    struct text *remarks;      /* standard error of a successful run; NULL: ignored */
};

/* Runs the program with the input on standard input, an empty environment and no other descriptors;
 * it cannot open sockets or write to files. Appends its standard output. On return, it and all its
 * descendants are gone, and it goes if the caller is killed. 0, or -1 with a fault: if the exit
 * status is not 0, its own words from standard error. */
int child_run(const struct child *child, struct text *output, struct fault *fault);

#endif
