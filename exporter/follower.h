/* SPDX-License-Identifier: MIT */
/* follower.h - a thread that follows the ledger and swaps the snapshot when it has changed */
#ifndef EXPORTER_FOLLOWER_H
#define EXPORTER_FOLLOWER_H

#include "../almanac/log.h"
#include "snapshot.h"

struct follower;

/* Looks four times a second. Takes over the caller's share of the settings. */
struct follower *follower_start(const char *ledger_path, struct settings *settings,
                                const struct log *log, struct fault *fault);
void follower_stop(struct follower *follower);

/* The newest snapshot, never NULL, to be passed to snapshot_release. */
const struct snapshot *follower_snapshot(struct follower *follower);
bool follower_ready(struct follower *follower); /* the ledger has been read at least once */
void follower_reload(struct follower *follower, struct settings *settings); /* takes over */

#endif
