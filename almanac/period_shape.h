/* SPDX-License-Identifier: MIT */
/* period_shape.h - what a row of words and numbers says of a period */
#ifndef ALMANAC_PERIOD_SHAPE_H
#define ALMANAC_PERIOD_SHAPE_H

#include <stdbool.h>

/* Writes the period, of PERIOD_TEXT bytes, of the tokens, one letter each. These have a number:
 *   Y a year   N a number of one or two digits   J a month by its name   H 上半年, 下半年
 * and these have none:
 *   m 月   d 日   q a quarter   h "half"   k quarters, counted   x months, counted   f 前
 *   b "between"   & "and"   - "to"   . /  as they are   c between the digits of 202406
 *   M and w as in 2024M06 and 2024W26
 * False if they have no shape of a period; if their numbers are none, the text may be no period. */
bool period_shape_write(const char *tokens, const int *numbers, char *out);

#endif
