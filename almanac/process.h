/* SPDX-License-Identifier: MIT */
/* process.h - the process_* families: what this process uses of the machine */
#ifndef ALMANAC_PROCESS_H
#define ALMANAC_PROCESS_H

#include "choice.h"
#include "exposition.h"

/* started_ms: the wall clock when the program began. A family whose source cannot be read, and a
 * limit that is not set, are left out. */
void process_write(struct exposition *out, struct choice *choice, int64_t started_ms);

#endif
