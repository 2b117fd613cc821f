/* SPDX-License-Identifier: MIT */
/* record.h - writes deliveries to the ledger: each whole or not at all, many in one commit */
#ifndef COLLECTOR_RECORD_H
#define COLLECTOR_RECORD_H

#include "delivery.h"

struct recording {
    size_t recorded;    /* deliveries */
    struct fault fault; /* the first with which the ledger failed one, or all */
};

/* Records the good ones of a list of deliveries, in order, and sets the result of each. On return,
 * what is marked as recorded is on disk. A delivery that the ledger refuses, or that yields when
 * interrupt (a descriptor, -1: none) is readable, is left out alone; if the commit fails, nothing
 * is recorded. */
struct recording record_deliveries(struct ledger *ledger, struct delivery *first, int interrupt);

#endif
