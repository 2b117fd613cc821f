/* SPDX-License-Identifier: MIT */
/* json_text.c - a place in JSON text that is read value by value */
#include "json_text.h"

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
