/* SPDX-License-Identifier: MIT */
/* openmetrics.c - the history of figures as OpenMetrics samples with timestamps */
#include "openmetrics.h"

#include "../almanac/timeline.h"
#include "qualifier.h"

#include <stdlib.h>

/* A family's samples must not be interrupted, so all series come once for the figures, and those
 * that need it once more for each family of info series. */
enum { FIGURES, COMPARATORS, STATUSES, ROUNDS };

static const struct family *const info_families[ROUNDS] = {
    [COMPARATORS] = &comparator_family,
    [STATUSES] = &obs_status_family,
};

struct state {
    int round;
    uint32_t *qualified;      /* of each series, what qualifiers_in says */
    size_t series_room, at;   /* the index of the current series */
    struct timeline timeline; /* of the current series */
    bool settled;             /* its samples are being written */
    struct timeline info;     /* of the info series being written */
    struct label *labels;
    size_t label_room;
    size_t qualifier; /* its index */
    size_t segment;   /* index of the segment being written */
    bool begun;       /* its first sample is written; the next one is at this time */
    int64_t next;
    struct exposition out;
};

static void begin(struct writer *writer)
{
    struct state *state = arena_take(&writer->arena, 1, sizeof *state);
    state->out.format = EXPOSITION_OPENMETRICS;
    writer->state = state;
}

static void take_row(struct writer *writer, const struct row *row)
{
    struct state *state = writer->state;
    timeline_add(&state->timeline, row->statement);
}

/* The next multiple of repeat after time. */
static int64_t next_repeat(int64_t time, int64_t repeat)
{
    int64_t behind = time % repeat;
    return time - behind + (behind < 0 ? 0 : repeat);
}

/* Writes samples of the segment until the output is full; false: all are written. */
static bool write_segment(struct writer *writer, const struct family *family,
                          const struct series *series, const struct segment *segment)
{
    struct state *state = writer->state;
    struct exposition *out = &state->out;
    int64_t until = segment->until <= writer->now ? segment->until : writer->now + 1;
    if (segment->statement->missing)
        return false;
    for (int64_t time = state->begun ? state->next : segment->from; time < until;
         time = state->next) {
        if (out->page.size >= FORMAT_PIECE)
            return true;
        exposition_series(out, family, series->labels, series->label_count);
        text_printf(&out->page, "%s %lld\n", segment->statement->value.text, (long long)time);
        state->next = writer->repeat == 0 ? until : next_repeat(time, writer->repeat);
        state->begun = true;
    }
    return false;
}

static bool write_series(struct writer *writer, const struct family *family,
                         const struct series *series, const struct timeline *timeline)
{
    struct state *state = writer->state;
    while (state->segment < timeline->segment_count) {
        if (write_segment(writer, family, series, &timeline->segments[state->segment]))
            return true;
        state->begun = false;
        state->segment++;
    }
    state->segment = 0;
    return false;
}

static bool write_figure(struct writer *writer, const struct figure *figure,
                         const struct series *series)
{
    struct state *state = writer->state;
    const struct family family = { figure->name, FAMILY_GAUGE, figure->unit, figure->help };
    return write_series(writer, &family, series, &state->timeline);
}

/* Whether the current series has the qualifier, whose family's round this is. */
static bool needs(const struct state *state, size_t qualifier)
{
    return qualifiers[qualifier].family == info_families[state->round] &&
           (state->qualified[state->at] >> qualifier & 1) != 0;
}

static bool write_infos(struct writer *writer, const struct figure *figure,
                        const struct series *series)
{
    struct state *state = writer->state;
    state->labels = array_reserve(state->labels, &state->label_room,
                                  series->label_count + QUALIFIER_LABELS, sizeof *state->labels);
    for (; state->qualifier < QUALIFIERS; state->qualifier++) {
        const struct qualifier *qualifier = &qualifiers[state->qualifier];
        if (!needs(state, state->qualifier))
            continue;
        qualifier_timeline(qualifier, &state->timeline, figure->kind, &state->info);
        const struct series info = qualifier_series(qualifier, series, state->labels);
        if (write_series(writer, qualifier->family, &info, &state->info))
            return true;
    }
    state->qualifier = 0;
    return false;
}

static void note_qualifiers(struct state *state)
{
    state->qualified = array_reserve(state->qualified, &state->series_room, state->at + 1,
                                     sizeof *state->qualified);
    state->qualified[state->at] = qualifiers_in(&state->timeline);
}

static void move_page(struct writer *writer)
{
    struct text *page = &((struct state *)writer->state)->out.page;
    text_bytes(&writer->out, page->bytes, page->size);
    text_clear(page);
}

static bool end_series(struct writer *writer, const struct subject *subject)
{
    struct state *state = writer->state;
    const struct figure *figure = subject->figure;
    const struct series series = { 0, figure->name, subject->labels, subject->label_count };
    if (!state->settled)
        timeline_settle(&state->timeline, figure->kind);
    state->settled = true;
    bool more = state->round == FIGURES ? write_figure(writer, figure, &series)
                                        : write_infos(writer, figure, &series);
    move_page(writer);
    if (more)
        return true;
    if (state->round == FIGURES)
        note_qualifiers(state);
    state->at++;
    timeline_clear(&state->timeline);
    state->settled = false;
    return false;
}

static bool again(struct writer *writer)
{
    struct state *state = writer->state;
    state->round++;
    state->at = 0;
    return state->round < ROUNDS && !writer->figures_only;
}

static bool skips(struct writer *writer)
{
    struct state *state = writer->state;
    bool needed = state->round == FIGURES;
    for (size_t i = 0; i < QUALIFIERS && !needed; i++)
        needed = needs(state, i);
    state->at += !needed;
    return !needed;
}

static void end(struct writer *writer)
{
    struct state *state = writer->state;
    exposition_end(&state->out);
    move_page(writer);
    timeline_free(&state->timeline);
    timeline_free(&state->info);
    free(state->qualified);
    free(state->labels);
    text_free(&state->out.page);
}

const struct format openmetrics_format = { .type = EXPOSITION_OPENMETRICS_TYPE,
                                           .in_force = true,
                                           .begin = begin,
                                           .row = take_row,
                                           .end_series = end_series,
                                           .end = end,
                                           .again = again,
                                           .skips = skips };
