/* SPDX-License-Identifier: MIT */
/* gzip.h - gzip (RFC 1952): pages out, in pieces; bodies in, within a limit */
#ifndef ALMANAC_GZIP_H
#define ALMANAC_GZIP_H

#include "fault.h"
#include "text.h"

/* What the end of a member says of the bytes in it. Zero-initialise: of none. */
struct gzip_sum {
    uint32_t crc, size;
};

/* A member is a beginning, any number of pieces and an end. The beginning is always the same, and
 * each piece is compressed for itself, so that it can stand in several members. */
enum { GZIP_BEGINNING = 10 };
extern const char gzip_beginning[GZIP_BEGINNING];

/* Appends a piece with these bytes; sum: of them. */
void gzip_piece(struct text *member, struct gzip_sum *sum, const void *bytes, size_t size);

/* The sum becomes that of its bytes with others behind them. */
void gzip_join(struct gzip_sum *sum, const struct gzip_sum *behind);

/* Appends the end of a member whose pieces have this sum, with more bytes in it, not compressed. */
void gzip_end(struct text *member, const struct gzip_sum *sum, const void *bytes, size_t size);

/* Appends a member with these bytes. */
void gzip_whole(struct text *member, const void *bytes, size_t size);

/* Appends what the members hold, which stand one behind the other. -1 with a fault where they are
 * no gzip, or not whole. Beyond its limit the text has failed, and no more is inflated. */
int gzip_inflate(struct text *text, const void *members, size_t size, struct fault *fault);

#endif
