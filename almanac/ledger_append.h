/* SPDX-License-Identifier: MIT */
/* ledger_append.h - the writer's half of the ledger: deliveries, many in one transaction */
#ifndef ALMANAC_LEDGER_APPEND_H
#define ALMANAC_LEDGER_APPEND_H

#include "ledger.h"

enum ledger_outcome {
    LEDGER_RECORDED,  /* the first of its series and period, or one that does not take over */
    LEDGER_UNCHANGED, /* says what is in force, or repeats its source or its release: not kept */
    LEDGER_REVISED,   /* another statement, which takes over */
    LEDGER_OUTCOMES,
};

/* Begins the delivery of a source, recorded at this second. The first begins the transaction, for
 * which the file must be in its place. */
int ledger_begin(struct ledger *ledger, const char *source, int64_t recorded, struct fault *fault);

struct ledger_fetch {
    const char *url;
    long status;        /* of HTTP; 0: a file */
    const char *sha256; /* of the body, 64 hexadecimal digits */
    int64_t size;       /* of the body, in bytes */
};
/* What is appended from here to the end of the delivery came with this fetch. */
int ledger_note_fetch(struct ledger *ledger, const struct ledger_fetch *fetch, struct fault *fault);
int ledger_append(struct ledger *ledger, const struct observation *observation,
                  enum ledger_outcome *outcome, struct fault *fault);

/* Takes this delivery back, alone. -1 with the cause where the whole transaction is lost. */
int ledger_drop(struct ledger *ledger, struct fault *fault);

/* Ends the transaction: all deliveries are on disk when it returns 0, none otherwise. */
int ledger_commit(struct ledger *ledger, struct fault *fault);
void ledger_rollback(struct ledger *ledger);

#endif
