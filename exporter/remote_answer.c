/* SPDX-License-Identifier: MIT */
/* remote_answer.c - the response of remote read: protobuf in snappy, compressed while it grows */
#include "remote_answer.h"

#include <endian.h>
#include <snappy-c.h>
#include <string.h>

/* Encoded by hand: protobuf-c would keep every sample as a message first. A message is preceded by
 * its length, which is known only at its end, so five bytes are reserved for it and filled in
 * later: a varint may be longer than necessary. A snappy block is its length, reserved in the same
 * way, and elements; a fragment compressed on its own has elements that refer to nothing before it,
 * so fragments can be concatenated. Reserved bytes are in an uncompressed element of their own. */
enum {
    LENGTH_BYTES = 5,
    LENGTH_ELEMENT = (LENGTH_BYTES - 1) << 2, /* snappy: a literal of this many bytes */
    LONGEST_SAMPLE = 2 + 9 + 11,
    COMPRESSED_FRAGMENT = 32 + REMOTE_FRAGMENT + REMOTE_FRAGMENT / 6,
};

/* Field tags of the messages. */
enum { FIRST_BYTES = 0x0A, SECOND_BYTES = 0x12, FIRST_DOUBLE = 0x09, SECOND_VARINT = 0x10 };

static size_t write_varint(char *out, uint64_t number)
{
    size_t size = 0;
    for (; number >= 0x80; number >>= 7)
        out[size++] = (char)(number | 0x80);
    out[size++] = (char)number;
    return size;
}

static void write_length(char *out, uint64_t length)
{
    for (size_t i = 0; i < LENGTH_BYTES; i++, length >>= 7)
        out[i] = (char)((length & 0x7F) | (i + 1 < LENGTH_BYTES ? 0x80 : 0));
}

static void compress(struct remote_answer *answer, const char *bytes, size_t size)
{
    char compressed[COMPRESSED_FRAGMENT];
    size_t compressed_size = sizeof compressed, preamble = 0;
    if (size == 0)
        return;
    snappy_compress(bytes, size, compressed, &compressed_size);
    while ((compressed[preamble++] & 0x80) != 0)
        continue;
    text_bytes(&answer->body, compressed + preamble, compressed_size - preamble);
}

/* Reserves a length in the body, and returns its place. */
static size_t keep_in_body(struct remote_answer *answer)
{
    text_char(&answer->body, LENGTH_ELEMENT);
    size_t place = answer->body.size;
    text_bytes(&answer->body, "\x80\x80\x80\x80", LENGTH_BYTES);
    return place;
}

static void flush(struct remote_answer *answer)
{
    size_t from = 0;
    struct remote_length *series = &answer->series;
    if (series->fragment != NULL) {
        from = (size_t)(series->fragment - answer->fragment);
        compress(answer, answer->fragment, from);
        *series = (struct remote_length){ NULL, keep_in_body(answer), series->begun };
        from += LENGTH_BYTES;
    }
    compress(answer, answer->fragment + from, answer->pending - from);
    answer->pending = 0;
}

/* Room for this many bytes; call took with the number written. */
static char *room_for(struct remote_answer *answer, size_t size)
{
    if (REMOTE_FRAGMENT - answer->pending < size)
        flush(answer);
    return answer->fragment + answer->pending;
}

static void took(struct remote_answer *answer, size_t size)
{
    answer->pending += size;
    answer->plain += size;
}

static void put(struct remote_answer *answer, const char *bytes, size_t size)
{
    while (size > 0) {
        char *out = room_for(answer, 1);
        size_t room = REMOTE_FRAGMENT - answer->pending, piece = size < room ? size : room;
        memcpy(out, bytes, piece);
        took(answer, piece);
        bytes += piece;
        size -= piece;
    }
}

static void put_string(struct remote_answer *answer, char field, const char *string, size_t size)
{
    char *out = room_for(answer, 11);
    out[0] = field;
    took(answer, 1 + write_varint(out + 1, size));
    put(answer, string, size);
}

static size_t string_size(size_t size)
{
    char varint[10];
    return 1 + write_varint(varint, size) + size;
}

static void fill_in(struct remote_answer *answer, const struct remote_length *length)
{
    char *out = length->fragment;
    if (out == NULL && !text_failed(&answer->body))
        out = answer->body.bytes + length->place;
    if (out != NULL)
        write_length(out, answer->plain - length->begun);
}

void remote_answer_begin(struct remote_answer *answer)
{
    text_bytes(&answer->body, "\x80\x80\x80\x80", LENGTH_BYTES);
}

void remote_answer_begin_query(struct remote_answer *answer)
{
    *room_for(answer, 1) = FIRST_BYTES;
    took(answer, 1);
    flush(answer);
    size_t place = keep_in_body(answer);
    answer->plain += LENGTH_BYTES;
    answer->query = (struct remote_length){ NULL, place, answer->plain };
}

void remote_answer_begin_series(struct remote_answer *answer)
{
    char *out = room_for(answer, 1 + LENGTH_BYTES);
    out[0] = FIRST_BYTES;
    took(answer, 1 + LENGTH_BYTES);
    answer->series = (struct remote_length){ out + 1, 0, answer->plain };
}

void remote_answer_label(struct remote_answer *answer, const char *name, const char *value)
{
    size_t name_size = strlen(name), value_size = strlen(value);
    char *out = room_for(answer, 11);
    out[0] = FIRST_BYTES;
    took(answer, 1 + write_varint(out + 1, string_size(name_size) + string_size(value_size)));
    put_string(answer, FIRST_BYTES, name, name_size);
    put_string(answer, SECOND_BYTES, value, value_size);
}

void remote_answer_sample(struct remote_answer *answer, int64_t ms, double value)
{
    char *out = room_for(answer, LONGEST_SAMPLE);
    out[0] = SECOND_BYTES;
    out[2] = FIRST_DOUBLE;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = htole64(bits);
    memcpy(out + 3, &bits, sizeof bits);
    out[11] = SECOND_VARINT;
    size_t size = 12 + write_varint(out + 12, (uint64_t)ms);
    out[1] = (char)(size - 2);
    took(answer, size);
}

void remote_answer_end_series(struct remote_answer *answer)
{
    fill_in(answer, &answer->series);
    answer->series = (struct remote_length){ 0 };
}

void remote_answer_end_query(struct remote_answer *answer)
{
    fill_in(answer, &answer->query);
}

void remote_answer_end(struct remote_answer *answer)
{
    flush(answer);
    answer->body.failed |= answer->plain > UINT32_MAX;
    if (!text_failed(&answer->body))
        write_length(answer->body.bytes, answer->plain);
}
