/* SPDX-License-Identifier: MIT */
/* ledger_group.h - which series a pushing client keeps: state, not truth */
#ifndef ALMANAC_LEDGER_GROUP_H
#define ALMANAC_LEDGER_GROUP_H

#include "ledger.h"

/* All within the delivery under way. */
int ledger_each_of_group(struct ledger *ledger, const char *group, series_visitor *visit,
                         void *owner, struct fault *fault);
/* The series becomes the group's, and of no other. It may be new. Its id, or -1 with a fault. */
int64_t ledger_join_group(struct ledger *ledger, const char *group,
                          const struct observation *observation, struct fault *fault);
int ledger_leave_group(struct ledger *ledger, int64_t series, struct fault *fault);

#endif
