/* SPDX-License-Identifier: MIT */
/* remote_client.h - remote reads as a Prometheus makes them, for the tests of what answers them */
#ifndef TESTS_REMOTE_CLIENT_H
#define TESTS_REMOTE_CLIENT_H

#include <protobuf-c/protobuf-c.h>
#include <setjmp.h>
#include <snappy-c.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline ProtobufCBinaryData bytes_of(const char *string)
{
    return (ProtobufCBinaryData){ strlen(string), (uint8_t *)(uintptr_t)string };
}

/* Bytes to be passed to free(). */
struct block {
    char *bytes;
    size_t size;
};

static inline struct block block_of(const void *plain, size_t size)
{
    struct block block = { .size = snappy_max_compressed_length(size) };
    block.bytes = malloc(block.size);
    assert_non_null(block.bytes);
    assert_int_equal(snappy_compress(plain, size, block.bytes, &block.size), SNAPPY_OK);
    return block;
}

static inline struct block block_of_message(const ProtobufCMessage *message)
{
    size_t size = protobuf_c_message_get_packed_size(message);
    unsigned char *plain = malloc(size + 1);
    assert_non_null(plain);
    protobuf_c_message_pack(message, plain);
    struct block block = block_of(plain, size);
    free(plain);
    return block;
}

/* The message of this kind, to be passed to protobuf_c_message_free_unpacked. */
static inline void *message_of(const ProtobufCMessageDescriptor *kind, const char *bytes,
                               size_t size)
{
    size_t plain_size;
    assert_int_equal(snappy_uncompressed_length(bytes, size, &plain_size), SNAPPY_OK);
    char *plain = malloc(plain_size + 1);
    assert_non_null(plain);
    assert_int_equal(snappy_uncompress(bytes, size, plain, &plain_size), SNAPPY_OK);
    ProtobufCMessage *message =
        protobuf_c_message_unpack(kind, NULL, plain_size, (const unsigned char *)plain);
    assert_non_null(message);
    free(plain);
    return message;
}

#endif
