/* SPDX-License-Identifier: MIT */
/* mirror.h - keeps the RRD files level with the ledger */
#ifndef COLLECTOR_MIRROR_H
#define COLLECTOR_MIRROR_H

#include "../almanac/catalogue.h"
#include "../almanac/ledger.h"
#include "../almanac/log.h"
#include "../almanac/rrd_store.h"

struct mirror;

/* One mirror a folder at a time: a lock in it keeps a second one out, and *busy says so when NULL
 * is returned for that reason. All arguments are borrowed. */
struct mirror *mirror_open(const char *directory, struct ledger *ledger, const struct log *log,
                           const struct clock *clock, bool *busy, struct fault *fault);
void mirror_close(struct mirror *mirror);

/* Finds what is behind: series with newer observations, files that are missing, were built by
 * another declaration of their figure or end before now, figures never built. */
int mirror_look(struct mirror *mirror, const struct catalogue *catalogue, struct fault *fault);
/* Counts every file of the figure (NULL: of all) as behind. */
int mirror_forget(struct mirror *mirror, const char *figure, struct fault *fault);

/* Builds files for about budget_ms. A file that cannot be built is logged and tried again at
 * the next look. When all are built, that is put down on disk. */
void mirror_work(struct mirror *mirror, int64_t budget_ms);
size_t mirror_behind(const struct mirror *mirror); /* files still to build */
size_t mirror_built(const struct mirror *mirror);  /* files built since it was opened */

#endif
