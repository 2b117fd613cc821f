/* SPDX-License-Identifier: MIT */
/* catalogue.h - the declared figures by name, and the check of a report against them */
#ifndef ALMANAC_CATALOGUE_H
#define ALMANAC_CATALOGUE_H

#include "arena.h"
#include "observation.h"

struct wording_style;
struct dating;

struct catalogue {
    const struct figure *figures; /* sorted by name; borrowed */
    size_t count;
};

const struct figure *catalogue_find(const struct catalogue *catalogue, const char *name);
/* The label's name as a figure declares it; NULL: no figure has it. */
const char *catalogue_label(const struct catalogue *catalogue, const char *name);

/* One report as text, from any decoder; a field that is not given is NULL or "". */
enum report_field {
    REPORT_FIGURE,
    REPORT_TIME_PERIOD,
    REPORT_OBS_VALUE,
    REPORT_UNIT, /* of obs_value, where that does not say it: "亿元" */
    REPORT_COMPARATOR,
    REPORT_OBS_STATUS,
    REPORT_RELEASED,
    REPORT_REFERENCE,
    REPORT_COMMENT,
    REPORT_SOURCE, /* these two only in a history */
    REPORT_RECORDED,
    REPORT_FIELDS,
};
extern const char *const report_field_names[REPORT_FIELDS]; /* "figure", "time_period", … */
enum report_field report_field_of(const char *name);        /* REPORT_FIELDS: unknown name */

struct report {
    int64_t received;                    /* seconds; any later time is in the future */
    bool history;                        /* may say source and recorded, but both */
    const struct wording_style *wording; /* how obs_value is written; NULL: a plain decimal */
    const struct dating *dating;         /* how dates are; NULL: year first, as days */
    bool plain;                          /* obs_value is a plain decimal, whatever the wording */
    bool multiplied;                     /* obs_value is, so the unit must not do so again */
    const char *fields[REPORT_FIELDS];
    const struct label *labels; /* a value is NULL or "" if it is not given */
    size_t label_count;
};

/* What is wrong with a report: the field, its name or the label's name (static, or borrowed from
 * the report or the figure), and a message that follows the name: "is empty; expected …". */
struct complaint {
    enum report_field field; /* REPORT_FIELDS: a label */
    const char *name;
    struct fault fault;
};

/* Reads a report into an observation whose strings live in the arena. Returns 0, or -1 with a
 * complaint. */
int catalogue_read(const struct catalogue *catalogue, const struct report *report,
                   struct arena *arena, struct observation *observation,
                   struct complaint *complaint);

#endif
