/* SPDX-License-Identifier: MIT */
/* charset.c - converts other encodings to UTF-8; the only user of iconv */
#include "charset.h"

#include "../almanac/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { CHUNK = 4096 };

/* Converts a part; whether there is more. */
static bool convert(iconv_t door, char **at, size_t *left, struct text *text)
{
    char chunk[CHUNK], *end = chunk;
    size_t room = sizeof chunk;
    bool full = iconv(door, at, left, &end, &room) == (size_t)-1 && errno == E2BIG;
    text_bytes(text, chunk, sizeof chunk - room);
    return full;
}

bool charset_is_big_endian(const char *bytes, size_t size)
{
    return size >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0;
}

bool charset_has_utf16_mark(const char *bytes, size_t size)
{
    return charset_is_big_endian(bytes, size) || (size >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0);
}

/* In UTF-16 a line break has a NUL, which is none of UTF-8's. In GB18030 a single character may
 * look like one or two of UTF-8, 眉 like ü; but hardly ever three like two of three bytes. The
 * others of several bytes are alike. */
bool charset_is_utf8(const char *encoding, const char *bytes, size_t size)
{
    bool wide = strcmp(encoding, "UTF-16") == 0;
    bool several = !wide && strncmp(encoding, "WINDOWS", strlen("WINDOWS")) != 0;
    bool marked = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    size_t found = 0;
    for (size_t i = 0; i < size; i++)
        found += wide ? bytes[i] == '\n' : (unsigned char)bytes[i] >= (several ? 0xE0 : 0xC0);
    return (marked || found >= (several ? 2 : 1)) && utf8_until(bytes, size) == size;
}

/* By the name UTF-16 alone iconv would take the machine's byte order where there is no mark. */
static const char *name_of(const char *encoding, const char *bytes, size_t size)
{
    if (strcmp(encoding, "UTF-16") != 0)
        return encoding;
    return charset_is_big_endian(bytes, size) ? "UTF-16BE" : "UTF-16LE";
}

ssize_t charset_to_utf8(const char *encoding, const char *bytes, size_t size, struct text *text,
                        struct fault *fault)
{
    char *at = (char *)(uintptr_t)bytes; /* iconv takes a non-const pointer, but only reads */
    size_t left = size;
    iconv_t door = iconv_open("UTF-8", name_of(encoding, bytes, size));
    if (door == (iconv_t)-1)
        return fault_set(fault, "this system cannot read %s: %s", encoding, strerror(errno));
    while (convert(door, &at, &left, text))
        continue;
    iconv_close(door);
    return (ssize_t)(size - left);
}
