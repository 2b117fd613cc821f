/* SPDX-License-Identifier: MIT */
/* meaning.h - families that describe the newest value of each series */
#ifndef EXPORTER_MEANING_H
#define EXPORTER_MEANING_H

#include "../almanac/choice.h"
#include "../almanac/exposition.h"
#include "snapshot.h"

/* One family each for: its period; when it was released, recorded and when the next is due; how
 * often it was stated; the share and time of the last revision; comparator and status, unless
 * plain. Samples have the labels of the series and figure="its name". Unknown facts, such as the
 * next due time of a figure without a rhythm, have no sample. None of these facts is a label of the
 * figure's own series, so it stays the same series when they change. */
extern const size_t meaning_families;
void meaning_write(struct exposition *out, size_t family, const struct snapshot_series *series,
                   size_t count, struct choice *choice);

/* When the next report of each figure is due. */
void meaning_write_due(struct exposition *out, const struct snapshot *snapshot,
                       struct choice *choice);

#endif
