/* SPDX-License-Identifier: MIT */
/* observation.h - one reported value of one series and period */
#ifndef ALMANAC_OBSERVATION_H
#define ALMANAC_OBSERVATION_H

#include "fault.h"
#include "figure.h"
#include "period.h"
#include "quantity.h"

#include <stdbool.h>

/* FHIR's Quantity.comparator, plus "about". */
enum comparator {
    COMPARATOR_EXACT,
    COMPARATOR_LESS,
    COMPARATOR_LESS_OR_EQUAL,
    COMPARATOR_MORE_OR_EQUAL,
    COMPARATOR_MORE,
    COMPARATOR_ABOUT,
};

/* What was reported. Two reports are compared by all of this. */
struct statement {
    struct period period;
    bool missing; /* then value is unused, and status says why */
    struct quantity value;
    enum comparator comparator;
    char status; /* SDMX CL_OBS_STATUS: A normal, P provisional, F forecast, … */
};

/* All strings are borrowed; comment and reference are NULL if not given. */
struct observation {
    const struct figure *figure;
    const char *const *label_values; /* as many as figure->labels, in that order */
    struct statement statement;
    bool has_released;
    int64_t released; /* when the authority published it, seconds */
    const char *reference, *comment;
    const char *source; /* of a history that is recorded again: who reported it, and when it was
                           recorded; NULL: the delivery's source, now */
    int64_t recorded;
};

/* "" "<" "<=" ">=" ">" "~"; false for any other text. */
bool comparator_read(const char *text, enum comparator *comparator);
const char *comparator_text(enum comparator comparator);

/* Whether a status requires, forbids or allows a value. */
enum status_value { STATUS_UNKNOWN, STATUS_WITH_VALUE, STATUS_WITHOUT_VALUE, STATUS_EITHER };
enum status_value status_value(char status);
/* Reads a status; -1 with a fault that lists all of them. */
int status_read(const char *text, char *status, struct fault *fault);

bool statement_equal(const struct statement *a, const struct statement *b);

#endif
