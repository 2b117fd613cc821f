/* SPDX-License-Identifier: MIT */
/* unit_name.h - units in the words of a language */
#ifndef EXPORTER_UNIT_NAME_H
#define EXPORTER_UNIT_NAME_H

#include <stdbool.h>

/* "cny" in English, "元" in Chinese; a unit without a name in that language is its own. */
const char *unit_name(const char *unit, bool chinese);

#endif
