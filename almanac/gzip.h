/* SPDX-License-Identifier: MIT */
/* gzip.h - gzip (RFC 1952): compresses pages piece by piece, inflates bodies within a limit */
#ifndef ALMANAC_GZIP_H
#define ALMANAC_GZIP_H

#include "fault.h"
#include "text.h"

#include <stdint.h>

/* The checksum and size that end a member. Zero-initialised: of no bytes. */
struct gzip_sum {
    uint32_t crc, size;
};

/* A member is a beginning, any number of pieces and an end. The beginning is constant, and each
 * piece is compressed on its own, so that several members can share it. */
enum { GZIP_BEGINNING = 10 };
extern const char gzip_beginning[GZIP_BEGINNING];

/* Appends a piece with these bytes and sets *sum to their sum. */
void gzip_piece(struct text *member, struct gzip_sum *sum, const void *bytes, size_t size);

/* Extends the sum by that of the bytes that follow. */
void gzip_join(struct gzip_sum *sum, const struct gzip_sum *behind);

/* Appends these bytes, uncompressed, and the end of a member; sum is that of the pieces before. */
void gzip_end(struct text *member, const struct gzip_sum *sum, const void *bytes, size_t size);

/* Appends a whole member with these bytes. */
void gzip_whole(struct text *member, const void *bytes, size_t size);

/* Appends the inflated content of consecutive members. -1 with a fault if they are not gzip or are
 * truncated. When the text exceeds its limit it fails, and inflation stops. */
int gzip_inflate(struct text *text, const void *members, size_t size, struct fault *fault);

#endif
