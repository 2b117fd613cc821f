/* SPDX-License-Identifier: MIT */
/* collector.h - the state common to the commands of almanac-collector */
#ifndef COLLECTOR_COLLECTOR_H
#define COLLECTOR_COLLECTOR_H

#include "../almanac/catalogue.h"
#include "../almanac/ledger.h"
#include "../almanac/log.h"
#include "../almanac/settings.h"
#include "../almanac/web_options.h"
#include "intake.h"
#include "mirror.h"
#include "telemetry.h"

/* The flags of import. */
struct importing {
    const char *name; /* of a source, which the files are read and recorded as; NULL: not given */
    const struct source_settings *source; /* of that name, once it is looked up */
    bool history;                         /* see batch.h */
    int format;                           /* index into import_formats; -1: by the file's name */
};
extern const char *const import_formats[];

/* The flags of observations. */
struct asking {
    const char *as_of; /* NULL: not given */
    bool history;
    int format; /* index into observations_formats */
};
extern const char *const observations_formats[];

struct collector {
    const char *config_file; /* borrowed, like storage below */
    struct web_options *web; /* borrowed */
    struct log log;
    struct asking asking;
    struct importing importing;
    struct settings *settings;
    struct catalogue catalogue;
    const char *storage; /* borrowed */
    struct ledger *ledger;
    bool new_ledger;       /* it was just created */
    struct intake *intake; /* the daemon's, like telemetry */
    struct telemetry *telemetry;
    char *rrd_directory, *bodies_directory;
};

/* collector_configure loads the configuration, whose reporters must be users of the access;
 * collector_open then opens the ledger below the storage directory, and creates the directory if a
 * writer finds none. 0, or -1 with a fault. Call collector_close either way. */
int collector_configure(struct collector *collector, const struct web_access *access,
                        struct fault *fault);
int collector_open(struct collector *collector, const char *storage, enum ledger_door door,
                   struct fault *fault);
/* -1 with a fault if the storage directory has no ledger yet. */
int collector_has_ledger(const char *storage, struct fault *fault);
void collector_close(struct collector *collector);

/* The source of the configuration; NULL, and a complaint on standard error, if there is none. */
const struct source_settings *collector_source(const struct collector *collector, const char *name);

/* Builds all outdated RRD files now. 0 when every file is up to date; -1 after logging a
 * complaint. */
int collector_level(struct collector *collector, struct mirror *mirror);

/* The commands. Each returns the exit status: 0; 1: something was refused or failed; 2: wrong
 * usage. Results go to standard output, complaints to standard error. */
typedef int collector_command(struct collector *collector, char **operands, int count);
collector_command command_daemon, command_once, command_import, command_rebuild,
    command_observations, command_try;

#endif
