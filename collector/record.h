/* SPDX-License-Identifier: MIT */
/* record.h - one path from a delivery's bytes to the ledger: whole or not at all */
#ifndef COLLECTOR_RECORD_H
#define COLLECTOR_RECORD_H

#include "../almanac/ledger.h"
#include "decode.h"

/* A delivery says one thing of a series and period, or says when each was released; only a history
 * may say several undated ones, which count in their order. */
struct delivery {
    const char *source; /* who it comes from */
    const char *format; /* one that decode_find knows */
    const char *bytes;
    size_t size;
    bool history;
    int interrupt; /* a descriptor that is readable when it shall be given up; -1: none */
};

struct record_count {
    size_t outcomes[LEDGER_OUTCOMES];
};

/* Decodes into the batch, which the caller has initialised and frees, and records it at batch->now.
 * Returns 0 once it is on disk. -1: nothing is recorded, and either the batch has refusals
 * or the fault says why the ledger would not take it. */
int record_delivery(struct ledger *ledger, const struct delivery *delivery, struct batch *batch,
                    struct record_count *count, struct fault *fault);

#endif
