/* SPDX-License-Identifier: MIT */
/* wording.h - a number as people write it in a reply or a spreadsheet, in Chinese or English */
#ifndef ALMANAC_WORDING_H
#define ALMANAC_WORDING_H

#include "observation.h"

/* How a source writes numbers. White space may separate thousands either way. */
struct wording_style {
    bool decimal_comma; /* 1.234,5 for what otherwise is 1,234.5 */
};

/* What was written: "超1.5亿元" is 150000000, >, cny. Strings are static. */
struct wording {
    struct quantity value;
    enum comparator comparator;
    const char *unit;    /* as a figure has it: "cny", "ratio"; NULL: none was named */
    const char *counter; /* "家", "项", "people": a plain count of these; NULL: none was named */
};

/* Reads all of the text: words such as 约, 超, "at least", a unit, a number in digits of either
 * width or in Chinese numerals, multipliers, units and words behind it such as 余, 以上, "or more".
 * Two words that qualify must agree (超…余 is >); 以上 and 以下 include the number itself, as the
 * Civil Code of the PRC has it in article 1259; 余 and 多 are >=, 近 is ~.
 * What may be two numbers (三五家, 一百五, 2万3) is refused, what names none (数十, N/A) as well.
 * Whatever quantity_read takes is read as the same. Returns 0, or -1 with what was expected. */
int wording_read(const char *text, const struct wording_style *style, struct wording *wording,
                 struct fault *fault);

/* Whether it may be a value of a figure in this unit (NULL: a plain count). A number without unit
 * or counter may always. Returns 0, or -1 with both named. */
int wording_check_unit(const struct wording *wording, const char *unit, struct fault *fault);

#endif
