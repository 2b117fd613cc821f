/* SPDX-License-Identifier: MIT */
/* marks.h - what a table puts behind a value: the sign of a footnote, or of a status */
#ifndef COLLECTOR_MARKS_H
#define COLLECTOR_MARKS_H

#include "../almanac/catalogue.h"
#include "../almanac/glossary.h"

/* Takes the marks from the end of obs_value, which becomes a copy in the arena. What they mean is
 * the report's status if it has none of its own; marks that mean different ones stay. */
void marks_cut(const struct glossary *marks, struct report *report, struct arena *arena);

#endif
