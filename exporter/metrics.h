/* SPDX-License-Identifier: MIT */
/* metrics.h - the families of /metrics, written through exposition.h, which escapes */
#ifndef EXPORTER_METRICS_H
#define EXPORTER_METRICS_H

#include "../almanac/choice.h"
#include "../almanac/exposition.h"
#include "../almanac/process.h"
#include "../almanac/reload.h"
#include "snapshot.h"

/* Writes a gauge for each figure that has a value now, the description of each series (meaning.h),
 * the sources and the program itself. A series without a value has no sample, a figure without
 * series has no family. */
void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice);

/* The same in parts: sections, each of which is a walk over all series that can be written in
 * consecutive ranges, and then the rest. */
size_t metrics_sections(const struct snapshot *snapshot);
void metrics_write_section(struct exposition *out, size_t section,
                           const struct snapshot_series *series, size_t count,
                           struct choice *choice);
void metrics_write_rest(struct exposition *out, const struct snapshot *snapshot,
                        struct choice *choice);

/* The families of this scrape only, which end the page: whether the ledger can be read, the last
 * reload, and process_*. */
void metrics_write_scrape(struct exposition *out, struct choice *choice, bool ledger_up,
                          struct reload *reload, struct process *process);

#endif
