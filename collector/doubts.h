/* SPDX-License-Identifier: MIT */
/* doubts.h - what may be recorded, but may not be what was meant */
#ifndef COLLECTOR_DOUBTS_H
#define COLLECTOR_DOUBTS_H

#include "batch.h"

/* Of all, those that pass with time, or that a source has every time, are not lasting. */
enum doubts { DOUBTS_LASTING, DOUBTS_ALL };

/* words: "come into force later, the first on 2024-12-31", of so many observations. */
typedef void doubt_teller(void *context, size_t count, const char *words);

/* Tells each doubt about the batch: values that come into force only later, periods that go on or
 * are not as long as the figure's rhythm, ratios above 1, and such; and, of all, what was passed
 * over for its period. */
void doubts_tell(const struct batch *batch, enum doubts which, doubt_teller *tell, void *context);

#endif
