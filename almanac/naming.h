/* SPDX-License-Identifier: MIT */
/* naming.h - the rules for names of figures, labels and units */
#ifndef ALMANAC_NAMING_H
#define ALMANAC_NAMING_H

#include "fault.h"

/* A name must be valid in Prometheus, pass `promtool check metrics` for a gauge, and not be
 * reserved. A unit must not be another word for a unit that values are read in (yuan), or for
 * what is counted (persons). Each returns 0, or -1 with a fault that says what is wrong and what
 * was expected. */
int naming_check_figure(const char *name, struct fault *fault);
int naming_check_label(const char *name, struct fault *fault);
int naming_check_unit(const char *unit, struct fault *fault);

/* A column name: a field of every report, or a possible label. */
int naming_check_column(const char *name, struct fault *fault);

#endif
