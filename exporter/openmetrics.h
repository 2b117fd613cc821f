/* SPDX-License-Identifier: MIT */
/* openmetrics.h - the history of figures as OpenMetrics samples with timestamps */
#ifndef EXPORTER_OPENMETRICS_H
#define EXPORTER_OPENMETRICS_H

#include "../almanac/format.h"

/* A gauge for each figure, then the info series of qualifier.h. A series has a sample whenever its
 * value changes, and at each multiple of repeat while the value is in force, since Prometheus looks
 * back only five minutes. There is no sample while nothing is in force, and none later than now. */
extern const struct format openmetrics_format;

#endif
