/* SPDX-License-Identifier: MIT */
/* standing.h - whether each pull source is up: in the ledger and on /metrics */
#ifndef COLLECTOR_STANDING_H
#define COLLECTOR_STANDING_H

#include "collector.h"

struct standing;

/* Recalls what the ledger knows of the collector's sources, which are numbered as in its settings.
 * Borrows these, the ledger and the telemetry. NULL with a fault if the ledger fails. */
struct standing *standing_open(const struct collector *collector, struct fault *fault);
void standing_close(struct standing *standing);

/* The source's last fetch took so long. */
void standing_took(struct standing *standing, size_t index, int64_t duration_ms);
/* The source is up, since now, or down. What the ledger does not take is logged, and is still to be
 * written. */
void standing_note(struct standing *standing, size_t index, bool up);
/* Writes what is still to be written, but not within a minute after the ledger took nothing, unless
 * it is the last time. */
void standing_write(struct standing *standing, bool last);

#endif
