/* SPDX-License-Identifier: MIT */
/* wording_number.c - the number in a wording: digits, Chinese numerals and multipliers */
#include "wording_number.h"

#include "wording_words.h"

#include <stdio.h>
#include <string.h>

enum { EXPONENT_DIGITS = 3 };

/* The state of the parser. */
struct reading {
    struct wording_number *number;
    const char *at;
    char point;
    const char *grouping; /* the characters that may separate thousands */
};

static int count_digits(const char *text)
{
    return (int)strspn(text, "0123456789");
}

static void put_digits(struct wording_number *number, const char *digits, int count)
{
    memcpy(number->digits + number->size, digits, (size_t)count);
    number->size += count;
}

static void put_digit(struct wording_number *number, int digit)
{
    put_digits(number, &"0123456789"[digit], 1);
}

/* In India, of 12,34,567: the groups of two before the last. */
static int count_pairs(const char *at)
{
    int pairs = 0;
    for (; *at == ',' && count_digits(at + 1) == 2; at += 3)
        pairs++;
    return *at == ',' && count_digits(at + 1) == 3 && at[4] != ',' ? pairs : 0;
}

/* 1,234,567 or 1 234 567; ends before a separator whose group is not three digits. */
static void read_groups(struct reading *reading)
{
    int first = count_digits(reading->at);
    bool may_group = first <= 3 && *reading->at != '0';
    put_digits(reading->number, reading->at, first);
    reading->at += first;
    char separator = *reading->at;
    if (!may_group || separator == '\0' || strchr(reading->grouping, separator) == NULL)
        return;
    int pairs = separator == ',' && first <= 2 ? count_pairs(reading->at) : 0;
    for (; pairs > 0; pairs--, reading->at += 3)
        put_digits(reading->number, reading->at + 1, 2);
    for (; *reading->at == separator && count_digits(reading->at + 1) == 3; reading->at += 4)
        put_digits(reading->number, reading->at + 1, 3);
}

/* e+08, as spreadsheets write it. */
static void read_exponent(struct reading *reading, struct wording_piece *piece)
{
    const char *digits = reading->at + 1;
    if (*reading->at != 'e')
        return;
    bool negative = *digits == '-';
    digits += *digits == '+' || *digits == '-';
    int count = count_digits(digits);
    if (count == 0 || count > EXPONENT_DIGITS)
        return;
    for (int i = 0; i < count; i++)
        piece->exponent = piece->exponent * 10 + digits[i] - '0';
    if (negative)
        piece->exponent = -piece->exponent;
    piece->scientific = true;
    reading->at = digits + count;
}

static void read_arabic(struct reading *reading, struct wording_piece *piece)
{
    struct wording_number *number = reading->number;
    int before = number->size;
    read_groups(reading);
    piece->digits = number->size - before;
    if (*reading->at == reading->point && count_digits(reading->at + 1) > 0) {
        number->fraction = count_digits(++reading->at);
        put_digits(number, reading->at, number->fraction);
        reading->at += number->fraction;
    }
    read_exponent(reading, piece);
}

static bool is_fraction(const char *at)
{
    return wording_take(wording_points, &at) != NULL && wording_take(wording_digits, &at) != NULL;
}

/* 点五六 */
static void read_fraction(struct reading *reading)
{
    const struct word *digit;
    if (!is_fraction(reading->at))
        return;
    wording_take(wording_points, &reading->at);
    while ((digit = wording_take(wording_digits, &reading->at)) != NULL) {
        put_digit(reading->number, digit->value);
        reading->number->fraction++;
    }
}

/* The digit that is implied: one ten in 十五, one hundred in 百余家, no unit in 二十点五. -1: none.
 */
static int implied_digit(struct reading *reading, struct wording_piece *piece)
{
    struct wording_number *number = reading->number;
    const struct word *place = wording_find(wording_places, reading->at);
    if (number->count > 0 && is_fraction(reading->at)) {
        piece->bare = false;
        return 0;
    }
    if (place != NULL && place->value == 1)
        return 1;
    if (number->count > 0 ||
        (place == NULL && wording_find(wording_multipliers, reading->at) == NULL))
        return -1;
    number->implied = true;
    return 1;
}

static bool read_coefficient(struct reading *reading, struct wording_piece *piece)
{
    reading->at = wording_skip(reading->at);
    if (count_digits(reading->at) > 0) {
        read_arabic(reading, piece);
        return true;
    }
    const struct word *word = wording_take(wording_digits, &reading->at);
    int digit = word != NULL ? word->value : implied_digit(reading, piece);
    if (digit < 0)
        return false;
    piece->digits = 1;
    put_digit(reading->number, digit);
    read_fraction(reading);
    return true;
}

static bool take_zero(struct reading *reading)
{
    const char *at = reading->at;
    const struct word *digit = wording_take(wording_digits, &at);
    if (reading->number->count == 0 || digit == NULL || digit->value != 0)
        return false;
    reading->at = at;
    return true;
}

/* 一千 二百 万: a multiplier applies to all smaller pieces. */
static bool multiply(struct wording_number *number, int exponent)
{
    struct wording_piece *last = &number->pieces[number->count - 1];
    if (last->exponent >= exponent)
        return false;
    if (number->count > 1 && last[-1].exponent >= exponent)
        last->bare = false;
    for (int i = 0; i < number->count; i++)
        if (number->pieces[i].exponent < exponent)
            number->pieces[i].exponent += exponent;
    return true;
}

/* 百 余 万 亿 after the digits; false: the multipliers do not increase. */
static bool read_scale(struct reading *reading, struct wording_piece *piece)
{
    const struct word *word = wording_take(wording_places, &reading->at);
    if (word != NULL) {
        piece->exponent += word->value;
        piece->bare = false;
    }
    reading->number->inside = wording_take(wording_insides, &reading->at);
    while ((word = wording_take(wording_multipliers, &reading->at)) != NULL)
        if (!multiply(reading->number, word->value))
            return false;
    return true;
}

static const char *read_pieces(struct reading *reading)
{
    struct wording_number *number = reading->number;
    while (number->fraction == 0 && number->inside == NULL) {
        const char *start = reading->at;
        struct wording_piece *piece = &number->pieces[number->count];
        if (number->count == WORDING_PIECES)
            return "has too many parts; expected one number";
        *piece = (struct wording_piece){ .zero = take_zero(reading), .bare = true };
        if (!read_coefficient(reading, piece)) {
            reading->at = start;
            return NULL;
        }
        number->count++;
        if (!read_scale(reading, piece))
            return "has multipliers that do not rise; expected them as in 百万 or 万亿";
    }
    return NULL;
}

/* Each piece must begin below the end of the one before, at an unambiguous place. */
static const char *check_piece(const struct wording_piece *piece)
{
    int room = piece[-1].exponent, top = piece->digits + piece->exponent;
    if (room == 0 || piece[-1].scientific)
        return "has numbers side by side, which may be a range; expected one, like 35 or 三十五";
    if (top > room || (piece->zero && top == room))
        return "has digits out of place; expected places that fall, and 零 only for those that "
               "are skipped, like 一千零二十";
    if (piece->bare && !piece->zero && top < room)
        return "does not say what its last digits count, as 一百五 may be 150 or 105; expected "
               "that said, like 一百五十 or 一百零五";
    return NULL;
}

static bool read_sign(struct reading *reading)
{
    const char *at = wording_skip(reading->at);
    if ((*at != '-' && *at != '+') || count_digits(at + 1) == 0)
        return false;
    reading->at = at + 1;
    return *at == '-';
}

const char *wording_number_read(struct wording_number *number, const char **at, bool decimal_comma)
{
    struct reading reading = { number, *at, '.', ", " };
    if (decimal_comma) {
        reading.point = ',';
        reading.grouping = ". ";
    }
    *number = (struct wording_number){ .negative = read_sign(&reading) };
    const char *why = read_pieces(&reading);
    for (int i = 1; i < number->count && why == NULL; i++)
        why = check_piece(&number->pieces[i]);
    *at = reading.at;
    return why;
}

bool wording_number_write(const struct wording_number *number, int scale, char *out)
{
    const struct wording_piece *pieces = number->pieces;
    const char *digits = number->digits;
    int last = pieces[number->count - 1].exponent;
    int top = pieces[0].digits + pieces[0].exponent - last;
    if (top > WORDING_MOST)
        return false;
    if (number->negative)
        *out++ = '-';
    memset(out, '0', (size_t)top);
    for (int i = 0; i < number->count; i++) {
        int below = pieces[i].digits + pieces[i].exponent - last;
        memcpy(out + top - below, digits, (size_t)pieces[i].digits);
        digits += pieces[i].digits;
    }
    sprintf(out + top, "%s%.*se%d", number->fraction > 0 ? "." : "", number->fraction, digits,
            last + scale);
    return true;
}
