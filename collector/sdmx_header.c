/* SPDX-License-Identifier: MIT */
/* sdmx_header.c - the first row of SDMX-CSV: its version, its delimiter, and names beside ids */
#include "sdmx_header.h"

#include <string.h>

static const char first_of_2_0[] = "STRUCTURE", first_of_1_0[] = "DATAFLOW", name_mark[] = ": ";
/* No id has one; some offices leave out the blank behind it. */
static const char header_mark[] = ":";

static size_t word_length(const char *word, const char *text, size_t size)
{
    size_t length = strlen(word);
    return size >= length && memcmp(text, word, length) == 0 ? length : 0;
}

/* The length of the first id: 1.0's, or STRUCTURE or STRUCTURE[;], with the separator of values
 * inside a field in brackets. 0: neither. */
static size_t first_length(const char *text, size_t size)
{
    size_t length = word_length(first_of_2_0, text, size);
    if (length == 0)
        return word_length(first_of_1_0, text, size);
    return size >= length + 3 && text[length] == '[' && text[length + 2] == ']' ? length + 3
                                                                                : length;
}

/* Where the first id ends, which may be in quotes; 0: there is none. */
static size_t first_end(const char *bytes, size_t size)
{
    size_t quote = size > 0 && bytes[0] == '"';
    size_t length = first_length(bytes + quote, size - quote);
    return length == 0 ? 0 : 2 * quote + length;
}

bool sdmx_header_begins(const char *bytes, size_t size)
{
    size_t at = first_end(bytes, size);
    return at > 0 && at < size && csv_delimiter(bytes[at]) != NULL;
}

char sdmx_header_delimiter(const char *bytes, size_t size)
{
    return sdmx_header_begins(bytes, size) ? bytes[first_end(bytes, size)] : ',';
}

static void cut(struct csv *csv, size_t field, const char *before)
{
    const char *text = csv->fields[field].text, *mark = strstr(text, before);
    if (mark != NULL)
        csv_cut(csv, field, (size_t)(mark - text));
}

static void read_labels(struct csv *csv, struct sdmx_header *header)
{
    for (size_t i = 1; i < csv->field_count; i++) {
        const char *id = csv->fields[i].text;
        if (strcmp(id, "STRUCTURE_NAME") == 0)
            header->labels = SDMX_LABELS_NAME;
        else if (strstr(id, header_mark) != NULL && header->labels == SDMX_LABELS_ID)
            header->labels = SDMX_LABELS_BOTH;
    }
    for (size_t i = 0; i < csv->field_count && header->labels == SDMX_LABELS_BOTH; i++) {
        header->named[i] = true;
        cut(csv, i, header_mark);
    }
}

int sdmx_header_read(struct csv *csv, struct sdmx_header *header, struct fault *fault)
{
    const char *first = csv->fields[0].text;
    size_t length = strlen(first);
    *header = (struct sdmx_header){ .is_1_0 = strcmp(first, first_of_1_0) == 0 };
    if (length == 0 || first_length(first, length) != length)
        return fault_set(fault, "no header of SDMX-CSV; expected one that begins with "
                                "STRUCTURE,STRUCTURE_ID,ACTION, or in version 1.0 with DATAFLOW");
    read_labels(csv, header);
    return 0;
}

void sdmx_header_cut(struct csv *csv, size_t field)
{
    cut(csv, field, name_mark);
}

bool sdmx_header_leads(const char *id)
{
    static const char *const leading[] = { "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY",
                                           "OBS_KEY" };
    for (size_t i = 0; i < sizeof leading / sizeof *leading; i++)
        if (strcmp(leading[i], id) == 0)
            return true;
    return false;
}
