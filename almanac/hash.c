/* SPDX-License-Identifier: MIT */
/* hash.c - FNV-1a, 64 bits: fast, but not resistant to chosen keys */
#include "hash.h"

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 0x100000001b3;
    return hash;
}
