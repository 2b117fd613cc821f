/* SPDX-License-Identifier: MIT */
/* json_numbers.h - copies JSON text with numbers that no parser turns into doubles or refuses */
#ifndef COLLECTOR_JSON_NUMBERS_H
#define COLLECTOR_JSON_NUMBERS_H

#include "../almanac/text.h"

/* Appends the JSON text to copy, with quotes around every number that has an exponent or more than
 * this many digits, and this character for its decimal point. Malformed JSON is copied unchanged.
 */
void json_quote_numbers(const char *bytes, size_t size, size_t digits, char point,
                        struct text *copy);

/* Appends the first value, with quotes around every number. Returns its length: up to its closing
 * bracket or quote inclusive, or up to a character that may follow it; size if it does not end. */
size_t json_quote_value(const char *bytes, size_t size, struct text *copy);

/* Appends a copy of the same length, in which every number fits into 64 bits or a double: a parser
 * finds whatever else is wrong, at its place. */
void json_tame_numbers(const char *bytes, size_t size, struct text *copy);

#endif
