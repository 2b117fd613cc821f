/* SPDX-License-Identifier: MIT */
/* charset.h - text of other encodings made UTF-8: the only user of iconv */
#ifndef COLLECTOR_CHARSET_H
#define COLLECTOR_CHARSET_H

#include "../almanac/fault.h"
#include "../almanac/text.h"

/* Puts the bytes behind what the text holds, up to the first that is not of the encoding (as iconv
 * names it), and tells how many these were. Line ends stay as they are in all encodings that have
 * ASCII in them. 0, or -1 with a fault where this system does not know the encoding. */
int charset_to_utf8(const char *encoding, const char *bytes, size_t size, struct text *text,
                    size_t *valid, struct fault *fault);

#endif
