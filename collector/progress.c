/* SPDX-License-Identifier: MIT */
/* progress.c - how far a delivery has been read, for the writer that follows the reader */
#include "progress.h"

#include "../almanac/arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t mutex;
    pthread_cond_t more;
    size_t count;
    bool ended;
};

struct progress *progress_open(void)
{
    struct progress *progress = array_new(1, sizeof *progress);
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_cond_init(&progress->more, NULL);
    return progress;
}

void progress_close(struct progress *progress)
{
    if (progress == NULL)
        return;
    pthread_cond_destroy(&progress->more);
    pthread_mutex_destroy(&progress->mutex);
    free(progress);
}

void progress_reach(struct progress *progress, size_t count)
{
    pthread_mutex_lock(&progress->mutex);
    progress->count = count;
    pthread_cond_signal(&progress->more);
    pthread_mutex_unlock(&progress->mutex);
}

void progress_end(struct progress *progress)
{
    pthread_mutex_lock(&progress->mutex);
    progress->ended = true;
    pthread_cond_signal(&progress->more);
    pthread_mutex_unlock(&progress->mutex);
}

size_t progress_wait(struct progress *progress, size_t past)
{
    pthread_mutex_lock(&progress->mutex);
    while (progress->count <= past && !progress->ended)
        pthread_cond_wait(&progress->more, &progress->mutex);
    size_t count = progress->count;
    pthread_mutex_unlock(&progress->mutex);
    return count;
}
