/* SPDX-License-Identifier: MIT */
/* grouping.h - the group in a Pushgateway path: job/JOB{/LABEL/VALUE}* */
#ifndef COLLECTOR_GROUPING_H
#define COLLECTOR_GROUPING_H

#include "../almanac/arena.h"
#include "../almanac/fault.h"
#include "../almanac/figure.h"

enum { GROUPING_LABELS = 32 };

struct grouping {
    struct label labels[GROUPING_LABELS]; /* sorted by name, "job" among them */
    size_t count;
    const char *key; /* identifies the group, whatever the order of the path */
};

/* path: the part after /metrics/job, as the client wrote it: "/JOB…" or "@base64/JOB…"; it is
 * modified. A label's name may end in "@base64"; its value then uses the URL-safe alphabet, and a
 * lone '=' for the empty value. Results live in the arena or the path. -1 with a fault. */
int grouping_read(char *path, struct arena *arena, struct grouping *grouping, struct fault *fault);

#endif
