/* SPDX-License-Identifier: MIT */
/* export.h - the command that writes the whole ledger, or some figures of it, to standard output */
#ifndef EXPORTER_EXPORT_H
#define EXPORTER_EXPORT_H

#include "../almanac/format.h"
#include "../almanac/settings.h"

#include <stdbool.h>

/* openmetrics, csv, sdmx-csv, json; NULL behind the last. What writes each, and its media type. */
extern const char *const export_formats[];
extern const struct format *const export_forms[];
extern const char *const export_types[];

/* A duration or "0". */
#define EXPORT_REPEAT "1d"
bool export_read_repeat(const char *text, int64_t *repeat);

struct export_request {
    int format;         /* which of export_formats */
    const char *repeat; /* as export_read_repeat takes it */
    const char *ledger_path;
    const struct settings *settings;
    int64_t now;
};

/* figures: names; none: all that are reported. The exit status: 0; 1 when it failed, 2 when it was
 * called wrongly, after words on standard error. */
int export_run(const struct export_request *request, char **figures, int count);

#endif
