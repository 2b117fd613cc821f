/* SPDX-License-Identifier: MIT */
/* jq.h - foreign JSON made into observations by a jq program, in a process of its own */
#ifndef COLLECTOR_JQ_H
#define COLLECTOR_JQ_H

#include "../almanac/clock.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"

/* How a document is read. */
struct reading {
    int interrupt;             /* a descriptor, -1: none; readable: what takes long is given up */
    const struct clock *clock; /* borrowed */
    struct text *remarks;      /* what jq has to say about it; NULL: nobody asks */
};

enum { JQ_MEMORY = 512 << 20, JQ_DIGITS = 15 };

/* Runs the source's program on the document, as child.h says: for at most the source's timeout, and
 * with at most body_size_limit of output. Numbers that a double does not hold (with an exponent or
 * more than JQ_DIGITS digits) reach it as strings. 0, or -1 with a fault. */
int jq_run(const struct source_settings *source, const struct text *document,
           const struct reading *reading, struct text *output, struct fault *fault);

/* Whether it is a program: -1 with jq's complaint as the fault. */
int jq_check(const struct source_settings *source, const struct clock *clock, struct fault *fault);

#endif
