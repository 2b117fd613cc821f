/* SPDX-License-Identifier: MIT */
/* intake.h - the way into the ledger: deliveries from any thread to the one that writes */
#ifndef COLLECTOR_INTAKE_H
#define COLLECTOR_INTAKE_H

#include "record.h"

enum { INTAKE_WAITING = 4096 }; /* deliveries at most */

struct intake;

struct intake *intake_open(struct fault *fault);
/* After intake_stop, or when nothing was put in. NULL is nothing. */
void intake_close(struct intake *intake);

/* What deliveries are to be read by, from any thread: a share, for settings_free. */
void intake_configure(struct intake *intake, struct settings *settings);
struct settings *intake_settings(struct intake *intake);

/* From any thread: hands over a delivery that was read, whose done is set. false: it is full, but
 * for one that yields, or stopped; then the delivery, turned away with a fault, stays the caller's.
 */
bool intake_put(struct intake *intake, struct delivery *delivery);

/* The writer's side, one thread. The descriptor is readable while deliveries wait. */
int intake_fd(const struct intake *intake);
size_t intake_waiting(struct intake *intake);
/* Records all that waits in one commit, as record_deliveries does, and then calls done of each,
 * which frees it. */
void intake_record(struct intake *intake, struct ledger *ledger, int interrupt);
/* Takes no more in, and gives what waits back as not recorded. */
void intake_stop(struct intake *intake);

#endif
