/* SPDX-License-Identifier: MIT */
/* reply.c - the answer to a request: a status and bytes; no sockets */
#include "reply.h"

#include "arena.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

void reply_words(struct reply *reply, unsigned status, const char *format, ...)
{
    struct text line = { 0 };
    va_list args;
    va_start(args, format);
    text_vprintf(&line, format, args);
    va_end(args);
    text_char(&line, '\n');
    reply_text(reply, status, REPLY_WORDS_TYPE, &line);
}

void reply_text(struct reply *reply, unsigned status, const char *content_type, struct text *text)
{
    *reply = (struct reply){ .status = status,
                             .content_type = content_type,
                             .head = { text->bytes, text->size },
                             .release = free,
                             .owner = text->bytes };
    *text = (struct text){ .limit = text->limit };
}

void reply_file(struct reply *reply, const char *content_type, int descriptor, size_t size)
{
    *reply = (struct reply){ .status = 200,
                             .content_type = content_type,
                             .file = { true, descriptor, size } };
}

void reply_header(struct reply *reply, const char *name, const char *value)
{
    size_t i = 0;
    while (i < REPLY_HEADERS && reply->headers[i].name != NULL)
        i++;
    assert(i < REPLY_HEADERS);
    reply->headers[i] = (struct reply_header){ name, value };
}

size_t reply_size(const struct reply *reply)
{
    size_t size = reply->head.size + reply->tail.size;
    for (size_t i = 0; i < reply->part_count; i++)
        size += reply->parts[i].size;
    return size;
}

/* A reply's share of a count, and how it is released itself. */
struct counted {
    atomic_size_t *count;
    size_t size;
    void (*release)(void *owner); /* or NULL */
    void *owner;
};

static void end_count(void *owner)
{
    struct counted *counted = owner;
    atomic_fetch_sub(counted->count, counted->size);
    if (counted->release != NULL)
        counted->release(counted->owner);
    free(counted);
}

void reply_count(struct reply *reply, atomic_size_t *count)
{
    struct counted *counted = array_new(1, sizeof *counted);
    *counted = (struct counted){ count, reply_size(reply), reply->release, reply->owner };
    atomic_fetch_add(count, counted->size);
    reply->release = end_count;
    reply->owner = counted;
}

void reply_release(struct reply *reply)
{
    if (reply->release != NULL)
        reply->release(reply->owner);
    if (reply->file.there)
        close(reply->file.descriptor);
    *reply = (struct reply){ 0 };
}
