/* SPDX-License-Identifier: MIT */
/* api_series.c - series as JSON objects, with counts of their observations */
#include "api_series.h"

/* The counts of the current series. */
struct tally {
    size_t periods, vintages;
    struct period first, last;
    int64_t recorded; /* of the newest */
};

static void begin(struct writer *writer)
{
    writer->state = arena_take(&writer->arena, 1, sizeof(struct tally));
    text_char(&writer->out, '[');
}

static void take_row(struct writer *writer, const struct row *row)
{
    struct tally *tally = writer->state;
    const struct period *period = &row->statement->period;
    if (tally->vintages++ == 0)
        tally->first = *period;
    tally->last = *period;
    if (row->vintages == 1)
        tally->periods++;
    if (tally->vintages == 1 || row->recorded > tally->recorded)
        tally->recorded = row->recorded;
}

static bool end_series(struct writer *writer, const struct subject *subject)
{
    struct tally *tally = writer->state;
    struct text *line = &writer->out;
    if (tally->vintages == 0)
        return false;
    text_put(line, writer->rows++ == 0 ? "\n{\"figure\": " : ",\n{\"figure\": ");
    text_json(line, subject->figure->name);
    text_put(line, ", \"labels\": ");
    format_json_labels(line, subject->labels, subject->label_count);
    text_printf(line, ", \"first_period\": \"%s\", \"last_period\": \"%s\"", tally->first.text,
                tally->last.text);
    text_printf(line, ", \"periods\": %zu, \"vintages\": %zu", tally->periods, tally->vintages);
    format_json_moment(line, "recorded", tally->recorded);
    text_char(line, '}');
    *tally = (struct tally){ 0 };
    return false;
}

static void end(struct writer *writer)
{
    text_put(&writer->out, writer->rows == 0 ? "]\n" : "\n]\n");
}

const struct format api_series_format = {
    .begin = begin, .row = take_row, .end_series = end_series, .end = end
};
