/* SPDX-License-Identifier: MIT */
/* json_numbers.c - copies JSON text with numbers that no parser turns into doubles or refuses */
#include "json_numbers.h"

#include <ctype.h>
#include <string.h>

enum { SAFE_DIGITS = 18 }; /* of an integer of 64 bits */

/* How numbers with an exponent or more than so many digits are written, in the first value or in
 * the whole text. */
struct manner {
    size_t digits;
    void (*put)(struct text *copy, const char *number, size_t length);
    bool first;
};

static size_t count_digits(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && isdigit((unsigned char)at[count]))
        count++;
    return count;
}

/* The length of a number by RFC 8259's grammar, or 0: -12.50e+3 */
static size_t number_length(const char *begin, const char *end)
{
    const char *at = begin + (*begin == '-');
    size_t digits = at < end && *at == '0' ? 1 : count_digits(at, end);
    if (digits == 0)
        return 0;
    at += digits;
    if (at < end && *at == '.') {
        digits = count_digits(at + 1, end);
        at += digits == 0 ? 0 : 1 + digits;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        size_t sign = at + 1 < end && (at[1] == '+' || at[1] == '-');
        digits = count_digits(at + 1 + sign, end);
        at += digits == 0 ? 0 : 1 + sign + digits;
    }
    return (size_t)(at - begin);
}

/* The length past the closing quote, or to the end if there is none. */
static size_t string_length(const char *begin, const char *end)
{
    const char *at = begin + 1;
    while (at < end && *at != '"')
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return (size_t)(at - begin) + (at < end);
}

static bool is_long(const char *number, size_t length, size_t most)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        if (number[i] == 'e' || number[i] == 'E')
            return true;
        digits += isdigit((unsigned char)number[i]) != 0;
    }
    return digits > most;
}

static bool may_end(const char *at, const char *end, char last)
{
    return at == end || strchr("\"}]", last) != NULL || strchr(" \t\r\n,:[]{}\"", *at) != NULL;
}

static void put_quoted(struct text *copy, const char *number, size_t length)
{
    text_char(copy, '"');
    text_bytes(copy, number, length);
    text_char(copy, '"');
}

static void put_quoted_with_comma(struct text *copy, const char *number, size_t length)
{
    size_t begin = copy->size + 1;
    put_quoted(copy, number, length);
    char *point = text_failed(copy) ? NULL : memchr(copy->bytes + begin, '.', length);
    if (point != NULL)
        *point = ',';
}

static size_t mantissa_length(const char *number, size_t length)
{
    size_t mantissa = 0;
    while (mantissa < length && number[mantissa] != 'e' && number[mantissa] != 'E')
        mantissa++;
    return mantissa;
}

/* -12345678901234567890e400 becomes -1.000000000000000000e000. What may not follow the one may not
 * follow the other. */
static void put_tame(struct text *copy, const char *number, size_t length)
{
    size_t sign = *number == '-', mantissa = mantissa_length(number, length);
    bool large = mantissa - sign > SAFE_DIGITS;
    for (size_t i = 0; i < length; i++) {
        char c = number[i];
        if (large && i > sign && i < mantissa)
            c = i == sign + 1 ? '.' : '0';
        else if (i > mantissa && isdigit((unsigned char)c))
            c = '0';
        text_char(copy, c);
    }
}

/* Returns the size read. */
static size_t copy_text(const char *bytes, size_t size, const struct manner *manner,
                        struct text *copy)
{
    const char *at = bytes, *copied = bytes, *end = bytes + size;
    size_t depth = 0;
    bool ended = false;
    while (at < end && !ended) {
        char c = *at;
        size_t number = number_length(at, end);
        size_t length = number > 0 ? number : c == '"' ? string_length(at, end) : 1;
        if (number > 0 && is_long(at, number, manner->digits)) {
            text_bytes(copy, copied, (size_t)(at - copied));
            manner->put(copy, at, number);
            copied = at + number;
        }
        at += length;
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && depth > 0)
            depth--;
        ended = depth == 0 && manner->first && may_end(at, end, c);
    }
    text_bytes(copy, copied, (size_t)(at - copied));
    return (size_t)(at - bytes);
}

void json_quote_numbers(const char *bytes, size_t size, size_t digits, char point,
                        struct text *copy)
{
    const struct manner manner = { digits, point == ',' ? put_quoted_with_comma : put_quoted,
                                   false };
    copy_text(bytes, size, &manner, copy);
}

size_t json_quote_value(const char *bytes, size_t size, struct text *copy)
{
    return copy_text(bytes, size, &(struct manner){ 0, put_quoted, true }, copy);
}

void json_tame_numbers(const char *bytes, size_t size, struct text *copy)
{
    copy_text(bytes, size, &(struct manner){ SAFE_DIGITS, put_tame, false }, copy);
}
