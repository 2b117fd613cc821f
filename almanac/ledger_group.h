/* SPDX-License-Identifier: MIT */
/* ledger_group.h - which series a pushing client's group holds: state, not truth */
#ifndef ALMANAC_LEDGER_GROUP_H
#define ALMANAC_LEDGER_GROUP_H

#include "ledger.h"

/* Call these only within a delivery. */
int ledger_each_of_group(struct ledger *ledger, const char *group, series_visitor *visit,
                         void *owner, struct fault *fault);
/* Moves the observation's series, which may be new, from any other group to this one. Returns its
 * id, or -1 with a fault. */
int64_t ledger_join_group(struct ledger *ledger, const char *group,
                          const struct observation *observation, struct fault *fault);
int ledger_leave_group(struct ledger *ledger, int64_t series, struct fault *fault);

#endif
