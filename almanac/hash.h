/* SPDX-License-Identifier: MIT */
/* hash.h - FNV-1a, 64 bits: fast, and not against those who mean harm */
#ifndef ALMANAC_HASH_H
#define ALMANAC_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_EMPTY 0xcbf29ce484222325

/* Of what hash stands for (HASH_EMPTY: nothing) and the bytes behind it. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size);

#endif
