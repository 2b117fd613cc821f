/* SPDX-License-Identifier: MIT */
/* source.h - from what a source sends to a delivery, by way of jq where it has a program */
#ifndef COLLECTOR_SOURCE_H
#define COLLECTOR_SOURCE_H

#include "delivery.h"
#include "fetch.h"
#include "jq.h"

/* What is to be fetched; borrowed from the source. */
struct fetch_request source_request(const struct source_settings *source, void *owner);

/* Reads the body into the delivery, which then is good or says why not, by its refusals or its
 * fault. */
void source_read(const struct source_settings *source, const struct text *body,
                 const struct reading *reading, struct delivery *delivery);

#endif
