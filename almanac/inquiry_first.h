/* SPDX-License-Identifier: MIT */
/* inquiry_first.h - when the first of what is asked for became known */
#ifndef ALMANAC_INQUIRY_FIRST_H
#define ALMANAC_INQUIRY_FIRST_H

#include "inquiry.h"
#include "text.h"

/* For an inquiry that has no rows because of its known_by: appends "no observations known by
 * 2024-01-31; the first was released 2024-02-01". Nothing if it would have none anyhow. 0, or -1
 * with a fault. */
int inquiry_first_known(const struct inquiry *inquiry, struct text *words, struct fault *fault);
/* The same on standard error, for a command. */
int inquiry_first_tell(const struct inquiry *inquiry, struct fault *fault);

#endif
