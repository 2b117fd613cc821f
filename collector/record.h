/* SPDX-License-Identifier: MIT */
/* record.h - deliveries into the ledger: each whole or not at all, many in one commit */
#ifndef COLLECTOR_RECORD_H
#define COLLECTOR_RECORD_H

#include "delivery.h"

/* Records those of the deliveries (a list) that are good, in their order; each then says what
 * became of it. When this returns, what is said to be recorded is on disk. One that the ledger does
 * not take, or that yields when interrupt (a descriptor, -1: none) is readable, is left out alone;
 * when the commit fails, nothing is recorded. */
void record_deliveries(struct ledger *ledger, struct delivery *first, int interrupt);

#endif
