/* SPDX-License-Identifier: MIT */
/* mirror.h - keeps the RRD files up to date with the ledger */
#ifndef COLLECTOR_MIRROR_H
#define COLLECTOR_MIRROR_H

#include "../almanac/catalogue.h"
#include "../almanac/ledger.h"
#include "../almanac/log.h"

struct mirror;

/* Builds files below the directory; directory, ledger, log and its clock are borrowed. A lock in
 * the directory excludes a second mirror; then it returns NULL without a fault. */
struct mirror *mirror_open(const char *directory, struct ledger *ledger, const struct log *log,
                           struct fault *fault);
void mirror_close(struct mirror *mirror);

/* Finds outdated files, unless some are still to be built: series with newer observations, all
 * series of figures whose declaration changed or whose files end before now, and files that failed
 * a minute ago; the first look, and one every ten minutes, also missing files. The catalogue is
 * borrowed until the last file is built. -1 with a fault if the folder or the ledger fails. */
int mirror_look(struct mirror *mirror, const struct catalogue *catalogue, struct fault *fault);

/* Drops the files still to be built, and the catalogue; the next look finds them again. */
void mirror_drop(struct mirror *mirror);

/* Marks every file of the figure (NULL: of all) as outdated. */
void mirror_forget(struct mirror *mirror, const char *figure);

/* Builds files until budget_ms have passed or none is left; then writes the checkpoint, with the
 * files that could not be built. Logs the reason of a failure when it is new, and not of many. */
void mirror_work(struct mirror *mirror, int64_t budget_ms);
size_t mirror_behind(const struct mirror *mirror); /* files still to be built */

struct mirror_tally {
    size_t behind;
    size_t lacking;       /* failed in the last full round */
    size_t built, failed; /* since it was opened */
    bool put_down;        /* the last checkpoint was written */
};
struct mirror_tally mirror_tally(const struct mirror *mirror);

#endif
