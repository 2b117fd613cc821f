/* SPDX-License-Identifier: MIT */
/* period_words.h - a period in Chinese or English prose */
#ifndef ALMANAC_PERIOD_WORDS_H
#define ALMANAC_PERIOD_WORDS_H

#include "period.h"

enum period_words_end {
    PERIOD_WORDS_READ,
    PERIOD_WORDS_OPEN,    /* the words leave open when; the fault says why */
    PERIOD_WORDS_UNKNOWN, /* no such words */
};

/* Reads what period_read takes, and
 *   2024年  2024年6月  2024年6月30日  二〇二四年上半年  2024年第三季度  2024年前三季度  2021—2023年
 *   2024年1—6月  June 2024  30 June 2024  June 30, 2024  Q3 2024  the first half of 2024
 *   the first nine months of 2024  2021 to 2023  January to June 2024  2024/6  2024.6  202406
 *   2024M06  2024 JUN  Jun-2024  2024W26  20240630  2024-06-30 10:00:00
 * into out, of PERIOD_TEXT bytes, in the syntax of period_read. "The end of" a month or year (底,
 * 末) reads as that month or year, since a stock's value stands at its period's end. Text without a
 * year, or relative to an unnamed day (近三年, last year), is left open, and so are fiscal years.
 * freq is the figure's, as in figure.h: 2024/6 and 202406 of a monthly one are the month, and so is
 * 2024.6; of others the first two only where they cannot be years (2024/5, 2011/12), a day
 * (201206), or a week, quarter or half in that rhythm. Of none if a word says that it is a year
 * (2011/12年度). */
enum period_words_end period_words_read(const char *text, char freq, char *out,
                                        struct fault *fault);

/* Reads words without a year, like 9月份, Sep or M09, as of this one: 2024 or 2024年. A number
 * alone is a month if freq is 'M'. Words with a year may only say this one. */
bool period_words_in_year(const char *text, const char *year, char freq, char *out);

#endif
