/* SPDX-License-Identifier: MIT */
/* visible.c - whether names that look equal are equal */
#include "visible.h"

#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct range {
    uint32_t first, last;
};

static const struct range controls[] = { { 0x01, 0x1F }, { 0x7F, 0x9F }, { 0, 0 } };

/* The joiners U+200C and U+200D change how some scripts are written, but only between letters. */
static const struct range hidden[] = {
    { 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x115F, 0x1160 }, { 0x2800, 0x2800 },
    { 0x3164, 0x3164 }, { 0xFFA0, 0xFFA0 }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
    { 0x180E, 0x180E }, { 0x200B, 0x200B }, { 0x200E, 0x200F }, { 0x202A, 0x202E },
    { 0x2060, 0x2069 }, { 0xFEFF, 0xFEFF }, { 0, 0 },
};
static const struct range breaks[] = { { 0x09, 0x0D }, { 0, 0 } };
static const struct range blanks[] = {
    { 0x0020, 0x0020 }, { 0x00A0, 0x00A0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200A },
    { 0x200C, 0x200D }, { 0x2028, 0x2029 }, { 0x202F, 0x202F }, { 0x205F, 0x205F },
    { 0x3000, 0x3000 }, { 0, 0 },
};

static bool is_in(uint32_t point, const struct range *ranges)
{
    for (; ranges->last != 0; ranges++)
        if (ranges->first <= point && point <= ranges->last)
            return true;
    return false;
}

int visible_check(const char *text, struct fault *fault)
{
    const char *at = text;
    bool blank = false;
    while (*at != '\0') {
        bool first = at == text;
        uint32_t point = utf8_point(&at);
        blank = is_in(point, blanks);
        if (is_in(point, controls))
            return fault_set(fault, "has a control character; expected text without");
        if (is_in(point, hidden))
            return fault_set(fault, "has U+%04X, which cannot be seen; expected text without",
                             (unsigned)point);
        if (first && blank)
            break;
    }
    return blank ? fault_set(fault, "has white space at an end; expected text without") : 0;
}

static bool is_white(uint32_t point)
{
    return is_in(point, blanks) || is_in(point, breaks);
}

size_t visible_end(const char *text, size_t size)
{
    size_t begin = size;
    bool white = true;
    while (white && (size = begin) > 0) {
        do
            begin--;
        while (begin > 0 && utf8_continues(text[begin]));
        const char *at = text + begin;
        white = is_white(utf8_point(&at));
    }
    return size;
}

size_t visible_trim(const char **text)
{
    const char *next = *text;
    while (*next != '\0' && is_white(utf8_point(&next)))
        *text = next;
    return visible_end(*text, strlen(*text));
}
