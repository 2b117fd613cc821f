/* SPDX-License-Identifier: MIT */
/* text.c - a growing string that knows its limit */
#include "text.h"

#include "arena.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for this many more bytes and a NUL. */
static bool reserve(struct text *text, size_t more)
{
    size_t need = text->size + more + 1;
    text->failed = text->failed || (text->limit != 0 && need - 1 > text->limit);
    if (!text->failed && need > text->room)
        text->bytes = array_reserve(text->bytes, &text->room, need, 1);
    return !text->failed;
}

void text_bytes(struct text *text, const void *bytes, size_t size)
{
    if (!reserve(text, size))
        return;
    if (size > 0)
        memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

void text_put(struct text *text, const char *string)
{
    text_bytes(text, string, strlen(string));
}

void text_char(struct text *text, char c)
{
    text_bytes(text, &c, 1);
}

void text_vprintf(struct text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length >= 0 && reserve(text, (size_t)length)) {
        vsnprintf(text->bytes + text->size, (size_t)length + 1, format, again);
        text->size += (size_t)length;
    }
    va_end(again);
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vprintf(text, format, args);
    va_end(args);
}

/* Writes a character that is escaped, or U+FFFD for a malformed byte. Returns its length. */
static size_t put_escaped(struct text *text, const char *at)
{
    unsigned char c = (unsigned char)*at;
    bool c1 = utf8_is_c1(at);
    if (c == '"' || c == '\\')
        text_printf(text, "\\%c", c);
    else
        text_printf(text, "\\u%04x", c1 ? (unsigned char)at[1] : c < 0x20 ? c : 0xFFFD);
    return c1 ? 2 : 1;
}

void text_json(struct text *text, const char *string)
{
    const char *end = string + strlen(string), *formed = string;
    text_char(text, '"');
    for (const char *at = string; at < end;) {
        size_t plain = 0;
        if (formed <= at)
            formed = at + utf8_until(at, (size_t)(end - at));
        while (at + plain < formed && (unsigned char)at[plain] >= 0x20 && at[plain] != '"' &&
               at[plain] != '\\' && !utf8_is_c1(at + plain))
            plain++;
        text_bytes(text, at, plain);
        at += plain;
        if (at < end)
            at += put_escaped(text, at);
    }
    text_char(text, '"');
}

void text_csv(struct text *text, const char *string)
{
    if (string[strcspn(string, ",\"\r\n")] == '\0') {
        text_put(text, string);
        return;
    }
    text_char(text, '"');
    for (const char *at = string; *at != '\0'; at++) {
        if (*at == '"')
            text_char(text, '"');
        text_char(text, *at);
    }
    text_char(text, '"');
}

void text_clear(struct text *text)
{
    text->size = 0;
    text->failed = false;
    if (text->bytes != NULL)
        text->bytes[0] = '\0';
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){ .limit = text->limit };
}

bool text_failed(const struct text *text)
{
    return text->failed;
}
