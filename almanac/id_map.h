/* SPDX-License-Identifier: MIT */
/* id_map.h - a hash map from bytes to ids */
#ifndef ALMANAC_ID_MAP_H
#define ALMANAC_ID_MAP_H

#include "arena.h"

#include <stdint.h>

/* Zero-initialise. The map copies the keys; ids are above zero. */
struct id_map {
    struct arena arena;
    struct id_map_slot *slots;
    size_t slot_count, used;
};

int64_t id_map_find(const struct id_map *map, const char *key, size_t size); /* 0: not there */
void id_map_add(struct id_map *map, const char *key, size_t size, int64_t id);
void id_map_clear(struct id_map *map); /* empties it and frees its memory */

#endif
