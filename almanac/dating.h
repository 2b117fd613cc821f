/* SPDX-License-Identifier: MIT */
/* dating.h - how a source writes dates, and the periods that they stand for */
#ifndef ALMANAC_DATING_H
#define ALMANAC_DATING_H

#include "period.h"

enum dating_order { DATING_YEAR_FIRST, DATING_DAY_FIRST, DATING_MONTH_FIRST };

/* Zero-initialised: dates begin with the year and are days. */
struct dating {
    enum dating_order order;
    char around; /* as of period_write_around, the period that a day stands for; '\0': itself */
    char only;   /* likewise, the only periods that are taken; '\0': all */
};

/* 30/06/2024, 30.6.2024 or 30-06-2024, also with a time behind, in the order as 2024-06-30, in out;
 * any other text as it is. */
const char *dating_respell(enum dating_order order, const char *text, char out[PERIOD_TEXT]);

/* Makes a day, or its midnight, the period around it. Returns 0, or -1 with a fault if it is
 * another moment; longer periods stay. */
int dating_widen(const struct dating *dating, struct period *period, struct fault *fault);

/* Whether a report about the period is taken. */
bool dating_takes(const struct dating *dating, const struct period *period);

#endif
