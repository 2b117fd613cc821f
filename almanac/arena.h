/* SPDX-License-Identifier: MIT */
/* arena.h - memory that is taken piece by piece and given back at once */
#ifndef ALMANAC_ARENA_H
#define ALMANAC_ARENA_H

#include <stddef.h>

/* Zero-initialise; arena_free gives everything back. Pieces are zeroed and aligned for any type.
 * Out of memory ends the process with a word: what is kept here is bounded by limits elsewhere. */
struct arena {
    struct arena_block *blocks;
};

void *arena_take(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *bytes, size_t size); /* NUL-terminated */
char *arena_string(struct arena *arena, const char *string);           /* NULL stays NULL */
void arena_clear(struct arena *arena); /* all pieces are gone, one block of room is kept */
void arena_free(struct arena *arena);

/* realloc for arrays with the same manners: room for at least need elements of size bytes,
 * *room updated. The result is the caller's, to be passed to free(). */
void *array_reserve(void *array, size_t *room, size_t need, size_t size);

#endif
