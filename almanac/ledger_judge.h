/* SPDX-License-Identifier: MIT */
/* ledger_judge.h - what a report adds to the vintages of its series and period */
#ifndef ALMANAC_LEDGER_JUDGE_H
#define ALMANAC_LEDGER_JUDGE_H

#include "ledger_append.h"

/* Whether it withdraws a value of a period that has not begun, which only a forecast has. */
bool ledger_is_gap_ahead(const struct ledger *ledger, const struct observation *observation);

/* Sets the outcome of appending the observation as the vintage next. 0; 1 with a fault if it may
 * not be appended, see ledger_append; or -1 with a fault. */
int ledger_judge(struct ledger *ledger, const struct observation *observation,
                 const struct vintage *next, enum ledger_outcome *outcome, struct fault *fault);

#endif
