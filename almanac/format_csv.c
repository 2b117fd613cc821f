/* SPDX-License-Identifier: MIT */
/* format_csv.c - observations as CSV: the form that is imported, and SDMX-CSV 2.0 */
#include "format.h"

/* SDMX-CSV names a structure in each row; ours has the figure and all labels as dimensions. */
#define SDMX_STRUCTURE "dataflow,ALMANAC:FIGURES(1.0),I"

static void put_labels(struct writer *writer, const struct subject *subject)
{
    for (size_t i = 0; i < writer->label_count; i++) {
        text_char(&writer->out, ',');
        text_csv(&writer->out,
                 subject == NULL ? writer->labels[i] : format_label(subject, writer->labels[i]));
    }
}

static void put_cell(struct writer *writer, const char *text)
{
    text_char(&writer->out, ',');
    text_csv(&writer->out, text == NULL ? "" : text);
}

static void put_said(struct writer *writer, const struct row *row, const char *missing)
{
    const struct statement *statement = row->statement;
    char released[PERIOD_TIME], status[2] = { statement->status, '\0' };
    put_cell(writer, statement->period.text);
    put_cell(writer, statement->missing ? missing : statement->value.text);
    put_cell(writer, comparator_text(statement->comparator));
    put_cell(writer, status);
    put_cell(writer, format_released(row, released));
    put_cell(writer, row->reference);
    put_cell(writer, row->comment);
    if (writer->provenance) {
        char recorded[PERIOD_TIME];
        period_write_moment(row->recorded, recorded);
        put_cell(writer, row->source);
        put_cell(writer, recorded);
    }
    text_char(&writer->out, '\n');
}

static void begin_csv(struct writer *writer)
{
    text_put(&writer->out, "figure");
    put_labels(writer, NULL);
    text_put(&writer->out,
             ",time_period,obs_value,comparator,obs_status,released,reference,comment");
    text_put(&writer->out, writer->provenance ? ",source,recorded\n" : "\n");
}

static void begin_excel_csv(struct writer *writer)
{
    text_put(&writer->out, "\xEF\xBB\xBF");
    begin_csv(writer);
}

static void row_csv(struct writer *writer, const struct row *row)
{
    text_put(&writer->out, row->subject->figure->name);
    put_labels(writer, row->subject);
    put_said(writer, row, "");
}

static void begin_sdmx(struct writer *writer)
{
    text_put(&writer->out, "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE");
    put_labels(writer, NULL);
    text_put(&writer->out,
             ",TIME_PERIOD,OBS_VALUE,COMPARATOR,OBS_STATUS,RELEASED,REFERENCE,OBS_COM");
    text_put(&writer->out, writer->provenance ? ",SOURCE,RECORDED\n" : "\n");
}

static void row_sdmx(struct writer *writer, const struct row *row)
{
    text_put(&writer->out, SDMX_STRUCTURE);
    put_cell(writer, row->subject->figure->name);
    put_labels(writer, row->subject);
    put_said(writer, row, "NaN"); /* deliberately missing; an empty cell means not reported */
}

static void end(struct writer *writer)
{
    (void)writer;
}

#define CSV .type = "text/csv; charset=utf-8; header=present", .row = row_csv, .end = end

const struct format format_csv = { CSV, .begin = begin_csv };
const struct format format_excel_csv = { CSV, .begin = begin_excel_csv };
const struct format format_sdmx_csv = { .type = "application/vnd.sdmx.data+csv; version=2.0.0",
                                        .begin = begin_sdmx,
                                        .row = row_sdmx,
                                        .end = end };
