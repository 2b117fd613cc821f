/* SPDX-License-Identifier: MIT */
/* pull.h - the pull jobs: sources fetched in turn, read, and remembered as up or down */
#ifndef COLLECTOR_PULL_H
#define COLLECTOR_PULL_H

#include "collector.h"

struct pull;

/* The collector is borrowed; its settings and ledger must last as long. The sources' first turns
 * come one shortly after the other, but for those whose servers asked the one before (NULL: there
 * is none) to wait; once: they are the only ones. */
struct pull *pull_open(const struct collector *collector, const struct pull *before, bool once,
                       struct fault *fault);
/* Drops what is being fetched and read; what then waits in the intake is to be recorded, or given
 * back, before pull_close. */
void pull_stop(struct pull *pull);
void pull_close(struct pull *pull);

/* Begins the fetches that are due. */
void pull_start(struct pull *pull);

/* Works until a transfer ends, wake_fd is readable, the next turn is due, or limit_ms are over.
 * What was fetched is read on other threads, several sources at a time, and goes into the intake; a
 * source that fails is logged and put down as such in the ledger. */
void pull_work(struct pull *pull, int64_t limit_ms, int wake_fd);

size_t pull_under_way(const struct pull *pull);
size_t pull_waiting(const struct pull *pull);  /* sources never fetched yet */
size_t pull_failures(const struct pull *pull); /* since it was opened */

#endif
