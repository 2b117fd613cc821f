/* SPDX-License-Identifier: MIT */
/* rrd_store.h - RRD files, one per series, each a function of its timeline and the time */
#ifndef ALMANAC_RRD_STORE_H
#define ALMANAC_RRD_STORE_H

#include "text.h"
#include "timeline.h"

#define RRD_STORE_SOURCE "value"                      /* the data source of every file */
#define RRD_STORE_EPOCH  (3653 * (int64_t)PERIOD_DAY) /* librrd accepts no time before 1980 */

struct rrd_store;

/* Both rrd_store_open and rrd_store_make create the directory if it is missing. */
struct rrd_store *rrd_store_open(const char *directory, struct fault *fault);
int rrd_store_make(const struct rrd_store *store, struct fault *fault);
void rrd_store_close(struct rrd_store *store);

/* Removes the unfinished files of a killed builder. No other builder may be running. */
void rrd_store_clean(struct rrd_store *store);

/* The file's path below the directory: figure/label=value,….rrd; without labels figure/figure.rrd.
 * '%XX' replaces ASCII other than letters, digits and _ - . + @. A name too long for a file system
 * is cut and ends in '~' and the series' id. */
void rrd_store_name(struct text *name, const char *figure, const struct label *labels,
                    size_t label_count, int64_t series);

/* Builds a new file and renames it over the old one, so that no reader sees it half written. The
 * file has one GAUGE, with LAST at the figure's step, and AVERAGE, MIN and MAX at 7 and 91 steps.
 * It ends at rrd_store_end() and begins figure->keep earlier. Each row is the timeline's value, or
 * unknown. */
int rrd_store_write(struct rrd_store *store, const char *name, const struct figure *figure,
                    const struct timeline *timeline, int64_t now, struct fault *fault);

/* -1 with a fault if librrd cannot open the file, or would read outside of it by its damaged
 * head. */
int rrd_store_check(const char *path, struct fault *fault);

/* The end of files of this step: for a step of a day or more, the end of the current step; for a
 * shorter one, the end of the last complete step. */
int64_t rrd_store_end(int64_t step, int64_t now);

/* The end of what these files show: for a step of a day or more, the end of today; for a shorter
 * one, the end of the file. What begins later has no row yet. */
int64_t rrd_store_through(int64_t step, int64_t now);

#endif
