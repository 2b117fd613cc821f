/* SPDX-License-Identifier: MIT */
/* metrics.h - which families /metrics has; knows no escaping */
#ifndef EXPORTER_METRICS_H
#define EXPORTER_METRICS_H

#include "../almanac/choice.h"
#include "../almanac/exposition.h"
#include "../almanac/process.h"
#include "snapshot.h"

/* A gauge for each figure that has a value now, what is said of each series (meaning.h), the
 * sources and the program itself. A series without a value has no sample, a figure without series
 * no family. */
void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice);

/* The same in parts: sections, each a walk over all series that can be written for some of them and
 * then for those behind them, and the rest. */
size_t metrics_sections(const struct snapshot *snapshot);
void metrics_write_section(struct exposition *out, size_t section,
                           const struct snapshot_series *series, size_t count,
                           struct choice *choice);
void metrics_write_rest(struct exposition *out, const struct snapshot *snapshot,
                        struct choice *choice);

/* What is true of one scrape only, and ends the page: whether the ledger can be read, and the
 * process_* families. */
void metrics_write_scrape(struct exposition *out, struct choice *choice, bool ledger_up,
                          struct process *process);

#endif
