/* SPDX-License-Identifier: MIT */
/* gzip.h - gzip (RFC 1952) in two pieces: a beginning compressed once, an end for each reader */
#ifndef ALMANAC_GZIP_H
#define ALMANAC_GZIP_H

#include "text.h"

/* What the end of a member says of the bytes in it. */
struct gzip_sum {
    uint32_t crc, size;
};

/* Appends a member's beginning, with all of the bytes in it. Any number of ends fit behind. */
void gzip_begin(struct text *member, struct gzip_sum *sum, const void *bytes, size_t size);

/* Appends the end of a member that began with this sum, with more bytes in it, not compressed:
 * beginning and end together are one member. Some readers stop at the end of the first. */
void gzip_end(struct text *member, const struct gzip_sum *sum, const void *bytes, size_t size);

#endif
