/* SPDX-License-Identifier: MIT */
/* arena.h - an allocator that frees all its pieces at once */
#ifndef ALMANAC_ARENA_H
#define ALMANAC_ARENA_H

#include <stddef.h>

/* Zero-initialise; arena_free releases everything. Pieces are zeroed and aligned for any type. Out
 * of memory ends the process with a message: limits elsewhere bound what an arena holds. */
struct arena {
    struct arena_block *blocks;
};

void *arena_take(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *bytes, size_t size); /* NUL-terminated */
char *arena_string(struct arena *arena, const char *string);           /* NULL stays NULL */
/* Returns the array of count elements in the arena, or a larger copy, with room for one more: call
 * it for each element that is added. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t size);
void arena_clear(struct arena *arena); /* drops all pieces, keeps one block */
void arena_free(struct arena *arena);

/* calloc, strdup and realloc, which end the process in the same way: nothing here returns NULL. The
 * caller passes the result to free(). array_reserve makes room for at least need elements of size
 * bytes and updates *room. */
void *array_new(size_t count, size_t size);
char *array_string(const char *string);
void *array_reserve(void *array, size_t *room, size_t need, size_t size);

#endif
