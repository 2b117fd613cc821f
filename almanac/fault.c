/* SPDX-License-Identifier: MIT */
/* fault.c - why something failed, in words; the first cause wins */
#include "fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void write_words(char *out, size_t size, const char *format, va_list args)
{
    int length = vsnprintf(out, size, format, args);
    if (length < 0 || (size_t)length < size)
        return;
    size_t end = size - 1;
    while (end > 0 && ((unsigned char)out[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)out[end - 1] >= 0xC0)
        end--;
    out[end] = '\0';
}

int fault_set(struct fault *fault, const char *format, ...)
{
    if (fault->text[0] != '\0')
        return -1;
    va_list args;
    va_start(args, format);
    write_words(fault->text, sizeof fault->text, format, args);
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
