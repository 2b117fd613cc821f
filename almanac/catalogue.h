/* SPDX-License-Identifier: MIT */
/* catalogue.h - the figures that exist, found by name, and what a report of one may say */
#ifndef ALMANAC_CATALOGUE_H
#define ALMANAC_CATALOGUE_H

#include "arena.h"
#include "observation.h"

struct settings;
struct wording_style;

struct catalogue {
    const struct figure *figures; /* borrowed from the settings, sorted by name */
    size_t count;
};

struct catalogue catalogue_of(const struct settings *settings);
const struct figure *catalogue_find(const struct catalogue *catalogue, const char *name);

/* One report in words, as any decoder hands it over; NULL or "" where a field is not given. */
enum report_field {
    REPORT_FIGURE,
    REPORT_TIME_PERIOD,
    REPORT_OBS_VALUE,
    REPORT_COMPARATOR,
    REPORT_OBS_STATUS,
    REPORT_RELEASED,
    REPORT_REFERENCE,
    REPORT_COMMENT,
    REPORT_FIELDS,
};
extern const char *const report_field_names[REPORT_FIELDS]; /* "figure", "time_period", … */
enum report_field report_field_of(const char *name);        /* REPORT_FIELDS: none is called so */

struct report {
    int64_t received;                    /* seconds: what lies behind it is the future */
    const struct wording_style *wording; /* how obs_value is worded; NULL: a plain decimal */
    const char *fields[REPORT_FIELDS];
    const struct label *labels; /* those with an empty value count as not given */
    size_t label_count;
};

/* What a report says wrongly: the field, its name or the label's (static, or borrowed from the
 * report or the figure), and words to stand behind it: "is empty; expected …". */
struct complaint {
    enum report_field field; /* REPORT_FIELDS: a label */
    const char *name;
    struct fault fault;
};

/* Turns words into an observation whose strings live in the arena. 0, or -1 with a complaint. */
int catalogue_read(const struct catalogue *catalogue, const struct report *report,
                   struct arena *arena, struct observation *observation,
                   struct complaint *complaint);

#endif
