/* SPDX-License-Identifier: MIT */
/* batch.c - the observations of one delivery, and the refusals with their reasons */
#include "batch.h"

#include "../almanac/dating.h"
#include "../almanac/wording.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST_RUN = 256, BETWEEN_TELLS = 512 };

void batch_init(struct batch *batch, const struct catalogue *catalogue, const struct form *form,
                int64_t now)
{
    *batch = (struct batch){ .catalogue = catalogue, .form = form, .now = now, .interrupt = -1 };
}

void batch_free(struct batch *batch)
{
    free(batch->refusals);
    arena_free(&batch->arena);
    *batch = (struct batch){ 0 };
}

/* Each run is twice as long as the one before, so that no run has to grow. *index becomes the index
 * in the run. */
static size_t run_of(size_t *index)
{
    size_t run = 0;
    for (; *index >= (size_t)FIRST_RUN << run; run++)
        *index -= (size_t)FIRST_RUN << run;
    return run;
}

struct batch_item *batch_item(const struct batch *batch, size_t index)
{
    size_t run = run_of(&index);
    return &batch->runs[run][index];
}

/* The free item after the last. */
static struct batch_item *next_item(struct batch *batch)
{
    size_t index = batch->count, run = run_of(&index);
    struct batch_item **items = &batch->runs[run];
    if (*items == NULL)
        *items = arena_take(&batch->arena, (size_t)FIRST_RUN << run, sizeof **items);
    return &(*items)[index];
}

/* Hints at the 'numbers' key of a source, if with it the value could be read. */
static void hint_at_words(const struct batch *batch, const struct report *report,
                          struct fault *fault)
{
    static const struct wording_style styles[] = { { .decimal_comma = false },
                                                   { .decimal_comma = true } };
    static const char *const keys[] = { "words", "words with decimal comma" };
    const char *way = batch->advice == ADVISE_SOURCE ? "'import --source' with a source of " : "";
    const char *said = report->fields[REPORT_OBS_VALUE];
    const struct figure *figure = catalogue_find(batch->catalogue, report->fields[REPORT_FIGURE]);
    enum form_format format = batch->form->format;
    if (batch->advice == ADVISE_NOTHING || report->wording != NULL || said == NULL ||
        (report->fields[REPORT_UNIT] != NULL && report->fields[REPORT_UNIT][0] != '\0') ||
        (format != FORM_CSV && format != FORM_JSON))
        return;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct wording wording;
        struct fault plain = *fault, ignored = { 0 };
        if (wording_read(said, &styles[i], &wording, &ignored) != 0 ||
            wording_check_unit(&wording, figure, &ignored) != 0)
            continue;
        *fault = (struct fault){ 0 };
        fault_set(fault, "%s; %s'numbers: %s' reads it", plain.text, way, keys[i]);
        return;
    }
}

/* Hints at the 'missing' key of a source, which says what …, - or N/A means. */
static void hint_at_missing(const struct batch *batch, const struct report *report,
                            struct fault *fault)
{
    const char *said = report->fields[REPORT_OBS_VALUE];
    enum form_format format = batch->form->format;
    bool mapped = batch->advice == ADVISE_KEY && format == FORM_SDMX_CSV;
    struct fault plain = *fault;
    if (batch->advice == ADVISE_NOTHING || said == NULL || !wording_is_nothing(said) ||
        (format != FORM_CSV && !mapped))
        return;
    *fault = (struct fault){ 0 };
    fault_set(fault, "%s; %s", plain.text,
              batch->advice == ADVISE_SOURCE
                  ? "'import --source' with a source whose 'missing' has it reads it"
                  : "'missing' of the source can say what it means");
}

/* Hints at the 'dates' key of a source, which says what 01/02/2024 means. */
static void hint_at_dates(const struct batch *batch, const struct report *report,
                          struct fault *fault)
{
    char respelt[PERIOD_TEXT];
    const char *said = report->fields[REPORT_TIME_PERIOD];
    struct fault plain = *fault;
    bool ordered = report->dating != NULL && report->dating->order != DATING_YEAR_FIRST;
    if (batch->advice != ADVISE_KEY || said == NULL || ordered ||
        dating_respell(DATING_DAY_FIRST, said, respelt) == said)
        return;
    *fault = (struct fault){ 0 };
    fault_set(fault, "%s; 'dates' of the source can say which number is the day", plain.text);
}

int batch_take(struct batch *batch, struct report *report, struct complaint *complaint)
{
    struct batch_item *item = next_item(batch);
    item->mark = batch->mark;
    report->received = batch->now;
    report->history = batch->history;
    report->wording = batch->form->wording;
    report->dating = batch->form->dating;
    if (catalogue_read(batch->catalogue, report, &batch->arena, &item->observation, complaint) !=
        0) {
        if (complaint->field == REPORT_OBS_VALUE) {
            hint_at_words(batch, report, &complaint->fault);
            hint_at_missing(batch, report, &complaint->fault);
        }
        if (complaint->field == REPORT_TIME_PERIOD)
            hint_at_dates(batch, report, &complaint->fault);
        return -1;
    }
    if (report->dating != NULL &&
        !dating_takes(report->dating, &item->observation.statement.period)) {
        batch->passed++;
        return 0;
    }
    batch->count++;
    if (batch->progress != NULL && batch->count % BETWEEN_TELLS == 0)
        progress_reach(batch->progress, batch->count);
    return 0;
}

const char *refusal_cause(int cause)
{
    static const char *const others[] = { "labels", "document", "rule", "contradiction",
                                          "permission" };
    return cause < REPORT_FIELDS ? report_field_names[cause] : others[cause - REPORT_FIELDS];
}

bool batch_is_full(const struct batch *batch)
{
    return batch->refused > BATCH_REFUSALS;
}

void batch_refuse(struct batch *batch, int cause, const char *place, const char *reason)
{
    struct fault last = { 0 };
    if (batch_is_full(batch))
        return;
    if (batch->refused == BATCH_REFUSALS) {
        fault_set(&last,
                  "more than %d are refused; the rest is not read, and nothing of it is recorded",
                  BATCH_REFUSALS);
        reason = last.text;
        batch->count = 0;
    }
    batch->refusals = array_reserve(batch->refusals, &batch->refused_room, batch->refused + 1,
                                    sizeof *batch->refusals);
    batch->refusals[batch->refused++] = (struct refusal){ cause, arena_string(&batch->arena, place),
                                                          arena_string(&batch->arena, reason) };
}

bool batch_refuse_at(struct batch *batch, int cause, size_t line, size_t column, const char *format,
                     ...)
{
    char place[64] = "";
    struct fault reason = { 0 };
    va_list args;
    va_start(args, format);
    fault_vset(&reason, format, args);
    va_end(args);
    if (line > 0 && column == 0)
        snprintf(place, sizeof place, ":%zu", line);
    else if (line > 0)
        snprintf(place, sizeof place, ":%zu:%zu", line, column);
    batch_refuse(batch, cause, place, reason.text);
    return false;
}

void batch_refuse_taken(struct batch *batch, int cause, size_t index, const char *reason)
{
    char place[32] = "";
    size_t mark = batch_item(batch, index)->mark;
    batch_item(batch, index)->refused = true;
    if (batch->by_line)
        snprintf(place, sizeof place, ":%zu", mark);
    else if (mark > 0)
        snprintf(place, sizeof place, "[%zu]", mark - 1);
    batch_refuse(batch, cause, place, reason);
}

void batch_take_back(struct batch *batch, size_t count, size_t refused)
{
    batch->refused = refused;
    if (batch->progress == NULL)
        batch->count = count;
}

void batch_sweep(struct batch *batch)
{
    size_t kept = 0;
    if (batch->refused == 0 || batch->progress != NULL)
        return;
    for (size_t i = 0; i < batch->count; i++)
        if (!batch_item(batch, i)->refused)
            *batch_item(batch, kept++) = *batch_item(batch, i);
    batch->count = kept;
}
