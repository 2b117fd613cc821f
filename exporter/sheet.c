/* SPDX-License-Identifier: MIT */
/* sheet.c - a reply's body in one run of bytes, shared by those who are sent the same */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

size_t sheet_size(const struct reply *reply)
{
    size_t size = reply->head.size + reply->tail.size;
    for (size_t i = 0; i < reply->part_count; i++)
        size += reply->parts[i].size;
    return size;
}

static bool ends_with(const struct sheet *sheet, size_t size, const struct reply_bytes *tail)
{
    return sheet->size == size && (tail->size == 0 || memcmp(sheet->bytes + size - tail->size,
                                                             tail->bytes, tail->size) == 0);
}

static char *put(char *at, const struct reply_bytes *run)
{
    if (run->size > 0)
        memcpy(at, run->bytes, run->size);
    return at + run->size;
}

static struct sheet *make(const struct reply *reply, size_t size)
{
    struct sheet *sheet = malloc(sizeof *sheet + size);
    if (sheet == NULL)
        return NULL;
    sheet->size = size;
    atomic_init(&sheet->holders, 1);
    char *at = put(sheet->bytes, &reply->head);
    for (size_t i = 0; i < reply->part_count; i++)
        at = put(at, &reply->parts[i]);
    put(at, &reply->tail);
    return sheet;
}

struct sheet *sheet_of(struct sheet **newest, const struct reply *reply)
{
    size_t size = sheet_size(reply);
    if (*newest == NULL || !ends_with(*newest, size, &reply->tail)) {
        struct sheet *sheet = make(reply, size);
        if (sheet == NULL)
            return NULL;
        sheet_release(*newest);
        *newest = sheet;
    }
    atomic_fetch_add(&(*newest)->holders, 1);
    return *newest;
}

void sheet_release(struct sheet *sheet)
{
    if (sheet != NULL && atomic_fetch_sub(&sheet->holders, 1) == 1)
        free(sheet);
}
