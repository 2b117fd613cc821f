/* SPDX-License-Identifier: MIT */
/* hash.h - FNV-1a, 64 bits: fast, but not resistant to chosen keys */
#ifndef ALMANAC_HASH_H
#define ALMANAC_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_EMPTY 0xcbf29ce484222325

/* Continues hash (HASH_EMPTY: of nothing) with the bytes. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size);

#endif
