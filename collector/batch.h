/* SPDX-License-Identifier: MIT */
/* batch.h - the observations of one delivery, and the refusals with their reasons */
#ifndef COLLECTOR_BATCH_H
#define COLLECTOR_BATCH_H

#include "../almanac/catalogue.h"
#include "../almanac/form.h"

enum { BATCH_RUNS = 40, BATCH_REFUSALS = 10000 };

struct progress;

/* The cause of a refusal: a report_field, or one of these. */
enum {
    REFUSED_LABELS = REPORT_FIELDS,
    REFUSED_DOCUMENT, /* unreadable or malformed */
    REFUSED_RULE,     /* of a text source */
    REFUSED_CONTRADICTION,
    REFUSED_PERMISSION,
    REFUSAL_CAUSES,
};
const char *refusal_cause(int cause); /* its name: "obs_value", "document" */

/* What complaints advise where it would help: nothing, to import the file as that of a source, or
 * to set a key of the source. */
enum batch_advice { ADVISE_NOTHING, ADVISE_SOURCE, ADVISE_KEY };

struct refusal {
    int cause;
    const char *place;  /* follows the delivery's name: ":12:3" or "[2].obs_value" */
    const char *reason; /* what is wrong and what was expected */
};

/* An accepted observation and its place in the delivery. */
struct batch_item {
    struct observation observation;
    size_t mark;
    bool refused; /* later */
};

/* Strings and items live in the arena. */
struct batch {
    struct arena arena;
    const struct catalogue *catalogue;   /* borrowed */
    const struct form *form;             /* borrowed; the delivery's format */
    int64_t now;                         /* seconds */
    struct batch_item *runs[BATCH_RUNS]; /* of items, each twice as long as the last */
    size_t count;
    size_t passed; /* about periods that the source is not read for */
    bool history;  /* may state a series and period several times without release dates, in order,
                      and with sources and times of record of its own */
    enum batch_advice advice;
    struct progress *progress; /* borrowed; told the count of observations; NULL: none */
    bool by_line;              /* marks are lines; otherwise list index + 1, or 0 outside a list */
    size_t mark;               /* set by the decoder: the place of the next observation */
    int interrupt; /* for the decoder: a descriptor, readable when it may stop; -1: none */
    struct refusal *refusals;
    size_t refused, refused_room;
};

void batch_init(struct batch *batch, const struct catalogue *catalogue, const struct form *form,
                int64_t now);
void batch_free(struct batch *batch);

/* Accepts the report, received now (or passes over one about a period that the source is not read
 * for), or returns -1 with a complaint. */
int batch_take(struct batch *batch, struct report *report, struct complaint *complaint);

/* Adds a refusal; copies place and reason. One more than BATCH_REFUSALS makes the batch full: that
 * refusal says that there are more, all observations are dropped, and the rest is not read. */
void batch_refuse(struct batch *batch, int cause, const char *place, const char *reason);

/* The same at ":LINE:COLUMN"; column 0: at the line; line 0: the delivery as a whole. Always
 * false. */
bool batch_refuse_at(struct batch *batch, int cause, size_t line, size_t column, const char *format,
                     ...) __attribute__((format(printf, 5, 6)));
bool batch_is_full(const struct batch *batch);
/* Refuses an accepted item, with the place of its mark. batch_sweep removes it. */
void batch_refuse_taken(struct batch *batch, int cause, size_t index, const char *reason);
/* Removes refused items; but if the batch has a progress, does nothing, since the writer drops the
 * whole delivery. */
void batch_sweep(struct batch *batch);

/* Undoes what was accepted and refused since these counts: it belongs to a part that cannot be
 * read. If the batch has a progress, the items stay, as in a sweep. */
void batch_take_back(struct batch *batch, size_t count, size_t refused);

/* index must be below count. Adding items never moves others; only a sweep does. */
struct batch_item *batch_item(const struct batch *batch, size_t index);

#endif
