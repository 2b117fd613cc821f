/* SPDX-License-Identifier: MIT */
/* batch.c - the observations of one delivery, recorded whole or refused with reasons */
#include "batch.h"

#include <stdlib.h>

void batch_init(struct batch *batch, const struct catalogue *catalogue, int64_t now)
{
    *batch = (struct batch){ .catalogue = catalogue, .now = now };
}

void batch_free(struct batch *batch)
{
    free(batch->observations);
    free(batch->refusals);
    arena_free(&batch->arena);
    *batch = (struct batch){ 0 };
}

int batch_take(struct batch *batch, struct report *report, struct complaint *complaint)
{
    batch->observations = array_reserve(batch->observations, &batch->room, batch->count + 1,
                                        sizeof *batch->observations);
    report->received = batch->now;
    report->wording = batch->wording;
    int result = catalogue_read(batch->catalogue, report, &batch->arena,
                                &batch->observations[batch->count], complaint);
    if (result == 0)
        batch->count++;
    return result;
}

void batch_refuse(struct batch *batch, const char *place, const char *reason)
{
    batch->refusals = array_reserve(batch->refusals, &batch->refused_room, batch->refused + 1,
                                    sizeof *batch->refusals);
    batch->refusals[batch->refused++] =
        (struct refusal){ arena_string(&batch->arena, place), arena_string(&batch->arena, reason) };
}
