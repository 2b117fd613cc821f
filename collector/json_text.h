/* SPDX-License-Identifier: MIT */
/* json_text.h - a place in JSON text that is read value by value */
#ifndef COLLECTOR_JSON_TEXT_H
#define COLLECTOR_JSON_TEXT_H

#include <stddef.h>

struct json_text {
    const char *at, *end; /* borrowed */
    size_t line;          /* of at, from 1 */
    const char *line_begin;
};

void json_step(struct json_text *text, size_t size);
void json_skip_blanks(struct json_text *text);
size_t json_blanks(const char *at, const char *end); /* how many there are */

#endif
