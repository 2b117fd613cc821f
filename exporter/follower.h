/* SPDX-License-Identifier: MIT */
/* follower.h - a thread that replaces the snapshot when the ledger changes */
#ifndef EXPORTER_FOLLOWER_H
#define EXPORTER_FOLLOWER_H

#include "../almanac/log.h"
#include "snapshot.h"

struct follower;

/* Checks the ledger four times a second. The caller keeps its settings; the path, and log and its
 * clock are borrowed; figures_only is passed to the snapshots. Renditions requested from one
 * snapshot are prepared in the next. If the ledger cannot be read, it keeps trying, and logs the
 * start, a new cause and the end of that. */
struct follower *follower_start(const char *ledger_path, struct settings *settings,
                                bool figures_only, const struct log *log, struct fault *fault);
void follower_stop(struct follower *follower);

/* The newest snapshot; pass it to snapshot_release. Never NULL. */
struct snapshot *follower_snapshot(struct follower *follower);

bool follower_ready(const struct follower *follower);     /* the ledger was read once */
bool follower_ledger_up(const struct follower *follower); /* the last check succeeded */

/* Returns after the next look at the ledger: the newest snapshot then has these settings, unless
 * the ledger was read before and cannot be read now. */
void follower_reload(struct follower *follower, struct settings *settings);

#endif
