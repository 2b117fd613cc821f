/* SPDX-License-Identifier: MIT */
/* decode_json.c - one observation as an object, or an array of them: the only user of jansson */
#include "../almanac/text.h"
#include "decode.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_NAME = 60 };

/* The observation that is being read. */
struct reader {
    struct batch *batch;
    bool listed; /* it stands in an array, at index */
    size_t index;
};

static int shown(const char *name)
{
    return (int)text_utf8_until(name, strnlen(name, SHOWN_NAME));
}

/* path: "", ".field" or ".labels.name" */
static void refuse(const struct reader *reader, const char *path, const char *reason)
{
    char place[160];
    if (reader->listed)
        snprintf(place, sizeof place, "[%zu]%s", reader->index, path);
    else
        snprintf(place, sizeof place, "%s", path);
    batch_refuse(reader->batch, place, reason);
}

static void refuse_member(const struct reader *reader, const char *parent, const char *name,
                          const char *reason)
{
    char path[96];
    snprintf(path, sizeof path, "%s.%.*s", parent, shown(name), name);
    refuse(reader, path, reason);
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
        refuse(reader, ".labels",
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
            refuse_member(reader, ".labels", name, "expected a string, a number or null");
            return false;
        }
        labels[count++] = (struct label){ name, words == NULL ? "" : words };
    }
    report->labels = labels;
    report->label_count = count;
    return true;
}

static size_t find_field(const char *name)
{
    size_t field = 0;
    while (field < REPORT_FIELDS && strcmp(report_field_names[field], name) != 0)
        field++;
    return field;
}

static bool read_member(const struct reader *reader, const char *name, json_t *value,
                        struct report *report)
{
    if (strcmp(name, "labels") == 0)
        return read_labels(reader, value, report);
    size_t field = find_field(name);
    if (field == REPORT_FIELDS) {
        struct fault fault = { 0 };
        fault_set(&fault,
                  "unknown field '%.*s'; expected figure, labels, time_period, obs_value, "
                  "comparator, obs_status, released, reference or comment",
                  shown(name), name);
        refuse(reader, "", fault.text);
        return false;
    }
    if (!read_words(value, &report->fields[field])) {
        refuse_member(reader, "", name, "expected a string, a number or null");
        return false;
    }
    return true;
}

static void take_observation(const struct reader *reader, json_t *object)
{
    if (!json_is_object(object)) {
        refuse(reader, "", "not an object; expected an observation, like {\"figure\": …}");
        return;
    }
    struct report report = { 0 };
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value)
        if (!read_member(reader, name, value, &report))
            return;
    struct complaint complaint = { 0 };
    reader->batch->mark = reader->listed ? reader->index + 1 : 0;
    if (batch_take(reader->batch, &report, &complaint) != 0)
        refuse_member(reader, find_field(complaint.field) == REPORT_FIELDS ? ".labels" : "",
                      complaint.field, complaint.fault.text);
}

static size_t count_digits(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && isdigit((unsigned char)at[count]))
        count++;
    return count;
}

/* As far as RFC 8259's grammar of a number goes, or 0:  -12.50e+3  */
static size_t number_length(const char *begin, const char *end)
{
    const char *at = begin + (*begin == '-');
    size_t digits = count_digits(at, end);
    if (digits == 0)
        return 0;
    at += *at == '0' ? 1 : digits;
    if (at < end && *at == '.') {
        digits = count_digits(at + 1, end);
        at += digits == 0 ? 0 : 1 + digits;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        size_t sign = at + 1 < end && (at[1] == '+' || at[1] == '-');
        digits = count_digits(at + 1 + sign, end);
        at += digits == 0 ? 0 : 1 + sign + digits;
    }
    return (size_t)(at - begin);
}

/* Up to behind the closing quote, or the end where there is none. */
static size_t string_length(const char *begin, const char *end)
{
    const char *at = begin + 1;
    while (at < end && *at != '"')
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return (size_t)(at - begin) + (at < end);
}

/* jansson would make a double of 0.10 and refuse a number of 400 digits, but a figure keeps the
 * digits it was reported with. So it gets a copy of the text in which numbers are strings. */
static void quote_numbers(const char *at, const char *end, struct text *copy)
{
    while (at < end) {
        size_t number = number_length(at, end);
        size_t length = number > 0 ? number : *at == '"' ? string_length(at, end) : 1;
        if (number > 0)
            text_char(copy, '"');
        text_bytes(copy, at, length);
        if (number > 0)
            text_char(copy, '"');
        at += length;
    }
}

/* Parses the text once more as it came, for a complaint about the line and column that the user
 * sees. */
static void refuse_text(const char *bytes, size_t size, struct batch *batch)
{
    json_error_t error;
    json_decref(json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error));
    enum json_error_code code = json_error_code(&error);
    bool nul = code == json_error_null_character || code == json_error_null_byte_in_key;
    char place[64];
    struct fault fault = { 0 };
    snprintf(place, sizeof place, ":%d:%d", error.line, error.column);
    fault_set(&fault, "not JSON that can be read: %s",
              nul ? "\\u0000 in a string; expected text without NUL characters" : error.text);
    batch_refuse(batch, place, fault.text);
}

/* Whatever is sound as it came is sound with its numbers quoted. The reverse fails for a number
 * as a name only, which is no field's and no label's. */
static json_t *parse(const char *bytes, size_t size, struct batch *batch)
{
    json_error_t error;
    struct text copy = { 0 };
    json_t *root = NULL;
    quote_numbers(bytes, bytes + size, &copy);
    if (text_failed(&copy))
        batch_refuse(batch, "", "too large for the memory there is");
    else if ((root = json_loadb(copy.bytes, copy.size, JSON_REJECT_DUPLICATES, &error)) == NULL)
        refuse_text(bytes, size, batch);
    text_free(&copy);
    return root;
}

void decode_json(const char *bytes, size_t size, struct batch *batch)
{
    if (!decode_is_text(&bytes, &size, batch))
        return;
    json_t *root = parse(bytes, size, batch);
    if (root == NULL)
        return;
    struct reader reader = { .batch = batch, .listed = json_is_array(root) };
    if (reader.listed)
        for (; reader.index < json_array_size(root); reader.index++)
            take_observation(&reader, json_array_get(root, reader.index));
    else
        take_observation(&reader, root);
    json_decref(root);
}
