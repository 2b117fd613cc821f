/* SPDX-License-Identifier: MIT */
/* fault.c - why an operation failed, in words; the first cause wins */
#include "fault.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* How many bytes of a character stand here without its last, before ASCII or the end; or 0. */
static size_t cut_character(const char *words)
{
    unsigned char lead = (unsigned char)words[0];
    size_t length = lead > 0xF4 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    size_t there = 1;
    while (there < length && utf8_continues(words[there]))
        there++;
    return there < length && (unsigned char)words[there] < 0x80 ? there : 0;
}

/* Quoted input may hold anything. */
static void make_printable(char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)words[i] < 0x20 || words[i] == 0x7F || utf8_is_c1(words + i))
            words[i] = '?';
    for (size_t at = 0; (at += utf8_until(words + at, size - at)) < size;) {
        size_t cut = cut_character(words + at);
        if (cut == 0)
            words[at] = '?';
        memmove(words + at, words + at + cut, size - at - cut + 1);
        size -= cut;
    }
}

__attribute__((format(printf, 3, 0))) static void write_words(char *out, size_t size,
                                                              const char *format, va_list args)
{
    if (vsnprintf(out, size, format, args) < 0)
        snprintf(out, size, "unprintable words");
    make_printable(out);
}

int fault_vset(struct fault *fault, const char *format, va_list args)
{
    if (fault->text[0] == '\0')
        write_words(fault->text, sizeof fault->text, format, args);
    return -1;
}

int fault_set(struct fault *fault, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fault_vset(fault, format, args);
    va_end(args);
    return -1;
}

int fault_at(struct fault *fault, const char *format, ...)
{
    struct fault placed;
    va_list args;
    va_start(args, format);
    write_words(placed.text, sizeof placed.text, format, args);
    va_end(args);
    struct fault cause = *fault;
    fault->text[0] = '\0';
    return fault_set(fault, "%s%s", placed.text, cause.text);
}
