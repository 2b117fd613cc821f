/* SPDX-License-Identifier: MIT */
/* collector.h - what every command of almanac-collector works with */
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

/* What the flags of import say. */
struct importing {
    bool history; /* see delivery.h */
    int format;   /* which of import_formats; -1: as the file's name says */
};
extern const char *const import_formats[];

/* What the flags of observations say. */
struct asking {
    const char *as_of; /* NULL: not given */
    bool history;
    int format; /* which of observations_formats */
};
extern const char *const observations_formats[];

struct collector {
    const char *config_file; /* borrowed, like the storage's path below */
    struct web_options *web; /* borrowed */
    struct log log;
    struct asking asking;
    struct importing importing;
    struct settings *settings;
    struct catalogue catalogue;
    const char *storage; /* borrowed */
    struct ledger *ledger;
    bool new_ledger;       /* there was none before */
    struct intake *intake; /* of the daemon, like what stands here */
    struct telemetry *telemetry;
    char *rrd_directory, *bodies_directory;
};

/* Loads the configuration; then opens the ledger below the storage directory, which is made for a
 * writer where it is missing. 0, or -1 with a fault. collector_close either way. */
int collector_configure(struct collector *collector, struct fault *fault);
int collector_open(struct collector *collector, const char *storage, enum ledger_door door,
                   struct fault *fault);
/* -1 with a fault where there is no ledger below the storage directory yet. */
int collector_has_ledger(const char *storage, struct fault *fault);
void collector_close(struct collector *collector);

/* Builds all that is behind, now. Returns 0 when every file is level; -1 after a complaint. */
int collector_level(struct collector *collector, struct mirror *mirror);

/* The commands. Each returns the exit status: 0; 1 when something was refused or failed; 2 when it
 * was called wrongly. Words for people go to standard output, complaints to standard error. */
typedef int collector_command(struct collector *collector, char **operands, int count);
collector_command command_daemon, command_once, command_import, command_rebuild,
    command_observations, command_try;

#endif
