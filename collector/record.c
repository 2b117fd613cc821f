/* SPDX-License-Identifier: MIT */
/* record.c - one path from a delivery's bytes to the ledger: whole or not at all */
#include "record.h"

static int append_all(struct ledger *ledger, const struct batch *batch, struct record_count *count,
                      struct fault *fault)
{
    *count = (struct record_count){ 0 };
    for (size_t i = 0; i < batch->count; i++) {
        enum ledger_outcome outcome;
        if (ledger_append(ledger, &batch->observations[i], &outcome, fault) != 0)
            return -1;
        count->outcomes[outcome]++;
    }
    return 0;
}

int record_delivery(struct ledger *ledger, const struct delivery *delivery, struct batch *batch,
                    struct record_count *count, struct fault *fault)
{
    decode_find(delivery->format)(delivery->bytes, delivery->size, batch);
    if (batch->refused > 0)
        return -1;
    if (ledger_begin(ledger, delivery->source, batch->now, fault) != 0)
        return -1;
    if (append_all(ledger, batch, count, fault) == 0)
        return ledger_commit(ledger, fault);
    ledger_rollback(ledger);
    return -1;
}
