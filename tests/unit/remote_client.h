/* SPDX-License-Identifier: MIT */
/* remote_client.h - remote reads as a Prometheus makes them, for the tests of what answers them */
#ifndef TESTS_REMOTE_CLIENT_H
#define TESTS_REMOTE_CLIENT_H

#include "remote.pb-c.h"

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

static inline struct block block_of_request(const Remote__ReadRequest *request)
{
    size_t size = remote__read_request__get_packed_size(request);
    unsigned char *plain = malloc(size + 1);
    assert_non_null(plain);
    remote__read_request__pack(request, plain);
    struct block block = block_of(plain, size);
    free(plain);
    return block;
}

/* To be passed to remote__read_response__free_unpacked. */
static inline Remote__ReadResponse *response_of(const char *bytes, size_t size)
{
    size_t plain_size;
    assert_int_equal(snappy_uncompressed_length(bytes, size, &plain_size), SNAPPY_OK);
    char *plain = malloc(plain_size + 1);
    assert_non_null(plain);
    assert_int_equal(snappy_uncompress(bytes, size, plain, &plain_size), SNAPPY_OK);
    Remote__ReadResponse *response =
        remote__read_response__unpack(NULL, plain_size, (const unsigned char *)plain);
    assert_non_null(response);
    free(plain);
    return response;
}

#endif
