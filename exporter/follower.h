/* SPDX-License-Identifier: MIT */
/* follower.h - a thread that follows the ledger and swaps the snapshot when it has changed */
#ifndef EXPORTER_FOLLOWER_H
#define EXPORTER_FOLLOWER_H

#include "../almanac/log.h"
#include "snapshot.h"

struct follower;

/* Looks four times a second. The settings stay the caller's, log and its clock are borrowed;
 * figures_only goes into the snapshots. What the one before was asked for lies ready in the next. A
 * ledger that cannot be read is waited for, and logged when that begins, has another cause, and
 * ends. */
struct follower *follower_start(const char *ledger_path, struct settings *settings,
                                bool figures_only, const struct log *log, struct fault *fault);
void follower_stop(struct follower *follower);

/* The newest snapshot, to be passed to snapshot_release. Never NULL. */
struct snapshot *follower_snapshot(struct follower *follower);

bool follower_ready(const struct follower *follower);     /* the ledger has been read once */
bool follower_ledger_up(const struct follower *follower); /* the last look at it succeeded */

/* From the next look on these settings apply. */
void follower_reload(struct follower *follower, struct settings *settings);

#endif
