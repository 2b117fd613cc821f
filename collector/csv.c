/* SPDX-License-Identifier: MIT */
/* csv.c - a parser for CSV (RFC 4180), with the place of each field */
#include "csv.h"

#include "../almanac/visible.h"

#include <string.h>

static const struct {
    char delimiter;
    const char *name;
} delimiters[] = {
    { ',', "a comma" }, { ';', "a semicolon" }, { '|', "a bar" }, { '\t', "a tab" }
};

const char *csv_delimiter(char c)
{
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++)
        if (delimiters[i].delimiter == c)
            return delimiters[i].name;
    return NULL;
}

/* Sets the fault; the record is still read to its end, to find the next. */
static void find_fault(struct csv *csv, size_t line, const char *words, const char *expected)
{
    if (csv->fault.text[0] != '\0')
        return;
    fault_set(&csv->fault, "%s; expected %s", words, expected);
    csv->fault_line = line;
    csv->fault_field = csv->field_count;
}

static void keep(struct csv *csv, const char *bytes, size_t size)
{
    if (csv->used + size <= sizeof csv->bytes)
        memcpy(csv->bytes + csv->used, bytes, size);
    csv->used += size;
}

/* From the opening quote past the closing one: "say ""so""", then". */
static void read_quoted(struct csv *csv)
{
    size_t opened = csv->line;
    do {
        csv->at++;
        const char *quote = memchr(csv->at, '"', (size_t)(csv->end - csv->at));
        const char *stop = quote == NULL ? csv->end : quote + 1;
        for (const char *c = csv->at; c < stop; c++)
            csv->line += *c == '\n';
        if (quote == NULL) {
            csv->at = csv->end;
            find_fault(csv, opened, "the quote that opens here is never closed",
                       "another at the field's end");
            return;
        }
        /* Includes the quote, which stays if it is doubled. */
        keep(csv, csv->at, (size_t)(stop - csv->at));
        csv->at = stop;
    } while (csv->at < csv->end && *csv->at == '"');
    csv->used--;
}

static bool at_line_end(const struct csv *csv)
{
    if (csv->at == csv->end || *csv->at == '\n')
        return true;
    return *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n';
}

static bool at_delimiter(const struct csv *csv)
{
    return csv->at < csv->end && *csv->at == csv->delimiter;
}

static void read_plain(struct csv *csv)
{
    const char *begin = csv->at;
    for (; !at_delimiter(csv) && !at_line_end(csv); csv->at++) {
        if (*csv->at == '"')
            find_fault(csv, csv->line, "a quote inside a field",
                       "the whole field in quotes, and the quote in it doubled");
        else if (*csv->at == '\r')
            find_fault(csv, csv->line, "a carriage return alone",
                       "lines that end with LF or CR LF");
    }
    keep(csv, begin, (size_t)(csv->at - begin));
}

static void check_behind_quote(struct csv *csv)
{
    struct fault expected = { 0 };
    if (at_line_end(csv) || at_delimiter(csv))
        return;
    fault_set(&expected, "%s or the end of the line", csv_delimiter(csv->delimiter));
    find_fault(csv, csv->line, "text behind the closing quote", expected.text);
}

/* Returns whether another field follows in the record. */
static bool read_field(struct csv *csv)
{
    size_t index = csv->field_count++;
    if (index < CSV_FIELDS && csv->used < sizeof csv->bytes)
        csv->fields[index] = (struct csv_field){ csv->bytes + csv->used, csv->line };
    if (csv->at < csv->end && *csv->at == '"') {
        read_quoted(csv);
        check_behind_quote(csv);
    }
    read_plain(csv);
    keep(csv, "", 1);
    if (!at_delimiter(csv))
        return false;
    csv->at++;
    return true;
}

/* Those that did not fit would have the text of another record, or none. */
static void clear_fields(struct csv *csv)
{
    csv->bytes[0] = '\0';
    for (size_t i = 0; i < csv->field_count && i < CSV_FIELDS; i++)
        csv->fields[i].text = csv->bytes;
}

bool csv_next(struct csv *csv)
{
    csv->record_line = csv->line;
    if (csv->at == csv->end)
        return false;
    csv->field_count = 0;
    csv->used = 0;
    csv->fault.text[0] = '\0';
    csv->blank = at_line_end(csv);
    while (read_field(csv))
        continue;
    if (csv->at < csv->end) {
        csv->at += *csv->at == '\r' ? 2 : 1;
        csv->line++;
    }
    csv->overlong = csv->used > sizeof csv->bytes;
    if (csv->overlong)
        clear_fields(csv);
    /* Each field takes at least the byte of its end. */
    csv->empty = csv->used == csv->field_count && csv->fault.text[0] == '\0';
    return !csv->blank || csv->at < csv->end;
}

bool csv_check(struct csv *csv, size_t fields)
{
    struct fault *fault = &csv->fault;
    if (fault->text[0] != '\0')
        return false;
    csv->fault_line = csv->record_line;
    csv->fault_field = 0;
    if (csv->overlong)
        fault_set(fault, "the row is longer than %d bytes", CSV_RECORD);
    else if (csv->blank)
        fault_set(fault, "a blank line; expected an observation");
    else if (fields > 0 && csv->field_count != fields)
        fault_set(fault, "the row has %zu field%s; expected %zu, as in the header",
                  csv->field_count, csv->field_count == 1 ? "" : "s", fields);
    else if (csv->field_count > CSV_FIELDS)
        fault_set(fault,
                  "the row has %zu fields; expected at most %d, with a line end behind the last",
                  csv->field_count, CSV_FIELDS);
    return fault->text[0] == '\0';
}

void csv_trim(struct csv *csv)
{
    size_t said = 0;
    for (size_t i = 0; i < csv->field_count && i < CSV_FIELDS; i++) {
        size_t length = visible_trim(&csv->fields[i].text);
        csv_cut(csv, i, length);
        said += length;
    }
    csv->empty |=
        !csv->overlong && said == 0 && csv->field_count <= CSV_FIELDS && csv->fault.text[0] == '\0';
}

void csv_cut(struct csv *csv, size_t field, size_t length)
{
    csv->bytes[(size_t)(csv->fields[field].text - csv->bytes) + length] = '\0';
}
