/* SPDX-License-Identifier: MIT */
/* permit.h - which user may report what */
#ifndef COLLECTOR_PERMIT_H
#define COLLECTOR_PERMIT_H

#include "delivery.h"

/* Refuses the observations, from first on, that the settings' reporters do not permit the user
 * (NULL: no particular user) to report, and removes them from the batch. Returns their number. */
size_t permit_check(struct delivery *delivery, size_t first, const char *user);

#endif
