/* SPDX-License-Identifier: MIT */
/* intake.h - the queue of deliveries from any thread to the ledger's writer */
#ifndef COLLECTOR_INTAKE_H
#define COLLECTOR_INTAKE_H

#include "record.h"

enum { INTAKE_WAITING = 4096 }; /* maximum of deliveries */

struct intake;

struct intake *intake_open(struct fault *fault);
/* Call it after intake_stop, or if nothing was put in. NULL does nothing. */
void intake_close(struct intake *intake);

/* The settings for reading deliveries, from any thread; intake_settings returns a share, for
 * settings_free. */
void intake_configure(struct intake *intake, struct settings *settings);
struct settings *intake_settings(struct intake *intake);

/* Queues a delivery that was read and whose done is set; any thread. false: the intake is stopped,
 * or full and the delivery does not yield; the delivery is then turned_away with a fault, and stays
 * the caller's. */
bool intake_put(struct intake *intake, struct delivery *delivery);

/* For the writer, on one thread. The descriptor is readable while deliveries wait. */
int intake_fd(const struct intake *intake);
size_t intake_waiting(struct intake *intake);
/* Records all waiting deliveries in one commit, as record_deliveries does. One that gave way is
 * queued again; for each other done is called, which frees it. */
struct recording intake_record(struct intake *intake, struct ledger *ledger, int interrupt);
/* Accepts no more, and returns the waiting deliveries as not recorded. */
void intake_stop(struct intake *intake);

#endif
