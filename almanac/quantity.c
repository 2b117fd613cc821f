/* SPDX-License-Identifier: MIT */
/* quantity.c - an exact decimal, kept as it was reported */
#include "quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*  -  0012  .  340  e+2
 *  |  whole    fraction  exponent      */
struct parts {
    bool negative;
    const char *whole, *fraction;
    int whole_count, fraction_count;
    int exponent;
};

static int count_digits(const char *text)
{
    return (int)strspn(text, "0123456789");
}

static bool split_exponent(const char *text, struct parts *parts)
{
    if (*text == '\0')
        return true;
    if (*text != 'e' && *text != 'E')
        return false;
    const char *digits = text + 1 + (text[1] == '+' || text[1] == '-');
    int count = count_digits(digits);
    if (count == 0 || count > 3 || digits[count] != '\0')
        return false;
    parts->exponent = (int)strtol(text + 1, NULL, 10);
    return true;
}

static bool split(const char *text, struct parts *parts)
{
    *parts = (struct parts){ .negative = *text == '-' };
    text += *text == '-' || *text == '+';
    parts->whole = text;
    parts->whole_count = count_digits(text);
    text += parts->whole_count;
    if (*text == '.') {
        parts->fraction = ++text;
        parts->fraction_count = count_digits(text);
        text += parts->fraction_count;
        if (parts->fraction_count == 0)
            return false;
    }
    return parts->whole_count > 0 && split_exponent(text, parts);
}

/* The digit before (place >= 0) or behind (place < 0) the point, with the exponent applied. */
static char digit_at(const struct parts *parts, int place)
{
    int at = place - parts->exponent;
    if (at >= 0)
        return at < parts->whole_count ? parts->whole[parts->whole_count - 1 - at] : '0';
    return -at <= parts->fraction_count ? parts->fraction[-at - 1] : '0';
}

static bool is_zero(const char *text)
{
    return text[strspn(text, "-0.")] == '\0';
}

/* Writes the plain form; false if it has too many digits. */
static bool write_plain(const struct parts *parts, char *out)
{
    int top = parts->whole_count - 1 + parts->exponent;
    int bottom = parts->exponent - parts->fraction_count;
    while (top > 0 && digit_at(parts, top) == '0')
        top--;
    if (top < 0)
        top = 0;
    if (bottom > 0)
        bottom = 0;
    if (top - bottom + 1 > QUANTITY_DIGITS)
        return false;
    char *at = out;
    if (parts->negative)
        *at++ = '-';
    for (int place = top; place >= bottom; place--) {
        if (place == -1)
            *at++ = '.';
        *at++ = digit_at(parts, place);
    }
    *at = '\0';
    if (parts->negative && is_zero(out))
        memmove(out, out + 1, strlen(out));
    return true;
}

int quantity_read(const char *text, struct quantity *quantity, struct fault *fault)
{
    struct parts parts;
    if (*text == '\0')
        return fault_set(fault, "an empty text is not a number; expected a decimal like 1234.5");
    if (!split(text, &parts))
        return fault_set(fault,
                         "'%.60s' is not a decimal number; expected digits with at most one point, "
                         "like 1234.5",
                         text);
    if (!write_plain(&parts, quantity->text))
        return fault_set(fault,
                         "'%.20s%s' has too many digits; expected at most %d, which are kept "
                         "exactly",
                         text, strlen(text) > 20 ? "…" : "", QUANTITY_DIGITS);
    return 0;
}

int quantity_shift(struct quantity *quantity, int places, struct fault *fault)
{
    char text[sizeof quantity->text + 16];
    snprintf(text, sizeof text, "%se%d", quantity->text, places);
    return quantity_read(text, quantity, fault);
}

/* The length without trailing zeros of a fraction. */
static size_t bare_length(const char *text)
{
    size_t length = strlen(text);
    if (strchr(text, '.') == NULL)
        return length;
    while (text[length - 1] == '0')
        length--;
    return text[length - 1] == '.' ? length - 1 : length;
}

bool quantity_equal(const struct quantity *a, const struct quantity *b)
{
    size_t length = bare_length(a->text);
    return length == bare_length(b->text) && memcmp(a->text, b->text, length) == 0;
}

bool quantity_is_power(const struct quantity *quantity, int *places)
{
    const char *text = quantity->text, *one = strchr(text, '1');
    size_t length = strlen(text);
    if (one == NULL || strspn(text, "0.") + 1 + strspn(one + 1, "0") != length)
        return false;
    *places = one == text ? (int)length - 1 : -(int)(one - text - 1);
    return true;
}
