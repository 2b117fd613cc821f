/* SPDX-License-Identifier: MIT */
/* json_text.h - a place in JSON text that is read value by value, and what is wrong there */
#ifndef COLLECTOR_JSON_TEXT_H
#define COLLECTOR_JSON_TEXT_H

#include "../almanac/fault.h"

#include <stddef.h>

struct json_text {
    const char *at, *end; /* borrowed */
    size_t line;          /* of at, from 1 */
    const char *line_begin;
};

void json_step(struct json_text *text, size_t size);
void json_skip_blanks(struct json_text *text);
size_t json_blanks(const char *at, const char *end); /* how many there are */
size_t json_column(const struct json_text *text);    /* of at: in characters, from 1 */

/* What jansson says of the text, from at on. If that is a copy by json_tame_numbers, the words
 * quote what was written there before. */
struct json_error_t;
struct json_complaint {
    size_t line, column;
    struct fault fault;
};
struct json_complaint json_complain(const struct json_text *text, const char *written,
                                    const struct json_error_t *error);

#endif
