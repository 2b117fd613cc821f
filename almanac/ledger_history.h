/* SPDX-License-Identifier: MIT */
/* ledger_history.h - walks over vintages: all, or those in force, now or as known at a time */
#ifndef ALMANAC_LEDGER_HISTORY_H
#define ALMANAC_LEDGER_HISTORY_H

#include "ledger.h"

#define LEDGER_ALWAYS INT64_MAX

/* A vintage with everything recorded about it. Strings are borrowed for the visit; reference and
 * comment are NULL if not given. */
struct account {
    struct vintage vintage;
    const char *source, *reference, *comment;
};

struct recall {
    int64_t series;
    int64_t newest;   /* only vintages up to this id, for an answer of one moment; 0: all */
    int64_t known_by; /* only vintages released (if they do not say: recorded) by this second;
                         LEDGER_ALWAYS: all */
    bool in_force;    /* of these vintages, only the one in force of each period */
    bool within;      /* only periods that lie wholly in [from, until) */
    int64_t from, until;
    const struct period *after; /* only periods behind this one; NULL: all. Borrowed */
};

/* Visits by period, and within a period in the order of recording. count is a vintage's number
 * within its period; with in_force, the number of vintages known by then. If the visitor returns 1,
 * the walk ends after the current period and returns 1: recall after it to go on. */
typedef int account_visitor(void *owner, const struct account *account, struct fault *fault);
int ledger_each_account(struct ledger *ledger, const struct recall *recall, account_visitor *visit,
                        void *owner, struct fault *fault);

/* Sets the timeline to what was in force by what was known at a time; see recall. 0, or -1 with a
 * fault. */
int ledger_recall_timeline(struct ledger *ledger, int64_t series, enum figure_kind kind,
                           int64_t known_by, struct timeline *timeline, struct fault *fault);

/* Until ledger_thaw, all reads see one moment of the ledger, whatever is written meanwhile. */
int ledger_freeze(struct ledger *ledger, struct fault *fault);
void ledger_thaw(struct ledger *ledger);

#endif
