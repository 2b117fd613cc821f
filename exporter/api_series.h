/* SPDX-License-Identifier: MIT */
/* api_series.h - series as JSON objects, each with how much was said of it */
#ifndef EXPORTER_API_SERIES_H
#define EXPORTER_API_SERIES_H

#include "../almanac/format.h"

/* An array with an object for each series that has a row; to be given every vintage. */
extern const struct format api_series_format;

#endif
