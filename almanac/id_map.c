/* SPDX-License-Identifier: MIT */
/* id_map.c - a hash map from bytes to ids */
#include "id_map.h"

#include "hash.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 256 };

struct id_map_slot {
    const char *key; /* in the arena; NULL: free */
    size_t size;
    uint64_t hash;
    int64_t id;
};

/* The slot of the key, or the free slot for it. There is always one. */
static struct id_map_slot *slot_of(const struct id_map *map, uint64_t hash, const char *key,
                                   size_t size)
{
    for (size_t i = hash;; i++) {
        struct id_map_slot *slot = &map->slots[i & (map->slot_count - 1)];
        if (slot->key == NULL ||
            (slot->hash == hash && slot->size == size && memcmp(slot->key, key, size) == 0))
            return slot;
    }
}

int64_t id_map_find(const struct id_map *map, const char *key, size_t size)
{
    return map->slot_count == 0 ? 0
                                : slot_of(map, hash_bytes(HASH_EMPTY, key, size), key, size)->id;
}

/* The number of slots is a power of two, and at most half of them are used. */
static void make_room(struct id_map *map)
{
    if ((map->used + 1) * 2 <= map->slot_count)
        return;
    struct id_map before = *map;
    map->slot_count = before.slot_count == 0 ? FEWEST_SLOTS : before.slot_count * 2;
    map->slots = array_new(map->slot_count, sizeof *map->slots);
    for (size_t i = 0; i < before.slot_count; i++)
        if (before.slots[i].key != NULL)
            *slot_of(map, before.slots[i].hash, before.slots[i].key, before.slots[i].size) =
                before.slots[i];
    free(before.slots);
}

void id_map_add(struct id_map *map, const char *key, size_t size, int64_t id)
{
    make_room(map);
    uint64_t hash = hash_bytes(HASH_EMPTY, key, size);
    struct id_map_slot *slot = slot_of(map, hash, key, size);
    if (slot->key == NULL)
        map->used++;
    *slot = (struct id_map_slot){ arena_copy(&map->arena, key, size), size, hash, id };
}

void id_map_clear(struct id_map *map)
{
    free(map->slots);
    arena_free(&map->arena);
    *map = (struct id_map){ 0 };
}
