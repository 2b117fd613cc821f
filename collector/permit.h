/* SPDX-License-Identifier: MIT */
/* permit.h - which user may report what */
#ifndef COLLECTOR_PERMIT_H
#define COLLECTOR_PERMIT_H

#include "delivery.h"

/* Refuses what the user (NULL: nobody in particular) may not report by the settings' reporters, and
 * takes it out of the batch. Returns how many observations that are. */
size_t permit_check(struct delivery *delivery, const char *user);
/* The same of those from first on. */
size_t permit_check_from(struct delivery *delivery, size_t first, const char *user);

#endif
