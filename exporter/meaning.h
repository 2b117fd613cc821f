/* SPDX-License-Identifier: MIT */
/* meaning.h - what the newest value of a series means, in families beside the figures */
#ifndef EXPORTER_MEANING_H
#define EXPORTER_MEANING_H

#include "../almanac/choice.h"
#include "../almanac/exposition.h"
#include "snapshot.h"

/* A family each: its period, when it was released and recorded, when the next one is due, how often
 * it was stated, by what share the series was revised last and when, and its comparator and status
 * unless they are plain; with the labels of the series and figure="its name". What is not known, as
 * the next due of a figure without a rhythm, has no sample. Nothing of this changes the identity of
 * the figure's own series. */
extern const size_t meaning_families;
void meaning_write(struct exposition *out, size_t family, const struct snapshot_series *series,
                   size_t count, struct choice *choice);

/* When the next report of each figure is due. */
void meaning_write_due(struct exposition *out, const struct snapshot *snapshot,
                       struct choice *choice);

#endif
