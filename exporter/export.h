/* SPDX-License-Identifier: MIT */
/* export.h - the command that exports the ledger, or some figures, to standard output */
#ifndef EXPORTER_EXPORT_H
#define EXPORTER_EXPORT_H

#include "../almanac/format.h"
#include "../almanac/settings.h"

/* openmetrics, csv, excel-csv, sdmx-csv, json; NULL-terminated. */
extern const char *const export_formats[];
extern const struct format *const export_forms[]; /* in the same order */

/* Reads how often a value that stays is repeated: a duration or "0"; NULL: 1d. -1 with a fault,
 * also if it is given for a format (an index into export_formats) that repeats nothing. */
int export_read_repeat(const char *text, int format, int64_t *repeat, struct fault *fault);

struct export_request {
    int format;         /* index into export_formats */
    const char *repeat; /* for export_read_repeat; NULL: not given */
    const char *as_of;  /* for inquiry_read_as_of; NULL: not given */
    const char *ledger_path;
    const struct settings *settings;
    int64_t now;
};

/* figures: names; none: all that were reported. Returns the exit status: 0; 1: failure, 2: wrong
 * usage, both after a message on standard error. */
int export_run(const struct export_request *request, char **figures, int count);

#endif
