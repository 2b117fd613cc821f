/* SPDX-License-Identifier: MIT */
/* json_text.c - a place in JSON text that is read value by value, and what is wrong there */
#include "json_text.h"

#include "../almanac/utf8.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

void json_step(struct json_text *text, size_t size)
{
    const char *end = text->at + size, *newline;
    while ((newline = memchr(text->at, '\n', (size_t)(end - text->at))) != NULL) {
        text->line++;
        text->at = text->line_begin = newline + 1;
    }
    text->at = end;
}

size_t json_blanks(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && strchr(" \t\r\n", at[count]) != NULL)
        count++;
    return count;
}

void json_skip_blanks(struct json_text *text)
{
    json_step(text, json_blanks(text->at, text->end));
}

size_t json_column(const struct json_text *text)
{
    return utf8_characters(text->line_begin, text->at) + 1;
}

static void quote_written(const char *written, size_t size, json_error_t *error)
{
    static const char near[] = " near '";
    char *token = strstr(error->text, near);
    if (token == NULL)
        return;
    token += sizeof near - 1;
    size_t length = strlen(token) - 1, until = (size_t)error->position;
    if (until >= length && until <= size)
        memcpy(token, written + until - length, length);
}

struct json_complaint json_complain(const struct json_text *text, const char *written,
                                    const struct json_error_t *error)
{
    json_error_t told = *error;
    enum json_error_code code = json_error_code(error);
    bool nul = code == json_error_null_character || code == json_error_null_byte_in_key;
    size_t before = error->line == 1 ? json_column(text) - 1 : 0;
    struct json_complaint complaint = { .line = text->line + (size_t)error->line - 1,
                                        .column = before + (size_t)error->column };
    quote_written(written, (size_t)(text->end - text->at), &told);
    fault_set(&complaint.fault, "not JSON that can be read: %s",
              nul ? "\\u0000 in a string; expected text without NUL characters" : told.text);
    return complaint;
}
