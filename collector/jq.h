/* SPDX-License-Identifier: MIT */
/* jq.h - turns foreign JSON into observations with jq, in a child process */
#ifndef COLLECTOR_JQ_H
#define COLLECTOR_JQ_H

#include "../almanac/clock.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"

/* The context of reading a document. */
struct reading {
    int interrupt;             /* a descriptor, readable: long work is abandoned; -1: none */
    const struct clock *clock; /* borrowed */
    struct text *remarks;      /* jq's messages; NULL: ignored */
};

enum { JQ_MEMORY = 512 << 20, JQ_DIGITS = 15 };

/* Runs the source's jq program on the document, as in child.h, for at most the source's timeout and
 * with at most body_size_limit of output. Numbers that a double may not hold (with an exponent or
 * more than JQ_DIGITS digits) become strings first. 0, or -1 with a fault. */
int jq_run(const struct source_settings *source, const struct text *document,
           const struct reading *reading, struct text *output, struct fault *fault);

/* Compiles the program: -1 with jq's complaint as the fault. */
int jq_check(const struct source_settings *source, const struct clock *clock, struct fault *fault);

#endif
