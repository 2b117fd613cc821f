/* SPDX-License-Identifier: MIT */
/* contradiction.h - refuses contradictions: two statements for one series and period */
#ifndef COLLECTOR_CONTRADICTION_H
#define COLLECTOR_CONTRADICTION_H

#include "batch.h"

/* Refuses all observations of a series and period for which the batch has different statements,
 * unless each has a release time; and of one release, those with different statements. */
void contradictions_refuse(struct batch *batch);

#endif
