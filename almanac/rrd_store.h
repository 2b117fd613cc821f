/* SPDX-License-Identifier: MIT */
/* rrd_store.h - RRD files, one a series, each a function of its timeline and of the time */
#ifndef ALMANAC_RRD_STORE_H
#define ALMANAC_RRD_STORE_H

#include "text.h"
#include "timeline.h"

struct rrd_store;

/* directory: made where it is missing. */
struct rrd_store *rrd_store_open(const char *directory, struct fault *fault);
void rrd_store_close(struct rrd_store *store);

/* Where the series' file lies below the directory: figure/label=value,….rrd. '%XX' stands for what
 * a path, a shell's list or librrd would misread; a name too long ends in '~' and the series' id.
 */
void rrd_store_name(struct text *name, const char *figure, const struct label *labels,
                    size_t label_count, int64_t series);

/* Builds the file beside the one in place and renames it over. One data source "value" (GAUGE);
 * LAST at the figure's step; AVERAGE, MIN and MAX at 7 and 91 steps. The file reaches from
 * figure->keep before its end to rrd_store_end. */
int rrd_store_write(struct rrd_store *store, const char *name, const struct figure *figure,
                    const struct timeline *timeline, int64_t now, struct fault *fault);

/* Where a file of this step ends: the end of the current step for steps of a day and more, of the
 * last complete one for shorter steps. */
int64_t rrd_store_end(int64_t step, int64_t now);

#endif
