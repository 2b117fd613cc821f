/* SPDX-License-Identifier: MIT */
/* remote_query.c - parses the request of remote read: protobuf in snappy */
#include "remote_query.h"

#include "../almanac/utf8.h"
#include "remote.pb-c.h"

#include <snappy-c.h>
#include <string.h>

/* A field of two bytes can unpack to a message of a hundred. */
enum { UNPACKED_BYTES = 16 << 20 };

/* Lets protobuf-c allocate from the arena. */
struct store {
    struct arena *arena;
    size_t left;
    bool full;
};

static void *store_take(void *owner, size_t size)
{
    struct store *store = owner;
    store->full |= size > store->left;
    if (store->full)
        return NULL;
    store->left -= size;
    return arena_take(store->arena, 1, size);
}

static void store_give_back(void *owner, void *piece)
{
    (void)owner; /* the arena frees everything at once */
    (void)piece;
}

/* The uncompressed bytes, in the arena; NULL with a fault. */
static const unsigned char *uncompress(struct arena *arena, const void *bytes, size_t size,
                                       size_t *plain_size, struct fault *fault)
{
    if (snappy_uncompressed_length(bytes, size, plain_size) == SNAPPY_OK &&
        *plain_size > REMOTE_REQUEST_BYTES) {
        fault_set(fault, "the body holds %zu bytes in its snappy; expected at most %d", *plain_size,
                  REMOTE_REQUEST_BYTES);
        return NULL;
    }
    if (snappy_validate_compressed_buffer(bytes, size) != SNAPPY_OK) {
        fault_set(fault, "the body is no block of snappy; expected a ReadRequest in one");
        return NULL;
    }
    char *plain = arena_take(arena, 1, *plain_size + 1);
    snappy_uncompress(bytes, size, plain, plain_size);
    return (const unsigned char *)plain;
}

static int unpack(struct remote_request *request, const void *bytes, size_t size,
                  Remote__ReadRequest **message, struct fault *fault)
{
    struct store store = { &request->arena, UNPACKED_BYTES, false };
    ProtobufCAllocator allocator = { store_take, store_give_back, &store };
    size_t plain_size;
    const unsigned char *plain = uncompress(&request->arena, bytes, size, &plain_size, fault);
    if (plain == NULL)
        return -1;
    *message = remote__read_request__unpack(&allocator, plain_size, plain);
    if (store.full)
        return fault_set(fault, "the ReadRequest has more parts than are taken; expected fewer");
    if (*message == NULL)
        return fault_set(fault, "the body is no ReadRequest in protobuf, as Prometheus sends it");
    return 0;
}

static int read_string(struct remote_request *request, const ProtobufCBinaryData *bytes,
                       const char *what, const char **string, struct fault *fault)
{
    if (bytes->len > 0 && memchr(bytes->data, '\0', bytes->len) != NULL)
        return fault_set(fault, "its %s has a NUL; expected none", what);
    if (utf8_until((const char *)bytes->data, bytes->len) != bytes->len)
        return fault_set(fault, "its %s is not UTF-8", what);
    *string = arena_copy(&request->arena, (const char *)bytes->data, bytes->len);
    return 0;
}

static int read_matcher(struct remote_request *request, const Remote__LabelMatcher *message,
                        struct matcher *matcher, struct fault *fault)
{
    if ((unsigned)message->type >= MATCHER_TYPES)
        return fault_set(fault, "its type is %d; expected 0 (=), 1 (!=), 2 (=~) or 3 (!~)",
                         (int)message->type);
    matcher->type = (enum matcher_type)message->type;
    if (read_string(request, &message->name, "name", &matcher->name, fault) != 0)
        return -1;
    return read_string(request, &message->value, "value", &matcher->value, fault);
}

static int read_matchers(struct remote_request *request, const Remote__Query *message,
                         struct remote_query *query, struct fault *fault)
{
    if (message->n_matchers > REMOTE_MATCHERS)
        return fault_set(fault, "it has %zu matchers; expected at most %d", message->n_matchers,
                         REMOTE_MATCHERS);
    struct matcher *matchers = arena_take(&request->arena, message->n_matchers, sizeof *matchers);
    for (size_t i = 0; i < message->n_matchers; i++)
        if (read_matcher(request, message->matchers[i], &matchers[i], fault) != 0)
            return fault_at(fault, "matcher %zu: ", i + 1);
    query->matchers = matchers;
    query->matcher_count = message->n_matchers;
    return 0;
}

static int read_hints(struct remote_request *request, const Remote__ReadHints *message,
                      struct remote_query *query, struct fault *fault)
{
    query->hinted = message != NULL;
    if (message == NULL)
        return 0;
    struct remote_hints *hints = &query->hints;
    *hints = (struct remote_hints){ .start_ms = message->start_ms,
                                    .end_ms = message->end_ms,
                                    .step_ms = message->step_ms,
                                    .range_ms = message->range_ms };
    if (hints->step_ms < 0 || hints->range_ms < 0)
        return fault_set(fault, "its hints have a step or a range below 0");
    return read_string(request, &message->func, "function", &hints->function, fault);
}

static int read_query(struct remote_request *request, const Remote__Query *message,
                      struct remote_query *query, struct fault *fault)
{
    query->start_ms = message->start_timestamp_ms;
    query->end_ms = message->end_timestamp_ms;
    if (read_matchers(request, message, query, fault) != 0)
        return -1;
    return read_hints(request, message->hints, query, fault);
}

static bool accepts_samples(const Remote__ReadRequest *message)
{
    for (size_t i = 0; i < message->n_accepted_response_types; i++)
        if (message->accepted_response_types[i] == REMOTE__READ_REQUEST__RESPONSE_TYPE__SAMPLES)
            return true;
    return message->n_accepted_response_types == 0;
}

int remote_request_read(struct remote_request *request, const void *bytes, size_t size,
                        struct fault *fault)
{
    Remote__ReadRequest *message = NULL;
    if (unpack(request, bytes, size, &message, fault) != 0)
        return -1;
    if (!accepts_samples(message))
        return fault_set(fault, "no accepted_response_types is SAMPLES; expected it among them");
    if (message->n_queries > REMOTE_QUERIES)
        return fault_set(fault, "the request has %zu queries; expected at most %d",
                         message->n_queries, REMOTE_QUERIES);
    request->queries = arena_take(&request->arena, message->n_queries, sizeof *request->queries);
    for (; request->count < message->n_queries; request->count++)
        if (read_query(request, message->queries[request->count], &request->queries[request->count],
                       fault) != 0)
            return fault_at(fault, "query %zu: ", request->count + 1);
    return 0;
}

void remote_request_free(struct remote_request *request)
{
    arena_free(&request->arena);
    *request = (struct remote_request){ 0 };
}
