/* SPDX-License-Identifier: MIT */
/* openmetrics.c - the history of figures as OpenMetrics samples with timestamps */
#include "openmetrics.h"

#include "../almanac/exposition.h"
#include "../almanac/timeline.h"

struct state {
    struct timeline timeline; /* of the current series */
    bool settled;             /* its samples are being written */
    size_t segment;           /* index of the segment being written */
    bool begun;               /* its first sample is written; the next one is at this time */
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

static void write_sample(struct writer *writer, const struct subject *subject, const char *value,
                         int64_t time)
{
    struct exposition *out = &((struct state *)writer->state)->out;
    const struct figure *figure = subject->figure;
    const struct family family = { figure->name, FAMILY_GAUGE, figure->unit, figure->help };
    exposition_series(out, &family, subject->labels, subject->label_count);
    text_printf(&out->page, "%s %lld\n", value, (long long)time);
}

/* The next multiple of repeat after time. */
static int64_t next_repeat(int64_t time, int64_t repeat)
{
    int64_t behind = time % repeat;
    return time - behind + (behind < 0 ? 0 : repeat);
}

/* Writes samples of the segment until the output is full; false: all are written. */
static bool write_segment(struct writer *writer, const struct subject *subject,
                          const struct segment *segment)
{
    struct state *state = writer->state;
    int64_t until = segment->until <= writer->now ? segment->until : writer->now + 1;
    if (segment->statement->missing)
        return false;
    for (int64_t time = state->begun ? state->next : segment->from; time < until;
         time = state->next) {
        if (state->out.page.size >= FORMAT_PIECE)
            return true;
        write_sample(writer, subject, segment->statement->value.text, time);
        state->next = writer->repeat == 0 ? until : next_repeat(time, writer->repeat);
        state->begun = true;
    }
    return false;
}

static void move_page(struct writer *writer)
{
    struct text *page = &((struct state *)writer->state)->out.page;
    text_bytes(&writer->out, page->bytes, page->size);
    writer->out.failed |= text_failed(page);
    text_clear(page);
}

static bool end_series(struct writer *writer, const struct subject *subject)
{
    struct state *state = writer->state;
    const struct timeline *timeline = &state->timeline;
    if (!state->settled)
        timeline_settle(&state->timeline, subject->figure->kind);
    state->settled = true;
    while (state->segment < timeline->segment_count &&
           !write_segment(writer, subject, &timeline->segments[state->segment])) {
        state->begun = false;
        state->segment++;
    }
    move_page(writer);
    if (state->segment < timeline->segment_count)
        return true;
    timeline_clear(&state->timeline);
    state->settled = false;
    state->segment = 0;
    return false;
}

static void end(struct writer *writer)
{
    struct state *state = writer->state;
    exposition_end(&state->out);
    move_page(writer);
    timeline_free(&state->timeline);
    text_free(&state->out.page);
}

const struct format openmetrics_format = { "openmetrics", true, begin, take_row, end_series, end };
