/* SPDX-License-Identifier: MIT */
/* qualifier.h - values that are not exact or not normal: their marks, in words and over time */
#ifndef EXPORTER_QUALIFIER_H
#define EXPORTER_QUALIFIER_H

#include "../almanac/exposition.h"
#include "../almanac/ledger.h"
#include "../almanac/timeline.h"

enum { QUALIFIERS = 19, QUALIFIER_LABELS = 2 };

/* The families of info series, whose value is 1 while the qualifier applies. */
extern const struct family comparator_family, obs_status_family;

struct qualifier {
    const struct family *family;
    const char *label;             /* has the word as its value */
    const char *word;              /* ">", or a letter of SDMX CL_OBS_STATUS */
    const char *english, *chinese; /* its meaning */
};

/* Every comparator but exact, and every status of a value but A (normal). */
extern const struct qualifier qualifiers[QUALIFIERS];

/* Why a statement has no value, in the words of its status; valued: there was one before. */
const struct qualifier *qualifier_of_gap(const struct statement *missing, bool valued);

/* Bit i: the statement has qualifiers[i]; a statement of the timeline has it. */
uint32_t qualifiers_of(const struct statement *statement);
uint32_t qualifiers_in(const struct timeline *timeline);

/* The info series of a series: its labels, figure="its name" and the qualifier's, sorted by name.
 * labels has room for QUALIFIER_LABELS more than the series has; the result borrows it. */
struct series qualifier_series(const struct qualifier *qualifier, const struct series *series,
                               struct label *labels);

/* Sets info to when the series with this timeline has the qualifier. */
void qualifier_timeline(const struct qualifier *qualifier, const struct timeline *timeline,
                        enum figure_kind kind, struct timeline *info);

#endif
