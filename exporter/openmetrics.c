/* SPDX-License-Identifier: MIT */
/* openmetrics.c - the history of figures as OpenMetrics samples with timestamps */
#include "openmetrics.h"

#include "../almanac/exposition.h"
#include "../almanac/timeline.h"

struct state {
    struct timeline timeline; /* of the current series */
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
    format_flush(writer, &out->page);
}

/* The next multiple of repeat after time. */
static int64_t next_repeat(int64_t time, int64_t repeat)
{
    int64_t behind = time % repeat;
    return time - behind + (behind < 0 ? 0 : repeat);
}

static void write_segment(struct writer *writer, const struct subject *subject,
                          const struct segment *segment)
{
    int64_t until = segment->until <= writer->now ? segment->until : writer->now + 1;
    const char *value = segment->statement->value.text;
    if (segment->statement->missing || segment->from > writer->now)
        return;
    write_sample(writer, subject, value, segment->from);
    if (writer->repeat == 0)
        return;
    for (int64_t time = next_repeat(segment->from, writer->repeat); time < until && !writer->failed;
         time = next_repeat(time, writer->repeat))
        write_sample(writer, subject, value, time);
}

static void end_series(struct writer *writer, const struct subject *subject)
{
    struct timeline *timeline = &((struct state *)writer->state)->timeline;
    timeline_settle(timeline, subject->figure->kind);
    for (size_t i = 0; i < timeline->segment_count; i++)
        write_segment(writer, subject, &timeline->segments[i]);
    timeline_clear(timeline);
}

static void end(struct writer *writer)
{
    struct state *state = writer->state;
    exposition_end(&state->out);
    format_flush(writer, &state->out.page);
    timeline_free(&state->timeline);
    text_free(&state->out.page);
}

const struct format openmetrics_format = { "openmetrics", true, begin, take_row, end_series, end };
