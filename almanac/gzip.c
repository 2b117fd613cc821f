/* SPDX-License-Identifier: MIT */
/* gzip.c - gzip (RFC 1952): compresses pages piece by piece, inflates bodies within a limit */
#include "gzip.h"

#include "arena.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

/* zlib's windowBits for a gzip member and for raw deflate. A stored block holds at most STORED_MOST
 * bytes. */
enum { WITH_HEADER = 16 + MAX_WBITS, BARE = -MAX_WBITS, BUFFER = 1 << 16, STORED_MOST = 65535 };

/* Method deflate, no name, no time, from Unix. */
const char gzip_beginning[GZIP_BEGINNING] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };

static void *take(void *owner, unsigned count, unsigned size)
{
    (void)owner;
    return array_new(count, size);
}

static void give_back(void *owner, void *piece)
{
    (void)owner;
    free(piece);
}

/* zlib takes at most this many bytes at once, and a pointer to non-const that it does not write
 * to. */
static uInt at_once(size_t size)
{
    return size < UINT_MAX ? (uInt)size : UINT_MAX;
}

static z_const Bytef *pointer_to(const unsigned char *bytes)
{
    return (z_const Bytef *)(uintptr_t)bytes;
}

static uint32_t sum_of(uint32_t crc, const unsigned char *bytes, size_t size)
{
    for (; size > UINT_MAX; bytes += UINT_MAX, size -= UINT_MAX)
        crc = (uint32_t)crc32(crc, bytes, UINT_MAX);
    return size == 0 ? crc : (uint32_t)crc32(crc, bytes, (uInt)size); /* crc32 of NULL would be 0 */
}

/* Consumes all input at next_in and appends the output. */
static void deflate_into(struct text *member, z_stream *stream, int flush)
{
    unsigned char buffer[BUFFER];
    do {
        stream->next_out = buffer;
        stream->avail_out = sizeof buffer;
        deflate(stream, flush);
        text_bytes(member, buffer, sizeof buffer - stream->avail_out);
    } while (stream->avail_out == 0);
}

void gzip_piece(struct text *member, struct gzip_sum *sum, const void *bytes, size_t size)
{
    z_stream stream = { .zalloc = take, .zfree = give_back };
    const unsigned char *at = bytes;
    *sum = (struct gzip_sum){ sum_of(0, bytes, size), (uint32_t)size };
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, BARE, MAX_MEM_LEVEL,
                 Z_DEFAULT_STRATEGY);
    do {
        stream.avail_in = at_once(size);
        stream.next_in = pointer_to(at);
        at += stream.avail_in;
        size -= stream.avail_in;
        /* The flush ends on a byte boundary, so that other blocks can follow. */
        deflate_into(member, &stream, size > 0 ? Z_NO_FLUSH : Z_SYNC_FLUSH);
    } while (size > 0);
    deflateEnd(&stream);
}

void gzip_join(struct gzip_sum *sum, const struct gzip_sum *behind)
{
    sum->crc = (uint32_t)crc32_combine(sum->crc, behind->crc, (z_off_t)behind->size);
    sum->size += behind->size;
}

static void put_little_endian(struct text *member, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        text_char(member, (char)(number >> 8 * i & 0xff));
}

/* A stored block (RFC 1951, 3.2.4). */
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

void gzip_whole(struct text *member, const void *bytes, size_t size)
{
    struct gzip_sum sum;
    text_bytes(member, gzip_beginning, GZIP_BEGINNING);
    gzip_piece(member, &sum, bytes, size);
    gzip_end(member, &sum, "", 0);
}

static int inflate_piece(struct text *text, z_stream *stream)
{
    unsigned char buffer[BUFFER];
    stream->next_out = buffer;
    stream->avail_out = sizeof buffer;
    int status = inflate(stream, Z_NO_FLUSH);
    text_bytes(text, buffer, sizeof buffer - stream->avail_out);
    return status;
}

int gzip_inflate(struct text *text, const void *members, size_t size, struct fault *fault)
{
    z_stream stream = { .zalloc = take, .zfree = give_back };
    const unsigned char *at = members, *end = at + size;
    int status = inflateInit2(&stream, WITH_HEADER);
    while (!text_failed(text) && (status == Z_OK || (status == Z_STREAM_END && at < end))) {
        if (status == Z_STREAM_END)
            inflateReset(&stream);
        stream.avail_in = at_once((size_t)(end - at));
        stream.next_in = pointer_to(at);
        status = inflate_piece(text, &stream);
        at = stream.next_in;
    }
    bool whole = text->failed || status == Z_STREAM_END;
    if (!whole) /* Z_BUF_ERROR: no progress, and no message */
        fault_set(fault, "%s", status == Z_BUF_ERROR ? "it breaks off" : stream.msg);
    inflateEnd(&stream);
    return whole ? 0 : -1;
}
