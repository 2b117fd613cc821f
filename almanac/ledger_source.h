/* SPDX-License-Identifier: MIT */
/* ledger_source.h - the status of each source: state, not truth */
#ifndef ALMANAC_LEDGER_SOURCE_H
#define ALMANAC_LEDGER_SOURCE_H

#include "ledger.h"

struct source_state {
    const char *source;
    bool up;
    int64_t last_success_ms; /* 0: never */
    int64_t duration_ms;     /* of the last fetch */
};

/* Replaces the source's previous state. */
int ledger_put_source(struct ledger *ledger, const struct source_state *state, struct fault *fault);

typedef int source_visitor(void *owner, const struct source_state *state, struct fault *fault);
int ledger_each_source(struct ledger *ledger, source_visitor *visit, void *owner,
                       struct fault *fault);

#endif
