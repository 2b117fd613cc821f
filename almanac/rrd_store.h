/* SPDX-License-Identifier: MIT */
/* rrd_store.h - RRD files, one a series, each a function of its timeline and of the time */
#ifndef ALMANAC_RRD_STORE_H
#define ALMANAC_RRD_STORE_H

#include "text.h"
#include "timeline.h"

#define RRD_STORE_SOURCE "value"                      /* the one data source of a file */
#define RRD_STORE_EPOCH  (3653 * (int64_t)PERIOD_DAY) /* librrd knows no time before 1980 */

struct rrd_store;

/* The directory is made where it is missing, now and whenever rrd_store_make is called. */
struct rrd_store *rrd_store_open(const char *directory, struct fault *fault);
int rrd_store_make(const struct rrd_store *store, struct fault *fault);
void rrd_store_close(struct rrd_store *store);

/* Removes what a builder that was killed has left half built. No other one may be at work. */
void rrd_store_clean(struct rrd_store *store);

/* Where the series' file lies below the directory: figure/label=value,….rrd; without labels
 * figure/figure.rrd. '%XX' stands for ASCII other than letters, digits and _ - . + @; a name too
 * long for a file system is cut and ends in '~' and the series' id. */
void rrd_store_name(struct text *name, const char *figure, const struct label *labels,
                    size_t label_count, int64_t series);

/* Builds the file beside the one in place and renames it over, so that no reader sees half of it.
 * It has one GAUGE: LAST at the figure's step; AVERAGE, MIN and MAX at 7 and 91 steps. It ends at
 * rrd_store_end() and begins figure->keep before. Each row is what the timeline says, or unknown.
 */
int rrd_store_write(struct rrd_store *store, const char *name, const struct figure *figure,
                    const struct timeline *timeline, int64_t now, struct fault *fault);

/* When files of this step end: a step of a day or more, when the current one ends; a shorter step,
 * when the last one ended. */
int64_t rrd_store_end(int64_t step, int64_t now);

#endif
