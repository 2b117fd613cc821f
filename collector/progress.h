/* SPDX-License-Identifier: MIT */
/* progress.h - how far a delivery has been read, for the writer that follows the reader */
#ifndef COLLECTOR_PROGRESS_H
#define COLLECTOR_PROGRESS_H

#include <stddef.h>

struct progress;

struct progress *progress_open(void);
void progress_close(struct progress *progress); /* NULL is allowed */

/* For the reader: announces the number of final observations, and the end. Everything written
 * before is visible to the waiting writer. After the end, the writer may free all of it. */
void progress_reach(struct progress *progress, size_t count);
void progress_end(struct progress *progress);

/* For the writer: waits until there are more than past, or all. Returns their number; if that is
 * not above past, there are no more. */
size_t progress_wait(struct progress *progress, size_t past);

#endif
