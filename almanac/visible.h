/* SPDX-License-Identifier: MIT */
/* visible.h - whether names that look equal are equal */
#ifndef ALMANAC_VISIBLE_H
#define ALMANAC_VISIBLE_H

#include "fault.h"

#include <stddef.h>

/* Refuses control characters, characters without width, and white space at either end, of Unicode.
 * The text is well-formed UTF-8. 0, or -1 with a fault that follows the text's name. */
int visible_check(const char *text, struct fault *fault);

/* Moves *text past white space at its beginning, of Unicode, with tabs and line breaks. Returns the
 * length from there on without that at its end. */
size_t visible_trim(const char **text);

/* The length of so many bytes without such white space at their end. */
size_t visible_end(const char *text, size_t size);

#endif
