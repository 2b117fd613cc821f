/* SPDX-License-Identifier: MIT */
/* format_json.c - observations as an array of JSON objects, in the form that is imported */
#include "format.h"

void format_json_field(struct text *line, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    text_printf(line, ", \"%s\": ", name);
    text_json(line, value);
}

void format_json_moment(struct text *line, const char *name, int64_t seconds)
{
    char time[PERIOD_TIME];
    period_write_moment(seconds, time);
    text_printf(line, ", \"%s\": \"%s\"", name, time);
}

void format_json_labels(struct text *line, const struct label *labels, size_t count)
{
    text_char(line, '{');
    for (size_t i = 0; i < count; i++) {
        text_put(line, i == 0 ? "" : ", ");
        text_json(line, labels[i].name);
        text_put(line, ": ");
        text_json(line, labels[i].value);
    }
    text_char(line, '}');
}

static void put_series(struct writer *writer, const struct subject *subject)
{
    text_json(&writer->out, subject->figure->name);
    if (subject->label_count == 0 && !writer->details)
        return;
    text_put(&writer->out, ", \"labels\": ");
    format_json_labels(&writer->out, subject->labels, subject->label_count);
}

static void put_details(struct text *line, const struct row *row)
{
    format_json_moment(line, "period_start", row->statement->period.start);
    format_json_moment(line, "period_end", row->statement->period.end);
    text_printf(line, ", \"vintages\": %lld", (long long)row->vintages);
}

static void put_provenance(struct text *line, const struct row *row)
{
    format_json_moment(line, "recorded", row->recorded);
    format_json_field(line, "source", row->source);
}

static void begin(struct writer *writer)
{
    text_put(&writer->out, "[");
}

/* A quantity's text is a JSON number with the digits that were reported. */
static void put_row(struct writer *writer, const struct row *row)
{
    const struct statement *statement = row->statement;
    struct text *line = &writer->out;
    char released[PERIOD_TIME], status[2] = { statement->status, '\0' };
    text_put(line, writer->rows++ == 0 ? "\n{\"figure\": " : ",\n{\"figure\": ");
    put_series(writer, row->subject);
    format_json_field(line, "time_period", statement->period.text);
    text_printf(line, ", \"obs_value\": %s", statement->missing ? "null" : statement->value.text);
    format_json_field(line, "comparator", comparator_text(statement->comparator));
    format_json_field(line, "obs_status", status);
    format_json_field(line, "released", format_released(row, released));
    format_json_field(line, "reference", row->reference);
    format_json_field(line, "comment", row->comment);
    if (writer->provenance)
        put_provenance(line, row);
    if (writer->details)
        put_details(line, row);
    text_char(line, '}');
}

static void end(struct writer *writer)
{
    text_put(&writer->out, writer->rows == 0 ? "]\n" : "\n]\n");
}

const struct format format_json = {
    .type = "application/json", .begin = begin, .row = put_row, .end = end
};
