/* SPDX-License-Identifier: MIT */
/* gzip.h - gzip (RFC 1952): pages out, in two pieces; bodies in, within a limit */
#ifndef ALMANAC_GZIP_H
#define ALMANAC_GZIP_H

#include "fault.h"
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

/* Appends what the members hold, which stand one behind the other. -1 with a fault where they are
 * no gzip, or not whole. Beyond its limit the text has failed, and no more is inflated. */
int gzip_inflate(struct text *text, const void *members, size_t size, struct fault *fault);

#endif
