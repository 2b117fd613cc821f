/* SPDX-License-Identifier: MIT */
/* utf8.h - characters of UTF-8 (RFC 3629) */
#ifndef ALMANAC_UTF8_H
#define ALMANAC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The index of the first byte that is not well-formed UTF-8 (NUL is malformed), or size. */
size_t utf8_until(const char *bytes, size_t size);

/* Whether the byte is one of a character, but not its first. */
static inline bool utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Whether one of U+0080 to U+009F is here, which a terminal may read as the start of a command. */
static inline bool utf8_is_c1(const char *at)
{
    return (unsigned char)at[0] == 0xC2 && (unsigned char)at[1] >= 0x80 &&
           (unsigned char)at[1] < 0xA0;
}

/* The number of characters in well-formed UTF-8. */
size_t utf8_characters(const char *from, const char *to);
/* The code point of the well-formed character at *at, which moves behind it. */
uint32_t utf8_point(const char **at);

#endif
