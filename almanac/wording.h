/* SPDX-License-Identifier: MIT */
/* wording.h - a number in Chinese or English prose */
#ifndef ALMANAC_WORDING_H
#define ALMANAC_WORDING_H

#include "observation.h"

/* How a source writes numbers. In both styles white space may separate thousands. */
struct wording_style {
    bool decimal_comma;            /* 1.234,5 instead of 1,234.5 */
    const struct unit_word *units; /* the figure's own words for its unit */
    size_t unit_count;
};

/* The number as written: "超1.5亿元" is 150000000, >, cny. Strings are static. */
struct wording {
    struct quantity value;
    enum comparator comparator;
    const char *unit;    /* as in figures: "cny", "ratio"; NULL: none */
    const char *counter; /* "家", "项", "people": a plain count of these; NULL: none */
    const char *change;  /* "下降", "up": the value is a change; NULL: it is not */
    bool own;            /* the unit is one of the style's */
};

/* Reads the whole text: words such as 约, 超, "at least", a unit, a number in half- or full-width
 * digits or Chinese numerals, multipliers, then units and words such as 余, 以上, "or more". Two
 * qualifiers must agree (超…余 is >). 以上 and 以下 include the number itself, as in article 1259
 * of the Civil Code of the PRC; 余 and 多 are >=, 近 is ~. A fall (下降, "down") is negative, and
 * what qualifies it speaks of its size: 下降超3% is below -3%. Text that may mean two numbers
 * (三五家, 一百五, 2万3) or none (数十, N/A) is refused. Without decimal_comma, everything that
 * quantity_read takes reads as the same number. Returns 0, or -1 with what was expected. */
int wording_read(const char *text, const struct wording_style *style, struct wording *wording,
                 struct fault *fault);

/* Whether it is what stands where there is no number: -, …, N/A, 暂无. */
bool wording_is_nothing(const char *text);

/* Checks the wording's unit against that of the figure, which must be a ratio for a change. A
 * number without unit or counter is in the figure's. Returns 0, or -1 with a fault that names both.
 */
int wording_check_unit(const struct wording *wording, const struct figure *figure,
                       struct fault *fault);

#endif
