/* SPDX-License-Identifier: MIT */
/* charset.h - converts other encodings to UTF-8; the only user of iconv */
#ifndef COLLECTOR_CHARSET_H
#define COLLECTOR_CHARSET_H

#include "../almanac/fault.h"
#include "../almanac/text.h"

#include <sys/types.h>

/* Converts the bytes from the encoding, by iconv's name, and appends them to the text, up to the
 * first malformed one; returns their number. "UTF-16" is in the byte order of its mark, which
 * stays, or little-endian. Line ends are kept. -1 with a fault if this system lacks the
 * encoding. */
ssize_t charset_to_utf8(const char *encoding, const char *bytes, size_t size, struct text *text,
                        struct fault *fault);

/* Whether the bytes begin with UTF-16's byte order mark, and whether with that of the big-endian
 * order. */
bool charset_has_utf16_mark(const char *bytes, size_t size);
bool charset_is_big_endian(const char *bytes, size_t size);

/* Whether text that should be in another encoding is UTF-8: it is well-formed as such, and has
 * UTF-8's mark or is long enough that this is no accident. Read as the other, it would be other
 * characters. */
bool charset_is_utf8(const char *encoding, const char *bytes, size_t size);

#endif
