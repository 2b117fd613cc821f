/* SPDX-License-Identifier: MIT */
/* mirror.h - keeps the RRD files level with the ledger */
#ifndef COLLECTOR_MIRROR_H
#define COLLECTOR_MIRROR_H

#include "../almanac/catalogue.h"
#include "../almanac/ledger.h"
#include "../almanac/log.h"

struct mirror;

/* Builds below the directory; ledger, log and its clock are borrowed. A lock in the directory keeps
 * a second mirror out; then NULL is returned without a fault. */
struct mirror *mirror_open(const char *directory, struct ledger *ledger, const struct log *log,
                           struct fault *fault);
void mirror_close(struct mirror *mirror);

/* Finds what is behind, unless files are still to be built: series with newer observations, all
 * series of figures that were declared otherwise or whose files end before now, and files that
 * could not be built a minute ago. The first look finds missing files, too. The catalogue is
 * borrowed until the last of the files is built. -1 with a fault where the folder or the ledger
 * fails. */
int mirror_look(struct mirror *mirror, const struct catalogue *catalogue, struct fault *fault);

/* Gives up the files still to be built, and with them the catalogue; the next look finds them. */
void mirror_drop(struct mirror *mirror);

/* Counts every file of the figure (NULL: of all) as behind. */
void mirror_forget(struct mirror *mirror, const char *figure);

/* Builds files until budget_ms are over or none is behind; then puts down on disk how far it came,
 * and which files are lacking: those that could not be built. Why is logged when it is new. */
void mirror_work(struct mirror *mirror, int64_t budget_ms);
size_t mirror_behind(const struct mirror *mirror);  /* files still to be built */
size_t mirror_lacking(const struct mirror *mirror); /* when all had been tried the last time */
size_t mirror_built(const struct mirror *mirror);   /* since it was opened */
size_t mirror_failed(const struct mirror *mirror);  /* since it was opened */

#endif
