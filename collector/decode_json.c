/* SPDX-License-Identifier: MIT */
/* decode_json.c - observations as objects, in an array or one after the other: the user of jansson
 */
#include "../almanac/text.h"
#include "decode.h"
#include "json_numbers.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* FOREIGN: also what no observation is made of. */
enum { SHOWN_NAME = 60, FOREIGN = JSON_DECODE_ANY | JSON_ALLOW_NUL };

/* The observation that is being read. */
struct reader {
    struct batch *batch;
    size_t line; /* of a value among several; 0: there is only one */
    bool listed; /* it stands in an array, at index */
    size_t index;
};

static int shown(const char *name)
{
    return (int)text_utf8_until(name, strnlen(name, SHOWN_NAME));
}

/* path: "", ".field" or ".labels.name" */
static void refuse(const struct reader *reader, int cause, const char *path, const char *reason)
{
    char line[32] = "", index[32] = "", place[192];
    if (reader->line > 0)
        snprintf(line, sizeof line, ":%zu", reader->line);
    if (reader->listed)
        snprintf(index, sizeof index, "[%zu]", reader->index);
    snprintf(place, sizeof place, "%s%s%s", line, index, path);
    batch_refuse(reader->batch, cause, place, reason);
}

/* Of the labels it is the one of that name. */
static void refuse_field(const struct reader *reader, enum report_field field, const char *name,
                         const char *reason)
{
    char path[96];
    snprintf(path, sizeof path, "%s.%.*s", field == REPORT_FIELDS ? ".labels" : "", shown(name),
             name);
    refuse(reader, field, path, reason);
}

/* NULL where nothing is given. Numbers have become strings before. */
static bool read_words(const json_t *value, const char **words)
{
    *words = json_string_value(value);
    return json_is_string(value) || json_is_null(value);
}

static bool read_labels(const struct reader *reader, json_t *object, struct report *report)
{
    if (json_is_null(object))
        return true;
    if (!json_is_object(object)) {
        refuse(reader, REFUSED_LABELS, ".labels",
               "not an object; expected names and values, like "
               "{\"stage\": \"built\"}");
        return false;
    }
    size_t count = 0;
    struct label *labels =
        arena_take(&reader->batch->arena, json_object_size(object), sizeof *labels);
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value) {
        const char *words;
        if (!read_words(value, &words)) {
            refuse_field(reader, REPORT_FIELDS, name, "expected a string, a number or null");
            return false;
        }
        labels[count++] = (struct label){ name, words == NULL ? "" : words };
    }
    report->labels = labels;
    report->label_count = count;
    return true;
}

static bool read_member(const struct reader *reader, const char *name, json_t *value,
                        struct report *report)
{
    if (strcmp(name, "labels") == 0)
        return read_labels(reader, value, report);
    enum report_field field = report_field_of(name);
    if (field == REPORT_FIELDS) {
        struct fault fault = { 0 };
        fault_set(&fault,
                  "unknown field '%.*s'; expected figure, labels, time_period, obs_value, "
                  "comparator, obs_status, released, reference or comment",
                  shown(name), name);
        refuse(reader, REFUSED_DOCUMENT, "", fault.text);
        return false;
    }
    if (!read_words(value, &report->fields[field])) {
        refuse_field(reader, field, name, "expected a string, a number or null");
        return false;
    }
    return true;
}

static void take_observation(const struct reader *reader, json_t *object)
{
    if (!json_is_object(object)) {
        refuse(reader, REFUSED_DOCUMENT, "",
               "not an object; expected an observation, like {\"figure\": …}");
        return;
    }
    struct report report = { 0 };
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value)
        if (!read_member(reader, name, value, &report))
            return;
    struct complaint complaint = { 0 };
    reader->batch->by_line = reader->line > 0;
    reader->batch->mark = reader->line > 0 ? reader->line : reader->listed ? reader->index + 1 : 0;
    if (batch_take(reader->batch, &report, &complaint) != 0)
        refuse_field(reader, complaint.field, complaint.name, complaint.fault.text);
}

/* Values that stand one after the other, and where the next of them begins. */
struct values {
    const char *bytes;
    size_t size, at;
    size_t line, line_begin;
    size_t flags; /* of jansson, beside those that always hold */
};

static void step_over(struct values *values, size_t size)
{
    size_t end = values->at + size;
    const char *newline;
    while ((newline = memchr(values->bytes + values->at, '\n', end - values->at)) != NULL) {
        values->line++;
        values->at = values->line_begin = (size_t)(newline + 1 - values->bytes);
    }
    values->at = end;
}

static void skip_blank(struct values *values)
{
    size_t blank = 0;
    while (values->at + blank < values->size &&
           strchr(" \t\r\n", values->bytes[values->at + blank]) != NULL)
        blank++;
    step_over(values, blank);
}

static json_t *next_value(struct values *values, json_error_t *error)
{
    json_t *value =
        json_loadb(values->bytes + values->at, values->size - values->at,
                   JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | values->flags, error);
    if (value != NULL) {
        step_over(values, (size_t)error->position);
        skip_blank(values);
    }
    return value;
}

/* Parses the text once more as it came, for a complaint about the line and column that the user
 * sees. */
static void refuse_text(const char *bytes, size_t size, size_t flags, struct batch *batch)
{
    struct values values = { bytes, size, .line = 1, .flags = flags };
    json_error_t error;
    for (json_t *value; (value = next_value(&values, &error)) != NULL;)
        json_decref(value);
    enum json_error_code code = json_error_code(&error);
    bool nul = code == json_error_null_character || code == json_error_null_byte_in_key;
    size_t before = error.line == 1 ? values.at - values.line_begin : 0;
    char place[64];
    struct fault fault = { 0 };
    snprintf(place, sizeof place, ":%zu:%zu", values.line + (size_t)error.line - 1,
             before + (size_t)error.column);
    fault_set(&fault, "not JSON that can be read: %s",
              nul ? "\\u0000 in a string; expected text without NUL characters" : error.text);
    batch_refuse(batch, REFUSED_DOCUMENT, place, fault.text);
}

static void take_value(struct reader *reader, json_t *value)
{
    reader->index = 0;
    reader->listed = json_is_array(value);
    if (!reader->listed)
        take_observation(reader, value);
    else
        for (; reader->index < json_array_size(value); reader->index++)
            take_observation(reader, json_array_get(value, reader->index));
}

/* Whatever is sound as it came is sound with its numbers quoted. The reverse fails for a number
 * as a name only, which is no field's and no label's. false: a value cannot be parsed. */
static bool take_values(struct values *values, struct batch *batch)
{
    struct reader reader = { .batch = batch };
    json_error_t error;
    skip_blank(values);
    do {
        size_t line = values->line;
        json_t *value = next_value(values, &error);
        if (value == NULL)
            return false;
        if (reader.line > 0 || values->at < values->size)
            reader.line = line;
        take_value(&reader, value);
        json_decref(value);
    } while (values->at < values->size);
    return true;
}

/* 012 has become "0""12". */
static bool are_values(struct values *values)
{
    json_error_t error;
    skip_blank(values);
    do {
        json_t *value = next_value(values, &error);
        if (value == NULL)
            return false;
        json_decref(value);
        if (values->at < values->size && memcmp(values->bytes + values->at - 1, "\"\"", 2) == 0)
            return false;
    } while (values->at < values->size);
    return true;
}

/* jansson would make a double of 0.10 and refuse a number of 400 digits, but a figure keeps the
 * digits it was reported with. */
static bool quote_numbers(const char *bytes, size_t size, struct text *copy, struct batch *batch)
{
    json_quote_numbers(bytes, size, 0, copy);
    if (text_failed(copy))
        batch_refuse(batch, REFUSED_DOCUMENT, "", "too large for the memory there is");
    return !text_failed(copy);
}

bool decode_is_json(const char *bytes, size_t size, struct batch *batch)
{
    struct text copy = { 0 };
    if (decode_is_text(&bytes, &size, batch) && quote_numbers(bytes, size, &copy, batch)) {
        struct values values = { copy.bytes, copy.size, .line = 1, .flags = FOREIGN };
        if (!are_values(&values))
            refuse_text(bytes, size, FOREIGN, batch);
    }
    text_free(&copy);
    return batch->refused == 0;
}

void decode_json(const char *bytes, size_t size, struct batch *batch)
{
    struct text copy = { 0 };
    if (decode_is_text(&bytes, &size, batch) && quote_numbers(bytes, size, &copy, batch)) {
        struct values values = { copy.bytes, copy.size, .line = 1 };
        if (!take_values(&values, batch))
            refuse_text(bytes, size, 0, batch);
    }
    text_free(&copy);
}
