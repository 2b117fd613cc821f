/* SPDX-License-Identifier: MIT */
/* batch.h - the observations of one delivery, recorded whole or refused with reasons */
#ifndef COLLECTOR_BATCH_H
#define COLLECTOR_BATCH_H

#include "../almanac/catalogue.h"

struct refusal {
    const char *place;  /* what goes behind the delivery's name: ":12:3" or "[2].obs_value" */
    const char *reason; /* what is wrong and what was expected */
};

/* Strings live in the arena. */
struct batch {
    struct arena arena;
    const struct catalogue *catalogue;   /* borrowed */
    int64_t now;                         /* seconds */
    const struct wording_style *wording; /* borrowed; how values are worded, NULL: plain decimals */
    struct observation *observations;
    size_t count, room;
    struct refusal *refusals;
    size_t refused, refused_room;
};

void batch_init(struct batch *batch, const struct catalogue *catalogue, int64_t now);
void batch_free(struct batch *batch);

/* Takes in the report, received now, or returns -1 with a complaint. */
int batch_take(struct batch *batch, struct report *report, struct complaint *complaint);

/* Remembers a refusal; place and reason are copied. */
void batch_refuse(struct batch *batch, const char *place, const char *reason);

#endif
