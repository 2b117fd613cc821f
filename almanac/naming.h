/* SPDX-License-Identifier: MIT */
/* naming.h - how figures, labels and units may be called */
#ifndef ALMANAC_NAMING_H
#define ALMANAC_NAMING_H

#include "fault.h"

/* What Prometheus accepts as a name, `promtool check metrics` lets pass of a gauge, and is not
 * kept for something else. Each returns 0, or -1 with what is wrong and expected. */
int naming_check_figure(const char *name, struct fault *fault);
int naming_check_label(const char *name, struct fault *fault);
int naming_check_unit(const char *unit, struct fault *fault);

/* What a column can say: a field of every report, or what may be a label. */
int naming_check_column(const char *name, struct fault *fault);

#endif
