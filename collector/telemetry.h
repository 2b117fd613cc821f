/* SPDX-License-Identifier: MIT */
/* telemetry.h - the collector's own metrics */
#ifndef COLLECTOR_TELEMETRY_H
#define COLLECTOR_TELEMETRY_H

#include "../almanac/clock.h"
#include "../almanac/ledger_source.h"
#include "../almanac/reload.h"
#include "delivery.h"
#include "mirror.h"

struct telemetry;

/* Thread-safe. storage: the folder whose ledger and RRD files are measured; copied. The others are
 * borrowed. */
struct telemetry *telemetry_open(const char *storage, struct reload *reload,
                                 const struct clock *clock);
void telemetry_close(struct telemetry *telemetry); /* NULL is allowed */

/* Events: a delivery's origin and result. */
enum telemetry_origin { TELEMETRY_PULL, TELEMETRY_PUSH, TELEMETRY_GATEWAY, TELEMETRY_ORIGINS };
void telemetry_delivery(struct telemetry *telemetry, enum telemetry_origin origin,
                        const struct delivery *delivery);
enum telemetry_fetch { FETCH_READ, FETCH_NOT_MODIFIED, FETCH_FAILED, TELEMETRY_FETCHES };
void telemetry_fetch(struct telemetry *telemetry, enum telemetry_fetch end);

/* The current state. waiting: deliveries in the intake. */
void telemetry_put(struct telemetry *telemetry, size_t waiting, const struct mirror_tally *files);
void telemetry_put_sources(struct telemetry *telemetry, const struct source_state *states,
                           size_t count);

/* Answers a slow route: /metrics in either format, with gzip. */
void telemetry_answer(struct telemetry *telemetry, const struct request *request,
                      struct reply *reply);

#endif
