/* SPDX-License-Identifier: MIT */
/* shared_body.c - a reply's body in one run of bytes, shared by equal replies */
#include "shared_body.h"

#include "../almanac/arena.h"

#include <stdlib.h>
#include <string.h>

static bool ends_with(const struct shared_body *body, size_t size, const struct reply_bytes *tail)
{
    return body->size == size && (tail->size == 0 || memcmp(body->bytes + size - tail->size,
                                                            tail->bytes, tail->size) == 0);
}

static char *put(char *at, const struct reply_bytes *run)
{
    if (run->size > 0)
        memcpy(at, run->bytes, run->size);
    return at + run->size;
}

static struct shared_body *make(const struct reply *reply, size_t size)
{
    struct shared_body *body = array_new(1, sizeof *body + size);
    body->size = size;
    atomic_init(&body->holders, 1);
    char *at = put(body->bytes, &reply->head);
    for (size_t i = 0; i < reply->part_count; i++)
        at = put(at, &reply->parts[i]);
    put(at, &reply->tail);
    return body;
}

struct shared_body *shared_body_of(struct shared_body **newest, const struct reply *reply)
{
    size_t size = reply_size(reply);
    if (*newest == NULL || !ends_with(*newest, size, &reply->tail)) {
        shared_body_release(*newest);
        *newest = make(reply, size);
    }
    atomic_fetch_add(&(*newest)->holders, 1);
    return *newest;
}

void shared_body_release(struct shared_body *body)
{
    if (body != NULL && atomic_fetch_sub(&body->holders, 1) == 1)
        free(body);
}
