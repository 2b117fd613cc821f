/* SPDX-License-Identifier: MIT */
/* batch.h - the observations of one delivery, recorded whole or refused with reasons */
#ifndef COLLECTOR_BATCH_H
#define COLLECTOR_BATCH_H

#include "../almanac/catalogue.h"
#include "../almanac/form.h"

struct refusal {
    const char *place;  /* what goes behind the delivery's name: ":12:3" or "[2].obs_value" */
    const char *reason; /* what is wrong and what was expected */
};

/* Strings live in the arena. */
struct batch {
    struct arena arena;
    const struct catalogue *catalogue; /* borrowed */
    const struct form *form;           /* borrowed; how it is written */
    int64_t now;                       /* seconds */
    struct observation *observations;
    size_t *marks; /* where each of them stands */
    size_t count, room, marks_room;
    bool by_line; /* marks are lines; otherwise the index in a list and 1, 0 outside of lists */
    size_t mark;  /* for the decoder: where the next observation stands */
    struct refusal *refusals;
    size_t refused, refused_room;
};

void batch_init(struct batch *batch, const struct catalogue *catalogue, const struct form *form,
                int64_t now);
void batch_free(struct batch *batch);

/* Takes in the report, received now, or returns -1 with a complaint. */
int batch_take(struct batch *batch, struct report *report, struct complaint *complaint);

/* Remembers a refusal; place and reason are copied. */
void batch_refuse(struct batch *batch, const char *place, const char *reason);
/* The same for an observation that was taken, by its mark. It stays where it is. */
void batch_refuse_taken(struct batch *batch, size_t index, const char *reason);
/* Puts the observation from this index to an earlier one: for who leaves some out. */
void batch_keep(struct batch *batch, size_t to, size_t from);

#endif
