/* SPDX-License-Identifier: MIT */
/* arena.c - an allocator that frees all its pieces at once */
#include "arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t used, room;
    alignas(max_align_t) char bytes[];
};

enum { BLOCK_BYTES = 16 * 1024 - sizeof(struct arena_block) };

static _Noreturn void out_of_memory(void)
{
    fputs("almanac: out of memory\n", stderr);
    abort();
}

static struct arena_block *add_block(struct arena *arena, size_t bytes)
{
    size_t room = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    struct arena_block *block = calloc(1, sizeof *block + room);
    if (block == NULL)
        out_of_memory();
    block->room = room;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size != 0 && count > (SIZE_MAX / 2) / size)
        out_of_memory();
    size_t bytes = (count * size + align - 1) / align * align;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->room - block->used < bytes)
        block = add_block(arena, bytes);
    void *piece = block->bytes + block->used;
    block->used += bytes;
    return piece;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_take(arena, size + 1, 1);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
    return string == NULL ? NULL : arena_copy(arena, string, strlen(string));
}

/* An arena frees nothing before its end, so doubling bounds the waste by the array's own size. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t size)
{
    if (count > 0 && (count & (count - 1)) != 0)
        return array;
    void *grown = arena_take(arena, count > 0 ? 2 * count : 1, size);
    if (count > 0)
        memcpy(grown, array, count * size);
    return grown;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;
    if (kept == NULL)
        return;
    arena->blocks = kept->next;
    arena_free(arena);
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    kept->next = NULL;
    arena->blocks = kept;
}

void arena_free(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
}

void *array_new(size_t count, size_t size)
{
    bool fits = size == 0 || count <= SIZE_MAX / 2 / size;
    void *array = fits ? calloc(count > 0 ? count : 1, size) : NULL;
    if (array == NULL)
        out_of_memory();
    return array;
}

char *array_string(const char *string)
{
    return strcpy(array_new(strlen(string) + 1, 1), string);
}

void *array_reserve(void *array, size_t *room, size_t need, size_t size)
{
    if (need <= *room)
        return array;
    size_t more = *room < 16 ? 16 : *room;
    while (more < need)
        more += more / 2;
    void *larger = more > SIZE_MAX / 2 / size ? NULL : realloc(array, more * size);
    if (larger == NULL)
        out_of_memory();
    *room = more;
    return larger;
}
