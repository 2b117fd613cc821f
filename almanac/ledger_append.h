/* SPDX-License-Identifier: MIT */
/* ledger_append.h - the ledger's writer: deliveries, many in one transaction */
#ifndef ALMANAC_LEDGER_APPEND_H
#define ALMANAC_LEDGER_APPEND_H

#include "ledger.h"

enum ledger_outcome {
    LEDGER_RECORDED,  /* stored, but no other statement takes over: the first of its series and
                         period, one that does not take over, or what is in force already, of
                         another source or a later release */
    LEDGER_UNCHANGED, /* repeats its source, or a release: not stored */
    LEDGER_REVISED,   /* a different statement, which takes over */
    LEDGER_OUTCOMES,
};

/* Begins a delivery of a source, recorded at this second. The first delivery begins the
 * transaction, and fails if the file is not in its place. */
int ledger_begin(struct ledger *ledger, const char *source, int64_t recorded, struct fault *fault);

/* Until the delivery ends, its observations are a history in their order: what the source has said
 * before, in this order, is unchanged, whatever was said since. */
void ledger_take_in_order(struct ledger *ledger);

struct ledger_fetch {
    const char *url;
    long status;        /* HTTP status; 0: a file */
    const char *sha256; /* of the body, 64 hexadecimal digits */
    int64_t size;       /* of the body, in bytes */
};
/* The observations appended after this, until the delivery ends, came with this fetch. */
int ledger_note_fetch(struct ledger *ledger, const struct ledger_fetch *fetch, struct fault *fault);
/* Appends an observation, unless it says nothing new. One of a history is appended with the source
 * and time it has, unless it was there before this transaction. Returns 1, with a fault, if it may
 * not be appended: one of a history, if vintages of its period were there that were recorded later,
 * and that it has not repeated; any other, if it withdraws a forecast that was never there. */
int ledger_append(struct ledger *ledger, const struct observation *observation,
                  enum ledger_outcome *outcome, struct fault *fault);

/* Whether what was appended, or joined a group, last began a series, beside others that its figure
 * had before this transaction: a label may be mistyped. */
bool ledger_began_series(const struct ledger *ledger);

/* Rolls back this delivery alone. -1 with the cause if the whole transaction is lost. */
int ledger_drop(struct ledger *ledger, struct fault *fault);

/* Ends the transaction: 0 means that all deliveries are on disk, -1 that none is. */
int ledger_commit(struct ledger *ledger, struct fault *fault);
void ledger_rollback(struct ledger *ledger);

#endif
