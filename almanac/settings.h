/* SPDX-License-Identifier: MIT */
/* settings.h - the YAML configuration as a read-only struct */
#ifndef ALMANAC_SETTINGS_H
#define ALMANAC_SETTINGS_H

#include "catalogue.h"
#include "fault.h"
#include "form.h"
#include "transport.h"

struct zone;

/* A time of day, on some days of the month: see calendar.h. */
struct source_calendar {
    const struct zone *zone;
    int64_t at;    /* seconds of the day; -1: no calendar */
    uint32_t days; /* bits 1 to 31; 0: every day */
};

/* A pull job. */
struct source_settings {
    const char *name;
    const char *url;                 /* http://, https:// or file:/// with an absolute path */
    int64_t every;                   /* seconds between two fetches */
    struct source_calendar calendar; /* replaces every, if set */
    int64_t timeout;                 /* seconds for a whole fetch */
    int64_t body_size_limit;         /* bytes */
    bool may_be_empty;               /* an empty delivery is not a failure */
    struct form form;
    struct transport transport;
};

/* What a user may report: figures whose name matches one of the patterns (fnmatch), with label
 * values that match, for labels that the figure has. */
struct reporter {
    const char *user;
    struct word_list figures;
    const struct label *labels; /* name, pattern */
    size_t label_count;
};
bool reporter_covers(const struct reporter *reporter, const struct figure *figure);

/* The limits of the stored bodies of fetches. */
struct bodies_limits {
    int64_t size; /* bytes of all bodies, compressed; 0: none is stored */
    int64_t age;  /* seconds since a body last brought something new */
};

struct settings {
    const struct source_settings *sources; /* sorted by name */
    size_t source_count;
    struct catalogue catalogue;
    const struct reporter *reporters; /* several per user allowed; none at all: no restrictions */
    size_t reporter_count;
    struct bodies_limits bodies;
};

/* Reads the file and its figure_files (globs, relative to the file). Returns NULL with a fault
 * "file:line: what, and what was expected". */
struct settings *settings_load(const char *path, struct fault *fault);

/* Settings are reference-counted across threads: call settings_free for each share; the last call
 * frees. */
struct settings *settings_share(struct settings *settings);
void settings_free(struct settings *settings);

#endif
