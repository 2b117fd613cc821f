/* SPDX-License-Identifier: MIT */
/* json_numbers.h - the numbers in a JSON text as strings, so that no double comes near them */
#ifndef COLLECTOR_JSON_NUMBERS_H
#define COLLECTOR_JSON_NUMBERS_H

#include "../almanac/text.h"

/* Appends the JSON text to the copy, with quotes around every number that has an exponent or more
 * than so many digits. What is no JSON is copied as it is. */
void json_quote_numbers(const char *bytes, size_t size, size_t digits, struct text *copy);

/* The same of the value that begins there. Returns how long it is: up to behind its closing bracket
 * or quote, or in front of what may stand behind it; size where it does not end. */
size_t json_quote_value(const char *bytes, size_t size, size_t digits, struct text *copy);

#endif
