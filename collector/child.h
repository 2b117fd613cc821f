/* SPDX-License-Identifier: MIT */
/* child.h - another program at work on some bytes, within limits */
#ifndef COLLECTOR_CHILD_H
#define COLLECTOR_CHILD_H

#include "../almanac/clock.h"
#include "../almanac/fault.h"
#include "../almanac/text.h"

struct child {
    const char *const *argv; /* found as a shell finds it; NULL behind the last */
    const char *input;
    size_t input_size;
    int64_t seconds;           /* until it is killed; of the processor it gets as many */
    int64_t memory, output;    /* bytes at most */
    int interrupt;             /* a descriptor, -1: none; readable: it is killed */
    const struct clock *clock; /* borrowed */
    struct text
        *remarks; /* what it says on standard error, though it ends well; NULL: nobody asks */
};

/* Runs it with the input on standard input, an empty environment, no other descriptors, no way to
 * open a socket or write to a file, and appends what it says on standard output. It and all that it
 * started are gone when this returns. 0, or -1 with a fault: its own words on standard error
 * where it ends with another status than 0. */
int child_run(const struct child *child, struct text *output, struct fault *fault);

#endif
