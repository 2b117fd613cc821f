/* SPDX-License-Identifier: MIT */
/* pull.h - fetches and reads the pull sources, each in its turn */
#ifndef COLLECTOR_PULL_H
#define COLLECTOR_PULL_H

#include "collector.h"

struct pull;

/* The collector is borrowed; its settings and ledger must last as long. The first turns of the
 * sources are spread over a short time, except for servers that asked the previous pull (before;
 * NULL: none) to wait. once: there are no further turns. */
struct pull *pull_open(const struct collector *collector, const struct pull *before, bool once,
                       struct fault *fault);
/* Abandons fetching and reading. Record or return what then waits in the intake before
 * pull_close. */
void pull_stop(struct pull *pull);
void pull_close(struct pull *pull);

/* Starts the due fetches, unless many sources are under way. */
void pull_start(struct pull *pull);

/* Runs until a transfer ends, wake_fd is readable, the next turn is due or limit_ms have passed.
 * Other threads read the bodies, several sources at a time, and put them into the intake; a source
 * that fails is logged, and marked in the ledger. */
void pull_work(struct pull *pull, int64_t limit_ms, int wake_fd);

size_t pull_under_way(const struct pull *pull);
size_t pull_waiting(const struct pull *pull);  /* sources never fetched yet */
size_t pull_failures(const struct pull *pull); /* since it was opened */

#endif
