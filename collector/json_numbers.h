/* SPDX-License-Identifier: MIT */
/* json_numbers.h - quotes the numbers in JSON text, so that no parser turns them into doubles */
#ifndef COLLECTOR_JSON_NUMBERS_H
#define COLLECTOR_JSON_NUMBERS_H

#include "../almanac/text.h"

/* Appends the JSON text to copy, with quotes around every number that has an exponent or more than
 * this many digits. Malformed JSON is copied unchanged. */
void json_quote_numbers(const char *bytes, size_t size, size_t digits, struct text *copy);

/* The same for the first value. Returns its length: up to its closing bracket or quote inclusive,
 * or up to a character that may follow it; size if it does not end. */
size_t json_quote_value(const char *bytes, size_t size, size_t digits, struct text *copy);

#endif
