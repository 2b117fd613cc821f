/* SPDX-License-Identifier: MIT */
/* decode_json.c - decodes observations as JSON objects, in an array or consecutive; uses jansson */
#include "../almanac/text.h"
#include "../almanac/utf8.h"
#include "../almanac/wording.h"
#include "decode.h"
#include "json_numbers.h"
#include "json_text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_TEXT = 20, OBSERVATION = 64 * 1024 };

/* The position in the text, and the observation being read. */
struct reader {
    struct batch *batch;
    struct json_text text; /* its end is that of the document, or of the current line */
    size_t value_line;     /* line of the value, if there may be several; 0: only one */
    bool listed;           /* the observation is in an array, at index */
    size_t index;
    struct text copy; /* of the observation, with its numbers quoted */
    bool plain;       /* the observation's obs_value is a number */
    char place[64];   /* the complaint about the value as a whole: */
    struct fault fault;
};

/* path: "", ".field" or ".labels.name". Always false. */
static bool refuse(const struct reader *reader, int cause, const char *path, const char *reason)
{
    char line[32] = "", index[32] = "", place[192];
    if (reader->value_line > 0)
        snprintf(line, sizeof line, ":%zu", reader->value_line);
    if (reader->listed)
        snprintf(index, sizeof index, "[%zu]", reader->index);
    snprintf(place, sizeof place, "%s%s%s", line, index, path);
    batch_refuse(reader->batch, cause, place, reason);
    return false;
}

/* field, or the label of that name. Always false. */
static bool refuse_field(const struct reader *reader, enum report_field field, const char *name,
                         const char *reason)
{
    struct fault path = { 0 };
    fault_set(&path, "%s.%.60s", field == REPORT_FIELDS ? ".labels" : "", name);
    return refuse(reader, field, path.text, reason);
}

/* NULL if not given. Numbers are already strings. */
static bool read_words(const json_t *value, const char **words)
{
    *words = json_string_value(value);
    return json_is_string(value) || json_is_null(value);
}

static bool read_labels(const struct reader *reader, json_t *object, struct report *report)
{
    if (json_is_null(object))
        return true;
    if (!json_is_object(object))
        return refuse(reader, REFUSED_LABELS, ".labels",
                      "not an object; expected names and values, like "
                      "{\"stage\": \"built\"}");
    size_t count = 0;
    struct label *labels =
        arena_take(&reader->batch->arena, json_object_size(object), sizeof *labels);
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value) {
        const char *words;
        if (!read_words(value, &words))
            return refuse_field(reader, REPORT_FIELDS, name, "expected a string, a number or null");
        labels[count++] = (struct label){ name, words };
    }
    report->labels = labels;
    report->label_count = count;
    return true;
}

/* Always false. */
static bool refuse_unknown(const struct reader *reader, const char *name)
{
    bool label = catalogue_label(reader->batch->catalogue, name) != NULL;
    struct fault fault = { 0 };
    fault_set(&fault,
              "unknown field '%.60s'; expected %sfigure, labels, time_period, obs_value, "
              "unit, comparator, obs_status, released, reference or comment",
              name, label ? "this label in 'labels', or " : "");
    return refuse(reader, REFUSED_DOCUMENT, "", fault.text);
}

static bool read_member(const struct reader *reader, const char *name, json_t *value,
                        struct report *report)
{
    if (strcmp(name, "labels") == 0)
        return read_labels(reader, value, report);
    enum report_field field = report_field_of(name);
    if (field == REPORT_FIELDS)
        return refuse_unknown(reader, name);
    return read_words(value, &report->fields[field]) ||
           refuse_field(reader, field, name, "expected a string, a number or null");
}

static void take_observation(const struct reader *reader, json_t *object)
{
    if (!json_is_object(object)) {
        refuse(reader, REFUSED_DOCUMENT, "",
               "not an object; expected an observation, like {\"figure\": …}");
        return;
    }
    struct report report = { .plain = reader->plain };
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value)
        if (!read_member(reader, name, value, &report))
            return;
    struct complaint complaint = { 0 };
    reader->batch->by_line = reader->value_line > 0;
    reader->batch->mark = reader->value_line;
    if (reader->value_line == 0 && reader->listed)
        reader->batch->mark = reader->index + 1;
    if (batch_take(reader->batch, &report, &complaint) != 0)
        refuse_field(reader, complaint.field, complaint.name, complaint.fault.text);
}

/* Always false. */
static bool complain(struct reader *reader, size_t line, size_t column, const char *words)
{
    bool lines = reader->batch->form->values == FORM_LINES;
    snprintf(reader->place, sizeof reader->place, ":%zu:%zu", line, column);
    fault_set(&reader->fault, "%s%s", words, lines ? "; expected one value a line" : "");
    return false;
}

static bool complain_here(struct reader *reader, const char *words)
{
    return complain(reader, reader->text.line, json_column(&reader->text), words);
}

static json_t *parse(const struct reader *reader, const char *bytes, size_t size,
                     json_error_t *error)
{
    size_t any = reader->listed ? JSON_DECODE_ANY : 0;
    return json_loadb(bytes, size, JSON_REJECT_DUPLICATES | any, error);
}

/* Parses the value again, for a complaint with the line and column that the user sees. One that is
 * too long is parsed up to the limit. */
static void complain_value(struct reader *reader, size_t length)
{
    size_t looked = length > OBSERVATION ? utf8_until(reader->text.at, OBSERVATION) : length;
    json_error_t error = { 0 };
    struct fault fault = { 0 };
    text_clear(&reader->copy);
    json_tame_numbers(reader->text.at, looked, &reader->copy);
    json_decref(parse(reader, reader->copy.bytes, reader->copy.size, &error));
    if (looked < length && (size_t)error.position >= looked) {
        fault_set(&fault, "the observation is longer than %d bytes", OBSERVATION);
        complain_here(reader, fault.text);
        return;
    }
    struct json_complaint complaint = json_complain(&reader->text, reader->text.at, &error);
    complain(reader, complaint.line, complaint.column, complaint.fault.text);
}

/* jansson would turn 0.10 into a double and refuse a number of 400 digits, but a figure keeps its
 * reported digits. A valid value stays valid with its numbers quoted. The reverse fails only for a
 * number as a name, which is no field or label. */
static json_t *read_value(struct reader *reader)
{
    size_t rest = (size_t)(reader->text.end - reader->text.at);
    json_error_t error;
    json_t *value = NULL;
    text_clear(&reader->copy);
    size_t length = json_quote_value(reader->text.at, rest > OBSERVATION ? OBSERVATION + 1 : rest,
                                     &reader->copy);
    if (length <= OBSERVATION)
        value = parse(reader, reader->copy.bytes, reader->copy.size, &error);
    if (value != NULL)
        json_step(&reader->text, length);
    else
        complain_value(reader, length);
    return value;
}

/* A number has a decimal point, whatever the strings of its source have. */
static bool has_plain_value(struct reader *reader, const char *bytes, size_t size)
{
    json_error_t error;
    text_clear(&reader->copy); /* it has held as much */
    json_tame_numbers(bytes, size, &reader->copy);
    json_t *value = parse(reader, reader->copy.bytes, reader->copy.size, &error);
    bool plain = json_is_number(json_object_get(value, report_field_names[REPORT_OBS_VALUE]));
    json_decref(value);
    return plain;
}

static bool read_observation(struct reader *reader)
{
    const struct wording_style *wording = reader->batch->form->wording;
    const char *begin = reader->text.at;
    json_t *value = read_value(reader);
    reader->plain = value != NULL && wording != NULL &&
                    has_plain_value(reader, begin, (size_t)(reader->text.at - begin));
    if (value != NULL)
        take_observation(reader, value);
    json_decref(value);
    return value != NULL;
}

/* Whether the character is next; skips it and the blanks after it. */
static bool maybe(struct reader *reader, char c)
{
    if (reader->text.at == reader->text.end || *reader->text.at != c)
        return false;
    json_step(&reader->text, 1);
    json_skip_blanks(&reader->text);
    return true;
}

static bool complain_comma(struct reader *reader)
{
    struct fault fault = { 0 };
    size_t rest = (size_t)(reader->text.end - reader->text.at);
    if (rest == 0)
        return complain_here(reader, "not JSON that can be read: ',' or ']' expected at the end");
    fault_set(&fault, "not JSON that can be read: ',' or ']' expected near '%.*s'",
              (int)utf8_until(reader->text.at, rest < SHOWN_TEXT ? rest : SHOWN_TEXT),
              reader->text.at);
    return complain_here(reader, fault.text);
}

/* Reads one observation at a time, so that a long array takes little memory. */
static bool read_array(struct reader *reader)
{
    reader->listed = true;
    reader->index = 0;
    if (maybe(reader, ']'))
        return true;
    do {
        if (!read_observation(reader))
            return false;
        json_skip_blanks(&reader->text);
        if (maybe(reader, ']'))
            return true;
        reader->index++;
    } while (!batch_is_full(reader->batch) && maybe(reader, ','));
    return batch_is_full(reader->batch) || complain_comma(reader);
}

static bool comes_to_end(struct reader *reader)
{
    static const char *const words[] = {
        [FORM_ONE] = "text behind the value; expected one observation or one array of them "
                     "(NDJSON has one a line)",
        [FORM_LINES] = "text behind the value",
    };
    enum form_values values = reader->batch->form->values;
    json_skip_blanks(&reader->text);
    return reader->text.at == reader->text.end || values == FORM_SEVERAL ||
           complain_here(reader, words[values]);
}

/* False if it is malformed; then nothing of it is kept. */
static bool read_whole(struct reader *reader)
{
    struct batch *batch = reader->batch;
    size_t taken = batch->count, refused = batch->refused;
    reader->listed = false;
    reader->fault.text[0] = '\0';
    bool good = maybe(reader, '[') ? read_array(reader) : read_observation(reader);
    if (batch_is_full(batch) || (good && comes_to_end(reader)))
        return true;
    batch_take_back(batch, taken, refused);
    batch_refuse(batch, REFUSED_DOCUMENT, reader->place, reader->fault.text);
    return false;
}

static bool are_several(const struct reader *reader)
{
    size_t rest = (size_t)(reader->text.end - reader->text.at);
    struct text nowhere = { .limit = 1 }; /* discards the output */
    const char *behind = reader->text.at + json_quote_value(reader->text.at, rest, &nowhere);
    text_free(&nowhere);
    return behind + json_blanks(behind, reader->text.end) < reader->text.end;
}

static void read_all(struct reader *reader)
{
    bool several = reader->batch->form->values == FORM_SEVERAL && are_several(reader);
    do
        reader->value_line = several ? reader->text.line : 0;
    while (read_whole(reader) && reader->text.at < reader->text.end &&
           !batch_is_full(reader->batch));
}

static void read_lines(struct reader *reader)
{
    const char *end = reader->text.end;
    while (reader->text.at < end && !batch_is_full(reader->batch)) {
        const char *newline = memchr(reader->text.at, '\n', (size_t)(end - reader->text.at));
        reader->text.end = newline == NULL ? end : newline;
        json_skip_blanks(&reader->text);
        reader->value_line = reader->text.line;
        if (reader->text.at < reader->text.end)
            read_whole(reader);
        reader->text.at = reader->text.end;
        reader->text.end = end;
        json_step(&reader->text, reader->text.at < end);
    }
}

void decode_json(const char *bytes, size_t size, struct batch *batch)
{
    if (!decode_is_text(&bytes, &size, batch))
        return;
    struct reader reader = { .batch = batch, .text = { bytes, bytes + size, 1, bytes } };
    json_skip_blanks(&reader.text);
    if (reader.text.at == reader.text.end)
        batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "is empty; expected observations");
    else if (batch->form->values == FORM_LINES)
        read_lines(&reader);
    else
        read_all(&reader);
    text_free(&reader.copy);
}
