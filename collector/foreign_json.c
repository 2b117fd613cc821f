/* SPDX-License-Identifier: MIT */
/* foreign_json.c - checks that a document for jq is JSON */
#include "foreign_json.h"

#include "../almanac/text.h"
#include "decode.h"
#include "json_numbers.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY | JSON_ALLOW_NUL };

/* Consecutive values, and the start of the next. */
struct values {
    const char *bytes;
    size_t size, at;
    size_t line, line_begin;
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

static void skip_blanks(struct values *values)
{
    size_t blank = 0;
    while (values->at + blank < values->size &&
           strchr(" \t\r\n", values->bytes[values->at + blank]) != NULL)
        blank++;
    step_over(values, blank);
}

static bool next_value(struct values *values, json_error_t *error)
{
    json_t *value = json_loadb(values->bytes + values->at, values->size - values->at, FLAGS, error);
    if (value == NULL)
        return false;
    json_decref(value);
    step_over(values, (size_t)error->position);
    skip_blanks(values);
    return true;
}

/* Parses the original text again, for a complaint with the line and column that the user sees. */
static void refuse(const char *bytes, size_t size, struct batch *batch)
{
    struct values values = { bytes, size, .line = 1 };
    json_error_t error;
    while (next_value(&values, &error))
        continue;
    bool nul = json_error_code(&error) == json_error_null_byte_in_key;
    size_t before = error.line == 1 ? values.at - values.line_begin : 0;
    char place[64];
    struct fault fault = { 0 };
    snprintf(place, sizeof place, ":%zu:%zu", values.line + (size_t)error.line - 1,
             before + (size_t)error.column);
    fault_set(&fault, "not JSON that can be read: %s",
              nul ? "\\u0000 in a string; expected text without NUL characters" : error.text);
    batch_refuse(batch, REFUSED_DOCUMENT, place, fault.text);
}

/* Whether two values were one number: 012 becomes "0""12". */
static bool was_one_number(const struct values *values)
{
    const char *at = values->bytes + values->at;
    size_t left = values->size - values->at;
    return left >= 2 && values->at >= 2 && memcmp(at - 1, "\"\"", 2) == 0 &&
           isdigit((unsigned char)at[-2]) && isdigit((unsigned char)at[1]);
}

static bool are_values(struct values *values)
{
    json_error_t error;
    skip_blanks(values);
    do {
        if (!next_value(values, &error) || was_one_number(values))
            return false;
    } while (values->at < values->size);
    return true;
}

/* Checks numbers as text: a number that overflows a double is still JSON. */
bool foreign_json_check(const char *bytes, size_t size, struct batch *batch)
{
    struct text copy = { 0 };
    if (!decode_is_text(&bytes, &size, batch))
        return false;
    json_quote_numbers(bytes, size, 0, &copy);
    struct values values = { copy.bytes, copy.size, .line = 1 };
    if (text_failed(&copy))
        batch_refuse(batch, REFUSED_DOCUMENT, "", "too large for the memory there is");
    else if (!are_values(&values))
        refuse(bytes, size, batch);
    text_free(&copy);
    return batch->refused == 0;
}
