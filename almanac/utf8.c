/* SPDX-License-Identifier: MIT */
/* utf8.c - characters of UTF-8 (RFC 3629) */
#include "utf8.h"

#include <string.h>

/* The length of the well-formed character at s, or 0. RFC 3629, section 4. */
static size_t utf8_character(const unsigned char *s, size_t size)
{
    if (s[0] < 0x80)
        return s[0] != 0;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || length > size)
        return 0;
    unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (!utf8_continues((char)s[i]))
            return 0;
    return length;
}

/* Whether eight bytes are all ASCII without NUL: subtracting 1 from each sets the highest bit only
 * of those that were 0. */
static bool is_plain_ascii(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return ((eight | (eight - ones)) & high) == 0;
}

size_t utf8_until(const char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        if (size - at >= 8 && is_plain_ascii(bytes + at)) {
            at += 8;
            continue;
        }
        size_t length = utf8_character((const unsigned char *)bytes + at, size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return size;
}

size_t utf8_characters(const char *from, const char *to)
{
    size_t count = 0;
    for (; from < to; from++)
        count += !utf8_continues(*from);
    return count;
}

/* 110xxxxx, 1110xxxx and 11110xxx are followed by one, two and three bytes 10xxxxxx. */
uint32_t utf8_point(const char **at)
{
    unsigned char lead = (unsigned char)*(*at)++;
    int more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t point = more == 0 ? lead : lead & 0x3FU >> more;
    for (; more > 0 && utf8_continues(**at); more--)
        point = point << 6 | ((unsigned char)*(*at)++ & 0x3FU);
    return point;
}
