/* SPDX-License-Identifier: MIT */
/* rules_check.h - checks that the rules of text sources compile and match their examples */
#ifndef COLLECTOR_RULES_CHECK_H
#define COLLECTOR_RULES_CHECK_H

#include "../almanac/catalogue.h"
#include "../almanac/fault.h"
#include "../almanac/settings.h"

/* 0, or -1 with a fault "file:line: rule '…': what, and what was expected". An example must state
 * everything that the groups find in it, and none of it may be refused; anything else it states
 * must also hold. */
int rules_check(const struct settings *settings, const struct catalogue *catalogue,
                struct fault *fault);

#endif
