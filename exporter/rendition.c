/* SPDX-License-Identifier: MIT */
/* rendition.c - a snapshot's /metrics as bytes that lie ready, in each format and coding */
#include "rendition.h"

#include "../almanac/hash.h"
#include "metrics.h"

void renditions_init(struct renditions *renditions)
{
    pthread_mutex_init(&renditions->making, NULL);
}

void renditions_free(struct renditions *renditions)
{
    for (int format = 0; format < EXPOSITION_FORMATS; format++)
        for (int coding = 0; coding < ACCEPT_CODINGS; coding++)
            text_free(&renditions->made[format][coding].bytes);
    pthread_mutex_destroy(&renditions->making);
}

void rendition_code(struct rendition *rendition, struct text *page, enum accept_coding coding)
{
    *rendition = (struct rendition){ .hash = hash_bytes(HASH_EMPTY, page->bytes, page->size) };
    if (coding == ACCEPT_GZIP) {
        rendition->bytes.failed = page->failed;
        gzip_begin(&rendition->bytes, &rendition->sum, page->bytes, page->size);
        text_free(page);
    } else {
        rendition->bytes = *page;
        *page = (struct text){ 0 };
    }
}

static bool make(struct snapshot *snapshot, enum exposition_format format,
                 enum accept_coding coding)
{
    struct rendition *rendition = &snapshot->renditions.made[format][coding];
    struct exposition out = { .format = format };
    metrics_write(&out, snapshot, NULL);
    rendition_code(rendition, &out.page, coding);
    if (!text_failed(&rendition->bytes))
        return true;
    text_free(&rendition->bytes);
    return false;
}

const struct rendition *rendition_of(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding)
{
    struct renditions *renditions = &snapshot->renditions;
    atomic_bool *ready = &renditions->ready[format][coding];
    if (!atomic_load(ready)) { /* those who ask for what is ready do not wait for what is made */
        pthread_mutex_lock(&renditions->making);
        if (!atomic_load(ready))
            atomic_store(ready, make(snapshot, format, coding));
        pthread_mutex_unlock(&renditions->making);
    }
    return atomic_load(ready) ? &renditions->made[format][coding] : NULL;
}

void renditions_prepare(struct snapshot *snapshot, const struct snapshot *before)
{
    for (int format = 0; format < EXPOSITION_FORMATS; format++)
        for (int coding = 0; coding < ACCEPT_CODINGS; coding++)
            if (atomic_load(&before->renditions.ready[format][coding]))
                rendition_of(snapshot, (enum exposition_format)format, (enum accept_coding)coding);
}
