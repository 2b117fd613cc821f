/* SPDX-License-Identifier: MIT */
/* foreign_json.c - checks that a document for jq is JSON */
#include "foreign_json.h"

#include "../almanac/text.h"
#include "decode.h"
#include "json_numbers.h"
#include "json_text.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY | JSON_ALLOW_NUL };

/* At the start of a value. */
static bool next_value(struct json_text *text, json_error_t *error)
{
    json_t *value = json_loadb(text->at, (size_t)(text->end - text->at), FLAGS, error);
    if (value == NULL)
        return false;
    json_decref(value);
    json_step(text, (size_t)error->position);
    json_skip_blanks(text);
    return true;
}

/* Parses the original text again, for a complaint with the line and column that the user sees. */
static void refuse(const char *bytes, size_t size, struct batch *batch)
{
    struct json_text text = { bytes, bytes + size, 1, bytes };
    json_error_t error;
    while (next_value(&text, &error))
        continue;
    bool nul = json_error_code(&error) == json_error_null_byte_in_key;
    size_t before = error.line == 1 ? (size_t)(text.at - text.line_begin) : 0;
    char place[64];
    struct fault fault = { 0 };
    snprintf(place, sizeof place, ":%zu:%zu", text.line + (size_t)error.line - 1,
             before + (size_t)error.column);
    fault_set(&fault, "not JSON that can be read: %s",
              nul ? "\\u0000 in a string; expected text without NUL characters" : error.text);
    batch_refuse(batch, REFUSED_DOCUMENT, place, fault.text);
}

/* Whether two values were one number: 012 becomes "0""12". */
static bool was_one_number(const char *begin, const struct json_text *text)
{
    const char *at = text->at;
    return text->end - at >= 2 && at - begin >= 2 && memcmp(at - 1, "\"\"", 2) == 0 &&
           isdigit((unsigned char)at[-2]) && isdigit((unsigned char)at[1]);
}

static bool are_values(const struct text *copy)
{
    struct json_text text = { copy->bytes, copy->bytes + copy->size, 1, copy->bytes };
    json_error_t error;
    json_skip_blanks(&text);
    do {
        if (!next_value(&text, &error) || was_one_number(copy->bytes, &text))
            return false;
    } while (text.at < text.end);
    return true;
}

/* Checks numbers as text: a number that overflows a double is still JSON. */
bool foreign_json_check(const char *bytes, size_t size, struct batch *batch)
{
    struct text copy = { 0 };
    if (!decode_is_text(&bytes, &size, batch))
        return false;
    json_quote_numbers(bytes, size, 0, &copy);
    if (text_failed(&copy))
        batch_refuse(batch, REFUSED_DOCUMENT, "", "too large for the memory there is");
    else if (!are_values(&copy))
        refuse(bytes, size, batch);
    text_free(&copy);
    return batch->refused == 0;
}
