/* SPDX-License-Identifier: MIT */
/* entity.h - the character that HTML's "&hellip;", "&#8230;" or "&#x2026;" stands for */
#ifndef COLLECTOR_ENTITY_H
#define COLLECTOR_ENTITY_H

#include <stddef.h>

enum { ENTITY_BYTES = 5 };

/* bytes begins with '&'. Writes the character as UTF-8, NUL-terminated, and returns how many bytes
 * stand for it; 0 where there is no such character: then '&' is itself. As browsers do, U+0080 to
 * U+009F are read as Windows-1252, what is no character is U+FFFD, and a ';' may be missing behind
 * a number and behind names that HTML 2 had. Of the named ones those of HTML 4 that figures, their
 * units and the words around them may have. */
size_t entity_read(const char *bytes, size_t size, char *out);

#endif
