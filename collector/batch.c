/* SPDX-License-Identifier: MIT */
/* batch.c - the observations of one delivery, recorded whole or refused with reasons */
#include "batch.h"

#include <stdio.h>
#include <stdlib.h>

void batch_init(struct batch *batch, const struct catalogue *catalogue, const struct form *form,
                int64_t now)
{
    *batch = (struct batch){ .catalogue = catalogue, .form = form, .now = now };
}

void batch_free(struct batch *batch)
{
    free(batch->observations);
    free(batch->marks);
    free(batch->refusals);
    arena_free(&batch->arena);
    *batch = (struct batch){ 0 };
}

int batch_take(struct batch *batch, struct report *report, struct complaint *complaint)
{
    batch->observations = array_reserve(batch->observations, &batch->room, batch->count + 1,
                                        sizeof *batch->observations);
    batch->marks =
        array_reserve(batch->marks, &batch->marks_room, batch->count + 1, sizeof *batch->marks);
    batch->marks[batch->count] = batch->mark;
    report->received = batch->now;
    report->wording = batch->form->wording;
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

void batch_refuse_taken(struct batch *batch, size_t index, const char *reason)
{
    char place[32] = "";
    size_t mark = batch->marks[index];
    if (batch->by_line)
        snprintf(place, sizeof place, ":%zu", mark);
    else if (mark > 0)
        snprintf(place, sizeof place, "[%zu]", mark - 1);
    batch_refuse(batch, place, reason);
}

void batch_keep(struct batch *batch, size_t to, size_t from)
{
    batch->observations[to] = batch->observations[from];
    batch->marks[to] = batch->marks[from];
}
