/* SPDX-License-Identifier: MIT */
/* gzip.c - gzip (RFC 1952) in two pieces: a beginning compressed once, an end for each reader */
#include "gzip.h"

#include <limits.h>
#include <zlib.h>

/* WITH_HEADER: zlib's sign that gzip is meant. A block of stored bytes has at most STORED_MOST. */
enum { WITH_HEADER = 16 + MAX_WBITS, PIECE = 1 << 16, STORED_MOST = 65535 };

static uint32_t sum_of(uint32_t crc, const unsigned char *bytes, size_t size)
{
    for (; size > UINT_MAX; bytes += UINT_MAX, size -= UINT_MAX)
        crc = (uint32_t)crc32(crc, bytes, UINT_MAX);
    return size == 0 ? crc : (uint32_t)crc32(crc, bytes, (uInt)size); /* of NULL it would be 0 */
}

/* Takes all that is at next_in, and appends what comes of it. */
static void deflate_into(struct text *member, z_stream *stream, int flush)
{
    unsigned char piece[PIECE];
    do {
        stream->next_out = piece;
        stream->avail_out = sizeof piece;
        deflate(stream, flush);
        text_bytes(member, piece, sizeof piece - stream->avail_out);
    } while (stream->avail_out == 0);
}

void gzip_begin(struct text *member, struct gzip_sum *sum, const void *bytes, size_t size)
{
    z_stream stream = { 0 };
    const unsigned char *at = bytes;
    *sum = (struct gzip_sum){ sum_of(0, bytes, size), (uint32_t)size };
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WITH_HEADER, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        member->failed = true;
        return;
    }
    do {
        stream.avail_in = size < UINT_MAX ? (uInt)size : UINT_MAX;
        stream.next_in = (z_const Bytef *)(uintptr_t)at;
        at += stream.avail_in;
        size -= stream.avail_in;
        /* The flush fills up the last byte, so that other blocks can follow. */
        deflate_into(member, &stream, size > 0 ? Z_NO_FLUSH : Z_SYNC_FLUSH);
    } while (size > 0);
    deflateEnd(&stream);
}

static void put_little_endian(struct text *member, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        text_char(member, (char)(number >> 8 * i & 0xff));
}

/* A block that holds its bytes as they are (RFC 1951, 3.2.4). */
static void put_stored(struct text *member, const unsigned char *bytes, size_t size, bool last)
{
    text_char(member, last);
    put_little_endian(member, (uint32_t)size, 2);
    put_little_endian(member, ~(uint32_t)size, 2);
    text_bytes(member, bytes, size);
}

void gzip_end(struct text *member, const struct gzip_sum *sum, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    size_t left = size;
    for (; left > STORED_MOST; at += STORED_MOST, left -= STORED_MOST)
        put_stored(member, at, STORED_MOST, false);
    put_stored(member, at, left, true);
    put_little_endian(member, sum_of(sum->crc, bytes, size), 4);
    put_little_endian(member, sum->size + (uint32_t)size, 4);
}
