/* SPDX-License-Identifier: MIT */
/* process.h - the process_* families: what this process uses of the machine */
#ifndef ALMANAC_PROCESS_H
#define ALMANAC_PROCESS_H

#include "choice.h"
#include "clock.h"
#include "exposition.h"

struct process;

/* Of a process that begins now; the clock is borrowed. */
struct process *process_open(const struct clock *clock);
void process_close(struct process *process);

/* What the machine said within the last second: asking it costs more than a page that lies ready. A
 * family that it does not tell of, and a limit that is not set, are left out. */
void process_write(struct process *process, struct exposition *out, struct choice *choice);

#endif
