/* SPDX-License-Identifier: MIT */
/* contradiction.h - whether a delivery says one thing of each series and period */
#ifndef COLLECTOR_CONTRADICTION_H
#define COLLECTOR_CONTRADICTION_H

#include "batch.h"

/* Refuses all that the batch says of a series and period of which it says two things, and not when
 * each was released. */
void contradictions_refuse(struct batch *batch);

#endif
