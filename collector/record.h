/* SPDX-License-Identifier: MIT */
/* record.h - a delivery into the ledger: whole or not at all */
#ifndef COLLECTOR_RECORD_H
#define COLLECTOR_RECORD_H

#include "../almanac/ledger.h"
#include "batch.h"

/* How many observations ended how. */
struct record_count {
    size_t outcomes[LEDGER_OUTCOMES];
};

/* On disk when it returns 0; nothing is recorded when it returns -1 (with a fault) or when the
 * batch has refusals. */
int record_batch(struct ledger *ledger, const struct batch *batch, const char *source,
                 struct record_count *count, struct fault *fault);

#endif
