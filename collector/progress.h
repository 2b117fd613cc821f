/* SPDX-License-Identifier: MIT */
/* progress.h - how far a delivery has been read, for the thread that records it meanwhile */
#ifndef COLLECTOR_PROGRESS_H
#define COLLECTOR_PROGRESS_H

#include <stddef.h>

struct progress;

struct progress *progress_open(void);
void progress_close(struct progress *progress); /* NULL is nothing */

/* The reader's side: so many observations are there, to stay as they are; that was all. What the
 * reader wrote before either, the one that waited sees. After the end it may all be freed. */
void progress_reach(struct progress *progress, size_t count);
void progress_end(struct progress *progress);

/* The writer's side: waits until there are more than past, or all. Returns how many; not more than
 * past: that was all. */
size_t progress_wait(struct progress *progress, size_t past);

#endif
