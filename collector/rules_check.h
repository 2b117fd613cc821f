/* SPDX-License-Identifier: MIT */
/* rules_check.h - whether the rules of text sources can work, and give what their examples say */
#ifndef COLLECTOR_RULES_CHECK_H
#define COLLECTOR_RULES_CHECK_H

#include "../almanac/catalogue.h"
#include "../almanac/fault.h"
#include "../almanac/settings.h"

/* 0, or -1 with a fault "file:line: rule '…': what, and what was expected". An example must say
 * whatever the groups find in it, and be refused nothing; what it says besides must be true. */
int rules_check(const struct settings *settings, const struct catalogue *catalogue,
                struct fault *fault);

#endif
