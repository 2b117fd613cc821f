/* SPDX-License-Identifier: MIT */
/* inquiry.c - a query of the ledger, and the walk that answers it */
#include "inquiry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The state of an answer. */
struct walk {
    const struct inquiry *inquiry;
    const struct format *format;
    struct writer *writer;
    struct subject subject; /* the current series */
    struct period period;   /* the current one, of those selected */
    size_t periods;         /* number of periods so far */
    size_t skipped;         /* periods of the series before its last ones */
    size_t undeclared;
    struct arena arena; /* holds the labels' names */
    const char **names; /* sorted */
    size_t name_count, name_room;
};

static int check_label(const struct figure *figure, const char *name, struct fault *fault)
{
    if (figure_has_label(figure, name))
        return 0;
    struct text known = { 0 };
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&known, "%s%s", i == 0 ? "" : ", ", figure->labels[i]);
    if (figure->label_count == 0)
        fault_set(fault, "unknown label '%s'; %s has none", name, figure->name);
    else
        fault_set(fault, "unknown label '%s'; expected one of %s: %s", name, figure->name,
                  known.bytes);
    text_free(&known);
    return -1;
}

static int check_figure(const struct inquiry *inquiry, const char *name, struct fault *fault)
{
    const struct figure *figure = catalogue_find(inquiry->catalogue, name);
    if (figure == NULL)
        return fault_set(fault, "unknown figure '%s'; expected one of the catalogue", name);
    for (size_t i = 0; i < inquiry->label_count; i++)
        if (check_label(figure, inquiry->labels[i].name, fault) != 0)
            return -1;
    return 0;
}

static int check_of_any(const struct catalogue *catalogue, const char *name, struct fault *fault)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (figure_has_label(&catalogue->figures[i], name))
            return 0;
    return fault_set(fault, "unknown label '%s'; no figure of the catalogue has it", name);
}

int inquiry_check(const struct inquiry *inquiry, struct fault *fault)
{
    for (size_t i = 0; i < inquiry->label_count && inquiry->figure_count == 0; i++)
        if (check_of_any(inquiry->catalogue, inquiry->labels[i].name, fault) != 0)
            return -1;
    for (size_t i = 0; i < inquiry->figure_count; i++)
        if (check_figure(inquiry, inquiry->figures[i], fault) != 0)
            return -1;
    return 0;
}

bool inquiry_asks_for(const struct inquiry *inquiry, const char *name)
{
    for (size_t i = 0; i < inquiry->figure_count; i++)
        if (strcmp(inquiry->figures[i], name) == 0)
            return true;
    return inquiry->figure_count == 0;
}

/* Makes the series the subject; false if it is not selected. */
static bool take_subject(struct walk *walk, const struct series *series)
{
    if (!inquiry_asks_for(walk->inquiry, series->figure))
        return false;
    walk->subject = (struct subject){ catalogue_find(walk->inquiry->catalogue, series->figure),
                                      series->labels, series->label_count };
    for (size_t i = 0; i < walk->inquiry->label_count; i++) {
        const struct label *label = &walk->inquiry->labels[i];
        if (strcmp(format_label(&walk->subject, label->name), label->value) != 0)
            return false;
    }
    return true;
}

static void note_name(struct walk *walk, const char *name)
{
    size_t at = 0;
    while (at < walk->name_count && strcmp(walk->names[at], name) < 0)
        at++;
    if (at < walk->name_count && strcmp(walk->names[at], name) == 0)
        return;
    walk->names =
        array_reserve(walk->names, &walk->name_room, walk->name_count + 1, sizeof *walk->names);
    memmove(walk->names + at + 1, walk->names + at,
            (walk->name_count++ - at) * sizeof *walk->names);
    walk->names[at] = arena_string(&walk->arena, name);
}

static int note_names(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    struct walk *walk = owner;
    if (!take_subject(walk, series))
        return 0;
    if (walk->subject.figure == NULL)
        walk->undeclared++;
    else
        for (size_t i = 0; i < series->label_count; i++)
            note_name(walk, series->labels[i].name);
    return 0;
}

static int check_writer(const struct writer *writer, struct fault *fault)
{
    return writer->failed ? fault_set(fault, "cannot write: %s", strerror(errno)) : 0;
}

/* Whether the vintage is selected; if so, its period becomes the current one. */
static bool take_period(struct walk *walk, const struct vintage *vintage)
{
    const struct period *period = &vintage->statement.period;
    if (vintage->recorded <= walk->inquiry->recorded_after)
        return false;
    if (walk->periods == 0 || period->start != walk->period.start ||
        period->end != walk->period.end)
        walk->periods++;
    walk->period = *period;
    return true;
}

static int count_periods(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    take_period(owner, &account->vintage);
    return 0;
}

static int write_account(void *owner, const struct account *account, struct fault *fault)
{
    struct walk *walk = owner;
    const struct vintage *vintage = &account->vintage;
    size_t first = walk->inquiry->first;
    if (!take_period(walk, vintage) || walk->periods <= walk->skipped ||
        (first > 0 && walk->periods > first))
        return 0;
    struct row row = { .subject = &walk->subject,
                       .statement = &vintage->statement,
                       .has_released = vintage->has_released,
                       .released = vintage->released,
                       .recorded = vintage->recorded,
                       .vintages = vintage->count,
                       .source = account->source,
                       .reference = account->reference,
                       .comment = account->comment };
    walk->format->row(walk->writer, &row);
    return check_writer(walk->writer, fault);
}

/* Counts the periods of the series, if only the last ones are requested. */
static int count_skipped(struct walk *walk, const struct recall *recall, struct fault *fault)
{
    size_t last = walk->inquiry->last;
    walk->skipped = walk->periods = 0;
    if (last == 0)
        return 0;
    if (ledger_each_account(walk->inquiry->ledger, recall, count_periods, walk, fault) != 0)
        return -1;
    walk->skipped = walk->periods > last ? walk->periods - last : 0;
    walk->periods = 0;
    return 0;
}

static int write_series(void *owner, const struct series *series, struct fault *fault)
{
    struct walk *walk = owner;
    const struct inquiry *inquiry = walk->inquiry;
    if (!take_subject(walk, series) || walk->subject.figure == NULL)
        return 0;
    struct recall recall = { .series = series->id,
                             .known_by = inquiry->known_by,
                             .in_force = walk->format->in_force || !inquiry->history,
                             .within = inquiry->within,
                             .from = inquiry->from,
                             .until = inquiry->until };
    if (count_skipped(walk, &recall, fault) != 0 ||
        ledger_each_account(inquiry->ledger, &recall, write_account, walk, fault) != 0)
        return -1;
    if (walk->format->end_series != NULL)
        walk->format->end_series(walk->writer, &walk->subject);
    return check_writer(walk->writer, fault);
}

static int answer(struct walk *walk, struct fault *fault)
{
    struct writer *writer = walk->writer;
    if (ledger_each_series(walk->inquiry->ledger, 0, note_names, walk, fault) != 0)
        return -1;
    writer->labels = walk->names;
    writer->label_count = walk->name_count;
    walk->format->begin(writer);
    int result = ledger_each_series(walk->inquiry->ledger, 0, write_series, walk, fault);
    walk->format->end(writer);
    writer->failed |= fflush(writer->out) != 0;
    return result == 0 ? check_writer(writer, fault) : -1;
}

int inquiry_answer(const struct inquiry *inquiry, const struct format *format,
                   struct writer *writer, size_t *undeclared, struct fault *fault)
{
    struct walk walk = { .inquiry = inquiry, .format = format, .writer = writer };
    ledger_prefer(inquiry->ledger, inquiry->catalogue->figures, inquiry->catalogue->count);
    int result = ledger_freeze(inquiry->ledger, fault);
    if (result == 0) {
        result = answer(&walk, fault);
        ledger_thaw(inquiry->ledger);
    }
    *undeclared = walk.undeclared;
    format_free(writer);
    arena_free(&walk.arena);
    free(walk.names);
    return result;
}
