/* SPDX-License-Identifier: MIT */
/* grouping.h - the group that a path of Pushgateway names: job/JOB{/LABEL/VALUE}* */
#ifndef COLLECTOR_GROUPING_H
#define COLLECTOR_GROUPING_H

#include "../almanac/arena.h"
#include "../almanac/fault.h"
#include "../almanac/figure.h"

enum { GROUPING_LABELS = 32 };

struct grouping {
    struct label labels[GROUPING_LABELS]; /* sorted by name, "job" among them */
    size_t count;
    const char *key; /* the same group has the same, in whatever order its path is written */
};

/* path: what stands behind /metrics/job, as the client wrote it: "/JOB…" or "@base64/JOB…"; it is
 * changed. A label's name may end in "@base64"; its value then is in the URL-safe alphabet, a lone
 * '=' for none. All of it lives in the arena or the path. -1 with a fault. */
int grouping_read(char *path, struct arena *arena, struct grouping *grouping, struct fault *fault);

#endif
