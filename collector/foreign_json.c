/* SPDX-License-Identifier: MIT */
/* foreign_json.c - checks that a document for jq is JSON */
#include "foreign_json.h"

#include "../almanac/text.h"
#include "decode.h"
#include "json_numbers.h"
#include "json_text.h"

#include <jansson.h>

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

static bool are_values(struct json_text *text, json_error_t *error)
{
    json_skip_blanks(text);
    while (next_value(text, error))
        if (text->at == text->end)
            return true;
    return false;
}

/* A number that overflows a double is still JSON. */
bool foreign_json_check(const char *bytes, size_t size, struct batch *batch)
{
    struct text copy = { 0 };
    json_error_t error;
    if (!decode_may_be_text(bytes, size, batch) || !decode_is_text(&bytes, &size, batch))
        return false;
    json_tame_numbers(bytes, size, &copy);
    struct json_text text = { copy.bytes, copy.bytes + copy.size, 1, copy.bytes };
    if (!are_values(&text, &error)) {
        const struct json_complaint complaint =
            json_complain(&text, bytes + (text.at - copy.bytes), &error);
        batch_refuse_at(batch, REFUSED_DOCUMENT, complaint.line, complaint.column, "%s",
                        complaint.fault.text);
    }
    text_free(&copy);
    return batch->refused == 0;
}
