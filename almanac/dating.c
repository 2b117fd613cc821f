/* SPDX-License-Identifier: MIT */
/* dating.c - how a source writes dates, and the periods that they stand for */
#include "dating.h"

#include <stdio.h>
#include <string.h>

/* The number of one or two digits before the sign. */
static bool take_number(const char **at, char sign, int *number)
{
    size_t digits = strspn(*at, "0123456789");
    *number = 0;
    for (size_t i = 0; i < digits && digits <= 2; i++)
        *number = *number * 10 + (*at)[i] - '0';
    *at += digits;
    return digits >= 1 && digits <= 2 && *(*at)++ == sign;
}

const char *dating_respell(enum dating_order order, const char *text, char out[PERIOD_TEXT])
{
    const char *at = text;
    char sign = text[strspn(text, "0123456789")];
    int first, second;
    if (order == DATING_YEAR_FIRST || sign == '\0' || strchr("/.-", sign) == NULL ||
        !take_number(&at, sign, &first) || !take_number(&at, sign, &second) ||
        strspn(at, "0123456789") != 4 || strlen(text) >= PERIOD_TIME)
        return text;
    bool day_first = order == DATING_DAY_FIRST;
    snprintf(out, PERIOD_TEXT, "%.4s-%02d-%02d%s", at, day_first ? second : first,
             day_first ? first : second, at + 4);
    return out;
}

int dating_widen(const struct dating *dating, struct period *period, struct fault *fault)
{
    if (dating->around == '\0' || period->end - period->start > PERIOD_DAY)
        return 0;
    if (period->start % PERIOD_DAY != 0)
        return fault_set(fault, "'%s' is a moment; expected a day, as 'period' says", period->text);
    return period_around(period->start, dating->around, period)
               ? 0
               : fault_set(fault, "'%s' is beyond the year 9999", period->text);
}

bool dating_takes(const struct dating *dating, const struct period *period)
{
    struct period whole;
    return dating->only == '\0' || (period_around(period->start, dating->only, &whole) &&
                                    whole.start == period->start && whole.end == period->end);
}
