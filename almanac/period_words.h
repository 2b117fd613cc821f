/* SPDX-License-Identifier: MIT */
/* period_words.h - a period in Chinese or English prose */
#ifndef ALMANAC_PERIOD_WORDS_H
#define ALMANAC_PERIOD_WORDS_H

#include "period.h"

/* Reads what period_read takes, and
 *   2024年  2024年6月  2024年6月30日  二〇二四年上半年  2024年第三季度  2024年前三季度  2021—2023年
 *   2024年1—6月  June 2024  30 June 2024  June 30, 2024  Q3 2024  the first half of 2024
 *   the first nine months of 2024  2021 to 2023  January to June 2024
 * into out, of PERIOD_TEXT bytes, in the syntax of period_read. "The end of" a month or year (底,
 * 末) reads as that month or year, since a stock's value stands at its period's end. Text without a
 * year, or relative to an unnamed day (近三年, last year), is refused, and so are fiscal years.
 * Returns 0, or -1 with what was expected. */
int period_words_read(const char *text, char *out, struct fault *fault);

#endif
