/* SPDX-License-Identifier: MIT */
/* id_map.h - ids found again by the bytes they stand for */
#ifndef ALMANAC_ID_MAP_H
#define ALMANAC_ID_MAP_H

#include "arena.h"

#include <stdint.h>

/* Zero-initialise. Keys are copied; ids are above zero. */
struct id_map {
    struct arena arena;
    struct id_map_slot *slots;
    size_t slot_count, used;
};

int64_t id_map_find(const struct id_map *map, const char *key, size_t size); /* 0: not there */
void id_map_add(struct id_map *map, const char *key, size_t size, int64_t id);
void id_map_clear(struct id_map *map); /* empty again, and without memory */

#endif
