/* SPDX-License-Identifier: MIT */
/* source.h - from the body of a source to a delivery, through jq if it has a program */
#ifndef COLLECTOR_SOURCE_H
#define COLLECTOR_SOURCE_H

#include "delivery.h"
#include "fetch.h"
#include "jq.h"

/* The source's request; borrowed from the source. */
struct fetch_request source_request(const struct source_settings *source, void *owner);

/* Reads the body into the delivery, which then is good, or has refusals or a fault. */
void source_read(const struct source_settings *source, const struct text *body,
                 const struct reading *reading, struct delivery *delivery);

/* For a command: the delivery that was read so now. What jq remarks goes to standard error, behind
 * the name of the body. Free it with delivery_free. */
struct delivery *source_deliver(const struct source_settings *source, struct settings *settings,
                                const struct text *body, const char *name,
                                const struct clock *clock);

#endif
