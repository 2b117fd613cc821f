/* SPDX-License-Identifier: MIT */
/* format_json.c - observations as an array of JSON objects, in the form that is imported */
#include "format.h"

static void put_field(struct text *line, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    text_printf(line, ", \"%s\": ", name);
    text_json(line, value);
}

static void put_labels(struct text *line, const struct subject *subject)
{
    for (size_t i = 0; i < subject->label_count; i++) {
        text_put(line, i == 0 ? ", \"labels\": {" : ", ");
        text_json(line, subject->labels[i].name);
        text_put(line, ": ");
        text_json(line, subject->labels[i].value);
    }
    text_put(line, subject->label_count == 0 ? "" : "}");
}

static void put_provenance(struct text *line, const struct row *row)
{
    char recorded[32];
    period_write_time(row->recorded, recorded);
    put_field(line, "recorded", recorded);
    put_field(line, "source", row->source);
}

static void begin(struct writer *writer)
{
    text_put(&writer->line, "[");
}

/* A quantity's text is a JSON number with the digits that were reported. */
static void put_row(struct writer *writer, const struct row *row)
{
    const struct statement *statement = row->statement;
    struct text *line = &writer->line;
    char released[32], status[2] = { statement->status, '\0' };
    text_put(line, writer->rows++ == 0 ? "\n{\"figure\": " : ",\n{\"figure\": ");
    text_json(line, row->subject->figure->name);
    put_labels(line, row->subject);
    put_field(line, "time_period", statement->period.text);
    text_printf(line, ", \"obs_value\": %s", statement->missing ? "null" : statement->value.text);
    put_field(line, "comparator", comparator_text(statement->comparator));
    put_field(line, "obs_status", status);
    put_field(line, "released", format_released(row, released));
    put_field(line, "reference", row->reference);
    put_field(line, "comment", row->comment);
    if (writer->provenance)
        put_provenance(line, row);
    text_char(line, '}');
    format_flush(writer, &writer->line);
}

static void end(struct writer *writer)
{
    text_put(&writer->line, writer->rows == 0 ? "]\n" : "\n]\n");
    format_flush(writer, &writer->line);
}

const struct format format_json = { "json", false, begin, put_row, NULL, end };
