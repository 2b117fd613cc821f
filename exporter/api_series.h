/* SPDX-License-Identifier: MIT */
/* api_series.h - series as JSON objects, with counts of their observations */
#ifndef EXPORTER_API_SERIES_H
#define EXPORTER_API_SERIES_H

#include "../almanac/format.h"

/* An array with an object for each series that has a row; pass it every vintage. */
extern const struct format api_series_format;

#endif
