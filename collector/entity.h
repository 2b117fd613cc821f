/* SPDX-License-Identifier: MIT */
/* entity.h - HTML entities: "&hellip;", "&#8230;" or "&#x2026;" */
#ifndef COLLECTOR_ENTITY_H
#define COLLECTOR_ENTITY_H

#include <stddef.h>

enum { ENTITY_BYTES = 5 };

/* bytes begins with '&'. Writes the character as UTF-8, NUL-terminated, and returns the length of
 * the entity; 0: there is none, and '&' stands for itself. As in browsers, U+0080 to U+009F are
 * read as Windows-1252, invalid characters become U+FFFD, and the ';' is optional after a number
 * and after names of HTML 2, also before letters and digits. Of the named entities it knows those
 * of HTML 4 that may occur in figures, their units and the words around them. */
size_t entity_read(const char *bytes, size_t size, char *out);

#endif
