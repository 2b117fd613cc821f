/* SPDX-License-Identifier: MIT */
/* process.h - the process_* families: the resources that this process uses */
#ifndef ALMANAC_PROCESS_H
#define ALMANAC_PROCESS_H

#include "choice.h"
#include "clock.h"
#include "exposition.h"

struct process;

/* For a process that starts now; the clock is borrowed. */
struct process *process_open(const struct clock *clock);
void process_close(struct process *process);

/* Writes figures at most a second old: asking the kernel costs more than sending a prepared page.
 * Leaves out families that the kernel does not report, and limits that are not set. */
void process_write(struct process *process, struct exposition *out, struct choice *choice);

#endif
