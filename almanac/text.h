/* SPDX-License-Identifier: MIT */
/* text.h - a growing string that knows its limit */
#ifndef ALMANAC_TEXT_H
#define ALMANAC_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise, write, text_free. Once something is written, bytes[size] is NUL. What would
 * exceed the limit is not written, nor is anything after it: check text_failed once, at the end. */
struct text {
    char *bytes; /* owned */
    size_t size;
    size_t room;
    size_t limit; /* 0: no limit */
    bool failed;
};

void text_put(struct text *text, const char *string);
void text_bytes(struct text *text, const void *bytes, size_t size);
void text_char(struct text *text, char c);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(struct text *text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Quoted; U+FFFD for malformed UTF-8; control characters escaped, as for a terminal. */
void text_json(struct text *text, const char *string);
void text_csv(struct text *text, const char *string); /* RFC 4180: in quotes if needed */
void text_clear(struct text *text);                   /* empties it, keeps the memory */
void text_free(struct text *text);
bool text_failed(const struct text *text);

#endif
