/* SPDX-License-Identifier: MIT */
/* openmetrics.h - the history of figures as OpenMetrics samples with timestamps */
#ifndef EXPORTER_OPENMETRICS_H
#define EXPORTER_OPENMETRICS_H

#include "../almanac/format.h"

/* A gauge for each figure. A series has a sample at each moment its value changes, and at each
 * multiple of repeat while the value stays in force: Prometheus looks back five minutes and no
 * further. Where nothing is in force there is no sample; nor is there any later than now. */
extern const struct format openmetrics_format;

#endif
