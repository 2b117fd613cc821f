/* SPDX-License-Identifier: MIT */
/* batch.h - the observations of one delivery, recorded whole or refused with reasons */
#ifndef COLLECTOR_BATCH_H
#define COLLECTOR_BATCH_H

#include "../almanac/catalogue.h"
#include "../almanac/form.h"

enum { BATCH_RUNS = 40, BATCH_REFUSALS = 10000 };

struct progress;

/* What a refusal is about: a report_field, or one of these. */
enum {
    REFUSED_LABELS = REPORT_FIELDS,
    REFUSED_DOCUMENT, /* it cannot be read, or is not made as it should be */
    REFUSED_RULE,     /* of a source of text */
    REFUSED_CONTRADICTION,
    REFUSED_PERMISSION,
    REFUSAL_CAUSES,
};
const char *refusal_cause(int cause); /* in a word: "obs_value", "document" */

struct refusal {
    int cause;
    const char *place;  /* what goes behind the delivery's name: ":12:3" or "[2].obs_value" */
    const char *reason; /* what is wrong and what was expected */
};

/* What was taken, and where it stands. */
struct batch_item {
    struct observation observation;
    size_t mark;
    bool refused; /* after all */
};

/* Strings and items live in the arena. */
struct batch {
    struct arena arena;
    const struct catalogue *catalogue;   /* borrowed */
    const struct form *form;             /* borrowed; how it is written */
    int64_t now;                         /* seconds */
    struct batch_item *runs[BATCH_RUNS]; /* see batch_item */
    size_t count;
    bool configured;           /* a source is read: complaints name the keys that would help */
    struct progress *progress; /* borrowed; told how many there are; NULL: nobody asks */
    bool by_line;  /* marks are lines; otherwise the index in a list and 1, 0 outside of lists */
    size_t mark;   /* for the decoder: where the next observation stands */
    int interrupt; /* for the decoder: a descriptor, -1: none; readable: it need not go on */
    struct refusal *refusals;
    size_t refused, refused_room;
};

void batch_init(struct batch *batch, const struct catalogue *catalogue, const struct form *form,
                int64_t now);
void batch_free(struct batch *batch);

/* Takes in the report, received now, or returns -1 with a complaint. */
int batch_take(struct batch *batch, struct report *report, struct complaint *complaint);

/* Remembers a refusal; place and reason are copied. The first beyond BATCH_REFUSALS says that there
 * are more, and nothing that was taken stays: the batch is full, and the rest is not to be read. */
void batch_refuse(struct batch *batch, int cause, const char *place, const char *reason);
bool batch_is_full(const struct batch *batch);
/* The same for an item that was taken, by its mark. It stays where it is until the sweep. */
void batch_refuse_taken(struct batch *batch, int cause, size_t index, const char *reason);
/* Takes those out, but where the progress is told: there whoever records them drops them all. */
void batch_sweep(struct batch *batch);

/* Takes back what was taken and refused since there were so many of each: it stands in a part that
 * cannot be read. Where the progress is told no item is given back, as in a sweep. */
void batch_take_back(struct batch *batch, size_t count, size_t refused);

/* Of those below count. No item moves before a sweep, however many are added. */
struct batch_item *batch_item(const struct batch *batch, size_t index);

#endif
