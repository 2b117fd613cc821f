/* SPDX-License-Identifier: MIT */
/* metrics.h - which families /metrics has; knows no escaping */
#ifndef EXPORTER_METRICS_H
#define EXPORTER_METRICS_H

#include "../almanac/choice.h"
#include "../almanac/exposition.h"
#include "snapshot.h"

/* A gauge for each figure that has a value now, what is said of each series (meaning.h), the
 * sources and the program itself. A series without a value has no sample, a figure without series
 * no family. */
void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice);

/* What is true of one scrape only, and ends the page: whether the ledger can be read, and the
 * process_* families of a process that began at started_ms of the wall clock. */
void metrics_write_scrape(struct exposition *out, struct choice *choice, bool ledger_up,
                          int64_t started_ms);

#endif
