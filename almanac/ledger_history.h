/* SPDX-License-Identifier: MIT */
/* ledger_history.h - the ledger's memory: every vintage, and what was known at a time */
#ifndef ALMANAC_LEDGER_HISTORY_H
#define ALMANAC_LEDGER_HISTORY_H

#include "ledger.h"

#define LEDGER_ALWAYS INT64_MAX

/* A vintage with all that was recorded of it. Strings are borrowed for the visit; reference and
 * comment are NULL where nothing was given. */
struct account {
    struct vintage vintage;
    const char *source, *reference, *comment;
};

struct recall {
    int64_t series;
    int64_t known_by; /* the second by which a vintage was released or, where it does not say when,
                         recorded; LEDGER_ALWAYS: all */
    bool in_force;    /* of each period only the one that was in force among those */
    bool within;      /* only periods that lie in [from, until), all of them */
    int64_t from, until;
};

/* Visits by period, and within a period in the order of recording. The count of a vintage is its
 * number within its period; with recall->in_force it is the number of all vintages known by then.
 */
typedef int account_visitor(void *owner, const struct account *account, struct fault *fault);
int ledger_each_account(struct ledger *ledger, const struct recall *recall, account_visitor *visit,
                        void *owner, struct fault *fault);

/* Until thaw, all that is read is of one moment, whatever is written meanwhile. */
int ledger_freeze(struct ledger *ledger, struct fault *fault);
void ledger_thaw(struct ledger *ledger);

#endif
