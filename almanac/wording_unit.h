/* SPDX-License-Identifier: MIT */
/* wording_unit.h - the unit of values that do not name it themselves, as it stands in a table */
#ifndef ALMANAC_WORDING_UNIT_H
#define ALMANAC_WORDING_UNIT_H

#include "fault.h"
#include "figure.h"

enum wording_unit_end { WORDING_UNIT_READ, WORDING_UNIT_NONE, WORDING_UNIT_REFUSED };

/* Reads 亿元, %, million CNY, 100 million yuan or the name of the figure's own unit into the power
 * of ten that it multiplies by. What only surrounds it says nothing: white space, parentheses
 * around all of it, and 单位： or "unit:" before it, as in （单位：亿元）. Of white space alone
 * there is none. Another unit than the figure's is refused, and so is one with another number, or a
 * number alone; then the fault says why. */
enum wording_unit_end wording_unit_read(const char *text, const struct figure *figure, int *places,
                                        struct fault *fault);

/* The word that values are read with, '_' for a blank: of square_metres, persons, or the 元 of
 * 亿元. NULL: there is none. *unit becomes the unit that it is for, or NULL if it is what is
 * counted. */
const char *wording_unit_known(const char *word, const char **unit);

#endif
